//! Which numbers are quantities, and may be written with the signs of the reader's language.
//!
//! A number may be a name: of an order, a year, a version. Nothing but its field tells. What has a fraction in a type for
//! numbers is a quantity; whole numbers and texts only where the field is called so (`total`, `unit_price`). Keys,
//! identities, links and codes never are.

use crate::language::Language;
use crate::map::Collection;
use crate::record::Value;

/// Words of fields that hold quantities.
const WORDS: [&str; 24] = [
    "amount", "balance", "bytes", "cost", "count", "deposit", "discount", "distance", "duration", "fee", "height",
    "income", "length", "paid", "points", "price", "quantity", "salary", "size", "sum", "tax", "total", "turnover",
    "weight",
];
const CURRENCIES: [&str; 6] = ["eur", "usd", "gbp", "sgd", "cny", "chf"];

/// What the numbers of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Names: they stay as they are.
    Names,
    /// Nothing says it: only what has a fraction is written anew.
    Unknown,
    /// Quantities.
    Quantities,
}

/// What the numbers of a field are: its last word, or the one before a currency, says so.
pub fn numbers(collection: Option<&Collection>, path: &str) -> Numbers {
    let name = path.rsplit('.').next().unwrap_or(path).trim_end_matches("[]");
    let mut words = words(name);
    if words.len() > 1 && words.last().is_some_and(|word| CURRENCIES.contains(&word.as_str())) {
        words.pop();
    }
    match words.last() {
        _ if collection.is_some_and(|c| is_name(c, path)) => Numbers::Names,
        Some(word) if WORDS.contains(&word.as_str()) => Numbers::Quantities,
        _ => Numbers::Unknown,
    }
}

/// Whether a field names something: a key, an identity, a link, a code.
fn is_name(collection: &Collection, path: &str) -> bool {
    collection.key.iter().any(|name| name == path)
        || collection.identities.iter().any(|(_, field)| field.as_str() == path)
        || collection.links.iter().any(|link| link.from.iter().any(|field| field.as_str() == path))
        || collection.field(path).is_some_and(|field| !field.codes.is_empty())
}

/// `unit_price` and `UnitPrice` are `unit`, `price`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a value may be a number at all: cheap, and most values are none.
pub fn is_numeral(value: &Value) -> bool {
    match value {
        Value::Int(_) | Value::Decimal(_) | Value::Float(_) => true,
        Value::Text(text) => text.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
        _ => false,
    }
}

/// A value as the language writes quantities; `None`: as it is.
pub fn quantity(language: &Language, numbers: Numbers, value: &Value) -> Option<String> {
    let all = numbers == Numbers::Quantities;
    match value {
        _ if numbers == Numbers::Names => None,
        Value::Decimal(digits) if all || digits.contains('.') => language.digits(digits),
        Value::Int(n) if all => Some(language.number(*n)),
        Value::Text(text) if all => language.digits(text),
        Value::Float(x) if all || x.fract() != 0.0 => language.digits(&value.plain()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Tag;
    use crate::record::FieldPath;

    #[test]
    fn names_stay_as_they_are_and_quantities_have_the_signs_of_the_language() {
        let german = |path: &str, value: Value| quantity(Language::of(Tag::German), numbers(None, path), &value);
        let cases = [
            ("total", Value::Int(1_234_567), Some("1.234.567")),
            ("UnitPrice", Value::from("1234.50"), Some("1.234,50")),
            ("items[].unit_price", Value::from("18.50"), Some("18,50")),
            ("amount_eur", Value::from("18.50"), Some("18,50")),
            ("rate", Value::Decimal("0.190".into()), Some("0,190")),
            ("order_no", Value::Int(100_234), None),
            ("year", Value::Int(2024), None),
            ("postcode", Value::from("10115"), None),
            ("version", Value::from("1.10"), None),
            ("account", Value::Decimal("1000000".into()), None),
            ("total", Value::from("12 to 14"), None),
            ("discount_code", Value::Int(123_456), None),
        ];
        for (path, value, expected) in cases {
            assert_eq!(german(path, value).as_deref(), expected, "{path}");
        }
        let keyed = Collection {
            key: vec!["total".into()],
            identities: vec![("account".into(), FieldPath::column("points"))],
            ..Collection::default()
        };
        let of = |path: &str| numbers(Some(&keyed), path);
        assert_eq!([of("total"), of("points"), of("price")], [Numbers::Names, Numbers::Names, Numbers::Quantities]);
        assert_eq!(quantity(Language::of(Tag::German), Numbers::Names, &Value::Decimal("1.5".into())), None);
    }
}
