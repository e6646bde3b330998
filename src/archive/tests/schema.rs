//! The JSON Schema of a collection: what it promises, and that nothing silent is in it.

use super::firm::*;

#[test]
fn a_schema_names_types_labels_and_what_stands_for_what_is_withheld() {
    let (_dir, out, ..) = archive();
    let read = |name: &str| -> serde_json::Value { serde_json::from_str(&file(&out, name)).unwrap() };
    let accounts = read("data/shop/accounts.schema.json");
    let reference = |name: &str| serde_json::json!({ "$ref": format!("#/$defs/{name}") });
    let of = |name: &str| accounts["properties"][name]["anyOf"].as_array().unwrap().clone();
    assert_eq!(accounts["title"], "Accounts");
    assert_eq!(accounts["properties"]["email"]["title"], "E-mail address");
    assert_eq!(of("id"), [serde_json::json!({ "type": ["null", "integer"] })]);
    assert_eq!(of("email"), [serde_json::json!({ "type": ["null", "string", "number"] }), reference("tagged")]);
    assert_eq!(of("password_hash"), [serde_json::json!({ "type": ["null"] }), reference("withheld")]);
    assert_eq!(accounts["additionalProperties"], false);
    let package = read("datapackage.json");
    let lines = package["resources"].as_array().unwrap().iter().find(|r| r["path"] == "data/shop/accounts.jsonl");
    assert_eq!(lines.unwrap()["jsonSchema"], "data/shop/accounts.schema.json");
    for (name, bytes) in unpack(&out) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !name.ends_with(".schema.json") || !(text.contains("risk_flag") || text.contains("\"secret\"")),
            "{name}"
        );
    }
}
