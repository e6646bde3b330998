//! The picture as SVG.

use super::layout::{HEAD, Layout, PILL, ROW, WIDTH, height};
use super::picture::{End, Line, LineKind, Picture, RowKind};
use super::text::{fitted, html};
use crate::map::DataMap;

/// The picture, to stand inside a page.
pub(super) fn svg(map: &DataMap, picture: &Picture, layout: &Layout) -> String {
    let (width, height) = layout.size;
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"picture-title picture-text\">\n\
         <title id=\"picture-title\">The data map</title>\n\
         <desc id=\"picture-text\">Collections as boxes, in columns by how many links lie between them and people; \
         lines lead towards people. The tables below say the same in words.</desc>\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0L8 4L0 8z\" fill=\"context-stroke\"/></marker></defs>\n"
    );
    for (source, top, tall) in &layout.bands {
        let title = match source {
            Some(source) => format!("{} ({})", map.sources[*source].name, map.sources[*source].address.kind),
            None => "Reached by nothing".to_owned(),
        };
        let class = if source.is_some() { "band" } else { "band lost" };
        out.push_str(&format!(
            "<g class=\"{class}\"><rect x=\"8\" y=\"{top}\" width=\"{}\" height=\"{tall}\" rx=\"8\"/>\
             <text x=\"{}\" y=\"{}\">{}</text></g>\n",
            width - 16,
            20,
            top + 22,
            html(&title)
        ));
    }
    picture.lines.iter().for_each(|line| out.push_str(&drawn(line, layout)));
    identities(&mut out, picture, layout);
    boxes(&mut out, picture, layout);
    out.push_str("</svg>\n");
    debug_assert!(height > 0);
    out
}

fn identities(out: &mut String, picture: &Picture, layout: &Layout) {
    for ((name, note), (x, y)) in picture.identities.iter().zip(&layout.identities) {
        let (wide, tall) = PILL;
        let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
        out.push_str(&format!(
            "<g class=\"identity\"><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{tall}\" rx=\"15\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>\n",
            html(&format!("identity {name}{note}")),
            x + wide / 2,
            y + 20,
            html(&fitted(name, 13, wide - 20)),
        ));
    }
}

fn boxes(out: &mut String, picture: &Picture, layout: &Layout) {
    for (one, (x, y)) in picture.boxes.iter().zip(&layout.boxes) {
        let tall = height(one.rows.len());
        let class = if one.person { "box person" } else { "box" };
        out.push_str(&format!(
            "<g class=\"{class}\"><rect class=\"back\" x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{tall}\" rx=\"6\"/>\
             <path class=\"head\" d=\"M{x} {}v-{}q0 -6 6 -6h{}q6 0 6 6v{}z\"/>\n",
            y + HEAD - 4,
            HEAD - 10,
            WIDTH - 12,
            HEAD - 10,
        ));
        let place = if one.name.is_empty() { String::new() } else { one.name.clone() };
        let up = if place.is_empty() { 23 } else { 16 };
        out.push_str(&written(&one.label, "label", 13, *x + 10, y + up));
        if !place.is_empty() {
            out.push_str(&written(&place, "name", 11, *x + 10, y + 30));
        }
        for (number, row) in one.rows.iter().enumerate() {
            let kind = match row.kind {
                RowKind::Identity => "holds",
                RowKind::Link(_) => "link",
                RowKind::Rule | RowKind::Kept => "rule",
                RowKind::Withheld => "withheld",
            };
            let class = if row.open { format!("{kind} open") } else { kind.to_owned() };
            out.push_str(&written(&row.text, &class, 12, *x + 10, y + HEAD + number * ROW + 12));
        }
        out.push_str("</g>\n");
    }
}

fn written(text: &str, class: &str, size: usize, x: usize, y: usize) -> String {
    let fit = fitted(text, size, WIDTH - 20);
    let title = if fit == text { String::new() } else { format!("<title>{}</title>", html(text)) };
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{title}{}</text>\n", html(&fit))
}

/// A line from a row to what it leads to: to the near side of what stands left of it, around what stands beside it.
fn drawn(line: &Line, layout: &Layout) -> String {
    let (x, y) = layout.boxes[line.from];
    let from = (x as i64, (y + HEAD + line.row * ROW + 8) as i64);
    let (left, right, at) = match line.to {
        End::Identity(number) => {
            let (x, y) = layout.identities[number];
            (x as i64, (x + PILL.0) as i64, (y + PILL.1 / 2) as i64)
        }
        End::Box(number) => {
            let (x, y) = layout.boxes[number];
            (x as i64, (x + WIDTH) as i64, (y + HEAD / 2 - 2) as i64)
        }
    };
    let class = match line.kind {
        LineKind::Identity => "identity",
        LineKind::Own => "own",
        LineKind::Aside => "aside",
        LineKind::Open => "open",
    };
    let path = match right < from.0 {
        true => {
            let bend = ((from.0 - right) / 2).clamp(30, 160);
            format!("M{} {}C{} {} {} {at} {right} {at}", from.0, from.1, from.0 - bend, from.1, right + bend)
        }
        false => {
            let out = from.0.min(left) - 46;
            format!("M{} {}C{out} {} {out} {at} {left} {at}", from.0, from.1, from.1)
        }
    };
    format!("<path class=\"line {class}\" d=\"{path}\" marker-end=\"url(#tip)\"/>\n")
}
