//! `[controller]`, `[affiliate.NAME]`, `[purpose.NAME]`, `[recipient.NAME]`, `[automated.NAME]`, `[[acknowledge]]`: who
//! answers for the data, why they are held, who receives them, and what `check` need not say again.

use jiff::tz;
use std::collections::BTreeMap;

use super::keys;
use super::node::{Node, Table};
use crate::map::law::{
    Acknowledged, AutomatedDecision, BASES, Controller, Origin, Purpose, Recipient, RecipientKind, SAFEGUARDS, SPECIAL,
    Words,
};

/// The words of `origin`.
pub(super) const ORIGIN: [(&str, Origin); 4] = Origin::WORDS;

/// Reads a controller or an affiliate.
pub(super) fn controller(node: &Node<'_>) -> Option<Controller> {
    let table = node.table(keys::CONTROLLER)?;
    let text = |key| table.get(key).and_then(|n| n.text()).map(str::to_owned);
    // An empty name is what a draft holds until somebody fills it in; `check` reminds of it.
    let name = table.need("name", "write the name of the organisation that answers for the data");
    Some(Controller {
        name: name.and_then(|n| n.any_text()).unwrap_or_default().to_owned(),
        registration: text("registration"),
        contact: text("contact"),
        officer: text("data_protection_officer"),
        eu_representative: text("eu_representative"),
        uk_representative: text("uk_representative"),
        authority: text("authority"),
        authorities: authorities(&table),
        time_zone: table.get("time_zone").and_then(|n| time_zone(&n)),
        languages: languages(&table),
    })
}

fn authorities(table: &Table<'_>) -> BTreeMap<String, String> {
    let entries = table.named("authorities").into_iter();
    entries.filter_map(|n| is_country(&n, n.name).then(|| Some((n.name.to_owned(), n.text()?.to_owned())))?).collect()
}

fn languages(table: &Table<'_>) -> Vec<String> {
    let texts = table.get("languages").and_then(|n| n.texts()).unwrap_or_default();
    texts.into_iter().filter(|(tag, node)| is_language(node, tag, false)).map(|(tag, _)| tag.to_owned()).collect()
}

fn time_zone(node: &Node<'_>) -> Option<String> {
    let text = node.text()?;
    // A machine without a time zone database knows no zone; that is no fault of the map.
    if tz::TimeZone::get(text).is_err() && !tz::db().is_definitively_empty() {
        let names: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
        let hint = match super::suggest::nearest(text, names.iter().map(String::as_str)) {
            Some(name) => format!("did you mean {name}?"),
            None => "give an IANA name such as Asia/Singapore or UTC".to_owned(),
        };
        node.fault(format!("{text:?} is not a known time zone"), Some(hint));
    }
    Some(text.to_owned())
}

/// Reads a purpose.
pub(super) fn purpose(node: &Node<'_>) -> Option<Purpose> {
    let table = node.table(keys::PURPOSE)?;
    let label = table.need("label", "say in plain words what the data are used for");
    let basis = table.need("basis", "name the legal basis: basis = \"A6-1-b\"").and_then(|n| code(&n, &BASES));
    let interest = table.get("interest").and_then(|n| words(&n));
    if basis.as_deref() == Some("A6-1-f") && interest.is_none() {
        let hint = "say which interest is pursued: interest = \"…\" (GDPR Art. 13(1)(d))";
        table.fault("a legitimate interest that is not named", Some(hint.into()));
    }
    let label = label.and_then(|n| words(&n));
    let special = table.get("special").and_then(|n| code(&n, &SPECIAL));
    let mandatory = table.get("mandatory").and_then(|n| n.flag()).unwrap_or_default();
    let name = node.name.to_owned();
    Some(Purpose { name, label: label?, basis: basis?, special, interest, mandatory })
}

/// Reads a recipient.
pub(super) fn recipient(node: &Node<'_>) -> Option<Recipient> {
    let table = node.table(keys::RECIPIENT)?;
    let label = table.need("label", "name the recipient, as the person may know it");
    let kinds = "one of: processor, controller, joint, authority, users";
    let kind = table.need("kind", kinds).and_then(|n| n.word(&RecipientKind::WORDS));
    let country = table.get("country").and_then(|n| n.text().filter(|text| is_country(&n, text)).map(str::to_owned));
    let label = label.and_then(|n| words(&n));
    let safeguard = table.get("safeguard").and_then(|n| code(&n, &SAFEGUARDS));
    let contact = table.get("contact").and_then(|n| n.text()).map(str::to_owned);
    let name = node.name.to_owned();
    Some(Recipient { name, label: label?, kind: kind?, country, safeguard, contact })
}

/// Reads an automated decision.
pub(super) fn automated(node: &Node<'_>) -> Option<AutomatedDecision> {
    let table = node.table(keys::AUTOMATED)?;
    let need = |key, hint: &str| table.need(key, hint).and_then(|n| words(&n));
    let label = need("label", "say what is decided");
    let logic = need("logic", "say how: the procedure and principles actually applied");
    let consequence = need("consequence", "say what it means for the person");
    Some(AutomatedDecision { name: node.name.to_owned(), label: label?, logic: logic?, consequence: consequence? })
}

/// Reads what somebody has looked at and accepts.
pub(super) fn acknowledged(root: &Table<'_>) -> Vec<Acknowledged> {
    let items = root.get("acknowledge").and_then(|n| n.items()).unwrap_or_default();
    items.iter().filter_map(acknowledgement).collect()
}

fn acknowledgement(node: &Node<'_>) -> Option<Acknowledged> {
    let table = node.table(keys::ACKNOWLEDGE)?;
    let need = |key, hint: &str| table.need(key, hint).and_then(|n| n.text()).map(str::to_owned);
    let code = need("code", "the code in brackets, as `redress check` prints it");
    let place = need("where", "the place it names, or the beginning of it: \"shop.orders\"");
    let because = need("because", "say why this is accepted");
    Some(Acknowledged { code: code?, place: place?, because: because?, at: table.place() })
}

/// A text, or a table of texts by language.
pub(super) fn words(node: &Node<'_>) -> Option<Words> {
    if !node.is_table() {
        return Some(Words::plain(node.text()?));
    }
    let entries = node.open_table()?.entries();
    if entries.is_empty() {
        node.fault("is empty", Some("give a text, or texts by language: { en = \"…\", de = \"…\" }".into()));
    }
    let by_language =
        |n: &Node<'_>| is_language(n, n.name, true).then(|| Some((n.name.to_owned(), n.text()?.to_owned())))?;
    let languages: BTreeMap<String, String> = entries.iter().filter_map(by_language).collect();
    let general = languages.get("en").or(languages.values().next())?.clone();
    Some(Words { text: general, languages })
}

/// A code of a closed list.
fn code(node: &Node<'_>, list: &[(&str, &str)]) -> Option<String> {
    let codes: Vec<(&str, String)> = list.iter().map(|(code, _)| (*code, (*code).to_owned())).collect();
    node.word(&codes)
}

fn is_country(node: &Node<'_>, text: &str) -> bool {
    let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    if !fits {
        node.fault(
            format!("{text:?} is not a country"),
            Some("two capital letters (ISO 3166), as in SG, DE, GB".into()),
        );
    }
    fits
}

fn is_language(node: &Node<'_>, tag: &str, is_key: bool) -> bool {
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    let main =
        tag.split('-').next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    let fits = main && tag.split('-').all(part);
    if !fits {
        let (message, hint) = (format!("{tag:?} is not a language"), "a tag such as en, de or zh-Hans (BCP 47)");
        match is_key {
            true => node.key_fault(message, Some(hint.into())),
            false => node.fault(message, Some(hint.into())),
        }
    }
    fits
}
