//! The page around the picture: what it means, and the same in tables.

use super::layout::layout;
use super::picture::{kept_text, link_text, picture, rule_text};
use super::reach::{collections, distances, from_identity};
use super::svg::svg;
use super::text::html;
use crate::map::{About, Collection, DataMap, Decision, Disclose, Erase, Then};

const STYLE: &str = include_str!("style.css");

/// The data map as one HTML page that opens offline.
pub fn page(map: &DataMap) -> String {
    let picture = picture(map);
    let layout = layout(&picture);
    let name = if map.controller.name.is_empty() {
        "Data map".to_owned()
    } else {
        format!("Data map of {}", map.controller.name)
    };
    let title = html(&name);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n"
    );
    out.push_str(
        "<p>A search starts on the left, with an identifier, and goes to the right along the lines. \
         <a href=\"#reach\">In words</a>.</p>\n\
         <ul class=\"legend\"><li class=\"own\">the person's own</li><li class=\"aside\">only refers to her: listed for review</li>\
         <li class=\"open\">nobody has decided</li><li class=\"identity\">holds the identifier</li></ul>\n",
    );
    out.push_str(&format!("<div class=\"picture\" tabindex=\"0\">\n{}</div>\n", svg(map, &picture, &layout)));
    reach(&mut out, map);
    held(&mut out, map);
    kept(&mut out, map);
    lost(&mut out, map);
    nobody(&mut out, map);
    out.push_str("</body>\n</html>\n");
    out
}

/// A table with a heading before it; said in a sentence where it would be empty.
fn table(out: &mut String, id: &str, title: &str, heads: &[&str], rows: &[Vec<String>], none: &str) {
    out.push_str(&format!("<h2 id=\"{id}\">{title}</h2>\n"));
    if rows.is_empty() {
        out.push_str(&format!("<p>{none}</p>\n"));
        return;
    }
    let heads: String = heads.iter().map(|h| format!("<th scope=\"col\">{h}</th>")).collect();
    out.push_str(&format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"));
    for row in rows {
        let cells: String = row.iter().map(|cell| format!("<td>{}</td>", html(cell))).collect();
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    out.push_str("</tbody>\n</table>\n");
}

fn named(map: &DataMap, at: super::reach::At) -> String {
    format!("{}.{}", map.sources[at.0].name, map.sources[at.0].collections[at.1].name)
}

fn reach(out: &mut String, map: &DataMap) {
    let mut rows = Vec::new();
    for name in map.identities.keys() {
        let reached = from_identity(map, name);
        let list = |wanted: &dyn Fn(&super::reach::Reached) -> bool| {
            let names: Vec<String> = reached.iter().filter(|(_, r)| wanted(r)).map(|(at, _)| named(map, *at)).collect();
            names.join(", ")
        };
        rows.push(vec![
            name.clone(),
            list(&|r| r.decided && r.role.is_own()),
            list(&|r| r.decided && !r.role.is_own()),
            list(&|r| !r.decided),
        ]);
    }
    let heads = ["Identifier", "The person's own", "Refers to her", "Nobody has decided"];
    table(
        out,
        "reach",
        "What each identifier reaches",
        &heads,
        &rows,
        "The map names no identifier: nobody can be searched for.",
    );
}

fn held(out: &mut String, map: &DataMap) {
    let rows: Vec<Vec<String>> = collections(map)
        .filter(|(_, _, c)| c.about != About::Nobody)
        .map(|(at, source, c)| {
            let links: Vec<String> = c.links.iter().map(|link| link_text(source, link)).collect();
            let identities: Vec<String> = c.identities.iter().map(|(name, field)| format!("{name}: {field}")).collect();
            let person = if c.person { "one record a person" } else { "" };
            let held: Vec<&str> = [person].into_iter().filter(|p| !p.is_empty()).collect();
            let how = held.into_iter().map(str::to_owned).chain(identities).chain(links).collect::<Vec<_>>().join("; ");
            let never = c.fields.keys().filter(|f| matches!(c.disclose(f), Disclose::Never | Disclose::Silent)).count();
            let review = c.fields.keys().filter(|f| c.disclose(f) == Disclose::Review).count();
            let fields = format!("{}, {never} never given, {review} after review", fields(c));
            vec![named(map, at), c.label().to_owned(), how, erasure(map, c), fields]
        })
        .collect();
    let heads = ["Collection", "Called", "Identifiers and links", "Erasure", "Fields"];
    table(out, "held", "Collections", &heads, &rows, "No collection holds personal data.");
}

fn fields(one: &Collection) -> String {
    match one.fields.len() {
        1 => "1 field".to_owned(),
        n => format!("{n} fields"),
    }
}

/// What erasure does, and what keeps the records first.
fn erasure(map: &DataMap, one: &Collection) -> String {
    [Some(rule_text(one)), kept_text(map, one)].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn kept(out: &mut String, map: &DataMap) {
    let mut rows = Vec::new();
    for rule in map.retention.values() {
        let by = collections(map).filter(|(_, _, c)| c.retain.as_ref().is_some_and(|r| r.rule == rule.name));
        let by: Vec<String> = by.map(|(at, ..)| named(map, at)).collect();
        let then = if rule.then == Then::Delete { "then deleted" } else { "then anonymised" };
        let law = rule.law.clone().unwrap_or_default().text;
        rows.push(vec![
            by.join(", "),
            rule.name.clone(),
            rule.because.text.clone(),
            law,
            format!("{}, {then}", rule.keep_text),
        ]);
    }
    for (at, _, c) in collections(map).filter(|(_, _, c)| c.erase == Some(Erase::Keep)) {
        let open = if c.decision == Decision::Open { "nobody has decided" } else { "" };
        let because = c.because.clone().unwrap_or_default().text;
        rows.push(vec![named(map, at), String::new(), because, String::new(), open.to_owned()]);
    }
    let heads = ["Collections", "Rule", "Because", "Law", "How long"];
    table(out, "kept", "What is kept, and why", &heads, &rows, "Nothing is kept by a rule.");
}

fn lost(out: &mut String, map: &DataMap) {
    let distances = distances(map);
    let lost = collections(map).filter(|(at, _, c)| c.about != About::Nobody && !distances.contains_key(at));
    let rows: Vec<Vec<String>> = lost.map(|(at, _, c)| vec![named(map, at), fields(c)]).collect();
    let none = "Every collection that may hold personal data is reached.";
    table(out, "lost", "Reached by nothing", &["Collection", "Holds"], &rows, none);
}

fn nobody(out: &mut String, map: &DataMap) {
    let rows: Vec<Vec<String>> = map
        .sources
        .iter()
        .map(|s| {
            (s, s.collections.iter().filter(|c| c.about == About::Nobody).map(|c| c.name.as_str()).collect::<Vec<_>>())
        })
        .filter(|(_, names)| !names.is_empty())
        .map(|(s, names)| vec![s.name.clone(), names.join(", ")])
        .collect();
    table(out, "nobody", "About nobody", &["Source", "Collections"], &rows, "Every collection may hold personal data.");
}
