//! What is said to commands that plan changes, carry them out, or take them back.

use clap::Subcommand;
use std::path::PathBuf;

use super::language;
use super::{RequestArgs, WhoArgs};
use crate::language::Tag;

/// What every command that plans a change takes.
#[derive(clap::Args)]
pub struct PlanningArgs {
    /// Who is meant
    #[command(flatten)]
    pub who: WhoArgs,
    /// For which request
    #[command(flatten)]
    pub request: RequestArgs,
    /// Also write the plan to this file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// An erasure.
#[derive(clap::Args)]
pub struct EraseArgs {
    /// Who is meant, and for which request
    #[command(flatten)]
    pub planning: PlanningArgs,
    /// Why the erasure is owed: A17-1-a (no longer needed) to A17-1-f of the GDPR, or another law's, as CCPA-105
    /// [default: what the request was planned on before, else the map's]
    #[arg(long, value_name = "GROUND")]
    pub ground: Option<String>,
    /// Decide on a record, a collection or all records, whatever the map says: delete, anonymise, isolate or keep; may
    /// come several times
    #[arg(long, value_name = "PLACE=VERDICT")]
    pub decide: Vec<String>,
    /// Why it is decided so; the person may read it
    #[arg(long, value_name = "REASON", requires = "decide")]
    pub because: Option<String>,
    /// Until when what is decided to be kept or isolated stays: 2027-12-31
    #[arg(long, value_name = "DATE", requires = "decide")]
    pub until: Option<String>,
    /// Let nobody take this erasure back, though the map gives a time for it ([undo]); for this reason
    #[arg(long, value_name = "REASON")]
    pub without_undo: Option<String>,
    /// Take decisions from this file: CSV or JSON with `place`, `decision`, `because` and, where it is to end, `until`
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

/// A correction.
#[derive(clap::Args)]
pub struct CorrectArgs {
    /// Who is meant, and for which request
    #[command(flatten)]
    pub planning: PlanningArgs,
    /// The field to set right, and its new value; may come several times
    #[arg(long, value_name = "SOURCE.COLLECTION.FIELD=VALUE")]
    pub set: Vec<String>,
    /// A field to empty; may come several times
    #[arg(long, value_name = "SOURCE.COLLECTION.FIELD")]
    pub set_null: Vec<String>,
    /// Which record is meant, where several are this person's: a column of its key; several for a composite key,
    /// content=DIGEST for a record without one
    #[arg(long = "where", value_name = "KEY=VALUE")]
    pub only: Vec<String>,
    /// All of this person's records in the collection are meant
    #[arg(long)]
    pub all: bool,
    /// Also correct this copy of the old value, which the plan proposes under this number; `all` for every one
    #[arg(long, value_name = "NUMBER")]
    pub with: Vec<String>,
}

/// Plans.
#[derive(Subcommand)]
pub enum PlanCommand {
    /// All plans
    List,
    /// One plan
    Show {
        /// Its number, or its file
        plan: String,
        /// As one page to read in a browser; on standard output, or into a file
        #[arg(long)]
        html: bool,
        /// Write the page to this file, which only you may read
        #[arg(short, long, value_name = "FILE", requires = "html")]
        output: Option<PathBuf>,
    },
    /// Say that a plan may be applied; somebody other than its author must
    Approve {
        /// Its number, or its file
        plan: String,
        /// The signature of the plan's file by a key that the map names (minisign -S)
        #[arg(long, value_name = "FILE")]
        signature: Option<PathBuf>,
    },
}

/// Applying.
#[derive(clap::Args)]
pub struct ApplyArgs {
    /// The plan's number, or its file
    pub plan: String,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// How many records are deleted and changed, as in "12 3": what is typed at the terminal where the map asks for it
    #[arg(long, value_name = "COUNTS")]
    pub confirm: Option<String>,
    /// The language of the person's record of erasure: en, de, fr, es, zh-Hans [default: the request's]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<Tag>,
    /// Apply although the plan names records that could not be read, for this reason
    #[arg(long, value_name = "REASON")]
    pub accept_problems: Option<String>,
    /// What is left in this place may stay: as the report names it, SOURCE.TABLE.FIELD or SOURCE.FILE; may come several
    /// times, once the plan was applied
    #[arg(long, value_name = "PLACE", requires = "because")]
    pub accept_left: Vec<String>,
    /// Why it may stay; the person may read it
    #[arg(long, value_name = "REASON", requires = "accept_left")]
    pub because: Option<String>,
}

/// Taking back.
#[derive(clap::Args)]
pub struct UndoArgs {
    /// The request whose erasure is taken back: its number or id
    pub request: String,
    /// The file with the secret key, as age-keygen writes it
    #[arg(short, long, value_name = "KEYFILE")]
    pub identity: PathBuf,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub because: Option<String>,
}

/// What had been put off.
#[derive(clap::Args)]
pub struct FinishArgs {
    /// Look at everything that waits again, also before its time: rules or dates may have changed
    #[arg(long)]
    pub all: bool,
}
