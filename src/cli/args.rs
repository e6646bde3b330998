//! What was said on the command line, as typed values; what it means is decided by the commands.

mod change;
mod give;
mod remember;

pub use change::*;
pub use give::*;
pub use remember::*;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

use crate::language::Tag;

/// Answers data subject requests: finds everything an organisation holds about one person, and erases it under a plan
#[derive(Parser)]
#[command(name = "redress", version, about, disable_help_subcommand = true)]
pub struct Args {
    /// The workspace: a folder with redress.toml and sources/
    #[arg(short = 'C', long, value_name = "DIR", default_value = ".", global = true)]
    pub directory: PathBuf,
    /// Print the report as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do; nothing: list the open requests
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Look at sources, draft the data map, list what a person must decide
    Init(InitArgs),
    /// What do we hold on this person, where, and why
    Find(WhoArgs),
    /// The copy of the data this person asked for, as a signed archive
    Export(ExportArgs),
    /// Record that an archive was handed over: to whom, how, when; this answers the request
    Release(ReleaseArgs),
    /// Plan an erasure: each record is deleted, anonymised, or kept with a reason; changes nothing
    Erase(EraseArgs),
    /// Plan a correction: which fields are set right, and where else the old value stands; changes nothing
    Correct(CorrectArgs),
    /// The plans there are, and what one of them says
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Carry out a plan: exactly it; then search again
    Apply(ApplyArgs),
    /// Take an erasure back, as long as the map's [undo] lets it: every record and file as it was
    Undo(UndoArgs),
    /// Plan what retention rules and holds had put off and do not any more; end what can be taken back no longer; for cron
    Finish(FinishArgs),
    /// What waits for the end of a retention period or a hold, and until when
    Report,
    /// Stop erasures for a matter: of a person, a collection, or everything
    #[command(subcommand)]
    Hold(HoldCommand),
    /// After a restore: recognise who must not be there any more, and plan their erasure again
    Replay(ReplayArgs),
    /// Keep people who were erased from coming back with an import
    #[command(subcommand)]
    Suppress(SuppressCommand),
    /// Hold the data map against the live sources: errors, drift, what nobody has decided
    Check,
    /// Draw the data map: one page that opens offline, or Mermaid text
    Map(MapArgs),
    /// Is this archive, or record of erasure, whole, and who signed it; needs no workspace
    CheckArchive(CheckArchiveArgs),
    /// Write a small workspace of an imaginary firm to try everything on, and show the way through it
    Demo {
        /// Where to
        #[arg(default_value = "redress-demo")]
        folder: PathBuf,
    },
    /// The record of who did what when
    #[command(subcommand)]
    Log(LogCommand),
}

/// A draft of the map.
#[derive(clap::Args)]
pub struct InitArgs {
    /// Where to look: sqlite:shop.db, csv:exports/, json:events.ndjson, postgres://…, mysql://…
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Take the confident proposals without asking; they are marked as accepted unreviewed
    #[arg(long)]
    pub yes: bool,
    /// Also take what a Fides manifest says of the sources: its datasets, in the order of the sources
    #[arg(long, value_name = "DATASET.yml")]
    pub from_fides: Vec<PathBuf>,
    /// Go through what was accepted unreviewed and what is open, instead; with --json: list it
    #[arg(long, conflicts_with_all = ["sources", "yes", "from_fides"])]
    pub review: bool,
    /// Add to the map what is new in its sources, and the sources named; what people have written stays
    #[arg(long, conflicts_with_all = ["review", "from_fides"])]
    pub update: bool,
}

/// Who is meant.
#[derive(clap::Args)]
pub struct WhoArgs {
    /// identity=value or source.collection.field=value; several describe one person; `-` reads them from standard
    /// input. Or a request's number, for the person it was opened for
    #[arg(required = true, value_name = "SELECTOR|REQUEST")]
    pub selectors: Vec<String>,
    /// Take this candidate, where several fit: its key, as they are listed
    #[arg(long, value_name = "KEY")]
    pub pick: Option<String>,
    /// Why it is this person, where it is not certain by itself
    #[arg(long, value_name = "REASON")]
    pub accept: Option<String>,
}

/// The request a command belongs to.
#[derive(clap::Args)]
pub struct RequestArgs {
    /// How it was checked that the request comes from this person
    #[arg(long, value_name = "HOW")]
    pub verified: Option<String>,
    /// The request it belongs to; without it a new one is opened
    #[arg(long, value_name = "NUMBER")]
    pub request: Option<String>,
    /// The language the person is answered in: en, de, fr, es, zh-Hans; recorded with the request
    /// [default: what was recorded, else the first of the controller's languages, else en]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<Tag>,
}

/// A language that the person can be answered in.
fn language(text: &str) -> Result<Tag, String> {
    Tag::of(text).ok_or_else(|| format!("no answer is written in it; the languages are {}", Tag::all()))
}

/// A kind of file that the map is made of.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Schema {
    /// redress.toml
    Workspace,
    /// sources/NAME.toml
    Source,
}

/// A drawing of the map.
#[derive(clap::Args)]
pub struct MapArgs {
    /// The page [default: map.html]
    #[arg(short, long, value_name = "FILE", conflicts_with = "mermaid")]
    pub output: Option<PathBuf>,
    /// Mermaid text on standard output instead, for wikis and pull requests
    #[arg(long)]
    pub mermaid: bool,
    /// The JSON Schema of redress.toml or of sources/*.toml on standard output instead, for editors; needs no workspace
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "mermaid"])]
    pub schema: Option<Schema>,
}
