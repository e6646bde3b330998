//! When does an index under one of the server's collations serve a normal form? Only where no spelling can be missed.
//!
//! The normal form of an ASCII value differs from its spellings by the case of ASCII letters and by characters up to
//! the space at both ends. Under the collations known here a text compares by the weights of its characters, one after
//! the other. What those of the characters up to the space are, the server itself is asked. They are ignored, or they
//! come before `!`: then every spelling lies between the value and the value followed by `!`, and those with other
//! characters before it lie before `!`. Collations that fill up with spaces put a character below the space before the
//! value itself: there the range begins at the value followed by the lowest such character, to the column's length.
//! What else is in the ranges the asker sorts out.

use mysql::prelude::Queryable as _;
use mysql::{Conn, Row};

use super::relations::text;
use super::text_literal;
use super::types::Charset;

/// Collations that weigh character by character and know no pairs of letters of one language. Others are not asked.
const KNOWN: [&str; 10] = [
    "_general_ci",
    "_general_nopad_ci",
    "_unicode_ci",
    "_unicode_nopad_ci",
    "_unicode_520_ci",
    "_unicode_520_nopad_ci",
    "_0900_ai_ci",
    "_uca1400_ai_ci",
    "_uca1400_nopad_ai_ci",
    "latin1_swedish_ci",
];

/// Longer columns are not filled up.
const LONGEST: u64 = 1024;

/// How spellings lie in the order of a collation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Folding {
    /// The lowest character that comes before the space where texts are filled up with it.
    below_space: Option<char>,
    /// The characters up to the space that it ignores, a bit each.
    ignored: u64,
}

impl Folding {
    /// Asks the server how a collation orders the characters up to the space; none where it serves no normal form.
    pub fn of(conn: &mut Conn, charset: &Charset) -> Result<Option<Folding>, mysql::Error> {
        let short = charset.collation.strip_prefix(&charset.name).unwrap_or(&charset.collation);
        let is_known = KNOWN.iter().any(|k| short == *k || charset.collation == *k || format!("_{short}") == *k);
        if !is_known {
            return Ok(None);
        }
        let sql = |bytes: &[u8]| {
            let (hex, Charset { name, collation }) = (hex::encode(bytes), charset);
            format!("CONVERT(_utf8mb4 x'{hex}' USING {name}) COLLATE {collation}")
        };
        let one = |c: u8| {
            let (a, ac, acb, cz) = (sql(b"a"), sql(&[b'a', c]), sql(&[b'a', c, b'b']), sql(&[c, b'z']));
            format!(
                "SELECT {c} AS c, {} AS at, {acb} = {} AS ignored, {ac} < {} AND {cz} < {} AS below, {ac} < {a} AS low",
                sql(&[c]),
                sql(b"ab"),
                sql(b"a!"),
                sql(b"!")
            )
        };
        let rows = (0..=b' ').map(one).collect::<Vec<_>>().join(" UNION ALL ");
        let letters: Vec<u8> = (b'a'..=b'z').collect();
        let cases = format!("{} = {}", sql(&letters), sql(&letters.to_ascii_uppercase()));
        let rows =
            conn.query::<Row, _>(format!("SELECT c, ignored, below, low, {cases} FROM ({rows}) AS q ORDER BY at, c"))?;
        let flag = |row: &Row, at: usize| text(row, at).as_deref() == Some("1");
        let fits = |row: &Row| flag(row, 4) && (flag(row, 1) || flag(row, 2));
        if rows.len() != 33 || !rows.iter().all(fits) {
            return Ok(None);
        }
        let low = rows.iter().find(|row| !flag(row, 1) && flag(row, 3));
        let below_space = low.and_then(|row| text(row, 0)?.parse::<u8>().ok()).map(char::from);
        let number = |row: &Row| text(row, 0).and_then(|n| n.parse::<u8>().ok());
        let ignored = rows.iter().filter(|row| flag(row, 1)).filter_map(number).fold(0, |bits, c| bits | 1 << c);
        Ok(Some(Folding { below_space, ignored }))
    }

    /// Whether every spelling in a column of at most `length` characters lies in the ranges.
    pub fn serves(&self, length: Option<u64>) -> bool {
        self.below_space.is_none() || length.is_some_and(|l| l <= LONGEST)
    }

    /// The range of the spellings of `wanted`, in normal form and ASCII, in a column of at most `length` characters;
    /// none where none fits into it.
    pub fn range(&self, column: &str, wanted: &str, length: Option<u64>) -> Option<String> {
        let room = match length {
            Some(length) => (length as usize).checked_sub(wanted.len())?,
            None => 0,
        };
        let mut low = wanted.to_owned();
        if let Some(c) = self.below_space {
            low.extend(std::iter::repeat_n(c, room));
        }
        Some(format!("({column} >= {} AND {column} < {})", text_literal(&low), text_literal(&format!("{wanted}!"))))
    }

    /// Whether a text is found among the margins, not where its normal form is.
    pub fn is_in_margin(&self, text: &str) -> bool {
        text.chars().take_while(|c| *c <= ' ').any(|c| self.ignored & 1 << u32::from(c) == 0)
    }

    /// The range of everything with one of the characters at its beginning that do not count.
    pub fn margin(column: &str) -> String {
        format!("({column} < '' OR ({column} > '' AND {column} < '!'))")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_begin_below_what_is_filled_up_with_spaces() {
        let padded = Folding { below_space: Some('\t'), ignored: 1 };
        assert_eq!(padded.range("c", "ab", Some(4)).as_deref(), Some("(c >= 'ab\t\t' AND c < 'ab!')"));
        assert_eq!(padded.range("c", "abc", Some(2)), None);
        assert!(padded.serves(Some(255)) && !padded.serves(Some(65_535)) && !padded.serves(None));
        let plain = Folding { below_space: None, ignored: 0 };
        assert_eq!(plain.range("c", "ab", None).as_deref(), Some("(c >= 'ab' AND c < 'ab!')"));
    }

    #[test]
    fn what_begins_with_ignored_characters_is_not_in_the_margin() {
        let folding = Folding { below_space: None, ignored: 1 };
        let cases = [("ab", false), ("\0ab", false), (" ab", true), ("\0\tab", true), ("a b", false)];
        for (text, margin) in cases {
            assert_eq!(folding.is_in_margin(text), margin, "{text:?}");
        }
    }
}
