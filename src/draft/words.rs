//! The words in names of tables and columns: taken apart, brought to one number, compared.
//!
//! What a word means for roles and persons is in `vocabulary`; here they are only words.

/// The words of a name, in lower case: `CustomerId`, `customer_id` and `customer-id` are the same two.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        if !c.is_alphanumeric() {
            push(&mut out, &mut word);
            continue;
        }
        let before = i.checked_sub(1).map(|j| chars[j]);
        let starts = c.is_uppercase()
            && before.is_some_and(|b| {
                let next_is_lower = chars.get(i + 1).is_some_and(|n| n.is_lowercase());
                b.is_lowercase() || b.is_ascii_digit() || b.is_uppercase() && next_is_lower
            });
        if starts {
            push(&mut out, &mut word);
        }
        word.extend(c.to_lowercase());
    }
    push(&mut out, &mut word);
    out
}

fn push(out: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        out.push(std::mem::take(word));
    }
}

/// Words that say that a column identifies something.
const MARKS: &[&str] = &[
    "id",
    "ids",
    "no",
    "nr",
    "num",
    "number",
    "nbr",
    "key",
    "keys",
    "code",
    "uuid",
    "guid",
    "ref",
    "reference",
    "fk",
    "pk",
    "oid",
    "sk",
    "identifier",
    "rowid",
    "nummer",
    "numero",
    "uid",
    "recid",
    "seq",
    "编号",
    "编码",
    "标识",
    "序号",
    "番号",
    "번호",
    "matricule",
    "codigo",
    "cod",
    "kennung",
    "progr",
    "progressivo",
    "lfdnr",
];

/// Whether the word only says that something is identified.
pub(super) fn is_mark(word: &str) -> bool {
    MARKS.contains(&word)
}

/// What a column's name says it identifies: its words without marks, each in the singular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stem {
    /// The words left; empty for `id`.
    pub words: Vec<String>,
    /// Whether there was a mark.
    pub marked: bool,
}

/// The stem of a column; of a path in a document, its last two names, as `user.id` means the user.
pub(super) fn stem(column: &str) -> Stem {
    let plain = column.replace("[]", "");
    let mut parts = plain.rsplit('.');
    let last = parts.next().unwrap_or_default();
    let mut stem = stem_of(last);
    if stem.words.is_empty()
        && let Some(above) = parts.next()
    {
        stem.words = words(above).iter().filter(|w| !is_mark(w)).map(|w| singular(w)).collect();
    }
    stem
}

fn stem_of(name: &str) -> Stem {
    let mut stem = Stem { words: Vec::new(), marked: false };
    let all = words(name);
    for word in &all {
        if is_mark(word) {
            stem.marked = true;
            continue;
        }
        match (person_within(word), glued(word)) {
            (Some(parts), _) => {
                stem.marked = true;
                stem.words.extend(parts.map(singular));
            }
            (None, Some(rest)) => {
                stem.marked = true;
                stem.words.push(singular(rest));
            }
            (None, None) => stem.words.push(singular(word)),
        }
    }
    stem
}

/// A person's number with what she is to the record written in one with it: `useridfrom`, `touserid`.
fn person_within(word: &str) -> Option<[&str; 2]> {
    const PEOPLE: &[&str] = &["user", "member", "person", "customer", "client", "account", "contact", "employee"];
    const SIDES: &[&str] = &["from", "to", "by", "sender", "receiver", "recipient", "author", "creator", "owner"];
    PEOPLE.iter().find_map(|person| {
        let after = word.strip_prefix(person).and_then(|rest| rest.strip_prefix("id"));
        let before = word.strip_suffix("id").and_then(|rest| rest.strip_suffix(person));
        let side = after.or(before).filter(|side| SIDES.contains(side))?;
        Some([side, *person])
    })
}

/// The word before or after a mark written in one with it: `custid`, `fkuser`, `idcliente`.
fn glued(word: &str) -> Option<&str> {
    // Words that end in "id" by themselves.
    const WHOLE: &[&str] = &[
        "paid", "valid", "void", "grid", "bid", "aid", "avoid", "android", "covid", "said", "fluid", "solid", "rapid",
        "hybrid", "invalid", "prepaid", "unpaid", "raid", "maid", "kid",
    ];
    if WHOLE.contains(&word) {
        return None;
    }
    let cjk = ["编号", "编码", "标识", "番号", "번호"].iter().find_map(|m| word.strip_suffix(m));
    if let Some(rest) = cjk.filter(|rest| !rest.is_empty()) {
        return Some(rest);
    }
    let ends = ["uuid", "guid", "id", "fk", "nr", "num"].iter().find_map(|m| word.strip_suffix(m));
    let starts = || ["fk", "id"].iter().find_map(|m| word.strip_prefix(m)).filter(|rest| rest.len() >= 4);
    let short = || word.strip_suffix("nr").filter(|rest| rest.len() == 2);
    ends.filter(|rest| rest.len() >= 3).or_else(short).or_else(starts)
}

/// The singular of an English plural, as far as comparing needs; other words as they are.
pub(super) fn singular(word: &str) -> String {
    let irregular = [
        ("people", "person"),
        ("persons", "person"),
        ("men", "man"),
        ("women", "woman"),
        ("children", "child"),
        ("staff", "staff"),
        ("news", "news"),
        ("series", "series"),
        ("status", "status"),
        ("address", "address"),
        ("movies", "movie"),
        ("cookies", "cookie"),
        ("employees", "employee"),
        ("data", "data"),
    ];
    if let Some((_, one)) = irregular.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    let cut = |n: usize| word[..word.len() - n].to_owned();
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    if word.ends_with("ies") {
        return format!("{}y", cut(3));
    }
    if ["sses", "shes", "ches", "xes", "zes", "uses"].iter().any(|e| word.ends_with(e)) {
        return cut(2);
    }
    match word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e)) {
        true => cut(1),
        false => word.to_owned(),
    }
}

/// Whether two words are forms of one: equal, or equal but for an ending (`kunde`, `kunden`).
pub(super) fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short).unwrap_or("too far");
    // Endings of plurals in Romance and Germanic languages.
    short.chars().count() >= 4 && matches!(rest, "n" | "en" | "e" | "s" | "es" | "er" | "i" | "r")
        || short.len() >= 5 && romance(short, long)
}

/// `utente`, `utenti`: the same but for the last vowel.
fn romance(a: &str, b: &str) -> bool {
    let body = |w: &str| w.strip_suffix(['a', 'e', 'i', 'o']).map(str::to_owned);
    a.len() == b.len() && body(a).is_some_and(|x| body(b).is_some_and(|y| x == y))
}

/// Whether two runs of words are the same, or the same when written in one.
pub(super) fn same(a: &[String], b: &[String]) -> bool {
    if a.is_empty() || b.is_empty() {
        return false;
    }
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| alike(x, y)) || alike(&a.concat(), &b.concat())
}

/// Whether `short` may abbreviate `long`: a beginning of it, or its letters in order (`cust`, `dept`).
pub(super) fn abbreviates(short: &str, long: &str) -> bool {
    if short.len() < 3 || long.len() < short.len() + 2 || !short.is_ascii() {
        return false;
    }
    if long.starts_with(short) {
        return true;
    }
    if short.len() > 5 || short.as_bytes()[0] != *long.as_bytes().first().unwrap_or(&0) {
        return false;
    }
    let mut letters = long.chars();
    short.chars().all(|c| letters.any(|l| l == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart() {
        let cases = [
            ("CustomerId", "customer id"),
            ("customer_id", "customer id"),
            ("HTTPServerURL", "http server url"),
            ("CUSTID", "custid"),
            ("ownerUserId", "owner user id"),
            ("line2", "line2"),
        ];
        for (name, expected) in cases {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn what_a_column_identifies() {
        let cases = [
            ("CustomerId", "customer", true),
            ("CUSTID", "cust", true),
            ("id_cliente", "cliente", true),
            ("idcliente", "cliente", true),
            ("fk_user", "user", true),
            ("user", "user", false),
            ("paid", "paid", false),
            ("billing_addresses_id", "billing address", true),
            ("user.id", "user", true),
            ("items[].product_id", "product", true),
            ("passenger_ids[]", "passenger", true),
            ("id", "", true),
            ("useridfrom", "from user", true),
            ("touserid", "to user", true),
            ("tokenid", "token", true),
        ];
        for (name, words, marked) in cases {
            let stem = stem(name);
            assert_eq!((stem.words.join(" ").as_str(), stem.marked), (words, marked), "{name}");
        }
    }

    #[test]
    fn forms_of_one_word() {
        for (a, b, expected) in [
            ("kunde", "kunden", true),
            ("cliente", "clientes", true),
            ("utente", "utenti", true),
            ("order", "orders", true),
            ("user", "used", false),
            ("store", "stored", false),
            ("cat", "category", false),
        ] {
            assert_eq!(alike(a, b), expected, "{a} {b}");
        }
        assert!(abbreviates("cust", "customer") && abbreviates("dept", "department") && abbreviates("emp", "employee"));
        assert!(!abbreviates("id", "identity") && !abbreviates("item", "item"));
        assert_eq!(singular("addresses"), "address");
        assert_eq!(singular("categories"), "category");
        assert_eq!(singular("status"), "status");
    }
}
