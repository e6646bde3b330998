//! A document and its signature in one file. The signature is minisign's, over the bytes of the document alone:
//! of JSON, the text of the member `record`; of a page, all before the comment that ends it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::error::{Error, Result};

/// What begins the comment at the end of a page.
const MARK: &str = "<!-- redress-signature\n";
const END: &str = "-->\n";

#[derive(Serialize, Deserialize)]
struct Envelope<'e> {
    #[serde(borrow)]
    record: &'e RawValue,
    signature: String,
    key: String,
}

/// What was signed, with what goes with it.
pub struct Parts<'b> {
    /// The document.
    pub signed: &'b [u8],
    /// The content of a minisign signature file.
    pub signature: String,
    /// The public key, as minisign writes it.
    pub key: String,
}

/// A document in JSON.
pub fn json(text: &str, signature: &str, key: &str) -> Result<Vec<u8>> {
    let fault = |_| Error::bug("a record of erasure is no JSON");
    let record: &RawValue = serde_json::from_str(text).map_err(fault)?;
    let envelope = Envelope { record, signature: signature.to_owned(), key: key.to_owned() };
    let mut bytes = serde_json::to_vec(&envelope).map_err(fault)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A page.
pub fn html(page: &str, signature: &str, key: &str) -> Vec<u8> {
    format!("{page}{MARK}{}\n{signature}{END}", key.trim_end()).into_bytes()
}

/// Takes a file apart; none where it is no signed record.
pub fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if text.starts_with('{') {
        let Envelope { record, signature, key } = serde_json::from_str(text).ok()?;
        return Some(Parts { signed: record.get().as_bytes(), signature, key });
    }
    let at = text.rfind(MARK)?;
    let tail = text[at + MARK.len()..].strip_suffix(END)?;
    let (key, signature) = tail.split_once("untrusted comment: signature")?;
    let signature = format!("untrusted comment: signature{signature}");
    Some(Parts { signed: &text.as_bytes()[..at], signature, key: key.to_owned() })
}
