//! Text into lines: which font for which character, where lines end, and the order in which parts of a line stand
//! where directions mix.

use krilla::text::KrillaGlyph;
use std::ops::Range;
use unicode_bidi::BidiInfo;

use super::fonts::{FontId, Fonts};

/// A piece of a paragraph: its text, and whether it is bold.
pub type Span<'t> = (&'t str, bool);

/// A part of a line, of one font and direction.
pub struct Run {
    /// Where it begins, from the start of the line, in em.
    pub x: f32,
    /// Its font.
    pub font: FontId,
    /// Its glyphs, as they are drawn.
    pub glyphs: Vec<KrillaGlyph>,
    /// Its text, as it is read.
    pub text: String,
}

/// A paragraph whose characters have fonts.
struct Text {
    text: String,
    /// Ranges of one font each, in order.
    fonts: Vec<(Range<usize>, FontId)>,
}

/// The lines of a paragraph, none wider than `width` em.
pub fn lines(fonts: &mut Fonts, spans: &[Span<'_>], width: f32) -> Vec<Vec<Run>> {
    let text = with_fonts(fonts, spans);
    let bidi = BidiInfo::new(&text.text, None);
    let Some(paragraph) = bidi.paragraphs.first() else { return Vec::new() };
    let mut out = Vec::new();
    for line in broken(fonts, &text, width) {
        let (levels, runs) = bidi.visual_runs(paragraph, line);
        let (mut x, mut placed) = (0.0, Vec::new());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut parts = text.parts(&run);
            if rtl {
                parts.reverse();
            }
            for (range, font) in parts {
                let part = &text.text[range];
                let (glyphs, wide) = fonts.shape(font, part, rtl);
                placed.push(Run { x, font, glyphs, text: part.to_owned() });
                x += wide;
            }
        }
        out.push(placed);
    }
    out
}

/// Gives every character a font; one that no font can show becomes its number.
fn with_fonts(fonts: &mut Fonts, spans: &[Span<'_>]) -> Text {
    let mut out = Text { text: String::new(), fonts: Vec::new() };
    for (part, bold) in spans {
        for c in part.chars() {
            let c = if c.is_whitespace() && !is_joining(c) { ' ' } else { c };
            let before = out.fonts.last().map(|(_, font)| *font);
            if let Some(font) = before.filter(|font| fonts.joins(*font, c)) {
                out.push(c, font);
                continue;
            }
            match fonts.font_for(c, *bold) {
                Some(font) => out.push(c, font),
                None => format!("⟨U+{:04X}⟩", c as u32).chars().for_each(|c| out.push(c, FontId::from(*bold))),
            }
        }
    }
    out
}

impl Text {
    fn push(&mut self, c: char, font: FontId) {
        self.text.push(c);
        let end = self.text.len();
        match self.fonts.last_mut() {
            Some((range, last)) if *last == font => range.end = end,
            _ => self.fonts.push((end - c.len_utf8()..end, font)),
        }
    }

    /// The parts of a range, of one font each.
    fn parts(&self, of: &Range<usize>) -> Vec<(Range<usize>, FontId)> {
        let from = self.fonts.partition_point(|(range, _)| range.end <= of.start);
        let within = self.fonts[from..].iter().take_while(|(range, _)| range.start < of.end);
        within.map(|(range, font)| (range.start.max(of.start)..range.end.min(of.end), *font)).collect()
    }

    fn width(&self, fonts: &mut Fonts, of: &Range<usize>) -> f32 {
        let parts = self.parts(of);
        parts.into_iter().map(|(range, font)| fonts.width(font, &self.text[range])).sum()
    }
}

/// Where lines begin and end; spaces at the end of a line belong to it and are not counted.
fn broken(fonts: &mut Fonts, text: &Text, width: f32) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let (mut line, mut used) = (0..0, 0.0);
    for word in words(&text.text) {
        let bare = word.start..word.start + text.text[word.clone()].trim_end().len();
        let wide = text.width(fonts, &bare);
        let spaces = text.width(fonts, &(bare.end..word.end));
        if used + wide > width && !line.is_empty() {
            lines.push(std::mem::replace(&mut line, word.start..word.start));
            used = 0.0;
        }
        if wide > width {
            // A word wider than the paper is cut where it must be.
            for (at, c) in text.text[bare.clone()].char_indices() {
                let c = bare.start + at..bare.start + at + c.len_utf8();
                let one = text.width(fonts, &c);
                if used + one > width && !line.is_empty() {
                    lines.push(std::mem::replace(&mut line, c.start..c.start));
                    used = 0.0;
                }
                line.end = c.end;
                used += one;
            }
        } else {
            used += wide;
        }
        line.end = word.end;
        used += spaces;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The pieces between which a line may end: words with the spaces after them, and single characters of Chinese and
/// the like, but none that begins with what closes or ends with what opens.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut before) = (0, 'x');
    for (at, c) in text.char_indices() {
        let is_between = (is_ideograph(before) || is_ideograph(c)) && c != ' ' && !closes(c) && !opens(before);
        let is_end = (before == ' ' && c != ' ') || is_between;
        if at > start && is_end {
            words.push(start..at);
            start = at;
        }
        before = c;
    }
    if start < text.len() {
        words.push(start..text.len());
    }
    words
}

/// Spaces at which no line ends: in numbers, and before signs in French.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

/// Characters of scripts without spaces between words.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        && !is_mark_of_words(c)
}

/// Vowel signs and tone marks of Thai, Lao, Burmese and Khmer stay with the letter before them.
fn is_mark_of_words(c: char) -> bool {
    matches!(c, '\u{e30}'..='\u{e3a}' | '\u{e45}'..='\u{e4e}' | '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}')
}

/// What opens does not end a line.
fn opens(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '【' | '《' | '“' | '(' | '⟨')
}

/// What closes does not begin one; nor does a space that joins.
fn closes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '！'
            | '？'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
            | ')'
            | ','
            | '.'
            | ':'
            | ';'
            | '”'
            | '…'
            | '⟩'
    ) || is_mark_of_words(c)
        || is_joining(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, width: f32) -> Vec<String> {
        let mut fonts = Fonts::new();
        let lines = lines(&mut fonts, &[(text, false)], width);
        lines.into_iter().map(|runs| runs.into_iter().map(|run| run.text).collect()).collect()
    }

    #[test]
    fn lines_end_between_words_and_inside_words_that_are_too_long() {
        assert_eq!(texts("one two three", 4.5), ["one two ", "three"]);
        assert_eq!(texts("王小明，你好", 3.5), ["王小", "明，你", "好"]);
        assert_eq!(texts("的（上海）", 2.5), ["的", "（上", "海）"]);
        assert_eq!(texts("lu\u{a0}: 1\u{202f}234 pages", 3.4), ["lu\u{a0}: ", "1\u{202f}234 ", "pages"]);
        let cut = texts(&"x".repeat(40), 10.0);
        assert!(cut.len() > 2 && cut.concat() == "x".repeat(40), "{cut:?}");
        assert!(texts("", 10.0).is_empty());
    }

    #[test]
    fn every_script_of_a_name_has_its_font_and_what_has_none_is_a_number() {
        let names = [
            "Zoë Müller-Åström",
            "Ελένη",
            "Наталья",
            "محمد علي",
            "דוד",
            "王小明",
            "田中さくら",
            "김철수",
            "สมชาย",
            "अमित कुमार",
            "তাহমিনা",
            "தமிழ்ச்செல்வி",
            "Հայկ",
            "ნინო",
            "አበበ",
            "ສົມພອນ",
            "သီရိ",
            "សុខ",
            "ಕನ್ನಡ",
            "മലയാളം",
            "සිංහල",
            "ਪੰਜਾਬੀ",
            "ગુજરાતી",
            "తెలుగు",
        ];
        for name in names {
            assert!(!texts(name, 60.0).concat().contains('⟨'), "{name}");
        }
        assert_eq!(texts("a\u{1f9ff}", 60.0), ["a⟨U+1F9FF⟩"]);
    }

    #[test]
    fn directions_stand_as_they_are_read() {
        // Drawn from left to right; each part keeps its own order of letters.
        let mut fonts = Fonts::new();
        let lines = lines(&mut fonts, &[("name محمد علي, end", false)], 60.0);
        let parts: Vec<&str> = lines[0].iter().map(|run| run.text.as_str()).collect();
        assert_eq!(parts, ["name ", "محمد علي", ", end"]);
        let right_to_left: Vec<usize> = lines[0][1].glyphs.iter().map(|g| g.text_range.start).collect();
        assert!(right_to_left.is_sorted_by(|a, b| a >= b), "{right_to_left:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn no_text_is_lost_or_wider_than_the_paper(text in "[a-zé王م ,0-9]{0,120}") {
            let mut fonts = Fonts::new();
            let lines = lines(&mut fonts, &[(&text, false)], 12.0);
            let mut read: Vec<char> = lines.iter().flatten().flat_map(|run| run.text.chars()).collect();
            let mut all: Vec<char> = text.chars().collect();
            read.sort_unstable();
            all.sort_unstable();
            prop_assert_eq!(read, all);
            for line in &lines {
                let wide: f32 = line.iter().flat_map(|r| &r.glyphs).map(|g| g.x_advance).sum();
                let spaces = line.iter().map(|r| r.text.matches(' ').count()).sum::<usize>() as f32;
                prop_assert!(wide - spaces * 0.6 <= 13.0, "{}", wide);
            }
        }
    }
}
