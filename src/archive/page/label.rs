//! What fields are called for people: the map's label, or the field's own name made readable.

use crate::archive::visible::line;
use crate::language::Language;
use crate::map::Collection;

/// What a field is called: `unit_price` is `Unit price`, `device.os` is `Device: os`.
pub fn label(language: &Language, collection: Option<&Collection>, path: &str) -> String {
    named(language, collection, path).unwrap_or_else(|| readable(&path.replace("[]", "").replace('.', ": ")))
}

/// What a part inside something already named is called: `items[].unit_price` is `Unit price`.
pub fn last_label(language: &Language, collection: Option<&Collection>, path: &str) -> String {
    named(language, collection, path).unwrap_or_else(|| readable(path.rsplit('.').next().unwrap_or(path)))
}

fn named(language: &Language, collection: Option<&Collection>, path: &str) -> Option<String> {
    collection?.field(path)?.label_in(language.tag()).map(line)
}

fn readable(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for c in line(name).chars() {
        match c {
            '_' => words.push(' '),
            c if c.is_uppercase() && before.is_lowercase() => {
                words.push(' ');
                words.extend(c.to_lowercase());
            }
            c if words.is_empty() => words.extend(c.to_uppercase()),
            c => words.push(c),
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_readable() {
        let cases = [
            ("unit_price", "Unit price", "Unit price"),
            ("BillingCity", "Billing city", "Billing city"),
            ("email", "Email", "Email"),
            ("device.id", "Device: id", "Id"),
            ("items[].unit_price", "Items: unit price", "Unit price"),
        ];
        for (name, whole, last) in cases {
            let english = Language::of(crate::language::Tag::English);
            assert_eq!((label(english, None, name).as_str(), last_label(english, None, name).as_str()), (whole, last));
        }
    }
}
