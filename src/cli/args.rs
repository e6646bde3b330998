//! What was said on the command line, as typed values; what it means is decided by the commands.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Answers data subject requests: finds everything an organisation holds about one person.
#[derive(Parser)]
#[command(name = "redress", version, about, disable_help_subcommand = true)]
pub struct Args {
    /// The workspace: a folder with redress.toml and sources/
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".", global = true)]
    pub directory: PathBuf,
    /// Print the report as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// What do we hold on this person, where, and why
    Find(FindArgs),
}

/// Who is meant.
#[derive(clap::Args)]
pub struct FindArgs {
    /// identity=value or source.collection.field=value; several describe one person; `-` reads them from standard input
    #[arg(required = true, value_name = "SELECTOR")]
    pub selectors: Vec<String>,
    /// Take this candidate, where several fit: its key, as they are listed
    #[arg(long, value_name = "KEY")]
    pub pick: Option<String>,
    /// Why it is this person, where it is not certain by itself
    #[arg(long, value_name = "REASON")]
    pub accept: Option<String>,
}
