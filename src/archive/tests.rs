//! Tests of the archive as a whole, on a small imaginary firm.

mod answer;
mod canary;
mod checking;
mod conditions;
mod firm;
mod formats;
mod hostile;
mod languages;
mod letter;
mod page;
#[cfg(feature = "pictures")]
mod photo;
mod portable;
mod programs;
mod promises;
mod review;
mod schema;
mod text;

pub use firm::cover;
