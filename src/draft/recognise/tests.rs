//! Columns as they occur, and traps: what each is recognised as.

use super::*;
use proptest::prelude::*;

fn seen(collection: &str, column: &str, ty: ValueType, values: &[&str]) -> Recognition {
    let values: Vec<Value> = values
        .iter()
        .map(|v| match (ty, v.parse::<i128>()) {
            (ValueType::Int, Ok(n)) => Value::Int(n),
            _ => Value::from(*v),
        })
        .collect();
    let samples: Vec<&Value> = values.iter().collect();
    let mut all: Vec<&&Value> = samples.iter().collect();
    all.sort();
    all.dedup();
    let unique_in_sample = all.len() == samples.len();
    recognise(&ColumnLook {
        collection,
        column,
        declared: "",
        ty,
        max_length: None,
        samples: &samples,
        unique_in_sample,
    })
}

/// The columns that their names alone do not show to be what they are.
fn wrong(cases: &[(&str, &str, Kind)]) -> Vec<String> {
    let seen = |collection: &str, column: &str| seen(collection, column, ValueType::Text, &[]).kind;
    let wrong = cases.iter().filter(|(collection, column, kind)| seen(collection, column) != *kind);
    wrong.map(|(collection, column, _)| format!("{collection}.{column}: {:?}", seen(collection, column))).collect()
}

#[test]
fn names_that_need_no_values() {
    let cases = [
        ("customer", "email", Kind::Email),
        ("t1", "eMail2", Kind::Email),
        ("t1", "E-mail", Kind::Email),
        ("t1", "EMAILADDRESS", Kind::Email),
        ("orders", "contact_email", Kind::Email),
        ("klanten", "emailadres", Kind::Email),
        ("usuarios", "correo_electronico", Kind::Email),
        ("t1", "用户邮箱", Kind::Email),
        ("customer", "Phone", Kind::Phone),
        ("customer", "tel_nr", Kind::Phone),
        ("customer", "mob", Kind::Phone),
        ("kunde", "Telefonnummer", Kind::Phone),
        ("t_kunde", "Handy", Kind::Phone),
        ("clientes", "teléfono", Kind::Phone),
        ("用户", "手机", Kind::Phone),
        ("yonghu", "shouji", Kind::Phone),
        ("customer", "Fax", Kind::Fax),
        ("customers", "CUSTNAME", Kind::PersonName),
        ("customer", "name", Kind::PersonName),
        ("tbl_users", "full_name", Kind::PersonName),
        ("Kunden", "Name", Kind::PersonName),
        ("clientes", "nombre", Kind::PersonName),
        ("用户", "姓名", Kind::PersonName),
        ("orders", "billing_name", Kind::PersonName),
        ("payments", "card_holder", Kind::PersonName),
        ("suppliers", "ContactName", Kind::PersonName),
        ("customer", "FirstName", Kind::FirstName),
        ("kunden", "vorname", Kind::FirstName),
        ("clients", "prénom", Kind::FirstName),
        ("kunden", "Nachname", Kind::LastName),
        ("clientes", "apellidos", Kind::LastName),
        ("klienci", "nazwisko", Kind::LastName),
        ("users", "username", Kind::Username),
        ("wp_users", "user_login", Kind::Username),
        ("wp_users", "user_pass", Kind::Password),
        ("wp_users", "display_name", Kind::PersonName),
        ("users", "pwd", Kind::Password),
        ("users", "password_hash", Kind::Password),
        ("users", "encrypted_password", Kind::Password),
        ("benutzer", "passwort", Kind::Password),
        ("用户", "密码", Kind::Password),
        ("users", "api_token", Kind::Secret),
        ("users", "reset_password_token", Kind::Secret),
        ("users", "security_answer", Kind::Secret),
        ("cards", "cvv", Kind::SecurityCode),
        ("payments", "card_security_code", Kind::SecurityCode),
        ("payment_card", "ccn", Kind::CardNumber),
        ("payments", "card_pan", Kind::CardNumber),
        ("cards", "number", Kind::CardNumber),
        ("payments", "card_last4", Kind::CardNumber),
        ("payments", "card_expiry", Kind::CardExpiry),
        ("employees", "IBAN", Kind::BankAccount),
        ("mitarbeiter", "Kontonummer", Kind::BankAccount),
        ("employees", "salary", Kind::Financial),
        ("employees", "ssn", Kind::NationalId),
        ("persone", "codice_fiscale", Kind::NationalId),
        ("pacientes", "DNI", Kind::NationalId),
        ("osoby", "pesel", Kind::NationalId),
        ("用户", "身份证号", Kind::NationalId),
        ("guests", "passport_no", Kind::Passport),
        ("customers", "tax_id", Kind::OfficialNumber),
        ("customers", "customer_number", Kind::AccountNumber),
        ("customer", "dob", Kind::DateOfBirth),
        ("employee", "BirthDate", Kind::DateOfBirth),
        ("kunden", "Geburtsdatum", Kind::DateOfBirth),
        ("patients", "date_naissance", Kind::DateOfBirth),
        ("会员", "出生日期", Kind::DateOfBirth),
        ("customer", "gender", Kind::Gender),
        ("kunden", "geschlecht", Kind::Gender),
        ("employee", "Title", Kind::JobTitle),
        ("customers", "contact_title", Kind::JobTitle),
        ("staff", "department", Kind::Workplace),
        ("customer", "Company", Kind::Company),
        ("customer", "Address", Kind::Address),
        ("用户", "地址", Kind::Address),
        ("customer", "City", Kind::City),
        ("kunden", "PLZ", Kind::PostalCode),
        ("customer", "zip", Kind::PostalCode),
        ("Invoice", "BillingCity", Kind::City),
        ("Invoice", "BillingState", Kind::State),
        ("orders", "ship_country", Kind::Country),
        ("customer", "State", Kind::State),
        ("address", "house", Kind::Street),
        ("address", "street", Kind::Street),
        ("kunden", "Straße", Kind::Street),
        ("logins", "ip_address", Kind::IpAddress),
        ("logins", "user_agent", Kind::UserAgent),
        ("visits", "cookie_id", Kind::CookieId),
        ("clicks", "device.id", Kind::DeviceId),
        ("patients", "blood_type", Kind::Health),
        ("employees", "religion", Kind::Religion),
        ("members", "trade_union", Kind::Politics),
        ("messages", "body", Kind::FreeText),
        ("orders", "customer_notes", Kind::FreeText),
        ("kunden", "Bemerkung", Kind::FreeText),
        ("tickets", "subject", Kind::FreeText),
        ("tickets", "description", Kind::FreeText),
        ("reviews", "body", Kind::PublicText),
        ("users", "newsletter_opt_in", Kind::Preference),
        ("customers", "marketing_consent", Kind::Preference),
        ("users", "avatar_url", Kind::Picture),
        ("customer", "c_name", Kind::PersonName),
    ];
    assert_eq!(wrong(&cases), [""; 0]);
}

#[test]
fn names_that_only_look_personal() {
    let cases = [
        ("users", "email_sent_count", Kind::Quantity),
        ("users", "email_verified", Kind::Flag),
        ("users", "email_verified_at", Kind::Time),
        ("users", "password_changed_at", Kind::Time),
        ("users", "phone_model", Kind::Code),
        ("payments", "card_type", Kind::Code),
        ("payments", "cvv_result", Kind::Code),
        ("customer", "address_id", Kind::Identifier),
        ("customer", "customer_id", Kind::Identifier),
        ("product", "name", Kind::ThingText),
        ("product", "description", Kind::ThingText),
        ("products", "ProductName", Kind::ThingText),
        ("film", "title", Kind::ThingText),
        ("Album", "Title", Kind::ThingText),
        ("Track", "Name", Kind::ThingText),
        ("genre", "name", Kind::ThingText),
        ("orders", "product_name", Kind::ThingText),
        ("uploads", "file_name", Kind::ThingText),
        ("servers", "hostname", Kind::ThingText),
        ("city", "city", Kind::ThingText),
        ("store", "address", Kind::ThingText),
        ("country", "country", Kind::ThingText),
        ("orders", "order_number", Kind::Identifier),
        ("orders", "total", Kind::Money),
        ("orders", "status", Kind::Code),
        ("orders", "is_gift", Kind::Flag),
        ("customer", "last_update", Kind::Time),
        ("customer", "create_date", Kind::Time),
    ];
    assert_eq!(wrong(&cases), [""; 0]);
    for (collection, column, _) in cases {
        let found = seen(collection, column, ValueType::Text, &[]);
        assert_eq!((found.category, found.identity, found.disclose), (None, None, None), "{collection}.{column}");
    }
}

#[test]
fn values_decide_where_the_name_does_not() {
    use ValueType::{Int, Text};
    let cases: [(&str, &str, ValueType, &[&str], Kind); 40] = [
        ("t1", "c1", Text, &["ana@example.com", "bo@example.org"], Kind::Email),
        ("t1", "c1", Text, &["10.10.0.1", "192.168.7.9"], Kind::IpAddress),
        ("t1", "c1", Text, &["1.2.3.4", "2.0.1.0"], Kind::Unknown),
        ("t1", "c1", Text, &["2001:db8::1"], Kind::IpAddress),
        ("t1", "c1", Text, &["DE44500105175407324931", "GB82WEST12345698765432"], Kind::BankAccount),
        (
            "t1",
            "c1",
            Text,
            &["4111111111111111", "5500000000000004", "378282246310005", "4012888888881881"],
            Kind::CardNumber,
        ),
        ("t1", "c1", Text, &["4111111111111111"], Kind::Quantity),
        ("t1", "c1", Text, &["+6561234567", "+14155552671", "+493012345678"], Kind::Phone),
        ("t1", "c1", Text, &["$2b$12$abcdefghijklmnopqrstuv", "$2b$12$bbcdefghijklmnopqrstuv"], Kind::Password),
        ("t1", "c1", Text, &["RSSMRA85T10A562S", "BNCLRA80A41F205V", "RSSMRA85T10A562S"], Kind::Unknown),
        ("t1", "c1", Text, &["12345678Z", "87654321X", "11111111H"], Kind::NationalId),
        ("t1", "c1", Text, &["123e4567-e89b-12d3-a456-426614174000"], Kind::Identifier),
        ("t1", "c1", Text, &["Mozilla/5.0 (X11)", "Mozilla/5.0 (Mac)"], Kind::UserAgent),
        (
            "t1",
            "c1",
            Text,
            &["please call me back about the invoice of last May", "I never received the parcel that you sent me"],
            Kind::FreeText,
        ),
        ("product", "c1", Text, &["a sturdy chair made of oak with a woven seat and more"], Kind::ThingText),
        ("t1", "c1", Text, &["2024-01-31", "2024-02-01"], Kind::Time),
        // Numbers stay numbers.
        ("t1", "id", Int, &["4111111111111111", "5500000000000004"], Kind::Identifier),
        ("orders", "order_id", Int, &["6561234567", "6561234568", "6561234569"], Kind::Identifier),
        ("t1", "c1", Int, &["61234567", "61234568", "61234569", "61234570"], Kind::Quantity),
        // Names are people's only where something says so.
        ("film", "title", Text, &["JOHN WICK", "MARY POPPINS"], Kind::ThingText),
        ("product", "name", Text, &["Barbara Sofa", "Thomas Lamp"], Kind::ThingText),
        ("companies", "name", Text, &["Acme Ltd", "Meridian Trade"], Kind::Company),
        ("report", "name", Text, &["John Customer", "Jane Doe", "Mary Smith"], Kind::PersonName),
        ("payment_card", "name", Text, &["Example Card 1", "Example Card 2"], Kind::ThingText),
        ("payment_card", "name", Text, &["Ana Lima", "Maria Silva"], Kind::PersonName),
        ("rewards", "owner", Text, &["Ana Lima", "Maria Silva"], Kind::PersonName),
        ("orders", "handled_by", Int, &["3", "4"], Kind::Identifier),
        ("payment_card", "code", Int, &["321", "123", "999"], Kind::SecurityCode),
        ("products", "code", Int, &["321", "123", "999"], Kind::Code),
        // What the values deny is not believed.
        ("t1", "email", Text, &["0", "1", "1"], Kind::Flag),
        ("customers", "phone", Text, &["iPhone 12", "Pixel 7"], Kind::Unknown),
        ("customer", "address", Int, &["3", "17", "25"], Kind::Identifier),
        ("assets", "ip", Text, &["patent", "trademark"], Kind::Unknown),
        ("orders", "state", Text, &["open", "closed", "open"], Kind::Code),
        ("accounts", "login", Text, &["ana@example.com"], Kind::Email),
        ("messages", "sender", Text, &["ana@example.com", "bo@example.org"], Kind::Email),
        ("people", "title", Text, &["Mr", "Mrs", "Dr."], Kind::Salutation),
        ("contacts", "contact", Text, &["030 901820", "+49 30 901821"], Kind::Phone),
        ("kyc", "number", Text, &["X1", "X2"], Kind::OfficialNumber),
        ("orders", "comment", Int, &["3", "4"], Kind::Quantity),
    ];
    let found = |collection, column, ty, values| seen(collection, column, ty, values).kind;
    let wrong = cases.iter().filter(|(c, n, ty, values, kind)| found(c, n, *ty, values) != *kind);
    let wrong: Vec<_> =
        wrong.map(|(c, n, ty, values, _)| format!("{c}.{n} {values:?}: {:?}", found(c, n, *ty, values))).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_follows_from_a_kind() {
    let hash = seen("users", "password_hash", ValueType::Text, &[]);
    assert_eq!((hash.disclose, hash.erase), (Some(Disclose::Never), Some(FieldErase::Fixed("!".into()))));
    let cvv = seen("payments", "cvv", ValueType::Int, &["123"]);
    assert_eq!((cvv.disclose, cvv.erase), (Some(Disclose::Never), Some(FieldErase::Null)));
    assert_eq!(seen("messages", "body", ValueType::Text, &[]).disclose, Some(Disclose::Review));
    for (collection, column) in
        [("customer", "company"), ("employee", "title"), ("payments", "card_number"), ("customer", "dob")]
    {
        assert_eq!(seen(collection, column, ValueType::Text, &[]).disclose, None, "{column}");
    }
    let email = seen("customer", "email", ValueType::Text, &["ana@example.com"]);
    assert_eq!((email.identity, email.erase), (Some(IdentityKind::Email), Some(FieldErase::Tombstone)));
    let office = seen("accounts", "contact_email", ValueType::Text, &["info@example.com", "office@example.org"]);
    assert_eq!(office.identity, Some(IdentityKind::Mailbox));
    let kin = seen("employee", "emergency_contact_phone", ValueType::Text, &[]);
    assert_eq!((kin.kind, kin.about_other, kin.identity), (Kind::Phone, true, None));
    let nested = seen("customer_details", "emergency_contacts[].name", ValueType::Text, &["June Customer"]);
    assert_eq!((nested.kind, nested.about_other), (Kind::PersonName, true));
    let short = recognise(&ColumnLook {
        collection: "customer",
        column: "email",
        declared: "VARCHAR(20)",
        ty: ValueType::Text,
        max_length: Some(20),
        samples: &[],
        unique_in_sample: true,
    });
    assert_eq!(short.erase, Some(FieldErase::Null));
}

#[test]
fn labels_are_plain() {
    let cases = [
        ("Invoice", "BillingCity", "Billing city"),
        ("customer", "email", "E-mail address"),
        ("orders", "ship_address", "Delivery address"),
        ("Invoice", "InvoiceDate", "Invoice date"),
        ("orders", "order_no", "Order number"),
        ("patients", "blood_type", "Blood type"),
        ("logins", "ip", "IP address"),
    ];
    for (collection, column, label) in cases {
        assert_eq!(seen(collection, column, ValueType::Text, &[]).label.as_deref(), Some(label), "{column}");
    }
}

#[test]
fn what_collections_are() {
    use collection::CollectionKind::*;
    let collection_kind = |name: &str| collection::of_words(&words::split(name));
    let kinds = [
        ("customers", Person),
        ("tbl_customer", Person),
        ("wp_users", Person),
        ("dim_customer", Person),
        ("AspNetUsers", Person),
        ("Kunden", Person),
        ("客户", Person),
        ("customer_details", Person),
        ("customer_address", Address),
        ("customer_orders", Event),
        ("wp_usermeta", KeyValue),
        ("wp_comments", Message),
        ("order_items", Event),
        ("film", Catalogue),
        ("product_reviews", Publication),
        ("payment_card", Instrument),
        ("employees", Person),
        ("companies", Organisation),
        ("x17", Unknown),
    ];
    let wrong: Vec<_> = kinds.iter().filter(|(name, kind)| collection_kind(name) != *kind).collect();
    assert!(
        wrong.is_empty(),
        "{wrong:?} {:?}",
        wrong.iter().map(|(name, _)| collection_kind(name)).collect::<Vec<_>>()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_column_is_recognised_the_same_twice(
        collection in "\\PC{0,20}",
        column in "\\PC{0,40}",
        values in proptest::collection::vec("\\PC{0,40}", 0..12),
    ) {
        let first = seen(&collection, &column, ValueType::Any, &values.iter().map(String::as_str).collect::<Vec<_>>());
        let second = seen(&collection, &column, ValueType::Any, &values.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(&first, &second);
        prop_assert!(first.confidence <= 100);
        for value in values.iter().filter(|v| v.trim().len() > 7) {
            prop_assert!(!first.evidence.contains(value.trim()));
        }
    }

    #[test]
    fn addresses_are_found_under_any_name(column in "[a-z]{1,12}", names in proptest::collection::vec("[a-z]{1,9}", 2..9)) {
        let values: Vec<String> = names.iter().map(|n| format!("{n}@example.com")).collect();
        let found = seen("t", &column, ValueType::Text, &values.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(found.kind, Kind::Email);
    }
}
