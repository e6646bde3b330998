//! Follows field paths through raw JSON: to test what is there, and to find where it stands.

use std::ops::Range;

use super::decode::plain;
use super::parts::{Members, elements};
use crate::record::Step;
use crate::source::files::pick::Test;

/// Whether some value at the test's path passes it, or may: what cannot be followed does.
pub fn passes(members: &Members<'_>, test: &Test<'_>) -> bool {
    let mut any = false;
    let mut leaf = |raw: &str| any = any || plain(raw).is_some_and(|text| test.text(&text));
    let followed = walk_members(members, test.path.steps(), &mut leaf);
    any || !followed
}

/// Where in `text` (one object) the values at `steps` stand.
pub fn spots(text: &str, steps: &[Step]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let base = text.as_ptr() as usize;
    walk(text, steps, &mut |raw| {
        let start = raw.as_ptr() as usize - base;
        out.push(start..start + raw.len());
    });
    out
}

/// Gives `leaf` what the steps lead to; `false` where an object on the way could not be read.
fn walk<'a>(raw: &'a str, steps: &[Step], leaf: &mut dyn FnMut(&'a str)) -> bool {
    match steps.split_first() {
        None => {
            leaf(raw);
            true
        }
        Some((Step::Each, rest)) => {
            let mut followed = true;
            for raw in elements(raw).unwrap_or_default() {
                followed &= walk(raw.get(), rest, leaf);
            }
            followed
        }
        Some((Step::At(n), rest)) => {
            elements(raw).unwrap_or_default().get(*n).is_none_or(|raw| walk(raw.get(), rest, leaf))
        }
        Some((Step::Name(_), _)) => match Members::of(raw) {
            Some(members) => walk_members(&members, steps, leaf),
            None => !raw.starts_with('{'),
        },
    }
}

fn walk_members<'a>(members: &Members<'a>, steps: &[Step], leaf: &mut dyn FnMut(&'a str)) -> bool {
    let Some((Step::Name(name), rest)) = steps.split_first() else { return true };
    let mut followed = true;
    for (_, raw) in members.0.iter().filter(|(n, _)| n == name) {
        followed &= walk(raw.get(), rest, leaf);
    }
    followed
}
