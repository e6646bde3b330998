//! The picture as Mermaid text, for wikis and pull requests.

use super::picture::{End, LineKind, Picture, RowKind, picture};
use super::text::shown;
use crate::map::DataMap;

/// The data map as a Mermaid flow chart.
pub fn mermaid(map: &DataMap) -> String {
    let picture = picture(map);
    let mut out = String::from("flowchart LR\n");
    for (number, (name, _)) in picture.identities.iter().enumerate() {
        out.push_str(&format!("  i{number}([\"{}\"])\n", label(name)));
    }
    for (s, source) in map.sources.iter().enumerate() {
        let inside: Vec<usize> = (0..picture.boxes.len()).filter(|b| picture.boxes[*b].at.0 == s).collect();
        if inside.is_empty() {
            continue;
        }
        out.push_str(&format!("  subgraph s{s} [\"{}\"]\n", label(&source.name)));
        for number in inside {
            out.push_str(&node(&picture, number));
        }
        out.push_str("  end\n");
    }
    for line in &picture.lines {
        let to = match line.to {
            End::Identity(number) => format!("i{number}"),
            End::Box(number) => format!("c{number}"),
        };
        let arrow = match line.kind {
            LineKind::Identity | LineKind::Own => "-->",
            LineKind::Aside | LineKind::Open => "-.->",
        };
        let says = role(map, &picture, line.from, line.row);
        let says = if says.is_empty() { String::new() } else { format!("|\"{}\"|", label(&says)) };
        out.push_str(&format!("  {to} {arrow}{says} c{}\n", line.from));
    }
    let of = |wanted: &dyn Fn(&super::picture::Box) -> bool| {
        let names: Vec<String> =
            picture.boxes.iter().enumerate().filter(|(_, b)| wanted(b)).map(|(n, _)| format!("c{n}")).collect();
        names.join(",")
    };
    for (class, style, names) in [
        ("person", "fill:#1f5fa8,color:#fff", of(&|b| b.person)),
        ("lost", "stroke:#a5202c,stroke-dasharray:5 4", of(&|b| b.distance.is_none())),
    ] {
        if !names.is_empty() {
            out.push_str(&format!("  classDef {class} {style}\n  class {names} {class}\n"));
        }
    }
    out
}

fn node(picture: &Picture, number: usize) -> String {
    let one = &picture.boxes[number];
    let rule = one.rows.iter().find(|r| r.kind == RowKind::Rule).map(|r| r.text.as_str()).unwrap_or_default();
    format!("    c{number}[\"{}<br/>{}\"]\n", label(&one.label), label(rule))
}

/// What a line says: the role of its link.
fn role(map: &DataMap, picture: &Picture, from: usize, row: usize) -> String {
    let one = &picture.boxes[from];
    let RowKind::Link(number) = one.rows[row].kind else { return String::new() };
    let link = map.sources[one.at.0].collections[one.at.1].links.get(number);
    link.map_or_else(String::new, |l| {
        let open = if one.rows[row].open { "?" } else { "" };
        format!("{}{open}", l.role.word())
    })
}

/// A text inside quotes: everything that Mermaid or HTML could read as more than text is written as its code.
fn label(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | ',' | ':' | '+' | '?' | '→' | '…');
    let mut out = String::new();
    for c in shown(text).chars() {
        match plain(c) {
            true => out.push(c),
            false => out.push_str(&format!("#{};", c as u32)),
        }
    }
    out
}
