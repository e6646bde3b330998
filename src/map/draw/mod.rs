//! Draws the data map: sources, collections, links with their roles, what each identity reaches, what is kept by which
//! rule, what nothing reaches.
//!
//! Pure: a map in, a page or text out. The page is one file that opens offline, runs no script and loads nothing; what
//! the picture shows stands below it in tables too. Names come from the sources and may be hostile: they are escaped
//! and made visible.

mod layout;
mod mermaid;
mod page;
mod picture;
mod reach;
mod svg;
#[cfg(test)]
mod tests;
mod text;

pub use mermaid::mermaid;
pub use page::page;
