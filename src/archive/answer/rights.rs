//! What the person can do: correct, erase, object, take along, withdraw, complain (GDPR Art. 15(1)(e) and (f)). Only the
//! rights that apply on the legal bases of what was found; where no basis is known, all of them.

use std::collections::BTreeSet;

use super::{Block, Item, Point, Section};
use crate::archive::visible::line;
use crate::archive::{Cover, Kind};

/// The sections on rights and complaints.
pub fn sections(cover: &Cover<'_>, items: &[Item<'_>]) -> [Section; 2] {
    [rights(cover, items), complain(cover)]
}

fn rights(cover: &Cover<'_>, items: &[Item<'_>]) -> Section {
    let controller = &cover.map.controller;
    let purposes = items.iter().flat_map(|i| &i.of_map.purposes).filter_map(|name| cover.map.purposes.get(name));
    let bases: BTreeSet<&str> = purposes.map(|p| p.basis.as_str()).collect();
    let known = !bases.is_empty() && items.iter().all(|i| !i.of_map.purposes.is_empty());
    let any = |of: &[&str]| !known || of.iter().any(|basis| bases.contains(basis));
    let all = [
        (cover.kind == Kind::Portable, "Get a copy", "of everything that is held about you (Article 15)."),
        (true, "Correct", "what is wrong, or complete what is missing (Article 16)."),
        (
            any(&["A6-1-a", "A6-1-b", "A6-1-d", "A6-1-f"]),
            "Erase",
            "data (Article 17); where a law makes us keep some, we tell you which and until when.",
        ),
        (true, "Restrict", "their use while something is being settled (Article 18)."),
        (
            any(&["A6-1-e", "A6-1-f"]),
            "Object",
            "to a use that rests on our or others' interests (Article 21(1)), and always to marketing (Article 21(2)).",
        ),
        (!any(&["A6-1-e", "A6-1-f"]), "Object", "to marketing, always (Article 21(2))."),
        (any(&["A6-1-a"]), "Withdraw", "a consent, at any time; what was done before stays lawful (Article 7(3))."),
        (
            cover.kind == Kind::Copy && any(&["A6-1-a", "A6-1-b"]),
            "Take along",
            "the data you gave us or that come from your use, as files for a program (Article 20).",
        ),
        (
            items.iter().any(|i| !i.of_map.automated.is_empty()),
            "Contest",
            "a decision that a machine took, say what you think of it, and have a person look at it (Article 22(3)).",
        ),
        (true, "Ask again", "about anything that is withheld."),
    ];
    let points = all.into_iter().filter(|(applies, ..)| *applies).map(|(_, strong, text)| Point::new(strong, text));
    let to = match line(&controller.name) {
        name if name.is_empty() => "the organisation that sent you this".to_owned(),
        name => name,
    };
    let contact = controller.contact.as_deref().map(|c| format!(" ({})", line(c))).unwrap_or_default();
    let how =
        format!("Write to {to}{contact} and name the reference {}. It costs nothing. You can", line(&cover.reference));
    Section {
        id: "rights",
        title: "Correct, erase, object",
        blocks: vec![Block::Text(how), Block::List(points.collect())],
    }
}

fn complain(cover: &Cover<'_>) -> Section {
    let controller = &cover.map.controller;
    let authority = controller.authority.as_deref().map(line).unwrap_or_else(|| {
        "the data protection authority where you live, where you work, or where you think the law was broken".to_owned()
    });
    let text = format!(
        "You can complain to {authority} (Article 77), and you can go to court (Article 79). You need not write to us first."
    );
    let mut blocks = vec![Block::Text(text)];
    if !controller.authorities.is_empty() {
        blocks.push(Block::Text("Authorities in countries where we are active:".to_owned()));
        let point =
            |(country, authority): (&String, &String)| Point::new(line(country), format!(": {}", line(authority)));
        blocks.push(Block::List(controller.authorities.iter().map(point).collect()));
    }
    Section { id: "complain", title: "Complain", blocks }
}
