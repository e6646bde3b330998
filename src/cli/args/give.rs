//! What is said to commands that hand out data, or look at what was handed out.

use std::path::PathBuf;

use super::{RequestArgs, WhoArgs};

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

/// A look at an archive.
#[derive(clap::Args)]
pub struct CheckArchiveArgs {
    /// The ZIP file as it was handed over, or a record of erasure (JSON or page)
    pub archive: PathBuf,
    /// The public key it must be signed by (the line of minisign's .pub file)
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}
