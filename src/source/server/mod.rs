//! What sources behind a server have in common: their address, its secrets, TLS. No driver is known here.

mod address;
mod dial;
mod secret;
mod settings;
pub mod tls;

pub use address::{Host, Server};
pub use dial::in_time;
pub use secret::Secret;
pub use settings::Settings;

use address::Fault;

use crate::error::{Error, Result};
use crate::map::Address;

/// The servers an address can name: the kind of source, the schemes of its addresses, its port.
const PROTOCOLS: &[(&str, &[&str], u16)] =
    &[("postgres", &["postgres", "postgresql"], 5432), ("mysql", &["mysql", "mariadb"], 3306)];

/// The kind of source an address of that scheme leads to; none where the scheme is no server's.
pub fn kind_of_scheme(scheme: &str) -> Option<&'static str> {
    PROTOCOLS.iter().find(|(_, schemes, _)| schemes.contains(&scheme)).map(|(kind, ..)| *kind)
}

/// Whether sources of that kind are addressed by a URL, not by a path.
pub fn is_server(kind: &str) -> bool {
    PROTOCOLS.iter().any(|(name, ..)| *name == kind)
}

/// What is wrong with a server's address as written, without the secrets it may hold; nothing is read from the
/// environment.
pub fn fault(url: &str) -> Option<String> {
    // What a variable will hold is not known here; a digit stands for it, which every part accepts.
    Server::read(url, &|_| Some("1".to_owned())).err().map(|fault| fault.to_string())
}

/// The database an address names, as far as that is known without the environment.
pub fn database(url: &str) -> Option<String> {
    // A name that hangs on a variable changes with it.
    let one = Server::read(url, &|_| Some("1".to_owned())).ok()?;
    let other = Server::read(url, &|_| Some("2".to_owned())).ok()?;
    (one.database == other.database).then_some(one.database)
}

/// Reads an address with the secrets it names, from the environment; `name` is the source's. Files it names are taken
/// from the workspace.
pub fn resolve(address: &Address, name: &str) -> Result<Server> {
    let server = Server::read(&address.written, &|variable| std::env::var(variable).ok());
    let server = server.map_err(|fault| {
        let failed = Error::failed(format!("source {name}: {fault}"));
        match fault {
            Fault::Unset(variable) => failed.hint(format!("set it for this command: {variable}=… redress …")),
            Fault::Malformed(_) => failed.hint("docs/sources.md tells what an address can say"),
        }
    })?;
    Ok(server.within(&address.path))
}
