//! What the map lacks for the answer of GDPR Art. 15: purposes, retention, labels, origins, safeguards, whom to complain
//! to. Each is one finding a source and code; what somebody has acknowledged in the map is not told again.

use std::collections::BTreeMap;

use super::finding::{Findings, Level, count, some};
use super::rules::workspace_file;
use crate::map::lacks::{Lack, is_personal, lacks, lacks_safeguard};
use crate::map::read::line_of;
use crate::map::{DataMap, Place, SourceMap};

/// Adds what is lacking.
pub(super) fn answer(map: &DataMap, findings: &mut Findings) {
    if map.purposes.is_empty() {
        // A map that has not begun with it is told once, not at every collection.
        let at = Place { file: workspace_file(map), line: 0 };
        let message = "no purpose is declared: archives are the copy of the data, not the full answer of Art. 15";
        let hint =
            "declare [purpose.NAME], [recipient.NAME] and how long data are kept; then check says what is lacking";
        return findings.add(Level::Note, "copy-only", &at, "purpose", message.to_owned(), hint);
    }
    controller(map, findings);
    let mut used = vec![false; map.acknowledged.len()];
    for source in &map.sources {
        let personal = source.collections.iter().filter(|c| is_personal(c));
        let mut lacks: Vec<Lack<'_>> = personal.flat_map(|c| lacks(map, source, c)).collect();
        lacks.retain(|lack| !acknowledged(map, lack, &mut used));
        report(source, &lacks, findings);
    }
    for (one, _) in
        map.acknowledged.iter().zip(&used).filter(|(one, used)| !**used && CODES.contains_key(one.code.as_str()))
    {
        let message = format!("nothing there is {}", one.code);
        findings.warning("stale-acknowledgement", &one.at, &one.place, message, "remove the [[acknowledge]]");
    }
}

/// The codes that can be acknowledged: what is said, and what to do.
static CODES: std::sync::LazyLock<BTreeMap<&str, (&str, &str)>> = std::sync::LazyLock::new(|| {
    BTreeMap::from([
        (
            "no-purpose",
            ("nobody says what the data are used for", "add purposes = [\"…\"], here or for the whole source"),
        ),
        (
            "no-retention",
            (
                "nobody says how long the data are kept",
                "add retain = { rule = \"…\", from = \"…\" }, or kept = \"…\" in words",
            ),
        ),
        (
            "generic-purpose",
            ("what the data are used for is said so generally that it says nothing", "say what is done, and for whom"),
        ),
        (
            "generic-recipient",
            (
                "a recipient is named by a category only",
                "name who receives the data (C-154/21), or whom they may reach",
            ),
        ),
        (
            "generic-retention",
            ("how long the data are kept is said so generally that it says nothing", "give a period, or what ends it"),
        ),
        ("no-label", ("the person would read a column's name", "add label = \"…\" in plain words")),
        ("no-origin", ("nobody says where the data came from", "add origin, or default = { origin = \"provided\" }")),
    ])
});

fn acknowledged(map: &DataMap, lack: &Lack<'_>, used: &mut [bool]) -> bool {
    let covers =
        |place: &str| lack.place == place || lack.place.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
    let hit = map.acknowledged.iter().position(|one| one.code == lack.code && covers(&one.place));
    if let Some(hit) = hit {
        used[hit] = true;
    }
    hit.is_some()
}

fn report(source: &SourceMap, lacks: &[Lack<'_>], findings: &mut Findings) {
    for (code, (what, hint)) in CODES.iter() {
        let those: Vec<&Lack<'_>> = lacks.iter().filter(|l| l.code == *code).collect();
        let Some(first) = those.first() else { continue };
        let names: Vec<String> = those.iter().map(|l| l.place.clone()).collect();
        let message = format!("{what}, in {}: {}", count(those.len(), "place"), some(&names));
        findings.warning(code, first.at, &source.name, message, *hint);
    }
}

/// Whom the person can turn to, and transfers without a safeguard.
fn controller(map: &DataMap, findings: &mut Findings) {
    let file = workspace_file(map);
    let mut say = |code: &str, line: usize, place: &str, message: &str, hint: &str| {
        findings.warning(code, &Place { file: file.clone(), line }, place, message.to_owned(), hint);
    };
    if map.controller.contact.is_none() {
        say("no-contact", 0, "controller.contact", "nobody says how to reach the controller", "write contact = \"…\"");
    }
    if map.controller.authority.is_none() && map.controller.authorities.is_empty() {
        let hint = "write authority = \"…\", or authorities = { DE = \"…\" }";
        say("no-authority", 0, "controller.authority", "nobody says where the person can complain", hint);
    }
    for (name, recipient) in &map.recipients {
        if lacks_safeguard(recipient) {
            let line = line_of(&file, "recipient", name).unwrap_or(0);
            let message = "a transfer to a third country without a safeguard";
            say(
                "no-safeguard",
                line,
                &format!("recipient.{name}"),
                message,
                "write safeguard = \"A45-3\", \"A46-2-c\", …",
            );
        }
    }
}

#[cfg(test)]
mod tests;
