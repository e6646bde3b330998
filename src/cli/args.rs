//! What was said on the command line, as typed values; what it means is decided by the commands.

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

/// Which right an archive answers.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportRight {
    /// A copy of everything (GDPR Art. 15)
    Access,
    /// What the person provided, to take along (Art. 20)
    Portability,
}

/// An export.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// Who is meant
    #[command(flatten)]
    pub who: WhoArgs,
    /// For which request
    #[command(flatten)]
    pub request: RequestArgs,
    /// Which right it answers: access, a copy of everything (GDPR Art. 15); portability, what the person provided and may
    /// take along (Art. 20) [default: what the request asks for, else access]
    #[arg(long, value_name = "RIGHT", hide_possible_values = true)]
    pub right: Option<ExportRight>,
    /// The archive [default: request-NUMBER.zip]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Close it with a passphrase (AES-256), which is shown once; send it another way than the archive
    #[arg(long)]
    pub seal: bool,
    /// Close it for whoever holds this key instead (age): the public key the person sent, age1…; may come several times
    #[arg(long, value_name = "KEY", conflicts_with = "seal")]
    pub seal_to: Vec<String>,
    /// Leave out of pictures what a camera or a program noted in them: places, times, devices, names; what they show stays
    #[arg(long)]
    pub strip_metadata: bool,
    /// Print the letter (answer.pdf) in large letters
    #[arg(long)]
    pub large_print: bool,
    /// Decide at the terminal on each value that waits for it: give, redact or withhold
    #[arg(long)]
    pub review: bool,
    /// Also write what waits for a decision to this CSV file; it holds the values themselves
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// Take the decisions from this file: the list with `decision` and `because` filled in, or JSON
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
}

/// An archive that was handed over, or that may be.
#[derive(clap::Args)]
pub struct ReleaseArgs {
    /// The archive as it was handed over
    pub archive: PathBuf,
    /// To whom
    #[arg(long, value_name = "WHOM", required_unless_present = "approve")]
    pub to: Option<String>,
    /// By which channel
    #[arg(long, value_name = "HOW", required_unless_present = "approve")]
    pub channel: Option<String>,
    /// It goes out open, because the channel is secure by itself (a portal); the channel is recorded
    #[arg(long)]
    pub plain: bool,
    /// The request it must belong to
    #[arg(long, value_name = "NUMBER")]
    pub request: Option<String>,
    /// Instead: say that it may be handed over; somebody who neither made it nor decided what is in it must
    #[arg(long, conflicts_with_all = ["to", "channel", "plain"])]
    pub approve: bool,
    /// The signature of the archive's file by a key that the map names (minisign -S)
    #[arg(long, value_name = "FILE", requires = "approve")]
    pub signature: Option<PathBuf>,
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

/// A look at an archive.
#[derive(clap::Args)]
pub struct CheckArchiveArgs {
    /// The ZIP file as it was handed over, or a record of erasure (JSON or page)
    pub archive: PathBuf,
    /// The public key it must be signed by (the line of minisign's .pub file)
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}

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
