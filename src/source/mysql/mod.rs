//! MySQL and MariaDB databases as sources.
//!
//! Read in one read-only transaction over one consistent snapshot; written only to apply a plan. The server's
//! collations never decide a match: they only narrow what is read, and the normal form decides. No type of the driver
//! leaves this folder.

mod beside;
mod catalogue;
mod checks;
mod condition;
mod decode;
mod edits;
mod fault;
mod fold;
mod grants;
mod held;
mod literal;
mod lookup;
mod raw;
mod read;
mod references;
mod relations;
mod search;
mod session;
mod types;
mod write;

pub use raw::open_raw;
pub use read::open;
pub use write::open_writer;

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A text as SQL writes it, under the settings of every session.
fn text_literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("''"),
            '\\' => out.push_str("\\\\"),
            '\0' => out.push_str("\\0"),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// Bytes as SQL writes them.
fn bytes_literal(bytes: &[u8]) -> String {
    format!("x'{}'", hex::encode(bytes))
}
