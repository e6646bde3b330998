//! Which languages there are, and which one is meant by a tag (BCP 47).

use unic_langid::LanguageIdentifier;

use super::number::Numbers;

/// A language with a catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tag {
    /// English, the master.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    Chinese,
}

impl Tag {
    /// Every language.
    pub const ALL: [Tag; 5] = [Tag::English, Tag::German, Tag::French, Tag::Spanish, Tag::Chinese];

    /// The language that a tag means: its own, or that of its country (`de-AT` is German). Chinese in traditional
    /// characters is another than ours.
    pub fn of(text: &str) -> Option<Tag> {
        let id: LanguageIdentifier = text.parse().ok()?;
        let traditional = id.script.is_some_and(|s| s.as_str() == "Hant")
            || (id.script.is_none() && id.region.is_some_and(|r| ["TW", "HK", "MO"].contains(&r.as_str())));
        Some(match id.language.as_str() {
            "en" => Tag::English,
            "de" => Tag::German,
            "fr" => Tag::French,
            "es" => Tag::Spanish,
            "zh" if !traditional => Tag::Chinese,
            _ => return None,
        })
    }

    /// The first of some tags that means a language with a catalogue.
    pub fn first_of<'t>(tags: impl IntoIterator<Item = &'t String>) -> Option<Tag> {
        tags.into_iter().find_map(|text| Tag::of(text))
    }

    /// Its tag.
    pub fn text(self) -> &'static str {
        match self {
            Tag::English => "en",
            Tag::German => "de",
            Tag::French => "fr",
            Tag::Spanish => "es",
            Tag::Chinese => "zh-Hans",
        }
    }

    /// The tags there are, for hints: `en, de, fr, es, zh-Hans`.
    pub fn all() -> String {
        Tag::ALL.map(Tag::text).join(", ")
    }

    /// Its messages.
    pub(super) fn catalogue(self) -> &'static str {
        match self {
            Tag::English => include_str!("en.ftl"),
            Tag::German => include_str!("de.ftl"),
            Tag::French => include_str!("fr.ftl"),
            Tag::Spanish => include_str!("es.ftl"),
            Tag::Chinese => include_str!("zh.ftl"),
        }
    }

    /// Whose rules of plurals it has.
    pub(super) fn plurals(self) -> Option<LanguageIdentifier> {
        self.text().parse().ok()
    }

    /// How it writes numbers.
    pub(super) fn numbers(self) -> Numbers {
        match self {
            Tag::English => Numbers::new(",", '.', 4, "."),
            Tag::German => Numbers::new(".", ',', 4, "."),
            Tag::French => Numbers::new("\u{202f}", ',', 4, "."),
            // A space, which means the same in Spain and in Mexico; from five digits on, as the academies have it.
            Tag::Spanish => Numbers::new("\u{202f}", ',', 5, "."),
            Tag::Chinese => Numbers::new(",", '.', 4, "。"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn tags_lead_to_languages() {
        let cases = [
            ("en", Some(Tag::English)),
            ("en-GB", Some(Tag::English)),
            ("de-AT", Some(Tag::German)),
            ("DE", Some(Tag::German)),
            ("fr_CA", Some(Tag::French)),
            ("es-419", Some(Tag::Spanish)),
            ("zh", Some(Tag::Chinese)),
            ("zh-Hans", Some(Tag::Chinese)),
            ("zh-Hans-HK", Some(Tag::Chinese)),
            ("zh-SG", Some(Tag::Chinese)),
            ("zh-Hant", None),
            ("zh-TW", None),
            ("sv", None),
            ("deutsch", None),
            ("", None),
            ("..", None),
        ];
        for (text, tag) in cases {
            assert_eq!(Tag::of(text), tag, "{text}");
        }
        let all = ["sv".to_owned(), "fr-BE".to_owned(), "en".to_owned()];
        assert_eq!(Tag::first_of(&all), Some(Tag::French));
        assert!(Tag::ALL.into_iter().enumerate().all(|(i, tag)| tag as usize == i && Tag::of(tag.text()) == Some(tag)));
    }
}
