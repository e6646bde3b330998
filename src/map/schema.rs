//! JSON Schemas of the map's two kinds of file, so that editors complete and check what people write.
//!
//! Kept by hand beside the reader's keys; a test holds the two against each other, so that neither knows a key the
//! other does not. What a schema cannot say (a name that must be declared elsewhere) only the reader and `check` say.

use serde_json::{Map, Value as Json, json};

use super::law::{BASES, Origin, RecipientKind, SAFEGUARDS, SPECIAL};
use super::{Exempt, FieldErase, GROUNDS, NormalForm, Role};
use crate::source::KINDS;

/// The schema of `redress.toml`.
pub fn workspace_schema() -> Json {
    let entries = [
        ("version", json!({"const": 1, "description": "The version of the map's syntax"})),
        ("controller", controller()),
        ("affiliate", named("Another controller with sources of its own", controller())),
        ("purpose", named("What data are used for", purpose())),
        ("recipient", named("Who receives data", recipient())),
        ("automated", named("A decision made without people (GDPR Art. 22)", automated())),
        ("identity", named("A kind of identifier in one namespace", identity())),
        ("erasure", erasure()),
        ("undo", undo()),
        ("retention", named("Why records must stay, until when", retention())),
        ("policy", policy()),
        (
            "ledger",
            table(
                "What is remembered of what was erased",
                &[("keep", period("As long as the longest-lived backup lives"))],
                &["keep"],
            ),
        ),
        ("acknowledge", list("Findings of `redress check` that somebody accepts", acknowledgement())),
    ];
    headed("redress.toml", table("The workspace of a data map", &entries, &["version", "controller"]))
}

/// The schema of `sources/NAME.toml`.
pub fn source_schema() -> Json {
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let own = [
        ("kind", one_of("What kind of source it is", &kinds)),
        ("path", text("The file or folder, from the workspace")),
        ("url", text("The address of a database server; secrets as ${NAME} from the environment")),
        ("controller", text("The affiliate that answers for it; the controller where none is named")),
        ("default_country", country("The country of telephone numbers that name none")),
        ("delimiter", text("csv: the character between fields")),
        ("encoding", text("csv: the encoding, as windows-1252; UTF-8 where none is given")),
        ("collection", named("A table or file of records, named exactly as the source has it", collection())),
    ];
    let entries: Vec<(&str, Json)> = own.into_iter().chain(defaults()).collect();
    headed("sources/NAME.toml", table("A source of a data map", &entries, &["kind"]))
}

fn headed(title: &str, schema: Json) -> Json {
    let mut head = Map::new();
    head.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    head.insert("title".into(), title.into());
    if let Json::Object(rest) = schema {
        head.extend(rest);
    }
    Json::Object(head)
}

fn controller() -> Json {
    let entries = [
        ("name", text("The name of the organisation, printed in archives")),
        ("registration", text("Its registration: register and number")),
        ("contact", text("How to reach it about personal data")),
        ("data_protection_officer", text("How to reach the data protection officer")),
        ("eu_representative", text("The representative in the EU (GDPR Art. 27)")),
        ("uk_representative", text("The representative in the United Kingdom")),
        ("authority", text("The supervisory authority to complain to")),
        ("authorities", named("Supervisory authorities by country", text("The authority of this country"))),
        ("time_zone", text("The IANA time zone in which days begin; UTC where none is given")),
        ("languages", list("The languages people are answered in", text("A language tag: en, de"))),
    ];
    table("Who answers for the data", &entries, &["name"])
}

fn purpose() -> Json {
    let entries = [
        ("label", words("What the data are used for, in plain words")),
        ("basis", codes("The legal basis", &BASES)),
        ("special", codes("The ground for special categories (GDPR Art. 9(2))", &SPECIAL)),
        ("interest", words("Which legitimate interest is pursued")),
        ("mandatory", flag("Whether the person must provide the data")),
    ];
    table("What data are used for", &entries, &["label", "basis"])
}

fn recipient() -> Json {
    let kinds: Vec<&str> = RecipientKind::WORDS.iter().map(|(word, _)| *word).collect();
    let entries = [
        ("label", words("The recipient, as the person may know it")),
        ("kind", one_of("What it is", &kinds)),
        ("country", country("Where it is")),
        ("safeguard", codes("What protects a transfer out of the EU", &SAFEGUARDS)),
        ("contact", text("How to reach it")),
    ];
    table("Who receives data", &entries, &["label", "kind"])
}

fn automated() -> Json {
    let entries = [
        ("label", words("What is decided")),
        ("logic", words("How: the procedure and principles actually applied")),
        ("consequence", words("What it means for the person")),
    ];
    table("A decision made without people", &entries, &["label", "logic", "consequence"])
}

fn identity() -> Json {
    let forms = [NormalForm::Email, NormalForm::Phone, NormalForm::Text, NormalForm::Exact].map(NormalForm::word);
    let entries = [
        ("normal", one_of("How two spellings are recognised as one; exact where it is not said", &forms)),
        (
            "strength",
            one_of("shared: several people may hold a value, and it never identifies alone", &["unique", "shared"]),
        ),
        (
            "hashes",
            json!({"type": "array", "items": {"enum": super::HashKind::ALL.map(super::HashKind::word)}, "description": "Unsalted hashes of values that are kept somewhere; the sweep after an erasure looks for them"}),
        ),
    ];
    table("A kind of identifier", &entries, &[])
}

fn retention() -> Json {
    let entries = [
        ("because", words("Why the records must stay, in plain words")),
        ("law", words("The law that asks for it")),
        ("keep", period("How long")),
        ("then", one_of("What happens after it", &["delete", "anonymise"])),
        ("meanwhile", one_of("What becomes of the records until then", &["keep", "isolate"])),
    ];
    table("A retention rule", &entries, &["because", "keep", "then"])
}

fn erasure() -> Json {
    let grounds = GROUNDS.map(|g| (g.code, g.law));
    let entries = [
        ("ground", codes("The ground where neither the command nor the request names one", &grounds)),
        (
            "alike",
            json!({"type": "integer", "minimum": 1, "description": "How many people must look alike in what is left of a record before it counts as anonymised"}),
        ),
    ];
    table("What holds for every erasure", &entries, &[])
}

fn undo() -> Json {
    let entries =
        [("window", period("For how long")), ("keys", named("Who can, by name", text("The public key of age: age1…")))];
    table("How long an erasure can be taken back: off where it is not said", &entries, &["window", "keys"])
}

fn policy() -> Json {
    let count = |what: &str| json!({"type": "integer", "minimum": 0, "description": what});
    let rights = one_of("A right", &["erasure", "rectification"]);
    let entries = [
        ("approve", list("Rights whose plans a second person must approve", rights)),
        ("approve_above", count("Plans that change more records than this need approval")),
        ("approve_categories", list("So do plans that change records with fields of these categories", category())),
        ("max_records", count("A plan that changes more records than this is not applied")),
        ("typed", flag("Whether the counts must be typed before a plan is applied")),
        ("release", release_policy()),
        ("approvers", named("Who may approve with a key, by name", text("The public key, as minisign writes it"))),
    ];
    table("Four eyes: what a second person must approve, and what is too much for one plan", &entries, &[])
}

fn release_policy() -> Json {
    let rights = one_of("A right", &["access", "portability"]);
    let above = "Archives that hold more records than this need approval";
    let entries = [
        ("approve", list("Rights whose archives a second person must approve before they are handed over", rights)),
        ("approve_above", json!({"type": "integer", "minimum": 0, "description": above})),
        ("approve_categories", list("So do archives with records of collections that have such fields", category())),
        ("approve_plain", flag("So do archives that go out open, and not closed for one person")),
    ];
    table("What a second person must approve before it is handed over", &entries, &[])
}

/// An ISO 8601 duration in calendar units.
fn period(what: &str) -> Json {
    let description = format!("{what}, as an ISO 8601 duration: P10Y, P6M, P30D");
    json!({"type": "string", "pattern": "^P[0-9YMWD]+$", "description": description})
}

fn acknowledgement() -> Json {
    let entries = [
        ("code", text("The code of the finding")),
        ("where", text("The place it names, or the beginning of it")),
        ("because", text("Why it is accepted")),
    ];
    table("An accepted finding", &entries, &["code", "where", "because"])
}

/// What a source or a collection says for everything under it.
fn defaults() -> Vec<(&'static str, Json)> {
    let field = [("category", category()), ("origin", origin()), ("erase", field_erase())];
    vec![
        ("purposes", list("What the records are used for: names of [purpose.…]", text("A purpose"))),
        ("recipients", list("Who receives them: names of [recipient.…]", text("A recipient"))),
        ("automated", list("What is decided by them without people: names of [automated.…]", text("A decision"))),
        ("received_from", words("Where they came from, if not from the person")),
        ("kept", words("How long they are kept, in plain words, where no retention rule says so")),
        ("disclose", disclose()),
        ("default", table("What holds for fields that do not say otherwise", &field, &[])),
    ]
}

fn collection() -> Json {
    let retain = [
        ("rule", text("A rule of redress.toml")),
        ("from", text("The field whose date starts the clock")),
        ("needs", list("The fields the rule needs; other personal fields are anonymised at once", text("A field"))),
    ];
    let isolate = [
        ("flag", text("The field that marks a record as locked away from use")),
        ("value", text("What stands in it then")),
        ("for", period("For how long, where no rule and no decision says it")),
    ];
    let mut fields = named("A column, or a path in a document", field());
    fields["propertyNames"] = json!({"minLength": 1});
    let own = [
        ("label", words("What people read instead of the name")),
        ("person", flag("One record for each person")),
        ("about", one_of("nobody: no personal data", &["subject", "nobody"])),
        ("key", texts("The column, or columns, that address one record")),
        ("identities", named("Which fields hold which identity of the record's owner", texts("The field, or fields"))),
        ("links", list("What ties the records to people, one step nearer to the person", link())),
        ("erase", one_of("What erasure does with the records", &["delete", "anonymise", "isolate", "keep"])),
        ("because", words("Why they are kept")),
        ("decision", decision()),
        ("retain", table("The rule that keeps them for a time", &retain, &["rule"])),
        ("dated", text("The field that says when a record came to be")),
        ("isolate", table("How a record is locked away from use", &isolate, &["flag", "value"])),
        ("non_transactional", one_of("accept: change it although its engine knows no transactions", &["accept"])),
        ("fields", fields),
        ("other", list("Columns that are known and about nobody", text("A column"))),
    ];
    let entries: Vec<(&str, Json)> = own.into_iter().chain(defaults()).collect();
    table("A collection", &entries, &[])
}

fn link() -> Json {
    let roles = Role::ALL.map(Role::word);
    let entries = [
        ("from", texts("The field here, or fields compared together")),
        ("to", texts("\"collection.field\", or \"source.collection.field\"; as many as in from")),
        ("form", texts("How the value is spelled here, as in CUST-{} or {:04}; as many as in from")),
        ("to_form", texts("How it is spelled there; as many as in to")),
        ("role", one_of("What the person there is to the record here", &roles)),
        (
            "where",
            json!({
                "type": "object",
                "description": "Fields here and the text, or texts, each must hold for the link to count",
                "additionalProperties": texts("The text, or texts"),
                "minProperties": 1,
            }),
        ),
        ("shared", flag("Several people may hold the record together")),
        ("decision", decision()),
        ("because", text("The evidence, as init found it")),
    ];
    table("A link", &entries, &["from", "to", "role"])
}

fn field() -> Json {
    let entries = [
        ("category", category()),
        ("label", words("What people read instead of the name")),
        ("codes", named("What the codes in it mean", words("What this code means"))),
        ("origin", origin()),
        ("disclose", disclose()),
        ("exempt", one_of("What speaks against giving it, where it is withheld", &Exempt::WORDS.map(|(word, _)| word))),
        ("about", one_of("About whom it is", &["subject", "other", "organisation"])),
        ("whose", text("In a record of several people: the field of the link or identity to whose person it belongs")),
        ("erase", field_erase()),
    ];
    json!({"anyOf": [text("A label alone"), table("A field", &entries, &[])]})
}

fn category() -> Json {
    json!({"type": "string", "minLength": 1, "description": "What kind of personal data it is (Fideslang)",
        "examples": ["user.name", "user.contact.email", "user.contact.phone_number", "user.contact.address", "user.content.private", "user.financial"]})
}

fn origin() -> Json {
    one_of("Where the value came from", &Origin::WORDS.map(|(word, _)| word))
}

fn disclose() -> Json {
    one_of("Whether it is handed out", &["yes", "review", "never", "silent"])
}

fn decision() -> Json {
    one_of("Who decided; a person, where it is not said", &["open", "accepted unreviewed"])
}

fn field_erase() -> Json {
    let words = FieldErase::WORDS.map(|(word, _)| word);
    let number = |description: &str| json!({"type": "integer", "minimum": 1, "description": description});
    let one = |key: &str, schema: Json| table("A rule with a value", &[(key, schema)], &[key]);
    let inside = json!({"type": "object", "minProperties": 1, "description": "JSON in a column: a rule for each path inside it"});
    json!({"description": "What erasure does with it where the record stays", "anyOf": [
        {"enum": words},
        one("fixed", json!({"type": "string", "description": "This text"})),
        one("band", number("A band of years or numbers of this width")),
        one("first", number("This many characters from its beginning")),
        one("round", number("Rounded down to a multiple of this")),
        one("point", text("The key of the record that stands for everybody who is gone")),
        one("file", text("The folder in which the file it names is deleted")),
        one("inside", inside),
    ]})
}

fn text(description: &str) -> Json {
    json!({"type": "string", "description": description})
}

/// A text, or a list of some.
fn texts(description: &str) -> Json {
    json!({"description": description, "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
}

/// A text, or texts by language.
fn words(description: &str) -> Json {
    json!({"description": description, "anyOf": [{"type": "string"}, {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}]})
}

fn flag(description: &str) -> Json {
    json!({"type": "boolean", "description": description})
}

fn country(description: &str) -> Json {
    json!({"type": "string", "pattern": "^[A-Z]{2}$", "description": format!("{description} (ISO 3166, two capital letters)")})
}

fn one_of(description: &str, words: &[&str]) -> Json {
    json!({"enum": words, "description": description})
}

fn codes(description: &str, list: &[(&str, &str)]) -> Json {
    let told: Vec<String> = list.iter().map(|(code, means)| format!("{code}: {means}")).collect();
    let codes: Vec<&str> = list.iter().map(|(code, _)| *code).collect();
    one_of(&format!("{description}. {}", told.join("; ")), &codes)
}

fn list(description: &str, of: Json) -> Json {
    json!({"type": "array", "items": of, "description": description})
}

/// Tables or texts by a name that people choose.
fn named(description: &str, each: Json) -> Json {
    json!({"type": "object", "additionalProperties": each, "description": description})
}

fn table(description: &str, entries: &[(&str, Json)], required: &[&str]) -> Json {
    let properties: Map<String, Json> =
        entries.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())).collect();
    json!({"type": "object", "description": description, "properties": properties, "required": required, "additionalProperties": false})
}

#[cfg(test)]
mod tests;
