//! The words of a name, however it is written: `billing_eMail2`, `CustomerName`, `CUSTNAME`, `Kundennummer`, `客户姓名`.
//!
//! Words come in lower case without accents, in the singular where that is the known form. A word nobody knows is cut
//! into known ones where they cover it whole.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{collection, others, rules};

/// Words that stand in names beside those of the phrases, so that names written together can be cut.
const BESIDE: &str = "strassen by of to in for the and or with billing bill shipping ship delivery home work office private \
    personal business primary secondary main alternate alternative alt old new previous former current \
    last first second other original default temporary permanent invoice mailing postal registered \
    customer cust client user usr account acct acc member employee emp staff person contact product prod \
    item order sales sale vendor supplier support service rep representative billto shipto legal tax \
    home daily total sum file host film song event log error test data info kunden kunde benutzer \
    mitarbeiter rechnung rechnungs liefer lieferung bestell bestellung produkt artikel liste daten stamm \
    stammdaten konto facturation livraison envio facturacion entrega fatura fattura spedizione levering \
    valid paid void solid grid bid android covid invalid unpaid prepaid fluid hybrid rapid resident \
    president incident accident";

/// Shorter words that may still be parts of a word written together.
const SHORT: [&str; 14] = ["id", "no", "nr", "nm", "ip", "dt", "cd", "by", "at", "on", "to", "号", "名", "id"];

/// Every word that is known.
static KNOWN: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let phrases = rules::all().map(|(_, phrase)| phrase).chain(collection::phrases()).chain(others::phrases());
    phrases.flat_map(str::split_whitespace).chain(BESIDE.split_whitespace()).collect()
});

/// A text in lower case, without accents.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
            'ł' | 'ľ' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ß' => "ss",
            'ť' | 'ț' => "t",
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            '\u{300}'..='\u{36f}' => "",
            c => {
                out.push(c);
                continue;
            }
        };
        out.push_str(plain);
    }
    out
}

/// The words as the name separates them, as written.
pub(super) fn written(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() && !is_mark(*c) {
            words.push(std::mem::take(&mut word));
            continue;
        }
        if at > 0 && begins(chars[at - 1], *c, chars.get(at + 1).copied()) {
            words.push(std::mem::take(&mut word));
        }
        word.push(*c);
    }
    words.push(word);
    words.retain(|w| !w.is_empty());
    words
}

/// Whether a word begins at `c`, after `before`: `eMail`, `IPAddress`, `line2`, `qq号`.
fn begins(before: char, c: char, after: Option<char>) -> bool {
    let upper =
        c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && after.is_some_and(char::is_lowercase));
    upper || c.is_numeric() != before.is_numeric() || is_chinese(c) != is_chinese(before)
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The words of a name as the phrases know them.
pub(super) fn split(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in written(name) {
        let word = fold(&word);
        if word.bytes().all(|b| b.is_ascii_digit()) {
            // A number is part of few words: `last4`, `sha256`, `ipv4`.
            if let Some(joined) = out.last().and_then(|last| known(&format!("{last}{word}")))
                && let Some(last) = out.last_mut()
            {
                *last = joined;
            }
            continue;
        }
        match known(&word) {
            Some(known) => out.push(known),
            None => out.extend(cut(&word)),
        }
    }
    out
}

/// A word as the phrases know it: in the singular, where that is known.
pub(super) fn known(word: &str) -> Option<String> {
    let singular = [("ies", "y"), ("sses", "ss"), ("s", ""), ("es", "")];
    let ends = singular.iter().filter_map(|(end, instead)| Some(format!("{}{instead}", word.strip_suffix(end)?)));
    let found = ends.into_iter().find(|w| (w.chars().count() > 2 || w == "id") && KNOWN.contains(w.as_str()));
    found.or_else(|| KNOWN.contains(word).then(|| word.to_owned()))
}

/// A word that nobody knows, cut into the fewest known ones that cover it; itself where they do not.
fn cut(word: &str) -> Vec<String> {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]).collect();
    let chinese = word.chars().all(is_chinese);
    if word.is_empty() || ends.len() > 40 {
        return vec![word.to_owned()];
    }
    // For each end: the fewest parts up to there, and where the last of them begins.
    let mut fewest: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    fewest[0] = Some((0, 0));
    for to in ends {
        for from in (0..to).filter(|at| word.is_char_boundary(*at)) {
            let Some((parts, _)) = fewest[from] else { continue };
            let part = &word[from..to];
            let long = part.chars().count() >= 3 || SHORT.contains(&part) || chinese;
            let fits = long && known(part).is_some() || chinese && part.chars().count() == 1;
            // A single unknown character is the dearest part.
            let cost = if known(part).is_some() { parts + 1 } else { parts + 3 };
            if fits && fewest[to].is_none_or(|(best, _)| cost <= best) {
                fewest[to] = Some((cost, from));
            }
        }
    }
    let mut parts = Vec::new();
    let mut to = word.len();
    while let Some((_, from)) = fewest[to].filter(|_| to > 0) {
        parts.push(known(&word[from..to]).unwrap_or_else(|| word[from..to].to_owned()));
        to = from;
    }
    if to > 0 {
        return vec![word.to_owned()];
    }
    parts.reverse();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_cut_into_words() {
        let cases = [
            ("billing_eMail2", "billing e mail"),
            ("CustomerName", "customer name"),
            ("CUSTNAME", "cust name"),
            ("CUST_NM", "cust nm"),
            ("IPAddress", "ip address"),
            ("Kundennummer", "kundennummer"),
            ("Straßenname", "strassen name"),
            ("prénom", "prenom"),
            ("客户姓名", "客户姓名"),
            ("用户手机号", "用户 手机号"),
            ("emailaddress", "email address"),
            ("emails", "email"),
            ("last4", "last4"),
            ("address_line_2", "address line"),
            ("filename", "filename"),
            ("qty-on-hand", "qty on hand"),
            ("", ""),
        ];
        for (name, words) in cases {
            assert_eq!(split(name).join(" "), words, "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_name_has_words(name in "\\PC{0,60}") {
            for word in split(&name) {
                prop_assert!(!word.is_empty());
            }
        }
    }
}
