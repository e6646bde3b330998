//! What is said to the person, in her language: one catalogue of messages a language, and how that language writes dates,
//! numbers, periods and lists.
//!
//! English (`en.ftl`) is the master: a test holds the others to its keys and their variables. The files are Project
//! Fluent's (<https://projectfluent.org>), which knows plurals. Data, names of files and columns, and everything an
//! officer reads are not here.

mod date;
mod number;
mod pattern;
mod tag;
#[cfg(test)]
pub(crate) mod tests;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::OnceLock;

use date::Dates;
use number::counted;
use pattern::{PLACES, Pattern};
pub use tag::Tag;

/// One language.
pub struct Language {
    tag: Tag,
    catalogue: FluentBundle<FluentResource>,
    dates: Dates,
    /// Said of very many things.
    pair: Pattern,
    aside: Pattern,
}

/// The words for a message of the catalogue: `say!(language, "records", n = 3)`.
macro_rules! say {
    ($language:expr, $key:expr) => { $language.say($key) };
    ($language:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $language.with($key, [$((stringify!($name), ::fluent_bundle::FluentValue::from($value))),+])
    };
}
pub(crate) use say;

impl Language {
    /// That language; its catalogue is read once, when somebody wants it.
    pub fn of(tag: Tag) -> &'static Language {
        static ALL: [OnceLock<Language>; Tag::ALL.len()] = [const { OnceLock::new() }; Tag::ALL.len()];
        ALL[tag as usize].get_or_init(|| Language::read(tag))
    }

    fn read(tag: Tag) -> Language {
        // Files of the program itself; the tests hold them to being whole.
        let resource = FluentResource::try_new(tag.catalogue().to_owned()).unwrap_or_else(|(whole, _)| whole);
        let mut catalogue = FluentBundle::new_concurrent(tag.plurals().into_iter().collect());
        catalogue.set_use_isolating(false);
        catalogue.set_formatter(Some(match tag {
            Tag::English => |value, _| counted(value, Tag::English),
            Tag::German => |value, _| counted(value, Tag::German),
            Tag::French => |value, _| counted(value, Tag::French),
            Tag::Spanish => |value, _| counted(value, Tag::Spanish),
            Tag::Chinese => |value, _| counted(value, Tag::Chinese),
        }));
        catalogue.add_resource_overriding(resource);
        let (pair, aside) = (Pattern::default(), Pattern::default());
        let mut language = Language { tag, catalogue, dates: Dates::default(), pair, aside };
        language.dates = Dates::of(&language);
        language.pair = Pattern::of(&say!(language, "pair", what = PLACES[0], said = PLACES[1]));
        language.aside = Pattern::of(&say!(language, "aside", what = PLACES[0], remark = PLACES[1]));
        language
    }

    /// Its tag (BCP 47), as pages and letters name it: `de`.
    pub fn tag(&self) -> &'static str {
        self.tag.text()
    }

    /// A message that stands alone. One that is missing is its own key.
    pub fn say(&self, key: &str) -> Cow<'_, str> {
        self.format(key, None)
    }

    /// A message with what it is about.
    pub fn with<'v, const N: usize>(&self, key: &str, values: [(&'static str, FluentValue<'v>); N]) -> String {
        self.format(key, Some(&values.into_iter().collect::<FluentArgs<'v>>())).into_owned()
    }

    /// The same, where what it is about is only known as it is said: in a template.
    pub fn format<'l>(&'l self, key: &str, values: Option<&'l FluentArgs<'_>>) -> Cow<'l, str> {
        let (message, attribute) = key.split_once('.').map_or((key, None), |(message, part)| (message, Some(part)));
        let pattern = self.catalogue.get_message(message).and_then(|message| match attribute {
            Some(part) => message.get_attribute(part).map(|attribute| attribute.value()),
            None => message.value(),
        });
        debug_assert!(pattern.is_some(), "no message {key} in {}", self.tag());
        let Some(pattern) = pattern else { return Cow::Owned(key.to_owned()) };
        let mut errors = Vec::new();
        let text = self.catalogue.format_pattern(pattern, values, &mut errors);
        debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", self.tag());
        text
    }

    /// The message on a code that comes from elsewhere; none where the catalogue has no such code.
    pub fn code(&self, group: &str, code: &str) -> Option<Cow<'_, str>> {
        let key = format!("{group}-{code}");
        self.catalogue.has_message(&key).then(|| self.say(&key).into_owned().into())
    }

    /// Names one after another: `a, b and c`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(T::as_ref).collect();
                say!(self, "list-end", first = first.join(&self.say("list-between")), last = last.as_ref())
            }
        }
    }

    /// Some of several names: `a, b and 3 more`.
    pub fn some<T: AsRef<str>>(&self, items: &[T], most: usize) -> String {
        match items.len().checked_sub(most) {
            None | Some(0) => self.list(items),
            Some(more) => {
                let first: Vec<&str> = items[..most].iter().map(T::as_ref).collect();
                say!(self, "list-more", first = first.join(&self.say("list-between")), more = more)
            }
        }
    }

    /// Things that hold commas themselves, one after another: `a, b; c`.
    pub fn series<T: AsRef<str>>(&self, items: &[T]) -> String {
        let items: Vec<&str> = items.iter().map(T::as_ref).collect();
        items.join(&self.say("series-between"))
    }

    /// Sentences one after another.
    pub fn sentences<T: AsRef<str>>(&self, items: &[T]) -> String {
        let mut out = String::new();
        for text in items.iter().map(T::as_ref).filter(|text| !text.is_empty()) {
            out.push_str(&self.gap_after(&out));
            out.push_str(text);
        }
        out
    }

    /// What stands between a sentence and the next; a text in Latin letters always has a space after it.
    pub fn gap_after(&self, text: &str) -> Cow<'_, str> {
        match text.chars().next_back() {
            None => Cow::Borrowed(""),
            Some(c) if c.is_ascii() => Cow::Borrowed(" "),
            Some(_) => self.say("sentences-between"),
        }
    }

    /// What is said of something: `Reference: 12`.
    pub fn pair(&self, what: &str, said: &str) -> String {
        self.pair.filled(&[what, said])
    }

    /// Something with a remark: `Orders (until 3 March 2024)`.
    pub fn aside(&self, what: &str, remark: &str) -> String {
        self.aside.filled(&[what, remark])
    }

    /// A text as a sentence: a capital, a full stop.
    pub fn sentence(&self, text: &str) -> String {
        let text = text.trim();
        if text.is_empty() {
            return String::new();
        }
        let mut chars = text.chars();
        let mut out: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        out.push_str(chars.as_str());
        self.stopped(&out)
    }

    /// A text with a full stop.
    pub fn stopped(&self, text: &str) -> String {
        let is_latin = text.chars().next_back().is_some_and(|c| c.is_ascii());
        match text.ends_with(['.', '!', '?', '。', '！', '？', '…']) {
            true => text.to_owned(),
            false => format!("{text}{}", if is_latin { "." } else { self.tag.numbers().full_stop }),
        }
    }

    /// A title inside a sentence: with a small letter, but in German, whose nouns have capitals.
    pub fn within(&self, title: &str) -> String {
        let mut chars = title.chars();
        match (self.tag, chars.next()) {
            (Tag::German | Tag::Chinese, _) | (_, None) => title.to_owned(),
            (_, Some(first)) => first.to_lowercase().chain(chars).collect(),
        }
    }

    /// How long something is kept: `ten years`, `1 year and 6 months`.
    pub fn period(&self, span: jiff::Span) -> Option<String> {
        let parts = [
            ("years", i64::from(span.get_years())),
            ("months", i64::from(span.get_months())),
            ("weeks", i64::from(span.get_weeks())),
            ("days", i64::from(span.get_days())),
        ];
        let word = |(unit, n): (&str, i64)| say!(self, &format!("period-{unit}"), n = n, words = self.spelled(n));
        let words: Vec<String> = parts.into_iter().filter(|(_, n)| *n > 0).map(word).collect();
        (!words.is_empty()).then(|| self.list(&words))
    }

    /// A small number in letters, where the language writes it so.
    fn spelled(&self, n: i64) -> String {
        let words = self.say("spelled");
        let word = usize::try_from(n - 2).ok().and_then(|at| words.split(' ').nth(at));
        word.filter(|word| word.chars().all(char::is_alphabetic)).map_or_else(|| self.number(n), str::to_owned)
    }

    /// A whole number with its thousands apart: `100,000`.
    pub fn number(&self, n: impl TryInto<i128>) -> String {
        let digits = n.try_into().unwrap_or_default().to_string();
        self.tag.numbers().digits(&digits).unwrap_or(digits)
    }

    /// Digits with the signs of the language, none of them lost: `-1234.50` is `-1,234.50`; `None` where the text is no
    /// plain number.
    pub fn digits(&self, text: &str) -> Option<String> {
        self.tag.numbers().digits(text)
    }

    /// A day, written out.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        self.dates.day(date)
    }

    /// A time in UTC, to the minute.
    pub fn moment(&self, at: jiff::Timestamp) -> String {
        let at = jiff::tz::TimeZone::UTC.to_datetime(at);
        self.dates.moment(&self.date(at.date()), &at.strftime("%H:%M UTC").to_string())
    }

    /// The day of a time, in UTC.
    pub fn day_of(&self, at: jiff::Timestamp) -> String {
        self.date(jiff::tz::TimeZone::UTC.to_datetime(at).date())
    }

    /// A text that is wholly a date or a time of ISO 8601, written out; `None` for every other text.
    pub fn written_out(&self, text: &str) -> Option<String> {
        self.dates.written_out(text)
    }
}
