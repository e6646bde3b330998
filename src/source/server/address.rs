//! A server's address, `scheme://user:${PASSWORD}@host:port/database?key=value`, taken apart.
//!
//! `${NAME}` stands for a variable of the environment and may stand in any part; a password can be nothing else. What
//! a variable holds is taken as it is; everything else is percent-decoded. Nothing is connected to here.

use std::fmt;
use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::tls::{Tls, TlsMode};
use super::{PROTOCOLS, Secret};

/// Where a server is, and how to get in.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its host.
    pub host: Host,
    /// Its port; for a socket, the number in its name.
    pub port: u16,
    /// The role to log in as; the server's default where none is named.
    pub user: Option<String>,
    /// The password, from the environment.
    pub password: Option<Secret>,
    /// The database.
    pub database: String,
    /// How the connection is protected.
    pub tls: Tls,
    /// Times after which it gives up.
    pub settings: Settings,
}

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// A name or an IP address.
    Tcp(String),
    /// A Unix socket, or the folder it is in.
    Socket(PathBuf),
}

/// What is wrong with an address. Never holds what a variable holds, nor what may be a password.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read.
    Malformed(String),
    /// It names a variable that is not set.
    Unset(String),
}

/// Gives the value of a variable of the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Malformed(what) => f.write_str(what),
            Fault::Unset(name) => write!(f, "the address names the variable {name}, and it is not set"),
        }
    }
}

impl Host {
    /// Whether nothing sent there leaves this machine.
    pub fn is_local(&self) -> bool {
        match self {
            Host::Socket(_) => true,
            Host::Tcp(name) => {
                name.eq_ignore_ascii_case("localhost")
                    || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
            }
        }
    }
}

impl Server {
    /// Reads an address; `environment` gives the variables it names.
    pub fn read(url: &str, environment: Environment<'_>) -> Result<Server, Fault> {
        let malformed = |what: &str| Fault::Malformed(what.to_owned());
        let (scheme, rest) = url.split_once("://").ok_or_else(|| malformed("an address is SCHEME://HOST/DATABASE"))?;
        let port = PROTOCOLS.iter().find(|(_, schemes, _)| schemes.contains(&scheme)).map(|(.., port)| *port);
        let standard = port.ok_or_else(|| malformed("the scheme of the address is no server's"))?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        if query.contains('#') || place.contains('#') {
            return Err(malformed("the address holds a #, which ends addresses: write %23"));
        }
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        let (login, host) = authority.rsplit_once('@').map_or((None, authority), |(l, h)| (Some(l), h));
        let (user, password) = match login.map(|l| l.split_once(':').unwrap_or((l, ""))) {
            None => (None, None),
            Some((user, password)) => (filled(user, environment)?, secret(password, environment)?),
        };
        let database = filled(database, environment)?.ok_or_else(|| malformed("the address names no database"))?;
        let (host, port) = host_and_port(host, environment)?;
        let settings = Settings::read(query, environment)?;
        let host = settings.host.clone().or(host);
        let host = match host {
            Some(text) if text.starts_with('/') => Host::Socket(text.into()),
            Some(text) if text.contains(',') => return Err(malformed("the address names several hosts: name one")),
            Some(text) => Host::Tcp(text),
            None => Host::Socket(if standard == 5432 { "/var/run/postgresql" } else { "/run/mysqld" }.into()),
        };
        let mode = settings.mode.unwrap_or(if host.is_local() { TlsMode::Prefer } else { TlsMode::VerifyFull });
        if settings.certificate.is_some() != settings.key.is_some() {
            return Err(malformed("sslcert and sslkey belong together: give both"));
        }
        let tls =
            Tls { mode, roots: settings.roots.clone(), client: settings.certificate.clone().zip(settings.key.clone()) };
        Ok(Server { host, port: port.unwrap_or(standard), user, password, database, tls, settings })
    }
}

impl Server {
    /// With the files it names taken from a folder.
    pub(super) fn within(mut self, folder: &Path) -> Server {
        self.tls.roots = self.tls.roots.map(|file| folder.join(file));
        self.tls.client = self.tls.client.map(|(certificate, key)| (folder.join(certificate), folder.join(key)));
        self
    }
}

/// The host and the port; an IPv6 address stands in brackets.
fn host_and_port(text: &str, environment: Environment<'_>) -> Result<(Option<String>, Option<u16>), Fault> {
    let (host, port) = match text.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let port = match port.map(|p| filled(p, environment)).transpose()?.flatten() {
        None => None,
        Some(text) => {
            let number = text.parse().ok().filter(|n| *n > 0);
            Some(
                number
                    .ok_or_else(|| Fault::Malformed("the port of the address is no number from 1 to 65535".into()))?,
            )
        }
    };
    Ok((filled(host, environment)?, port))
}

/// The password: nothing, or one variable.
fn secret(text: &str, environment: Environment<'_>) -> Result<Option<Secret>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    match variable(text) {
        Some((name, "")) => {
            environment(name).map(|text| Some(Secret::new(text))).ok_or_else(|| Fault::Unset(name.to_owned()))
        }
        _ => Err(Fault::Malformed("the address holds a literal password: name a variable instead, ${NAME}".into())),
    }
}

/// A part with its variables filled in and the rest percent-decoded; none where it is empty.
pub(super) fn filled(mut text: &str, environment: Environment<'_>) -> Result<Option<String>, Fault> {
    let (mut out, mut literal) = (String::new(), Vec::new());
    let decoded = |literal: &mut Vec<u8>| {
        String::from_utf8(std::mem::take(literal)).map_err(|_| Fault::Malformed("the address is not UTF-8".into()))
    };
    while let Some(first) = text.bytes().next() {
        if let Some((name, rest)) = variable(text) {
            out.push_str(&decoded(&mut literal)?);
            out.push_str(&environment(name).ok_or_else(|| Fault::Unset(name.to_owned()))?);
            text = rest;
        } else if first == b'%' {
            let digits = text.get(1..3).and_then(|d| u8::from_str_radix(d, 16).ok());
            literal.push(
                digits.ok_or_else(|| Fault::Malformed("a % in the address is not followed by two digits".into()))?,
            );
            text = &text[3..];
        } else {
            let length = text.chars().next().map_or(1, char::len_utf8);
            literal.extend(&text.as_bytes()[..length]);
            text = &text[length..];
        }
    }
    out.push_str(&decoded(&mut literal)?);
    Ok((!out.is_empty()).then_some(out))
}

/// A variable at the beginning of a text, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix("${")?.split_once('}')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(fits)).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Server, Fault> {
        Server::read(url, &|name| (name == "PW").then(|| "p%40/:?x".to_owned()))
    }

    fn at(url: &str) -> String {
        match read(url) {
            Ok(s) => {
                let password = s.password.as_ref().map(|p| p.expose().to_owned());
                format!("{:?} {} {:?} {password:?} {} {:?}", s.host, s.port, s.user, s.database, s.tls.mode)
            }
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn what_addresses_say() {
        let cases = [
            (
                "postgres://app:${PW}@db.example:6543/shop",
                r#"Tcp("db.example") 6543 Some("app") Some("p%40/:?x") shop VerifyFull"#,
            ),
            ("postgresql://localhost/shop", r#"Tcp("localhost") 5432 None None shop Prefer"#),
            ("mysql://root@127.0.0.1/s%20p", r#"Tcp("127.0.0.1") 3306 Some("root") None s p Prefer"#),
            ("mariadb://[::1]:3307/shop", r#"Tcp("::1") 3307 None None shop Prefer"#),
            ("postgres://[2001:db8::1]/shop", r#"Tcp("2001:db8::1") 5432 None None shop VerifyFull"#),
            ("postgres://%2Fvar%2Frun/shop", r#"Socket("/var/run") 5432 None None shop Prefer"#),
            ("postgres:///shop", r#"Socket("/var/run/postgresql") 5432 None None shop Prefer"#),
            ("mysql:///shop?host=/tmp/x.sock", r#"Socket("/tmp/x.sock") 3306 None None shop Prefer"#),
            ("postgres://a%40b@h/shop?sslmode=disable", r#"Tcp("h") 5432 Some("a@b") None shop Disable"#),
            ("postgres://h/shop?sslmode=verify-ca", r#"Tcp("h") 5432 None None shop VerifyCa"#),
        ];
        for (url, wanted) in cases {
            assert_eq!(at(url), wanted, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_secret() {
        let cases = [
            ("postgres://app:hunter2@db/shop", "literal password"),
            ("postgres://app:x${PW}@db/shop", "literal password"),
            ("postgres://app:${NONE}@db/shop", "variable NONE"),
            ("postgres://db/shop?password=hunter2", "literal password"),
            ("postgres://db/", "names no database"),
            ("postgres://db:0/shop", "port"),
            ("postgres://a,b/shop", "several hosts"),
            ("postgres://db/shop?sslmode=sometimes", "sslmode"),
            ("postgres://db/shop?sslmod=require", "sslmod"),
            ("postgres://db/shop?connect_timeout=soon", "connect_timeout"),
            ("postgres://db/shop?sslcert=/a", "belong together"),
            ("postgres://db/%zz", "two digits"),
            ("oracle://db/shop", "scheme"),
        ];
        for (url, wanted) in cases {
            let said = read(url).map(|_| ()).unwrap_err().to_string();
            assert!(said.contains(wanted) && !said.contains("hunter2"), "{url}: {said}");
        }
    }
}
