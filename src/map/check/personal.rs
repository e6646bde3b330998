//! Whether a column nobody mentioned looks personal, by its name or by its values.
//!
//! A hint for people, never a rule: what is not recognised here is withheld all the same.

use std::net::IpAddr;

use crate::record::{FieldPath, Record};

/// Words in names of columns that hold something about people.
const WORDS: &str = "email mail phone telephone tel telefon telefono mobile handy fax name firstname lastname fullname \
    surname forename nachname vorname nombre apellido nom prenom cognome nome username nickname login address adresse \
    direccion indirizzo street strasse rue calle zip postcode plz city birth birthday birthdate dob geburtsdatum gender \
    sex nationality religion health diagnosis salary iban bic card passport ssn tax vat ip cookie device latitude \
    longitude lat lng password avatar photo signature person customer user contact";

/// What speaks for a column being personal, in words; none where nothing does.
pub(super) fn looks(name: &str, path: &FieldPath, sample: &[Record]) -> Option<String> {
    if let Some(kind) = by_values(path, sample) {
        return Some(format!("its values look like {kind}"));
    }
    words(name).any(|word| is_personal(&word)).then(|| "its name says so".to_owned())
}

fn is_personal(word: &str) -> bool {
    WORDS.split_whitespace().any(|known| known == word)
}

/// The words of a name, in lower case: `billing_eMail2`, `items[].CustomerName`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut before_is_lower = false;
    for c in name.chars() {
        if !c.is_alphabetic() || c.is_uppercase() && before_is_lower {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphabetic(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before_is_lower = c.is_lowercase();
    }
    // `eMail` and `e_mail` are one word too.
    let joined: Vec<String> = words.windows(2).map(|pair| pair.concat()).collect();
    words.into_iter().chain(joined)
}

/// Whether a text is of one kind.
type Is = fn(&str) -> bool;

/// Of which kind most of the values are; none where they are of none.
pub(super) fn by_values(path: &FieldPath, sample: &[Record]) -> Option<&'static str> {
    let values = sample.iter().flat_map(|record| record.at(path)).filter_map(|value| value.plain());
    let texts: Vec<String> = values.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    let kinds: [(&str, Is); 5] = [
        ("e-mail addresses", is_email),
        ("network addresses", |text| text.contains(['.', ':']) && text.parse::<IpAddr>().is_ok()),
        ("bank account numbers", |text| text.parse::<iban::Iban>().is_ok()),
        ("card numbers", is_card),
        ("telephone numbers", is_phone),
    ];
    let most = |is: &Is| texts.iter().filter(|text| is(text)).count() * 2 > texts.len();
    kinds.iter().find(|(_, is)| most(is)).map(|(kind, _)| *kind)
}

/// Whether a text looks like an e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty() && domain.contains('.') && !domain.contains(char::is_whitespace)
}

fn is_card(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let number = (13..=19).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    number && !digits.bytes().all(|b| b == b'0') && luhn::valid(&digits)
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let only = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '/' | '.');
    text.starts_with('+') && (8..=15).contains(&digits) && text.chars().all(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Value;

    fn looks_like(name: &str, values: &[&str]) -> Option<String> {
        let record = |v: &&str| Record::new([name.to_owned()].into(), vec![Value::from(*v)]);
        looks(name, &FieldPath::column(name), &values.iter().map(record).collect::<Vec<_>>())
    }

    #[test]
    fn names_and_values_give_a_column_away() {
        let cases = [
            ("c1", &["ana@example.com", "", "bo@example.org"][..], Some("its values look like e-mail addresses")),
            ("c1", &["10.0.0.1", "2001:db8::1"], Some("its values look like network addresses")),
            ("c1", &["DE44500105175407324931"], Some("its values look like bank account numbers")),
            ("c1", &["4111 1111 1111 1111"], Some("its values look like card numbers")),
            ("c1", &["+65 6123 4567"], Some("its values look like telephone numbers")),
            ("c1", &["12", "red", "@home"], None),
            ("billing_eMail2", &[], Some("its name says so")),
            ("CustomerName", &["x"], Some("its name says so")),
            ("lastName", &[], Some("its name says so")),
            ("filename", &["x"], None),
            ("quantity", &["1"], None),
        ];
        for (name, values, kind) in cases {
            assert_eq!(looks_like(name, values).as_deref(), kind, "{name}");
        }
    }
}
