//! A message that is filled in very often, worked out once: what stands before, between and after its places.

/// What stands for the places while a message is worked out: characters that no text has.
pub const PLACES: [&str; 3] = ["\u{e000}", "\u{e001}", "\u{e002}"];

/// A text with places for others.
#[derive(Default)]
pub struct Pattern {
    /// What stands before each place, and its number.
    parts: Vec<(String, usize)>,
    end: String,
}

impl Pattern {
    /// From a message in which [`PLACES`] stand.
    pub fn of(text: &str) -> Pattern {
        let mut pattern = Pattern::default();
        for c in text.chars() {
            match PLACES.iter().position(|place| place.chars().eq([c])) {
                Some(place) => pattern.parts.push((std::mem::take(&mut pattern.end), place)),
                None => pattern.end.push(c),
            }
        }
        pattern
    }

    /// Adds it with its places filled in.
    pub fn write(&self, out: &mut String, places: &[&str]) {
        for (before, place) in &self.parts {
            out.push_str(before);
            out.push_str(places.get(*place).copied().unwrap_or_default());
        }
        out.push_str(&self.end);
    }

    /// It with its places filled in.
    pub fn filled(&self, places: &[&str]) -> String {
        let mut out = String::with_capacity(16 + places.iter().map(|text| text.len()).sum::<usize>());
        self.write(&mut out, places);
        out
    }
}
