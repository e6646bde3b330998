//! What stands behind the `?` of a server's address: TLS, times, sockets. Unknown keys are errors.

use std::path::PathBuf;
use std::time::Duration;

use super::address::{Environment, Fault, filled};
use super::tls::TlsMode;

/// How long connecting may take where the address does not say.
const CONNECT: Duration = Duration::from_secs(10);

/// The settings of an address.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The host, where it stands here: a Unix socket, or the folder of one.
    pub(super) host: Option<String>,
    /// How the connection is protected, where it says.
    pub(super) mode: Option<TlsMode>,
    /// File of certificates of authorities.
    pub(super) roots: Option<PathBuf>,
    /// File of the client's certificate.
    pub(super) certificate: Option<PathBuf>,
    /// File of its key.
    pub(super) key: Option<PathBuf>,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long one statement may take; none: as long as it takes.
    pub statement_timeout: Option<Duration>,
    /// How long another's lock is waited for when changing data.
    pub lock_timeout: Duration,
}

const KEYS: &str = "host, sslmode, sslrootcert, sslcert, sslkey, connect_timeout, statement_timeout, lock_timeout";

impl Settings {
    pub(super) fn read(query: &str, environment: Environment<'_>) -> Result<Settings, Fault> {
        let mut settings = Settings {
            host: None,
            mode: None,
            roots: None,
            certificate: None,
            key: None,
            connect_timeout: CONNECT,
            statement_timeout: None,
            lock_timeout: CONNECT,
        };
        for pair in query.split('&').filter(|p| !p.is_empty()) {
            let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
            if matches!(key, "password" | "sslpassword") {
                return Err(Fault::Malformed("the address holds a literal password: write user:${NAME}@host".into()));
            }
            let text = filled(text, environment)?;
            let text = text.ok_or_else(|| Fault::Malformed(format!("{key} of the address is empty")))?;
            match key {
                "host" | "socket" => settings.host = Some(text),
                "sslmode" => settings.mode = Some(mode(&text)?),
                "sslrootcert" => settings.roots = Some(text.into()),
                "sslcert" => settings.certificate = Some(text.into()),
                "sslkey" => settings.key = Some(text.into()),
                "connect_timeout" => settings.connect_timeout = time(key, &text)?,
                "statement_timeout" => settings.statement_timeout = Some(time(key, &text)?),
                "lock_timeout" => settings.lock_timeout = time(key, &text)?,
                _ => return Err(Fault::Malformed(format!("{key} is no setting of an address; there are {KEYS}"))),
            }
        }
        Ok(settings)
    }
}

fn mode(text: &str) -> Result<TlsMode, Fault> {
    let known = TlsMode::ALL.into_iter().find(|mode| mode.word() == text);
    known.ok_or_else(|| {
        let words = TlsMode::ALL.map(TlsMode::word).join(", ");
        Fault::Malformed(format!("sslmode of the address is none of {words}"))
    })
}

/// A time: seconds, or with a unit (`500ms`, `30s`, `5min`).
fn time(key: &str, text: &str) -> Result<Duration, Fault> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match &text[digits.len()..] {
        "" | "s" => Some(1000),
        "ms" => Some(1),
        "min" => Some(60_000),
        _ => None,
    };
    let millis = digits.parse::<u32>().ok().filter(|n| *n > 0).zip(unit).map(|(n, unit)| u64::from(n) * unit);
    let fault = || Fault::Malformed(format!("{key} of the address is no time: write seconds, or 500ms, 30s, 5min"));
    millis.map(Duration::from_millis).ok_or_else(fault)
}
