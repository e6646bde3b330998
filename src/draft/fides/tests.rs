//! A dataset over a drafted source: each pitfall of the import, and that what is said is kept.

use std::path::Path;

use super::*;
use crate::map::{Address, Disclose};

fn collection(name: &str, key: &[&str], person: bool) -> Collection {
    let key = key.iter().map(|k| (*k).to_owned()).collect();
    Collection { name: name.to_owned(), key, person, decision: Decision::Unreviewed, ..Collection::default() }
}

fn drafted() -> Draft {
    let mut customers = collection("customers", &["id"], true);
    customers.other = vec!["mail".into(), "plan".into()];
    let hash = Field { disclose: Some(Disclose::Never), ..Field::default() };
    customers.fields.insert("password".into(), hash);
    customers.fields.insert("city".into(), Field { category: Some("user.contact".into()), ..Field::default() });
    let source = SourceMap {
        name: "shop".into(),
        address: Address { kind: "sqlite".into(), written: "shop.db".into(), ..Address::default() },
        collections: vec![
            customers,
            collection("orders", &["no"], false),
            collection("lines", &["no", "line"], false),
            collection("addresses", &["id"], false),
            collection("audit", &["id"], false),
            Collection { about: About::Nobody, ..collection("products", &["id"], false) },
        ],
        ..SourceMap::default()
    };
    Draft { sources: vec![source], ..Draft::default() }
}

const SHOP: &str = "
dataset:
  - fides_key: shop_dataset
    collections:
      - name: customers
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: mail, data_categories: [user.contact.email], fides_meta: {identity: email, masking_strategy_override: {strategy: hmac}}}
          - {name: password, data_categories: [system.operations]}
          - {name: city, data_categories: [system.operations]}
          - {name: plan, data_categories: [username.not_a_user_category]}
          - {name: address_id, fides_meta: {references: [{dataset: shop_dataset, field: addresses.id, direction: to}]}}
          - {name: boss, fides_meta: {references: [{dataset: shop_dataset, field: customers.id, direction: from}]}}
      - name: orders
        fields:
          - {name: customer, fides_meta: {references: [{dataset: shop_dataset, field: customers.id, direction: from}]}}
          - {name: seller, fides_meta: {references: [{dataset: shop_dataset, field: customers.id}]}}
      - name: lines
        fields:
          - {name: no, fides_meta: {primary_key: true, references: [{dataset: shop_dataset, field: orders.no, direction: from}]}}
          - {name: firm, fides_meta: {references: [{dataset: shop_dataset, field: orders.firm, direction: from}]}}
      - name: addresses
        fides_meta: {masking_strategy_override: {strategy: delete}}
        fields:
          - {name: street, data_categories: [user.contact.address.street]}
          - {name: product, data_categories: [system.operations], fides_meta: {references: [{dataset: shop_dataset, field: products.id, direction: to}]}}
      - name: products
        fields: [{name: id, fides_meta: {primary_key: true}}]
      - name: gone
        fields: [{name: id}]
";

fn imported() -> Draft {
    let mut draft = drafted();
    let datasets = parse(SHOP, Path::new("shop.yml")).unwrap();
    let sources = BTreeMap::from([("shop_dataset".to_owned(), "shop".to_owned())]);
    import(&mut draft, "shop", &datasets[0], &sources);
    draft
}

fn links(draft: &Draft, name: &str) -> Vec<String> {
    let one = draft.sources[0].collection(name).unwrap();
    let text = |l: &Link| {
        let join = |paths: &[FieldPath]| paths.iter().map(FieldPath::as_str).collect::<Vec<_>>().join("+");
        format!("{} -> {}.{} {} {:?}", join(&l.from), l.to_collection, join(&l.to), l.role.word(), l.decision)
    };
    one.links.iter().map(text).collect()
}

#[test]
fn references_become_links() {
    let draft = imported();
    assert_eq!(links(&draft, "addresses"), ["id -> customers.address_id shared Unreviewed"]);
    assert_eq!(
        links(&draft, "customers"),
        ["boss -> customers.id reference Unreviewed"],
        "a self reference is allowed"
    );
    assert_eq!(
        links(&draft, "orders"),
        ["seller -> customers.id owner Open", "customer -> customers.id owner Unreviewed"],
        "without a direction somebody must decide"
    );
    assert!(links(&draft, "products").is_empty(), "a catalogue is nobody's");
    assert_eq!(links(&draft, "lines"), ["no+firm -> orders.no+firm owner Unreviewed"], "and, not or");
}

#[test]
fn categories_identities_and_rules_are_kept() {
    let draft = imported();
    let customers = draft.sources[0].collection("customers").unwrap();
    assert_eq!(customers.identities, [("email".to_owned(), FieldPath::column("mail"))]);
    assert_eq!(customers.fields["mail"].category.as_deref(), Some("user.contact.email"));
    assert_eq!(customers.fields["mail"].erase, Some(FieldErase::Tombstone));
    assert_eq!(customers.fields["password"].disclose, Some(Disclose::Never), "what must not be disclosed stays so");
    assert_eq!(customers.other, ["plan", "city"], "a category ends at a dot; what is not personal is other");
    assert!(draft.identities.contains_key("email"));
    let addresses = draft.sources[0].collection("addresses").unwrap();
    assert_eq!((addresses.erase, addresses.decision), (Some(Erase::Delete), Decision::Unreviewed));
}

#[test]
fn what_it_could_not_know_is_listed() {
    let draft = imported();
    let said: Vec<String> = draft.questions.iter().map(|q| format!("{}: {}", q.place, q.message)).collect();
    for expected in [
        "shop.gone: the dataset describes it (line 29), the source has none",
        "shop.addresses: the dataset goes on to products, which holds nothing personal: no link",
        "shop.audit: the dataset does not mention it; what stands in the map was drafted from the source",
        "shop.orders: the dataset names no primary key: records are addressed by no",
        "shop.lines: its references to orders are one composite link (and, not or)",
        "shop.orders.seller: the dataset follows it to customers both ways: what is the person there?",
        "shop.customers.mail: the dataset pseudonymises it; here a random value takes its place, which leads nowhere back",
    ] {
        assert!(said.iter().any(|s| s == expected), "{expected}\n{}", said.join("\n"));
    }
}
