//! The fonts of the letter, and which of them can show a character.
//!
//! They are part of the program, so that a letter has the same bytes on every machine and every name is printed as it
//! is written: Latin, Greek, Cyrillic, Armenian, Georgian, Arabic, Hebrew (DejaVu), the scripts of India, Thai, Lao,
//! Khmer, Burmese, Ethiopic (Noto), Korean (Nanum), Chinese and Japanese (Droid). What none of them has is written out as
//! its number. `fonts/LICENSES.md` says under which terms.

use flate2::read::GzDecoder;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, Script, ShapePlan, UnicodeBuffer, shape_with_plan};
use std::collections::HashMap;
use std::io::Read as _;
use std::sync::OnceLock;

/// A font file, compressed until a letter needs it.
struct Packed {
    from: char,
    to: char,
    gz: &'static [u8],
    open: OnceLock<Vec<u8>>,
}

macro_rules! packed {
    ($from:literal, $to:literal, $file:literal) => {
        Packed { from: $from, to: $to, gz: include_bytes!(concat!("fonts/", $file)), open: OnceLock::new() }
    };
}

static PLAIN: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold.ttf");

/// Fonts for what those two lack, by the characters they are for; the last is for all others.
static OTHERS: [Packed; 16] = [
    packed!('\u{0900}', '\u{097f}', "NotoSansDevanagari-Regular.ttf.gz"),
    packed!('\u{0980}', '\u{09ff}', "NotoSansBengali-Regular.ttf.gz"),
    packed!('\u{0a00}', '\u{0a7f}', "NotoSansGurmukhi-Regular.ttf.gz"),
    packed!('\u{0a80}', '\u{0aff}', "NotoSansGujarati-Regular.ttf.gz"),
    packed!('\u{0b80}', '\u{0bff}', "NotoSansTamil-Regular.ttf.gz"),
    packed!('\u{0c00}', '\u{0c7f}', "NotoSansTelugu-Regular.ttf.gz"),
    packed!('\u{0c80}', '\u{0cff}', "NotoSansKannada-Regular.ttf.gz"),
    packed!('\u{0d00}', '\u{0d7f}', "NotoSansMalayalam-Regular.ttf.gz"),
    packed!('\u{0d80}', '\u{0dff}', "NotoSansSinhala-Regular.ttf.gz"),
    packed!('\u{0e00}', '\u{0e7f}', "NotoSansThai-Regular.ttf.gz"),
    packed!('\u{0e80}', '\u{0eff}', "NotoSansLao-Regular.ttf.gz"),
    packed!('\u{1000}', '\u{109f}', "NotoSansMyanmar-Regular.ttf.gz"),
    packed!('\u{1200}', '\u{139f}', "NotoSansEthiopic-Regular.ttf.gz"),
    packed!('\u{1780}', '\u{17ff}', "NotoSansKhmer-Regular.ttf.gz"),
    packed!('\u{ac00}', '\u{d7a3}', "NanumSquareR.ttf.gz"),
    packed!('\u{2e80}', '\u{10ffff}', "DroidSansFallbackFull.ttf.gz"),
];

impl Packed {
    fn bytes(&'static self) -> &'static [u8] {
        self.open.get_or_init(|| {
            let mut bytes = Vec::new();
            // A file of the program itself; were it broken, its characters would be written out as numbers.
            let _ = GzDecoder::new(self.gz).read_to_end(&mut bytes);
            bytes
        })
    }
}

/// The place of a font among those of a letter.
pub type FontId = usize;

/// A font that is in use.
struct Opened {
    shaper: Face<'static>,
    font: Font,
}

/// The fonts of one letter; opened when a character wants them.
pub struct Fonts {
    opened: Vec<Option<Option<Opened>>>,
    /// How a script is shaped with a font: worked out once.
    plans: HashMap<(FontId, bool, Script), ShapePlan>,
    /// Widths measured before, in em: letters repeat their words.
    widths: HashMap<(FontId, String), f32>,
}

impl Fonts {
    /// None is open yet.
    pub fn new() -> Fonts {
        let opened = (0..OTHERS.len() + 2).map(|_| None).collect();
        Fonts { opened, plans: HashMap::new(), widths: HashMap::new() }
    }

    fn open(&mut self, id: FontId) -> Option<&Opened> {
        self.opened[id]
            .get_or_insert_with(|| {
                let bytes: &'static [u8] = match id {
                    0 => PLAIN,
                    1 => BOLD,
                    id => OTHERS[id - 2].bytes(),
                };
                let (shaper, font) = (Face::from_slice(bytes, 0)?, Font::new(bytes.into(), 0)?);
                Some(Opened { shaper, font })
            })
            .as_ref()
    }

    fn has(&mut self, id: FontId, c: char) -> bool {
        self.open(id).is_some_and(|f| f.shaper.glyph_index(c).is_some())
    }

    /// The font that can show a character; `None`: no font can.
    pub fn font_for(&mut self, c: char, bold: bool) -> Option<FontId> {
        let first = FontId::from(bold);
        if self.has(first, c) {
            return Some(first);
        }
        let other = OTHERS.iter().position(|f| (f.from..=f.to).contains(&c)).map(|i| i + 2);
        [Some(FontId::from(!bold)), other].into_iter().flatten().find(|id| self.has(*id, c))
    }

    /// Whether a mark that joins the character before it can be shown in that one's font.
    pub fn joins(&mut self, id: FontId, c: char) -> bool {
        let is_mark = matches!(c,
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe2f}'
            | '\u{200c}' | '\u{200d}');
        is_mark && self.has(id, c)
    }

    /// The font itself.
    pub fn font(&mut self, id: FontId) -> Option<Font> {
        self.open(id).map(|f| f.font.clone())
    }

    /// The width of a text of one font, in em.
    pub fn width(&mut self, id: FontId, text: &str) -> f32 {
        let key = (id, text.to_owned());
        if let Some(width) = self.widths.get(&key) {
            return *width;
        }
        let width = self.shape(id, text, false).1;
        self.widths.insert(key, width);
        width
    }

    /// The glyphs of a text of one font and direction, in the order in which they are drawn, and their width in em.
    pub fn shape(&mut self, id: FontId, text: &str, rtl: bool) -> (Vec<KrillaGlyph>, f32) {
        if self.open(id).is_none() {
            return (Vec::new(), 0.0);
        }
        let Some(Some(Some(opened))) = self.opened.get(id) else { return (Vec::new(), 0.0) };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        let script = buffer.script();
        let plan = self
            .plans
            .entry((id, rtl, script))
            .or_insert_with(|| ShapePlan::new(&opened.shaper, direction, Some(script), None, &[]));
        let shaped = shape_with_plan(&opened.shaper, plan, buffer);
        let em = opened.shaper.units_per_em() as f32;
        let infos = shaped.glyph_infos();
        let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        starts.push(text.len());
        starts.sort_unstable();
        starts.dedup();
        let end = |start: usize| starts.iter().find(|s| **s > start).copied().unwrap_or(text.len());
        let mut width = 0.0;
        let glyph = |(info, at): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
            let start = info.cluster as usize;
            let advance = at.x_advance as f32 / em;
            width += advance;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                at.x_offset as f32 / em,
                at.y_offset as f32 / em,
                0.0,
                start..end(start),
                None,
            )
        };
        let glyphs = infos.iter().zip(shaped.glyph_positions()).map(glyph).collect();
        (glyphs, width)
    }
}
