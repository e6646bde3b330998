//! The one place that knows the list of source kinds. A new kind is one new file (or folder) and one line here.

use std::path::Path;

use super::{Source, Writer, csv, json, sqlite};
use crate::error::{Error, Result};
use crate::map::Address;

/// One kind of source.
pub struct Kind {
    /// Its word in addresses (`sqlite:shop.db`) and in the map.
    pub name: &'static str,
    /// Opens it for reading.
    pub open: fn(&Address, &str) -> Result<Box<dyn Source>>,
    /// Opens it for writing, and begins the transaction.
    pub open_writer: fn(&Address, &str) -> Result<Box<dyn Writer>>,
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind { name: "sqlite", open: sqlite::open, open_writer: sqlite::open_writer },
    Kind { name: "csv", open: csv::open, open_writer: csv::open_writer },
    Kind { name: "json", open: json::open, open_writer: json::open_writer },
];

/// Opens a source for reading; `name` is its name in the map, for messages.
pub fn open(address: &Address, name: &str) -> Result<Box<dyn Source>> {
    (kind(&address.kind)?.open)(address, name)
}

/// Opens a source for writing.
pub fn open_writer(address: &Address, name: &str) -> Result<Box<dyn Writer>> {
    (kind(&address.kind)?.open_writer)(address, name)
}

fn kind(name: &str) -> Result<&'static Kind> {
    KINDS.iter().find(|k| k.name == name).ok_or_else(|| {
        let known: Vec<_> = KINDS.iter().map(|k| k.name).collect();
        Error::usage(format!("unknown kind of source: {name}")).hint(format!("known kinds: {}", known.join(", ")))
    })
}

/// Reads an address as given on the command line (`sqlite:shop.db`, `csv:exports/`); relative paths are taken from
/// `base`. A literal password is refused.
pub fn parse_address(text: &str, base: &Path) -> Result<Address> {
    let usage = |what: &str| Error::usage(format!("{what}: {}", without_password(text)));
    let Some((kind_name, rest)) = text.split_once(':') else {
        return Err(usage("a source is given as KIND:PATH")
            .hint("for example sqlite:shop.db, csv:exports/, json:events.ndjson"));
    };
    if has_password(rest) {
        return Err(Error::refused("the source address holds a literal password")
            .hint("name an environment variable instead: '${SHOP_PASSWORD}'"));
    }
    kind(kind_name)?;
    if rest.is_empty() {
        return Err(usage("the source has no path"));
    }
    Ok(Address { kind: kind_name.to_owned(), path: base.join(rest), written: rest.to_owned(), ..Address::default() })
}

/// Whether an address `//user:password@host` carries its password in clear.
fn has_password(rest: &str) -> bool {
    let Some(authority) = rest.strip_prefix("//").and_then(|r| r.split('/').next()) else { return false };
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty() && !password.starts_with("${"))
}

fn without_password(text: &str) -> String {
    match (text.find("//"), text.rfind('@')) {
        (Some(start), Some(at)) if start < at => format!("{}//…{}", &text[..start], &text[at..]),
        _ => text.to_owned(),
    }
}
