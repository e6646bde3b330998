//! The review list of an archive: written as a file, decided in a file or at the terminal.
//!
//! The list holds values that are withheld, so it is as private as the archive. What decisions do is the affair of the
//! module `archive`; here they are only read and asked for.

use dialoguer::{Input, Select};
use serde::Deserialize;
use std::collections::HashSet;
use std::io::IsTerminal as _;
use std::path::Path;

use super::ui::harmless;
use crate::archive::{Item, csv_cell, csv_original};
use crate::error::{Error, Kind, Result};
use crate::map::Exempt;
use crate::record::Digest;
use crate::register::Decision;

const COLUMNS: [&str; 12] = [
    "item",
    "source",
    "collection",
    "record",
    "field",
    "reason",
    "value",
    "decision",
    "because",
    "text",
    "told",
    "exempt",
];

/// One line of a file of decisions.
#[derive(Deserialize)]
struct Line {
    item: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    because: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    told: String,
    #[serde(default)]
    exempt: String,
}

/// Writes the list as CSV, readable by its owner alone; `decision` and `because` are to be filled in.
pub fn write(path: &Path, items: &[Item]) -> Result<Digest> {
    let mut out = COLUMNS.join(",").into_bytes();
    out.extend_from_slice(b"\r\n");
    for item in items {
        let reason = item.reason.word();
        let cells = [&item.id, &item.source, &item.collection, &item.record, &item.field, reason, &item.value];
        for cell in cells {
            csv_cell(&mut out, cell);
            out.push(b',');
        }
        out.extend_from_slice(b",,,,");
        out.extend_from_slice(item.exempt.map_or("", Exempt::word).as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    let fault = |e: std::io::Error| Error::io("write", path, &e);
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temp = tempfile::Builder::new().prefix(".redress-").tempfile_in(folder).map_err(fault)?;
    std::fs::write(temp.path(), &out).map_err(fault)?;
    temp.persist(path).map_err(|e| fault(e.error))?;
    Ok(Digest::of(&out))
}

/// Reads a file of decisions: CSV as [`write`] made it, or a JSON array of objects with the same names. Lines
/// without a decision are passed over.
pub fn read(path: &Path) -> Result<Vec<Decision>> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, &e))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let wrong = |line: usize, what: &str| {
        Error::usage(format!("{}: line {line}: {what}", path.display()))
            .hint("a line has item, decision (give, redact or withhold) and because; redact may have a text, withhold may have `told` (yes or no) and `exempt`, what speaks against giving it")
    };
    let lines: Vec<Line> = match text.trim_start().starts_with('[') {
        true => serde_json::from_str(text).map_err(|e| wrong(e.line(), "it is not the JSON that is expected"))?,
        false => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let read = |(i, line): (usize, csv::Result<Line>)| line.map_err(|_| wrong(i + 2, "a column is missing"));
            reader.deserialize().enumerate().map(read).collect::<Result<_>>()?
        }
    };
    let mut decisions = Vec::new();
    for (i, line) in lines.into_iter().enumerate() {
        let verdict = line.decision.trim().to_lowercase();
        match verdict.as_str() {
            "" => continue,
            "give" | "redact" | "withhold" => {}
            _ => return Err(wrong(i + 2, "the decision is none of give, redact, withhold")),
        }
        if line.because.trim().is_empty() {
            return Err(wrong(i + 2, "there is no reason in `because`"));
        }
        let told = match line.told.trim().to_lowercase().as_str() {
            "" | "yes" => true,
            "no" if verdict == "withhold" => false,
            "no" => return Err(wrong(i + 2, "only of what is withheld the person may not be told")),
            _ => return Err(wrong(i + 2, "`told` is neither yes nor no")),
        };
        let exempt = match line.exempt.trim() {
            "" => None,
            // The list names what the map has, whatever is decided.
            word => {
                Some(Exempt::parse(word).ok_or_else(|| wrong(i + 2, &not_exempt()))?).filter(|_| verdict == "withhold")
            }
        };
        let text = line.text.filter(|t| verdict == "redact" && !t.trim().is_empty());
        let text = text.map(|t| csv_original(&t).to_owned());
        decisions.push(Decision {
            item: line.item.trim().to_owned(),
            verdict,
            because: line.because,
            text,
            told,
            exempt,
        });
    }
    Ok(decisions)
}

/// What is wrong with a word that is none of the list.
fn not_exempt() -> String {
    format!("`exempt` is none of {}", Exempt::WORDS.map(|(word, _)| word).join(", "))
}

/// The decisions that belong to a value of the list, and how many belong to none.
pub fn fitting(decisions: Vec<Decision>, items: &[Item]) -> (Vec<Decision>, usize) {
    let known: HashSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let (fit, rest): (Vec<_>, Vec<_>) = decisions.into_iter().partition(|d| known.contains(d.item.as_str()));
    (fit, rest.len())
}

/// Refuses a redaction that has nothing to go by.
pub fn check(decisions: &[Decision], items: &[Item]) -> Result<()> {
    for decision in decisions.iter().filter(|d| d.verdict == "redact" && d.text.is_none()) {
        let blind = items.iter().find(|item| item.id == decision.item && !item.recognised);
        if let Some(item) = blind {
            let place = format!("{}.{}.{}, {}", item.source, item.collection, item.field, item.record);
            return Err(Error::refused(format!(
                "{place}: nobody is recognised in the value, so it cannot be redacted"
            ))
            .hint("write what stands in its place into `text`, or decide give or withhold"));
        }
    }
    Ok(())
}

/// Asks for each open item at the terminal.
pub fn ask(items: &[Item]) -> Result<Vec<Decision>> {
    if !std::io::stdin().is_terminal() {
        return Err(Error::usage("there is nobody to ask: standard input is no terminal")
            .hint("write the list with --list FILE, fill in the decisions, and give it back with --decisions FILE"));
    }
    let open: Vec<&Item> = items.iter().filter(|item| item.is_open()).collect();
    let mut decisions = Vec::new();
    for (i, item) in open.iter().enumerate() {
        let place = format!("{}.{}.{} ({})", item.source, item.collection, item.field, item.record);
        let question = format!("{} of {}: {place}\n\n{}\n\n", i + 1, open.len(), item.value);
        let answers = ["give", "redact", "withhold", "decide later", "stop here"];
        let select = Select::new().with_prompt(harmless(&question)).items(answers).default(3);
        let verdict = match select.interact().map_err(|_| interrupted())? {
            3 => continue,
            4 => break,
            n => answers[n],
        };
        let text = match verdict {
            "redact" => Some(input("What stands in its place", item.recognised)?).filter(|t| !t.trim().is_empty()),
            _ => None,
        };
        let told = verdict != "withhold" || is_told()?;
        let exempt = if verdict == "withhold" { Some(exempt(item.exempt)?) } else { None };
        let because = input("Why", false)?;
        decisions.push(Decision { item: item.id.clone(), verdict: verdict.into(), because, text, told, exempt });
    }
    Ok(decisions)
}

/// What speaks against giving a value; at first as the map has it.
fn exempt(by_map: Option<Exempt>) -> Result<Exempt> {
    let answers = [
        "the rights of others",
        "legal advice, or another duty of secrecy",
        "a trade secret",
        "crime could not be prevented or found",
        "legal claims",
        "security of systems or people",
        "a law",
    ];
    let first = by_map.unwrap_or_default() as usize;
    let select = Select::new().with_prompt("What speaks against giving it").items(answers).default(first);
    let at = select.interact().map_err(|_| interrupted())?;
    Ok(Exempt::WORDS.get(at).map(|(_, exempt)| *exempt).unwrap_or_default())
}

/// Whether the person is told that something is withheld.
fn is_told() -> Result<bool> {
    let answers = ["yes: it is marked, with the reason", "no: it leaves no trace"];
    let select = Select::new().with_prompt("Is the person told that it is withheld").items(answers).default(0);
    Ok(select.interact().map_err(|_| interrupted())? == 0)
}

/// A line of text; where it may be empty, that is said.
fn input(prompt: &str, may_be_empty: bool) -> Result<String> {
    let prompt =
        if may_be_empty { format!("{prompt} (empty: others are replaced by themselves)") } else { prompt.into() };
    let input = Input::<String>::new().with_prompt(prompt).allow_empty(may_be_empty);
    input.interact_text().map_err(|_| interrupted())
}

fn interrupted() -> Error {
    Error::new(Kind::Interrupted, "stopped; nothing was decided or written")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Taken = (String, String, Option<String>, bool);

    fn decisions(text: &str) -> Result<Vec<Taken>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Ok(read(file.path())?.into_iter().map(|d| (d.item, d.verdict, d.text, d.told)).collect())
    }

    #[test]
    fn both_kinds_of_file_say_the_same() {
        let line = |item: &str, verdict: &str, text: Option<&str>, told| {
            (item.into(), verdict.into(), text.map(str::to_owned), told)
        };
        let expected =
            [line("1", "give", None, true), line("2", "redact", Some("=x"), true), line("4", "withhold", None, false)];
        let csv = "item,decision,because,text,told\n1,Give,hers,,\n2,redact,others,'=x,yes\n3,,,,\n4,withhold,privilege,,No\n";
        assert_eq!(decisions(csv).unwrap(), expected);
        let json = r#"[{"item":"1","decision":"give","because":"hers"},
            {"item":"2","decision":"redact","because":"others","text":"=x"},{"item":"3"},
            {"item":"4","decision":"withhold","because":"privilege","told":"no"}]"#;
        assert_eq!(decisions(json).unwrap(), expected);
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        for (text, says) in [
            ("item,decision,because\n1,give,x\n2,maybe,x\n", "line 3: the decision is none"),
            ("item,decision,because\n1,give,\n", "line 2: there is no reason"),
            ("a,b\n1,2\n", "line 2: a column is missing"),
            ("item,decision,because,told\n1,give,x,no\n", "line 2: only of what is withheld"),
            ("item,decision,because,told\n1,withhold,x,maybe\n", "line 2: `told` is neither"),
            ("item,decision,because,exempt\n1,withhold,x,reasons\n", "line 2: `exempt` is none of others, legal-priv"),
            ("[{]", "line 1: it is not the JSON"),
        ] {
            let error = decisions(text).unwrap_err();
            assert!(error.message.contains(says), "{error}");
            assert!(!error.hints.is_empty());
        }
    }
}
