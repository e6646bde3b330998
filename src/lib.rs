//! Redress answers data subject requests: find, export, correct, erase, prove.

pub mod error;
pub mod map;
pub mod problem;
pub mod record;
pub mod register;
pub mod source;
