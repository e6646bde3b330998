//! What fields are called for people: the map's label, or the field's own name made readable.

use crate::archive::visible::line;
use crate::map::Collection;

/// What a field is called: `unit_price` is `Unit price`, `device.os` is `Device: os`.
pub fn label(collection: Option<&Collection>, path: &str) -> String {
    named(collection, path).unwrap_or_else(|| readable(&path.replace("[]", "").replace('.', ": ")))
}

/// What a part inside something already named is called: `items[].unit_price` is `Unit price`.
pub fn last_label(collection: Option<&Collection>, path: &str) -> String {
    named(collection, path).unwrap_or_else(|| readable(path.rsplit('.').next().unwrap_or(path)))
}

fn named(collection: Option<&Collection>, path: &str) -> Option<String> {
    collection?.field(path)?.label.as_deref().map(line)
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

/// A whole number with its thousands apart: `100,000`.
pub fn thousands(n: u64) -> String {
    let mut buffer = itoa::Buffer::new();
    let mut rest = buffer.format(n);
    let mut out = String::with_capacity(rest.len() + rest.len() / 3);
    while rest.len() > 3 {
        let (head, tail) = rest.split_at((rest.len() - 1) % 3 + 1);
        out.extend([head, ","]);
        rest = tail;
    }
    out.push_str(rest);
    out
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
            assert_eq!((label(None, name).as_str(), last_label(None, name).as_str()), (whole, last));
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")] {
            assert_eq!(thousands(n), text);
        }
    }
}
