//! `redress init --review`: go through what was accepted unreviewed and what is open, the strongest evidence first.
//!
//! Each answer is written into the map's file at once and the map read back; an answer that would leave a faulty map is
//! taken back. Values are shown masked until they are asked for.

use dialoguer::{Input, Select};
use serde_json::json;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use crate::cli::ui::Ui;
use crate::cli::workspace::Workspace;
use crate::cli::{Exit, Report};
use crate::draft::review::{Answer, Matter, Waiting, answered, masked, refused, waiting};
use crate::error::{Error, Kind, Result};
use crate::map::{DataMap, Decision, Erase, Role, SOURCES_FOLDER, SourceMap, read};
use crate::record::Value;
use crate::source::open;

/// How many records show what is meant.
const SHOWN: usize = 4;

/// What a person says to a question.
enum Reply {
    /// This.
    Answer(Answer),
    /// Show the values as they are.
    Show,
    /// Not now.
    Later,
    /// No more today.
    Stop,
}

/// Goes through the decisions; with `--json` only lists them.
pub fn run(folder: &Path, ui: &mut Ui, json: bool) -> Result<ReviewReport> {
    if json {
        return Ok(ReviewReport { decided: 0, left: waiting(&read(folder)?) });
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::usage("there is no terminal to decide at")
            .hint("list what is to be decided: --review --json; then decide it in the files of the map"));
    }
    let workspace = Workspace::open(folder)?;
    let decided = walk(folder, &mut |map, one, open_values| ask(ui, map, one, open_values))?;
    workspace.register.append(workspace.outcome("review").count("decided", decided))?;
    Ok(ReviewReport { decided, left: waiting(&read(folder)?) })
}

/// Asks about one decision after the other, writes each answer, and says how many were taken.
fn walk(folder: &Path, ask: &mut dyn FnMut(&DataMap, &Waiting, bool) -> Result<Reply>) -> Result<u64> {
    let mut passed: Vec<(String, String, String)> = Vec::new();
    let mut decided = 0;
    loop {
        // Read anew each time: an answer moves what stands after it.
        let map = read(folder)?;
        let key = |w: &Waiting| (w.source.clone(), w.collection.clone(), w.proposal.clone());
        let Some(one) = waiting(&map).into_iter().find(|w| !passed.contains(&key(w))) else { return Ok(decided) };
        let mut reply = ask(&map, &one, false)?;
        while matches!(reply, Reply::Show) {
            reply = ask(&map, &one, true)?;
        }
        match reply {
            Reply::Answer(answer) => {
                if let Some(why) = refused(&map, &one, &answer) {
                    return Err(Error::refused(format!("{}.{}: {why}", one.source, one.collection)));
                }
                write(folder, &one, &answer)?;
                decided += 1;
            }
            Reply::Stop => return Ok(decided),
            Reply::Later | Reply::Show => passed.push(key(&one)),
        }
    }
}

/// Writes the answer into the file of the source; puts the old text back where the map would be faulty.
fn write(folder: &Path, one: &Waiting, answer: &Answer) -> Result<()> {
    let file = folder.join(SOURCES_FOLDER).join(format!("{}.toml", one.source));
    let before = std::fs::read_to_string(&file).map_err(|e| Error::io("read", &file, &e))?;
    replace(&file, &answered(&before, one, answer)?)?;
    read(folder).map(drop).map_err(Error::from).or_else(|fault| {
        replace(&file, &before)?;
        Err(fault)
    })
}

/// Replaces a file of the map, whole or not at all; who may read it stays.
fn replace(file: &Path, text: &str) -> Result<()> {
    let fail = |e: &std::io::Error| Error::io("write", file, e);
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(|e| fail(&e))?;
    new.write_all(text.as_bytes()).and_then(|()| new.as_file().sync_all()).map_err(|e| fail(&e))?;
    let rights = std::fs::metadata(file).map_err(|e| fail(&e))?.permissions();
    new.as_file().set_permissions(rights).map_err(|e| fail(&e))?;
    new.persist(file).map(drop).map_err(|e| fail(&e.error))
}

/// Shows one decision at the terminal and asks.
fn ask(ui: &mut Ui, map: &DataMap, one: &Waiting, open_values: bool) -> Result<Reply> {
    if !open_values {
        let state = if one.decision == Decision::Open { "open" } else { "accepted unreviewed" };
        ui.note(&format!("\n{}.{} ({state})", one.source, one.collection));
        let proposal = if one.has_proposal() { one.proposal.as_str() } else { "nothing is proposed for erasure" };
        ui.note(&format!("  {proposal}"));
        if !one.evidence.is_empty() {
            ui.note(&format!("  because: {}", one.evidence));
        }
    }
    if let Some(source) = map.source(&one.source) {
        show_values(ui, source, &one.collection, &one.fields, open_values);
    }
    loop {
        let reply = match one.matter {
            Matter::Link(_) => ask_link()?,
            Matter::Rule => ask_rule(one)?,
        };
        match &reply {
            Reply::Answer(answer) if let Some(why) = refused(map, one, answer) => ui.note(&format!("  not so: {why}")),
            _ => return Ok(reply),
        }
    }
}

/// Shows a few records' values of the fields in question; masked, unless they are asked for.
pub(super) fn show_values(ui: &mut Ui, source: &SourceMap, collection: &str, fields: &[String], open_values: bool) {
    match values(source, collection, fields, open_values) {
        Ok(lines) => lines.iter().for_each(|line| ui.note(&format!("    {line}"))),
        Err(error) => ui.note(&format!("    the values cannot be shown: {}", error.message)),
    }
}

/// A few records' values, a line each.
fn values(source: &SourceMap, collection: &str, fields: &[String], open_values: bool) -> Result<Vec<String>> {
    let records = open(&source.address, &source.name)?.sample(collection, SHOWN)?;
    let shown = |value: &Value| match value.plain() {
        Some(text) if open_values => text.chars().take(60).collect(),
        Some(text) => masked(&text.chars().take(60).collect::<String>()),
        None if value.is_null() => "nothing".to_owned(),
        None => "…".to_owned(),
    };
    let field = |record: &crate::record::Record, name: &String| {
        let held: Vec<String> = record.at(&source.field_path(name)).into_iter().take(3).map(shown).collect();
        format!("{name}: {}", held.join(", "))
    };
    let line = |record| fields.iter().map(|f| field(record, f)).collect::<Vec<_>>().join("   ");
    Ok(records.iter().map(line).collect())
}

fn ask_link() -> Result<Reply> {
    let items = ["it is right", "another role", "there is no such link", "show the values", "later", "stop"];
    Ok(match select("What is it?", &items, 0)? {
        0 => Reply::Answer(Answer::Right),
        1 => {
            let roles: Vec<Role> = Role::ALL.into_iter().rev().collect();
            let words: Vec<&str> = roles.iter().map(|r| r.word()).collect();
            let chosen = select("What is the person there to these records?", &words, 0)?;
            roles.get(chosen).map_or(Reply::Later, |role| Reply::Answer(Answer::Role(*role)))
        }
        2 => Reply::Answer(Answer::NoLink),
        3 => Reply::Show,
        4 => Reply::Later,
        _ => Reply::Stop,
    })
}

fn ask_rule(one: &Waiting) -> Result<Reply> {
    let items = ["it is right", "delete them", "anonymise them", "keep them", "show the values", "later", "stop"];
    let items = if one.has_proposal() { &items[..] } else { &items[1..] };
    let chosen = select("What does erasure do with these records?", items, 0)?;
    Ok(match items.get(chosen).copied().unwrap_or_default() {
        "it is right" => Reply::Answer(Answer::Right),
        "delete them" => Reply::Answer(Answer::Rule(Erase::Delete, None)),
        "anonymise them" => Reply::Answer(Answer::Rule(Erase::Anonymise, None)),
        "keep them" => {
            let because = Input::new().with_prompt("Why do they stay, in plain words").interact_text();
            Reply::Answer(Answer::Rule(Erase::Keep, Some(because.map_err(|_| interrupted())?)))
        }
        "show the values" => Reply::Show,
        "later" => Reply::Later,
        _ => Reply::Stop,
    })
}

fn select(question: &str, items: &[&str], preset: usize) -> Result<usize> {
    Select::new().with_prompt(question).items(items).default(preset).interact().map_err(|_| interrupted())
}

fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "interrupted; what was answered before is written")
}

/// What was decided and what still waits.
pub struct ReviewReport {
    decided: u64,
    left: Vec<Waiting>,
}

impl ReviewReport {
    fn open(&self) -> usize {
        self.left.iter().filter(|w| w.decision == Decision::Open).count()
    }
}

impl Report for ReviewReport {
    fn text(&self, ui: &mut Ui) -> Result<()> {
        let unreviewed = self.left.len() - self.open();
        ui.line(&format!("{} decided; left: {unreviewed} accepted unreviewed, {} open.", self.decided, self.open()))?;
        ui.line(if self.left.is_empty() { "Next: redress check" } else { "Next: redress init --review" })
    }

    fn json(&self, ui: &mut Ui) -> Result<()> {
        let list: Vec<_> = self.left.iter().map(Waiting::line).collect();
        let report = json!({"complete": self.exit() == Exit::Done, "decided": self.decided, "decisions": list});
        ui.json(&format!("{report}\n"))
    }

    fn exit(&self) -> Exit {
        if self.left.is_empty() { Exit::Done } else { Exit::Incomplete }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "kind = \"sqlite\"\npath = \"shop.db\" # here\n\n[collection.people]\nperson = true\nkey = \"id\"\n\
        identities = { email = \"email\" }\nerase = \"delete\"\ndecision = \"accepted unreviewed\"\n\n[collection.notes]\n\
        links = [\n  { from = \"a\", to = \"people.id\", role = \"owner\", decision = \"open\", because = \"1 of 9 values\" },\n  \
        { from = \"b\", to = \"people.id\", role = \"author\", decision = \"open\", because = \"9 of 9 values\" },\n]\nerase = \"delete\"\n";

    fn workspace(shop: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let text = "version = 1\n[controller]\nname = \"A\"\n[identity.email]\nnormal = \"email\"\n";
        std::fs::write(dir.path().join("redress.toml"), text).unwrap();
        std::fs::create_dir(dir.path().join("sources")).unwrap();
        std::fs::write(dir.path().join("sources/shop.toml"), shop).unwrap();
        dir
    }

    fn text(dir: &tempfile::TempDir) -> String {
        std::fs::read_to_string(dir.path().join("sources/shop.toml")).unwrap()
    }

    #[test]
    fn answers_are_written_one_by_one_and_what_is_left_is_not_asked_again() {
        let dir = workspace(SHOP);
        let mut asked = Vec::new();
        let decided = walk(dir.path(), &mut |_, one, open_values| {
            asked.push(format!("{}{}", one.proposal, if open_values { " (shown)" } else { "" }));
            Ok(match asked.len() {
                1 => Reply::Show,
                2 => Reply::Answer(Answer::NoLink),
                3 => Reply::Answer(Answer::Right),
                _ => Reply::Later,
            })
        });
        assert_eq!(decided.unwrap(), 2);
        let b = "b leads to people.id in the role author";
        let shown = format!("{b} (shown)");
        let rule = "erasure deletes these records";
        assert_eq!(asked, [b, &shown, rule, "a leads to people.id in the role owner"]);
        let after = text(&dir);
        assert!(
            after.contains("path = \"shop.db\" # here")
                && !after.contains("accepted unreviewed")
                && !after.contains("from = \"b\"")
        );
        assert_eq!(waiting(&read(dir.path()).unwrap()).len(), 1);
    }

    #[test]
    fn an_answer_that_cannot_be_given_changes_nothing() {
        let dir = workspace(SHOP);
        let answer = || Ok(Reply::Answer(Answer::Rule(Erase::Anonymise, None)));
        let error =
            walk(dir.path(), &mut |_, one, _| if one.matter == Matter::Rule { answer() } else { Ok(Reply::Later) });
        assert!(error.unwrap_err().message.contains("shop.people: no field says"));
        assert_eq!(text(&dir), SHOP);
        assert_eq!(walk(dir.path(), &mut |_, _, _| Ok(Reply::Stop)).unwrap(), 0);
        assert_eq!(text(&dir), SHOP);
    }
}
