//! What is said of holds, of restored sources and import lists, and of the log.

use clap::Subcommand;
use std::path::PathBuf;

/// Holds.
#[derive(Subcommand)]
pub enum HoldCommand {
    /// Stop the erasure of a person's records, of a collection's, or of every record
    Add(HoldAddArgs),
    /// What is held
    List {
        /// Released holds too
        #[arg(long)]
        all: bool,
    },
    /// Let erasures go on
    Release(HoldReleaseArgs),
}

/// A new hold.
#[derive(clap::Args)]
pub struct HoldAddArgs {
    /// Whose records are held, as for `find`: identity=value, or a request's number
    #[arg(value_name = "SELECTOR|REQUEST")]
    pub selectors: Vec<String>,
    /// A collection whose records are held
    #[arg(long, value_name = "SOURCE.COLLECTION")]
    pub collection: Vec<String>,
    /// Every record is held
    #[arg(long)]
    pub everything: bool,
    /// The matter it belongs to: a case, an investigation; all holds of one can be released together
    #[arg(long, value_name = "NAME")]
    pub matter: Option<String>,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub because: String,
    /// Take this candidate, where several fit
    #[arg(long, value_name = "KEY")]
    pub pick: Option<String>,
    /// Why it is this person, where it is not certain by itself
    #[arg(long, value_name = "REASON")]
    pub accept: Option<String>,
}

/// The end of a hold.
#[derive(clap::Args)]
pub struct HoldReleaseArgs {
    /// Its number
    pub number: Option<u32>,
    /// All holds of this matter
    #[arg(long, value_name = "NAME")]
    pub matter: Option<String>,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub because: String,
}

/// A restored source.
#[derive(clap::Args)]
pub struct ReplayArgs {
    /// The sources that were restored, or imported again; those restored together are named together
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<String>,
}

/// Lists of people.
#[derive(Subcommand)]
pub enum SuppressCommand {
    /// Take out of a CSV list whoever was erased; the other rows stay byte for byte
    Check(SuppressCheckArgs),
}

/// A list that is to be imported.
#[derive(clap::Args)]
pub struct SuppressCheckArgs {
    /// The CSV file; its first row names its columns
    pub file: PathBuf,
    /// Which column holds which identity of the data map; without it they are recognised
    #[arg(long, value_name = "IDENTITY=COLUMN")]
    pub column: Vec<String>,
    /// The country (ISO 3166) of telephone numbers without one [default: the first source's]
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// What separates fields, where it is not seen from the file: one character, or tab
    #[arg(long, value_name = "CHARACTER")]
    pub delimiter: Option<String>,
    /// The file's encoding, as windows-1252 [default: UTF-8]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Write the rows that stay to this file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The log.
#[derive(Subcommand)]
pub enum LogCommand {
    /// Every entry, a line each, as it was sealed
    Show,
    /// Is the log whole
    Check {
        /// A head that an archive or plan carries (`SEQUENCE:DIGEST`): the log must still hold it
        #[arg(long, value_name = "HEAD")]
        head: Vec<String>,
    },
}
