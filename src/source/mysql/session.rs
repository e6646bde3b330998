//! A connection with fixed settings, so that every value has one form and is written back unchanged or not at all.

use mysql::consts::CapabilityFlags;
use mysql::prelude::Queryable as _;
use mysql::{ClientIdentity, Conn, DriverError, OptsBuilder, SslOpts};
use std::time::Duration;

use super::fault::{connecting, told};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::source::server::tls::TlsMode;
use crate::source::server::{Host, Server, in_time, resolve};

/// What every session says first. Zero dates and dates beyond the month are written back as they are; what does not
/// fit its column is an error, never cut.
const SETTINGS: &str = "SET NAMES utf8mb4, time_zone = '+00:00', autocommit = 1, foreign_key_checks = 1, \
    unique_checks = 1, sql_safe_updates = 0, sql_select_limit = DEFAULT, \
    sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";

/// A session with what is known of its server.
pub(super) struct Session {
    pub conn: Conn,
    pub mariadb: bool,
    /// The database of the address.
    pub database: String,
}

/// Connects and fixes the settings; `name` is the source's.
pub(super) fn connect(address: &Address, name: &str) -> Result<Session> {
    let server = resolve(address, name)?;
    let mut conn = in_time(&server, name, dial)?;
    let set_up = |result| told(name, "set up the session", result);
    let version: Option<String> = set_up(conn.query_first("SELECT version()"))?;
    let version = version.unwrap_or_default();
    let mariadb = version.to_ascii_lowercase().contains("mariadb");
    old(&version, mariadb, name)?;
    set_up(conn.query_drop(SETTINGS).map(|()| None))?;
    set_up(conn.query_drop(times(&server, mariadb)).map(|()| None))?;
    Ok(Session { conn, mariadb, database: server.database })
}

/// Times after which the server gives up, and what its optimiser must not do with long lists.
fn times(server: &Server, mariadb: bool) -> String {
    let lock = server.settings.lock_timeout.as_millis().div_ceil(1000).max(1);
    let statement = server.settings.statement_timeout.unwrap_or(Duration::ZERO);
    let mut set = format!("SET innodb_lock_wait_timeout = {lock}, lock_wait_timeout = {lock}");
    set.push_str(&match mariadb {
        true => format!(", max_statement_time = {}, in_predicate_conversion_threshold = 0", statement.as_secs_f64()),
        false => format!(
            ", max_execution_time = {}, range_optimizer_max_mem_size = 0, information_schema_stats_expiry = 0",
            statement.as_millis()
        ),
    });
    set
}

fn old(version: &str, mariadb: bool, name: &str) -> Result<()> {
    // Some MariaDB servers put `5.5.5-` before their version.
    let version = if mariadb { version.strip_prefix("5.5.5-").unwrap_or(version) } else { version };
    let mut parts = version.split(|c: char| !c.is_ascii_digit()).map(|n| n.parse::<u32>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let (what, oldest) = if mariadb { ("MariaDB 10.6", (10, 6)) } else { ("MySQL 8.0", (8, 0)) };
    match found < oldest {
        true => {
            Err(Error::failed(format!("source {name}: the server is older than {what}")).hint("bring it up to date"))
        }
        false => Ok(()),
    }
}

fn dial(server: &Server, name: &str) -> Result<Conn> {
    let over_socket = matches!(server.host, Host::Socket(_));
    let mode = if over_socket { TlsMode::Disable } else { server.tls.effective() };
    if mode != TlsMode::Disable {
        // The driver reads the files itself; that they can be read is said here, with their names.
        server.tls.config(name)?;
    }
    let attempt = Conn::new(options(server, mode));
    let attempt = match attempt {
        Err(mysql::Error::DriverError(DriverError::TlsNotSupported)) if mode == TlsMode::Prefer => {
            Conn::new(options(server, TlsMode::Disable))
        }
        attempt => attempt,
    };
    attempt.map_err(|e| connecting(name, server, &e))
}

fn options(server: &Server, mode: TlsMode) -> OptsBuilder {
    let options = OptsBuilder::new()
        // As the server's own programs do: whoever runs this, where the address does not say.
        .user(server.user.clone().or_else(|| whoami::username().ok()))
        .pass(server.password.as_ref().map(|p| p.expose().to_owned()))
        .db_name(Some(server.database.clone()))
        .tcp_port(server.port)
        .prefer_socket(false)
        .tcp_connect_timeout(Some(server.settings.connect_timeout))
        .tcp_keepalive_time_ms(Some(30_000))
        .stmt_cache_size(4)
        // An update counts the records it addresses, changed or not.
        .additional_capabilities(CapabilityFlags::CLIENT_FOUND_ROWS)
        .ssl_opts(tls(server, mode));
    match &server.host {
        Host::Tcp(host) => options.ip_or_hostname(Some(host.clone())),
        Host::Socket(path) => {
            let file = if path.is_dir() { path.join("mysqld.sock") } else { path.clone() };
            options.socket(Some(file.to_string_lossy().into_owned()))
        }
    }
}

fn tls(server: &Server, mode: TlsMode) -> Option<SslOpts> {
    if mode == TlsMode::Disable {
        return None;
    }
    let verified = matches!(mode, TlsMode::VerifyCa | TlsMode::VerifyFull);
    let identity = server.tls.client.clone().map(|(certificate, key)| ClientIdentity::new(certificate, key));
    Some(
        SslOpts::default()
            .with_root_cert_path(server.tls.roots.clone())
            .with_client_identity(identity)
            .with_danger_accept_invalid_certs(!verified)
            .with_danger_skip_domain_validation(mode != TlsMode::VerifyFull),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_servers_are_too_old() {
        let cases = [
            ("10.11.19-MariaDB-0+deb12u1", true, false),
            ("5.5.5-10.5.8-MariaDB", true, true),
            ("5.5.5-10.6.1-MariaDB-log", true, false),
            ("11.4.2-MariaDB", true, false),
            ("8.0.36", false, false),
            ("8.4.0-commercial", false, false),
            ("5.7.44-log", false, true),
        ];
        for (version, mariadb, refused) in cases {
            assert_eq!(old(version, mariadb, "shop").is_err(), refused, "{version}");
        }
    }
}
