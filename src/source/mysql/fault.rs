//! The driver's failures in words. The server's own texts are quoted only where they name objects, never values.

use mysql::{DriverError, Error as Driver, MySqlError};

use crate::error::{Error, Result};
use crate::source::server::{Host, Server};

/// Passes a result on with its failure in words.
pub(super) fn told<T>(name: &str, doing: &str, result: std::result::Result<T, Driver>) -> Result<T> {
    result.map_err(|e| fault(name, doing, &e))
}

/// A failure of a statement.
pub(super) fn fault(name: &str, doing: &str, error: &Driver) -> Error {
    let failed = |what: &str| Error::failed(format!("source {name}: cannot {doing}: {what}"));
    let again = |what: &str| failed(what).hint("run the command again").transient();
    let lost = || failed("the connection was lost").hint("see whether the server is up, then run the command again");
    let server = match error {
        Driver::MySqlError(server) => server,
        Driver::DriverError(DriverError::PacketTooLarge) => return large(failed),
        Driver::CodecError(cause) if cause.to_string().contains("larger") => return large(failed),
        Driver::IoError(_) | Driver::CodecError(_) => return lost(),
        _ => return failed("the driver could not read or write a value"),
    };
    match server.code {
        1213 => again("it and another transaction waited for each other (a deadlock)"),
        1020 | 1180 | 1637 => again("another transaction changed the same records meanwhile"),
        1205 => failed("another transaction has locked the records, and did not let go in time")
            .hint("find it with SHOW PROCESSLIST, or raise lock_timeout in the source's address")
            .transient(),
        1969 | 3024 | 1317 => failed("it took longer than statement_timeout allows, or somebody cancelled it")
            .hint("raise statement_timeout in the source's address, or add the index that the report names"),
        1053 | 1077 | 1079 | 1152 | 1158..=1161 | 1184 | 1927 | 4031 => lost(),
        1044 | 1142 | 1143 | 1227 | 1370 => denied(failed, server),
        1451 => failed(&format!("a record that stays refers to one that goes ({})", constraint(server)))
            .hint("add the link to the map, or see who added a record meanwhile"),
        1452 => failed(&format!("a reference would lead nowhere ({})", constraint(server))),
        1048 | 1364 => failed("a column may not be null").hint("give the field another `erase`"),
        1062 | 1169 | 1586 => failed("the values of a unique key must differ").hint("use \"tombstone\""),
        1264 | 1265 | 1292 | 1366 | 1406 | 1411 | 1690 | 3140 => {
            failed("a value does not fit its column").hint("`redress check` names rules that do not fit")
        }
        3819 | 4025 => failed("a CHECK of the table forbids it")
            .hint("give the field an `erase` whose value the constraint allows"),
        1021 | 1114 | 3 | 28 => {
            failed("the server's disk is full").hint("free some space there and run the command again")
        }
        1037 | 1038 | 1041 => failed("the server is out of memory").hint("try again later"),
        1146 | 1054 | 1109 | 1356 => {
            failed(&one_line(&server.message)).hint("`redress check` shows where the map and the database differ")
        }
        1785 => {
            failed("the server changes no table without transactions beside one with them (enforce_gtid_consistency)")
                .hint(
                    "nothing was changed; ask for the table, or the one a trigger writes to, to be converted to InnoDB",
                )
        }
        1290 | 1792 | 1836 => {
            failed("the server may not be written: it is read-only").hint("give the address of the primary")
        }
        code => failed(&format!("the server says {code} ({})", server.state)),
    }
}

fn large(failed: impl Fn(&str) -> Error) -> Error {
    failed("a value is larger than the server lets through").hint("raise max_allowed_packet there")
}

/// The server's text for missing rights names the command, the role and the table.
fn denied(failed: impl Fn(&str) -> Error, server: &MySqlError) -> Error {
    failed(&one_line(&server.message)).hint("`redress check` prints the GRANT statements that the map needs")
}

/// The constraint that the server's text on a reference names.
fn constraint(server: &MySqlError) -> String {
    let after = server.message.split_once("CONSTRAINT `").map(|(_, rest)| rest);
    after.and_then(|rest| rest.split('`').next()).unwrap_or("a foreign key").to_owned()
}

fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// A failure to connect.
pub(super) fn connecting(name: &str, server: &Server, error: &Driver) -> Error {
    let place = match &server.host {
        Host::Tcp(host) => format!("{host}:{}", server.port),
        Host::Socket(path) => path.display().to_string(),
    };
    let failed = |what: &str| Error::failed(format!("source {name}: cannot connect to {place}: {what}"));
    let network = "check host, port and sslmode of the address, and that the server is up";
    match error {
        Driver::MySqlError(said) => match said.code {
            1045 | 1698 | 1130 | 1251 => failed("the server does not let this user in")
                .hint("check the user and the password variable of the address"),
            1044 | 1049 => failed("the server has no such database, or this user may not use it")
                .hint("check the database of the address"),
            1040 | 1203 | 1226 => failed("it has no connection free").hint("try again later"),
            code => failed(&format!("the server says {code} ({})", said.state)),
        },
        Driver::TlsError(cause) => failed(&format!("TLS: {cause}"))
            .hint("check sslmode and sslrootcert in the address; what verify-full asks for is in docs/sources.md"),
        Driver::DriverError(DriverError::TlsNotSupported) => failed("the server has no TLS")
            .hint("turn it on there; sslmode=disable in the address goes without, where the network is safe"),
        Driver::DriverError(DriverError::ConnectTimeout) => failed("it does not answer in time").hint(network),
        // The driver meets it now while it shakes hands, now at the first answer it reads.
        _ if error.to_string().contains("ertificate") => {
            failed("the server's certificate is not from a trusted authority, or not for this host")
                .hint("check sslmode and sslrootcert in the address; what verify-full asks for is in docs/sources.md")
        }
        Driver::IoError(cause) => {
            failed(cause.to_string().split(" (os error").next().unwrap_or_default()).hint(network)
        }
        Driver::DriverError(DriverError::CouldNotConnect(Some((_, why, _)))) => {
            failed(why.split(" (os error").next().unwrap_or_default()).hint(network)
        }
        _ => failed("the driver could not").hint(network),
    }
}
