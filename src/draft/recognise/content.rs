//! What a bounded sample of a column shows: how many of its values have which form.

use crate::record::Value;

/// How many values are looked at.
const MOST: usize = 300;
/// How many characters of a value are looked at.
const LONGEST: usize = 4096;

/// The values of a sample that hold something.
pub(super) struct Content {
    texts: Vec<String>,
    bytes: usize,
    distinct: usize,
}

impl Content {
    /// The content of a sample.
    pub fn of(samples: &[&Value]) -> Self {
        let mut content = Content { texts: Vec::new(), bytes: 0, distinct: 0 };
        samples.iter().for_each(|value| content.add(value));
        let mut all: Vec<&str> = content.texts.iter().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        content.distinct = all.len();
        content
    }

    fn add(&mut self, value: &Value) {
        if self.filled() >= MOST {
            return;
        }
        match value {
            Value::Bytes(bytes) if !bytes.is_empty() => self.bytes += 1,
            Value::List(items) => items.iter().for_each(|item| self.add(item)),
            value => {
                let text = value.plain().map(|text| text.trim().chars().take(LONGEST).collect::<String>());
                self.texts.extend(text.filter(|text| !text.is_empty()));
            }
        }
    }

    /// How many values hold something.
    pub fn filled(&self) -> usize {
        self.texts.len() + self.bytes
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.filled() == 0
    }

    /// How many different values were seen.
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// Whether the values are bytes.
    pub fn is_binary(&self) -> bool {
        self.bytes > self.texts.len()
    }

    /// How many in a hundred of the values are so; 0 where nothing was seen.
    pub fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        match self.filled() {
            0 => 0,
            filled => self.count(is) * 100 / filled,
        }
    }

    /// How many in a hundred of the different values are so.
    pub fn share_of_different(&self, is: impl Fn(&str) -> bool) -> usize {
        let mut all: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all.iter().filter(|text| is(text)).count() * 100 / all.len().max(1)
    }

    /// How many values are so.
    pub fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.texts.iter().filter(|text| is(text)).count()
    }

    /// Whether all values are yes or no, however it is written.
    pub fn is_boolean(&self) -> bool {
        const WORDS: [&str; 14] =
            ["0", "1", "true", "false", "t", "f", "y", "n", "yes", "no", "ja", "nein", "on", "off"];
        !self.is_empty()
            && self.distinct <= 2
            && self.share(|t| WORDS.contains(&t.to_ascii_lowercase().as_str())) == 100
    }

    /// How many in a hundred are whole numbers.
    pub fn whole(&self) -> usize {
        self.share(|text| text.parse::<i128>().is_ok())
    }

    /// How many in a hundred are numbers.
    pub fn numbers(&self) -> usize {
        self.share(|text| text.parse::<f64>().is_ok_and(f64::is_finite))
    }

    /// How many in a hundred begin with a date.
    pub fn dates(&self) -> usize {
        self.share(is_date)
    }

    /// Whether few different values come again and again, as codes do.
    pub fn is_list_of_codes(&self) -> bool {
        self.filled() >= 8 && self.distinct * 4 <= self.filled()
    }
}

/// Whether a text begins with a date, as numbers.
pub(super) fn is_date(text: &str) -> bool {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let digits =
        day.len() >= 6 && parts.iter().all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    let year = |p: &str| p.len() == 4 && (1850..=2200).contains(&p.parse().unwrap_or(0));
    let low = |p: &str| p.len() <= 2 && (1..=31).contains(&p.parse().unwrap_or(0));
    match parts[..] {
        [a, b, c] => digits && (year(a) && low(b) && low(c) || low(a) && low(b) && (year(c) || c.len() == 2)),
        [all] if all.len() == 8 && all.bytes().all(|b| b.is_ascii_digit()) => {
            year(&all[..4]) && low(&all[4..6]) && low(&all[6..])
        }
        _ => false,
    }
}

/// Whether a text is a date or year on which somebody who may still live was born.
pub(super) fn is_birth(text: &str) -> bool {
    let year = |p: &str| p.len() == 4 && (1890..=2030).contains(&p.parse().unwrap_or(0));
    year(text) || is_date(text) || text.parse::<i64>().is_ok_and(|n| n.abs() > 100_000_000)
}

/// Whether a text is a word for the state a thing is in.
pub(super) fn is_status(text: &str) -> bool {
    const WORDS: &str = "active inactive open closed pending new paid unpaid shipped done cancelled canceled complete \
    completed draft failed processing processed approved rejected enabled disabled published archived \
    resolved delivered returned expired started running stopped queued success error on off ready \
    waiting booked confirmed";
    WORDS.split_whitespace().any(|word| word == text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_counted() {
        let values = [
            Value::Null,
            "1980-02-03".into(),
            " ".into(),
            Value::Bytes(vec![1]),
            Value::List(vec!["x".into(), Value::Int(7)]),
        ];
        let content = Content::of(&values.iter().collect::<Vec<_>>());
        assert_eq!((content.filled(), content.distinct(), content.dates()), (4, 3, 25));
        assert!(Content::of(&[&"Y".into(), &"N".into()]).is_boolean());
        assert!(!Content::of(&[]).is_boolean());
    }

    #[test]
    fn dates() {
        ["2024-01-31", "31.12.1999", "1/2/2003", "2024-01-31T10:00:00Z", "19991231"]
            .iter()
            .for_each(|t| assert!(is_date(t), "{t}"));
        ["2024", "10.0.0.1", "1-2-3-4", "12345678", "abc", "", "é-1-2"]
            .iter()
            .for_each(|t| assert!(!is_date(t), "{t}"));
        assert!(is_birth("1980") && !is_birth("42"));
    }
}
