//! What people read instead of a column's name.

use super::kind::Kind;
use super::name::Name;
use super::words;

/// Words before the label that tell two fields of one kind apart.
const BEFORE: [(&str, &str); 30] = [
    ("billing", "Billing"),
    ("bill", "Billing"),
    ("invoice", "Billing"),
    ("rechnung", "Billing"),
    ("rechnungs", "Billing"),
    ("facturation", "Billing"),
    ("shipping", "Delivery"),
    ("ship", "Delivery"),
    ("delivery", "Delivery"),
    ("liefer", "Delivery"),
    ("livraison", "Delivery"),
    ("home", "Home"),
    ("work", "Work"),
    ("office", "Office"),
    ("business", "Business"),
    ("private", "Private"),
    ("primary", "Main"),
    ("main", "Main"),
    ("secondary", "Second"),
    ("second", "Second"),
    ("alternate", "Second"),
    ("alternative", "Second"),
    ("alt", "Second"),
    ("old", "Former"),
    ("former", "Former"),
    ("previous", "Former"),
    ("emergency", "Emergency contact's"),
    ("mailing", "Mailing"),
    ("mobile", "Mobile"),
    ("cell", "Mobile"),
];

/// Abbreviations written out.
const OUT: [(&str, &str); 12] = [
    ("id", "number"),
    ("no", "number"),
    ("nr", "number"),
    ("num", "number"),
    ("dt", "date"),
    ("qty", "quantity"),
    ("amt", "amount"),
    ("cust", "customer"),
    ("emp", "employee"),
    ("addr", "address"),
    ("desc", "description"),
    ("dept", "department"),
];

/// The label of a column of that kind; none where nothing is better than its name.
pub(super) fn label(kind: Kind, name: &Name, column: &str) -> Option<String> {
    if kind.is_personal() && !is_broad(kind) {
        let label = kind.label()?;
        let before =
            name.words.iter().find_map(|w| BEFORE.iter().find(|(word, _)| word == w)).map(|(_, before)| *before);
        return Some(match before.filter(|_| kind != Kind::Password) {
            Some(before) => format!("{before} {}", lower_first(label)),
            None => label.to_owned(),
        });
    }
    from_name(column)
}

/// Whether the name says more than the kind: a diagnosis, a salary, a note.
fn is_broad(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Health
            | Financial
            | FreeText
            | PublicText
            | Preference
            | Social
            | Secret
            | Education
            | OfficialNumber
            | AccountNumber
            | PageVisited
            | Place
            | Workplace
            | Biometric
            | Criminal
    )
}

/// The name itself, readable: `invoice_date` becomes `Invoice date`.
fn from_name(column: &str) -> Option<String> {
    let written = words::written(column);
    let mut out = String::new();
    for (at, word) in written.iter().enumerate() {
        let word = word.to_lowercase();
        // `id` ends a name in English and begins it in French: only at the end it is the number of something.
        let long = OUT.iter().find(|(short, long)| *short == word && (*long != "number" || at + 1 == written.len()));
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(long.map_or(word.as_str(), |(_, long)| *long));
    }
    let mut chars = out.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect())
}

fn lower_first(label: &str) -> String {
    // `E-mail` and `IP address` keep their capitals.
    if label.chars().nth(1).is_some_and(|c| c.is_uppercase()) {
        return label.to_owned();
    }
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
