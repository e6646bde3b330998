//! Every strategy over every type of value, by a table: what stands there afterwards, or why it does not fit.

use super::*;

fn column(ty: ValueType, declared: &str) -> Column {
    Column { name: "c".into(), ty, declared: declared.into(), nullable: true, ..Column::default() }
}

/// The new value as text; what does not fit begins with a dash.
fn new(column: &Column, old: Value, how: &FieldErase) -> String {
    let known = Known::default();
    let spot = Spot {
        column: Some(column),
        closed: true,
        nothing: Value::Null,
        unique: false,
        refers_to: None,
        is_reference: true,
        known: &known,
    };
    let mut n = 7;
    let mut random = || {
        n += 1;
        n
    };
    let mut keyed = |bytes: &[u8]| Ok(Digest::of(bytes));
    let mut making = Making { random: &mut random, keyed: &mut keyed };
    let made = one(&spot, &old, how, &mut making).unwrap();
    let made = made.and_then(|new| new.map(|new| fit::fitting(&spot, how, new)).transpose());
    match made {
        Ok(None) => "(stays)".to_owned(),
        Ok(Some(Value::Null)) => "(nothing)".to_owned(),
        Ok(Some(value)) => value.show(),
        Err(why) => format!("- {why}"),
    }
}

#[test]
fn coarser_values() {
    use FieldErase::{Band, First, Round, Year};
    use ValueType::{Decimal, Int, Native, Text};
    let date = |text: &str| Value::Native { ty: "date".into(), text: text.into() };
    let text = |t: &str| Value::from(t);
    let cases: [(ValueType, &str, Value, FieldErase, &str); 24] = [
        (Text, "text", text("1985-04-03"), Year, "1985"),
        (Text, "text", text("03.04.1985"), Year, "1985"),
        (Text, "date", text("1985-04-03"), Year, "1985-01-01"),
        (Text, "datetime", text("1985-04-03 10:20:30"), Year, "1985-01-01 00:00:00"),
        (Native, "date", date("1985-04-03"), Year, "1985-01-01"),
        (Native, "timestamptz", date("1985-04-03 10:20:30+02"), Year, "1985-01-01 00:00:00+02"),
        (Text, "text", text("1985"), Year, "1985"),
        (Text, "text", text("soon"), Year, "- what stands there cannot be read as a date"),
        (Int, "integer", Value::Int(481_334_400), Year, "473385600"),
        (Text, "text", text("1985-04-03"), Band(10), "1980-1989"),
        (Text, "text", text("37"), Band(10), "30-39"),
        (Int, "integer", Value::Int(37), Band(10), "30"),
        (Int, "integer", Value::Int(-3), Band(10), "-10"),
        (Native, "date", date("1985-04-03"), Band(10), "1980-01-01"),
        (Text, "text", text("30-39"), Band(10), "30-39"),
        (Text, "text", text("10115"), First(2), "10"),
        (Text, "text", text("SW1A 1AA"), First(4), "SW1A"),
        (Int, "integer", Value::Int(10115), First(2), "10000"),
        (Native, "date", date("1985-04-03"), First(4), "- only of texts and whole numbers a beginning can be kept"),
        (Int, "integer", Value::Int(51_230), Round(1000), "51000"),
        (Int, "integer", Value::Int(-1), Round(1000), "-1000"),
        (Decimal, "numeric", Value::Decimal("1999.99".into()), Round(100), "1900"),
        (Decimal, "numeric", Value::Decimal("-0.01".into()), Round(100), "-100"),
        (Text, "text", text("many"), Round(100), "- what stands there is no plain number"),
    ];
    for (ty, declared, old, how, expected) in cases {
        let shown = old.show();
        assert_eq!(new(&column(ty, declared), old, &how), expected, "{how:?} of {shown} in {declared}");
    }
}

#[test]
fn tombstones_and_hashes_are_as_long_as_the_column_allows() {
    let text = |length| Column { max_length: length, ..column(ValueType::Text, "varchar") };
    for (length, how, old, expected) in [
        (None, FieldErase::Tombstone, "ana@x.example", "erased-0000000000000008@erased.invalid"),
        (Some(30), FieldErase::Tombstone, "ana@x.example", "erased-00000000@erased.invalid"),
        (Some(20), FieldErase::Tombstone, "ana@x.example", "e000000000@x.invalid"),
        (Some(18), FieldErase::Tombstone, "ana@x.example", "- a unique value needs more than the 18 characters"),
        (Some(9), FieldErase::Tombstone, "Ana", "e00000000"),
        (Some(8), FieldErase::Tombstone, "Ana", "- a unique value needs more than the 8 characters"),
        (Some(15), FieldErase::Hash, "Ana", "- a hash needs more than the 15 characters"),
        (Some(9), FieldErase::Fixed("a long text".into()), "Ana", "- it is longer than the 9 characters"),
    ] {
        let made = new(&text(length), Value::from(old), &how);
        assert!(made.starts_with(expected) && (made == expected || made.starts_with('-')), "{length:?}: {made}");
    }
    let hashed = new(&text(Some(40)), Value::from(" ANA@x.example"), &FieldErase::Hash);
    assert_eq!(
        hashed,
        new(&text(Some(40)), Value::from("ana@x.example"), &FieldErase::Hash),
        "one spelling or another"
    );
    assert!(hashed.len() <= 40 && hashed.ends_with("@pseudonym.invalid"), "{hashed}");
}

#[test]
fn values_of_the_same_shape() {
    let text = column(ValueType::Text, "text");
    let shape = |t: &str| -> String {
        let one = |c: char| match c {
            c if c.is_ascii_digit() => '0',
            c if c.is_ascii_uppercase() => 'A',
            c if c.is_ascii_lowercase() => 'a',
            c => c,
        };
        t.chars().map(one).collect()
    };
    for old in ["Ana Lim", "+65 6123-4567", "DE89 3704 0044 0532 0130 00", "x", "7"] {
        let made = new(&text, Value::from(old), &FieldErase::Random);
        assert!(made != old && shape(&made) == shape(old), "{old}: {made}");
    }
    let made = new(&text, Value::from("+65 6123-4567"), &FieldErase::Pseudonym);
    assert!(made != "+65 6123-4567" && shape(&made) == "+00 0000-0000", "{made}");
    assert_eq!(made, new(&text, Value::from("+65 6123-4567"), &FieldErase::Pseudonym), "the same everywhere");
    for short in ["Ana", "12345"] {
        let refused = new(&text, Value::from(short), &FieldErase::Pseudonym);
        assert!(refused.starts_with("- it is too short"), "{short}: {refused}");
    }
    assert!(new(&text, Value::Bool(true), &FieldErase::Random).starts_with("- a truth value"));
}

#[test]
fn numbers_and_keys() {
    let int = |range| Column { range, ..column(ValueType::Int, "integer") };
    let tombstone = |range| new(&int(range), Value::Int(42), &FieldErase::Tombstone);
    assert!(tombstone(Some((-0x8000_0000, 0x7fff_ffff))).starts_with('-'), "a number below zero");
    assert!(tombstone(Some((0, 255))).contains("holds none, or too few"), "{}", tombstone(Some((0, 255))));
    let listed = Column { allowed: vec!["new".into(), "gone".into()], ..column(ValueType::Text, "enum") };
    assert_eq!(new(&listed, Value::from("new"), &FieldErase::Fixed("gone".into())), "gone");
    let misfit = new(&listed, Value::from("new"), &FieldErase::Fixed("other".into()));
    assert!(misfit.contains("allows only certain values"), "{misfit}");
    assert_eq!(new(&int(None), Value::Int(3), &FieldErase::Point("0".into())), "0");
    assert!(new(&int(None), Value::Int(3), &FieldErase::Point("none".into())).contains("a whole number"));
}
