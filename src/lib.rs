//! Redress answers data subject requests: find, export, correct, erase, prove.

pub mod archive;
pub mod cli;
pub mod draft;
pub mod erasure;
pub mod error;
pub mod find;
pub mod fixture;
pub mod language;
pub mod ledger;
pub mod map;
pub mod plan;
pub mod problem;
pub mod record;
pub mod register;
pub mod resolve;
pub mod source;
pub mod sweep;
