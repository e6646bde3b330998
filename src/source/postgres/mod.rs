//! PostgreSQL databases as sources.
//!
//! Read in one read-only transaction at repeatable read; written only to apply a plan. Each table of an inheritance
//! tree is a collection of its own rows, because keys and references hold for one table alone; a partitioned table is
//! one collection. No type of the driver leaves this folder.

mod catalogue;
mod checks;
mod decode;
mod edits;
mod encode;
mod fault;
mod grants;
mod keys;
mod phones;
mod raw;
mod read;
mod relations;
mod search;
mod served;
mod session;
mod types;
mod write;

pub use raw::open_raw;
pub use read::open;
pub use write::open_writer;

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL writes it.
fn literal(text: &str) -> String {
    match text.contains('\\') {
        true => format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}
