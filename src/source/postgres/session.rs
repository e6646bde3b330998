//! A connection with fixed settings, so that every value has one text form and is read back from it unchanged.

use postgres::config::SslMode;
use postgres::{Client, Config, NoTls, SimpleQueryMessage};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::fault::{connecting, fault};
use crate::error::{Error, Result};
use crate::map::Address;
use crate::source::server::tls::TlsMode;
use crate::source::server::{Host, Server, in_time, resolve};

/// The oldest server whose catalogues are read right.
const OLDEST: i32 = 130_000;

/// What every session says first. Row security is set to refuse where it would hide rows; compiling queries costs more
/// than the short ones asked here take.
const SETTINGS: &str = "SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; \
    SET TimeZone = 'UTC'; SET extra_float_digits = 3; SET bytea_output = 'hex'; SET xmloption = 'content'; \
    SET standard_conforming_strings = on; SET row_security = off; SET jit = off; SET client_min_messages = 'error'; \
    SET idle_in_transaction_session_timeout = 0;";

/// Connects and fixes the settings; `name` is the source's.
pub(super) fn connect(address: &Address, name: &str) -> Result<Client> {
    let server = resolve(address, name)?;
    let mut client = in_time(&server, name, dial)?;
    let fail = |e: postgres::Error| fault(name, "set up the session", &e);
    let millis = |time: Option<std::time::Duration>| time.map_or(0, |t| t.as_millis());
    let times = format!(
        "SET statement_timeout = {}; SET lock_timeout = {};",
        millis(server.settings.statement_timeout),
        millis(Some(server.settings.lock_timeout))
    );
    // One message for all: on a far network each costs its way.
    let said = client.simple_query(&format!("{SETTINGS} {times} SHOW server_version_num")).map_err(fail)?;
    let version = said.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0)?.parse::<i32>().ok(),
        _ => None,
    });
    match version.is_some_and(|v| v < OLDEST) {
        true => {
            Err(Error::failed(format!("source {name}: the server is older than PostgreSQL 13"))
                .hint("bring it up to date"))
        }
        false => Ok(client),
    }
}

fn dial(server: &Server, name: &str) -> Result<Client> {
    let mut config = Config::new();
    match &server.host {
        Host::Tcp(host) => config.host(host),
        Host::Socket(folder) => config.host_path(folder),
    };
    config.port(server.port).dbname(&server.database).application_name("redress");
    config.connect_timeout(server.settings.connect_timeout);
    if let Some(user) = &server.user {
        config.user(user);
    }
    if let Some(password) = &server.password {
        config.password(password.expose());
    }
    let over_socket = matches!(server.host, Host::Socket(_));
    let mode = if over_socket { TlsMode::Disable } else { server.tls.effective() };
    config.ssl_mode(match mode {
        TlsMode::Disable => SslMode::Disable,
        TlsMode::Prefer => SslMode::Prefer,
        TlsMode::Require | TlsMode::VerifyCa | TlsMode::VerifyFull => SslMode::Require,
    });
    let client = match mode {
        TlsMode::Disable => config.connect(NoTls),
        _ => config.connect(MakeRustlsConnect::new(server.tls.config(name)?)),
    };
    client.map_err(|e| connecting(name, server, &e))
}
