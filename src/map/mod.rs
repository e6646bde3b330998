//! The data map: what is personal, where it is, how it links, and the rule for each.
//!
//! Values here, reading in `read`, holding against live sources in `check`. The map holds no secrets and no
//! personal data, and knows no driver.

pub mod category;
mod check;
mod draw;
mod erase;
mod exempt;
mod ground;
mod identity;
pub mod lacks;
mod law;
mod meaning;
pub mod phone;
mod read;
mod schema;
mod spelling;
mod values;
mod write;

pub use check::{Finding, Level, check, lost_reference, rights, unmentioned, vanished};
pub use draw::{mermaid, page};
pub use erase::{Erase, Erasure, FieldErase, Isolation, Retain, RetentionRule, Then, Undo};
pub use exempt::Exempt;
pub use ground::{GROUNDS, Ground};
pub use identity::{HashKind, Identity, NormalForm, Strength};
pub use law::{
    Acknowledged, AutomatedDecision, BASES, Controller, Origin, Purpose, Recipient, RecipientKind, SAFEGUARDS, SPECIAL,
    Words,
};
pub use meaning::meaning;
pub use read::{Fault, Faults, SOURCES_FOLDER, WORKSPACE_FILE, read};
pub use schema::{source_schema, workspace_schema};
pub use spelling::{Form, Spelled};
pub use values::{
    About, Address, Collection, Condition, DataMap, Decision, Disclose, Field, Link, Period, Place, Policy,
    ReleasePolicy, Role, SourceMap, applies,
};
pub use write::{Addition, inserted, render_source, render_workspace};
