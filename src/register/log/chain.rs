//! How entries are chained: canonical bytes, leaf, chain, tag; and the head that stands for all before it.
//!
//! Canonical bytes are compact JSON with sorted keys. leaf = SHA-256(0x00 ‖ canonical bytes), so that a Merkle tree
//! can follow; chain = SHA-256(chain before ‖ leaf), 32 zero bytes before the first; tag = HMAC-SHA-256(log key,
//! chain), so that a log somebody rewrote is seen. The store is not known here.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::{Entry, Phase, RequestRef};
use crate::error::{Error, Result};
use crate::record::Digest;
use crate::register::keys::Secret;

/// The log up to an entry: its number, and the chain's value there. Who keeps a head can prove what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Head {
    /// The last entry's number; 0 for an empty log.
    pub seq: u64,
    /// The chain's value after it.
    pub chain: Digest,
}

impl Head {
    /// The head of an empty log.
    pub const EMPTY: Head = Head { seq: 0, chain: Digest([0; 32]) };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.chain)
    }
}

impl FromStr for Head {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let head = text.split_once(':').and_then(|(seq, chain)| {
            let digits = !seq.is_empty() && seq.bytes().all(|b| b.is_ascii_digit());
            let seq = seq.parse().ok().filter(|_| digits)?;
            Some(Head { seq, chain: Digest::parse(chain)? })
        });
        head.ok_or_else(|| {
            Error::usage("a log head is a number, a colon and 64 hexadecimal digits")
                .hint("copy it from an archive, a plan or `redress log show`")
        })
    }
}

impl Serialize for Head {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An entry as it stands in the log. The fields are in the order of their names: that is its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// The command's word.
    pub action: String,
    /// The user of the operating system.
    pub actor: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What qualifies it, as stable codes.
    pub codes: Vec<String>,
    /// How many of what.
    pub counts: BTreeMap<String, u64>,
    /// Salted digests by what they are of.
    pub digests: BTreeMap<String, Vec<Digest>>,
    /// The id of the log key that sealed it.
    pub key: String,
    /// Before or after the deed.
    pub phase: Phase,
    /// The chain's value before this entry.
    pub previous: Digest,
    /// The request it belongs to.
    pub request: Option<RequestRef>,
    /// Its number, from 1 without a gap.
    pub seq: u64,
    /// The version of this form.
    pub v: u32,
}

impl LogEntry {
    /// The bytes that are chained.
    pub fn canonical(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| Error::bug("an entry of the log cannot be written as JSON"))
    }

    /// Reads canonical bytes, and nothing else.
    pub(super) fn parse(bytes: &[u8]) -> Option<LogEntry> {
        let entry: LogEntry = serde_json::from_slice(bytes).ok()?;
        (entry.canonical().ok()? == bytes).then_some(entry)
    }
}

/// An entry as the store keeps it, trusted by nobody before it is checked.
pub(in crate::register) struct Row {
    /// Where it stands.
    pub place: u64,
    /// Its canonical bytes.
    pub entry: Vec<u8>,
    /// The chain's value after it.
    pub chain: Vec<u8>,
    /// The seal.
    pub tag: Vec<u8>,
}

impl Row {
    /// The entry and the head after it, where its content fits its chain value. The seal is not looked at.
    pub fn whole(&self) -> Option<(LogEntry, Head)> {
        let found = Digest(self.chain.as_slice().try_into().ok()?);
        let entry = LogEntry::parse(&self.entry)?;
        let head = Head { seq: entry.seq, chain: found };
        (chain(&entry.previous, &self.entry) == found).then_some((entry, head))
    }

    /// Whether `key` sealed the chain's value.
    pub fn is_sealed(&self, key: &Secret) -> bool {
        key.made(&self.tag, &self.chain)
    }
}

/// The chain's value after an entry of these canonical bytes.
fn chain(previous: &Digest, canonical: &[u8]) -> Digest {
    let leaf = Sha256::new().chain_update([0]).chain_update(canonical).finalize();
    Digest(Sha256::new().chain_update(previous.0).chain_update(leaf).finalize().into())
}

/// Puts the entry after `head`.
pub(in crate::register) fn seal(entry: Entry, at: String, head: Head, key: &Secret) -> Result<(Row, Head)> {
    entry.check()?;
    let seq = head.seq.checked_add(1).ok_or_else(|| Error::bug("the log is full"))?;
    let entry = LogEntry {
        action: entry.action,
        actor: entry.actor,
        at,
        codes: entry.codes,
        counts: entry.counts,
        digests: entry.digests,
        key: key.id().to_owned(),
        phase: entry.phase,
        previous: head.chain,
        request: entry.request,
        seq,
        v: 1,
    };
    let canonical = entry.canonical()?;
    let chain = chain(&head.chain, &canonical);
    let tag = key.mac(&chain.0).0.to_vec();
    let row = Row { place: entry.seq, entry: canonical, chain: chain.0.to_vec(), tag };
    Ok((row, Head { seq: entry.seq, chain }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::keys::{Key as _, Purpose};
    use crate::register::{Clock as _, System};

    #[test]
    fn heads_are_read_back() {
        let head = Head { seq: 7, chain: Digest::of(b"x") };
        assert_eq!(head.to_string().parse::<Head>().unwrap(), head);
        for text in ["", "7", "7:", ":", "+7:00", "x:00", &format!("-1:{}", head.chain), &format!("{head}0")] {
            assert!(text.parse::<Head>().is_err(), "{text}");
        }
    }

    #[test]
    fn canonical_bytes_are_sorted_compact_json() {
        let key = Secret::generate(Purpose::Log, &System).unwrap();
        let entry = Entry::outcome("ana", "erase").code("incomplete").count("kept", 2).count("deleted", 1);
        let (row, head) =
            seal(entry.digest("plan", Digest::of(b"x")), System.now().to_string(), Head::EMPTY, &key).unwrap();
        let text = String::from_utf8(row.entry.clone()).unwrap();

        let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json.sort_all_objects();
        assert_eq!(json.to_string(), text);
        assert_eq!(LogEntry::parse(text.as_bytes()).unwrap().seq, head.seq);
        assert!(LogEntry::parse(text.replace(",\"at\"", ", \"at\"").as_bytes()).is_none());

        // The recipe, written out once more.
        let leaf = Sha256::digest([&[0][..], text.as_bytes()].concat());
        assert_eq!(row.chain, Sha256::digest([&[0; 32][..], &leaf].concat()).to_vec());
    }
}
