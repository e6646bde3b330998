//! Paragraphs onto pages of A4, with their tags, the outline and the number of each page.

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

use super::fonts::Fonts;
use super::lines::{Run, Span, lines};

const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 64.0;
/// The height of a line, in em.
const LEADING: f32 = 1.4;
/// How far a point of a list is indented, in em.
const INDENT: f32 = 1.4;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The title of the letter.
    Title,
    /// The heading of a section.
    Head,
    /// A heading within a section.
    Under,
    /// A paragraph.
    Text,
    /// A point of a list.
    Point,
}

impl Kind {
    /// Its size in em of the text, and the space above it in lines.
    fn look(self) -> (f32, f32) {
        match self {
            Kind::Title => (1.6, 0.4),
            Kind::Head => (1.25, 0.9),
            Kind::Under => (1.05, 0.5),
            Kind::Text => (1.0, 0.35),
            Kind::Point => (1.0, 0.15),
        }
    }

    fn level(self) -> Option<NonZeroU16> {
        match self {
            Kind::Title => NonZeroU16::new(1),
            Kind::Head => NonZeroU16::new(2),
            Kind::Under => NonZeroU16::new(3),
            Kind::Text | Kind::Point => None,
        }
    }
}

/// A line, and where it stands.
struct Placed {
    page: usize,
    x: f32,
    y: f32,
    size: f32,
    runs: Vec<Run>,
}

/// A paragraph that is laid out.
struct Paragraph {
    kind: Kind,
    text: String,
    lines: Vec<Placed>,
}

/// What stands at the foot of a page, of so many.
pub type Footer<'f> = &'f dyn Fn(usize, usize) -> String;

/// The pages so far.
pub struct Paper {
    size: f32,
    /// The language of the text (BCP 47).
    language: &'static str,
    paragraphs: Vec<Paragraph>,
    page: usize,
    y: f32,
}

impl Paper {
    /// Empty pages for text of that size in points and that language.
    pub fn new(size: f32, language: &'static str) -> Paper {
        Paper { size, language, paragraphs: Vec::new(), page: 0, y: MARGIN }
    }

    /// Adds a paragraph.
    pub fn add(&mut self, fonts: &mut Fonts, kind: Kind, spans: &[Span<'_>]) {
        let (scale, above) = kind.look();
        let size = self.size * scale;
        let x = if kind == Kind::Point { MARGIN + INDENT * self.size } else { MARGIN };
        let lines = lines(fonts, spans, (WIDTH - MARGIN - x) / size);
        let height = size * LEADING;
        self.y += above * self.size * LEADING;
        // A heading does not stand alone at the foot of a page.
        let wanted =
            if kind.level().is_some() { height * lines.len() as f32 + 3.0 * self.size * LEADING } else { height };
        if self.y + wanted > HEIGHT - MARGIN && self.y > MARGIN {
            self.turn();
        }
        let mut placed = Vec::with_capacity(lines.len());
        for runs in lines {
            if self.y + height > HEIGHT - MARGIN {
                self.turn();
            }
            placed.push(Placed { page: self.page, x, y: self.y + size, size, runs });
            self.y += height;
        }
        let text = spans.iter().map(|(text, _)| *text).collect();
        self.paragraphs.push(Paragraph { kind, text, lines: placed });
    }

    fn turn(&mut self) {
        (self.page, self.y) = (self.page + 1, MARGIN);
    }

    /// The PDF; `None` where it could not be made.
    pub fn finish(self, fonts: &mut Fonts, title: &str, footer: Footer<'_>, at: jiff::Timestamp) -> Option<Vec<u8>> {
        let configuration =
            ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().ok()?;
        let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        let pages = self.page + 1;
        let mut marks: Vec<Vec<Identifier>> = self.paragraphs.iter().map(|_| Vec::new()).collect();
        for number in 0..pages {
            let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
            let mut surface = page.surface();
            for (paragraph, marks) in self.paragraphs.iter().zip(&mut marks) {
                for (i, line) in paragraph.lines.iter().enumerate().filter(|(_, line)| line.page == number) {
                    marks.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                    if i == 0 && paragraph.kind == Kind::Point {
                        let bullet = lines(fonts, &[("•", false)], 2.0).pop().unwrap_or_default();
                        draw(&mut surface, fonts, (line.x - INDENT * line.size, line.y), line.size, bullet);
                    }
                    draw(&mut surface, fonts, (line.x, line.y), line.size, line.runs.iter());
                    surface.end_tagged();
                }
            }
            self.foot(&mut surface, fonts, &footer(number + 1, pages));
            surface.finish();
            page.finish();
        }
        document.set_outline(self.outline());
        document.set_tag_tree(self.tags(marks));
        document.set_metadata(metadata(title, self.language, at));
        document.finish().ok()
    }

    fn foot(&self, surface: &mut Surface<'_>, fonts: &mut Fonts, text: &str) {
        let size = self.size * 0.8;
        let line = lines(fonts, &[(text, false)], (WIDTH - 2.0 * MARGIN) / size).into_iter().next();
        surface.start_tagged(ContentTag::Artifact(krilla::tagging::Artifact::new(ArtifactType::Footer, None)));
        draw(surface, fonts, (MARGIN, HEIGHT - MARGIN * 0.55), size, line.unwrap_or_default());
        surface.end_tagged();
    }

    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for paragraph in self.paragraphs.iter().filter(|p| matches!(p.kind, Kind::Title | Kind::Head)) {
            if let Some(line) = paragraph.lines.first() {
                let at = XyzDestination::new(line.page, Point::from_xy(line.x, line.y - line.size));
                outline.push_child(OutlineNode::new(paragraph.text.clone(), at));
            }
        }
        outline
    }

    /// The tree of tags in the order of reading.
    fn tags(&self, marks: Vec<Vec<Identifier>>) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(self.language.to_owned()));
        let mut list: Option<TagGroup> = None;
        for (paragraph, marks) in self.paragraphs.iter().zip(marks) {
            if paragraph.kind == Kind::Point {
                let mut body = TagGroup::new(Tag::LBody);
                marks.into_iter().for_each(|mark| body.push(mark));
                let mut item = TagGroup::new(Tag::LI);
                item.push(body);
                list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc))).push(item);
                continue;
            }
            list.take().into_iter().for_each(|list| tree.push(list));
            let mut group = match paragraph.kind.level() {
                Some(level) => TagGroup::new(Tag::Hn(level, Some(paragraph.text.clone()))),
                None => TagGroup::new(Tag::P),
            };
            marks.into_iter().for_each(|mark| group.push(mark));
            tree.push(group);
        }
        list.into_iter().for_each(|list| tree.push(list));
        tree
    }
}

/// Draws the parts of a line.
fn draw<R: std::borrow::Borrow<Run>>(
    surface: &mut Surface<'_>,
    fonts: &mut Fonts,
    (x, y): (f32, f32),
    size: f32,
    runs: impl IntoIterator<Item = R>,
) {
    for run in runs {
        let run = run.borrow();
        if let Some(font) = fonts.font(run.font) {
            surface.draw_glyphs(Point::from_xy(x + run.x * size, y), &run.glyphs, font, &run.text, size, false);
        }
    }
}

fn metadata(title: &str, language: &str, at: jiff::Timestamp) -> Metadata {
    let at = jiff::tz::TimeZone::UTC.to_datetime(at);
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title.to_owned())
        .language(language.to_owned())
        .creator(format!("Redress {}", env!("CARGO_PKG_VERSION")))
        .creation_date(date)
}
