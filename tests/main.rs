//! All tests from outside the library, in one binary; one file a subject.

mod find;
mod marketplace;
mod plan;
mod register;
mod shop;
