//! The one place that knows the list of source kinds. A new kind is one new file (or folder) and one line here.

use std::path::Path;

use super::raw::Raw;
use super::{Source, Writer, csv, json, mysql, postgres, server, sqlite};
use crate::error::{Error, Result};
use crate::map::Address;

/// One kind of source.
pub struct Kind {
    /// Its word in addresses (`sqlite:shop.db`) and in the map.
    pub name: &'static str,
    /// Opens it for reading.
    pub open: fn(&Address, &str) -> Result<Box<dyn Source>>,
    /// Opens it for reading raw, for the sweep.
    pub open_raw: fn(&Address, &str) -> Result<Box<dyn Raw>>,
    /// Opens it for writing, and begins the transaction.
    pub open_writer: fn(&Address, &str) -> Result<Box<dyn Writer>>,
    /// Wipes the free space around these bytes of its file; none where there is no such space.
    pub wipe: Option<Wipe>,
}

/// Wipes free space: the source's address and name, and bytes of its file.
type Wipe = fn(&Address, &str, &[u64]) -> Result<()>;

/// Wipes what is in free space at these bytes of a source's file, where the kind has such space.
pub fn wipe(address: &Address, name: &str, offsets: &[u64]) -> Result<()> {
    match (kind(&address.kind)?.wipe, offsets) {
        (_, []) => Ok(()),
        (Some(wipe), offsets) => wipe(address, name, offsets),
        (None, _) => Err(Error::bug(format!("source {name}: it has no free space to wipe"))),
    }
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "sqlite",
        open: sqlite::open,
        open_raw: sqlite::open_raw,
        open_writer: sqlite::open_writer,
        wipe: Some(sqlite::wipe),
    },
    Kind { name: "csv", open: csv::open, open_raw: csv::open_raw, open_writer: csv::open_writer, wipe: None },
    Kind { name: "json", open: json::open, open_raw: json::open_raw, open_writer: json::open_writer, wipe: None },
    Kind {
        name: "postgres",
        open: postgres::open,
        open_raw: postgres::open_raw,
        open_writer: postgres::open_writer,
        wipe: None,
    },
    Kind { name: "mysql", open: mysql::open, open_raw: mysql::open_raw, open_writer: mysql::open_writer, wipe: None },
];

/// Opens a source for reading; `name` is its name in the map, for messages.
pub fn open(address: &Address, name: &str) -> Result<Box<dyn Source>> {
    (kind(&address.kind)?.open)(address, name)
}

/// Opens a source for reading raw.
pub fn open_raw(address: &Address, name: &str) -> Result<Box<dyn Raw>> {
    (kind(&address.kind)?.open_raw)(address, name)
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

/// Reads an address as given on the command line (`sqlite:shop.db`, `postgres://host/shop`); relative paths are taken
/// from `base`. A literal password is refused.
pub fn parse_address(text: &str, base: &Path) -> Result<Address> {
    let usage = |what: &str| Error::usage(format!("{what}: {}", without_password(text)));
    let Some((kind_name, rest)) = text.split_once(':') else {
        return Err(usage("a source is given as KIND:PATH or as the URL of a database")
            .hint("for example sqlite:shop.db, csv:exports/, postgres://app:${SHOP_PASSWORD}@db.example/shop"));
    };
    if let Some(kind_name) = server::kind_of_scheme(kind_name) {
        kind(kind_name)?;
        return match server::fault(text) {
            Some(fault) if fault.contains("literal password") => {
                Err(Error::refused(fault).hint("name an environment variable instead: '${SHOP_PASSWORD}'"))
            }
            Some(fault) => Err(usage(&fault).hint("docs/sources.md tells what an address can say")),
            None => {
                let (kind, written) = (kind_name.to_owned(), text.to_owned());
                Ok(Address { kind, path: base.to_owned(), written, ..Address::default() })
            }
        };
    }
    kind(kind_name)?;
    if rest.is_empty() {
        return Err(usage("the source has no path"));
    }
    Ok(Address { kind: kind_name.to_owned(), path: base.join(rest), written: rest.to_owned(), ..Address::default() })
}

/// What a source at that address is called where nobody says otherwise: as its database, or its file's stem.
pub fn source_name(address: &Address) -> Option<String> {
    match server::is_server(&address.kind) {
        true => server::database(&address.written),
        false => Some(address.path.file_stem()?.to_str()?.to_owned()),
    }
}

fn without_password(text: &str) -> String {
    match (text.find("//"), text.rfind('@')) {
        (Some(start), Some(at)) if start < at => format!("{}//…{}", &text[..start], &text[at..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind as Failure;

    #[test]
    fn addresses_as_given() {
        let base = Path::new("/w");
        let read = |text: &str| parse_address(text, base);
        let file = read("sqlite:data/shop.db").unwrap();
        assert_eq!((file.path.to_str(), file.written.as_str()), (Some("/w/data/shop.db"), "data/shop.db"));
        assert_eq!(source_name(&file).as_deref(), Some("shop"));
        let url = "postgresql://app:${SHOP_PASSWORD}@db.example/shop";
        let server = read(url).unwrap();
        assert_eq!((server.kind.as_str(), server.written.as_str()), ("postgres", url), "kept as written");
        assert_eq!(source_name(&server).as_deref(), Some("shop"));
        assert_eq!(source_name(&read("postgres://h/${DB}").unwrap()), None);
        for (text, kind) in [
            ("postgres://app:hunter2@db.example/shop", Failure::Refused),
            ("postgres://db.example/shop?password=hunter2", Failure::Refused),
            ("postgres://db.example", Failure::Usage),
            ("oracle:x", Failure::Usage),
            ("shop.db", Failure::Usage),
            ("sqlite:", Failure::Usage),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.kind == kind && !error.message.contains("hunter2"), "{text}: {error}");
        }
    }
}
