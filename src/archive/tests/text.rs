//! JSON and CSV text against what a parser makes of it.

use proptest::prelude::*;

use crate::archive::csv as cells;
use crate::archive::jsonl;
use crate::archive::withhold::Shown;
use crate::record::Value;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i128>().prop_map(Value::Int),
        any::<i64>().prop_map(|i| Value::Int(i.into())),
        any::<f64>().prop_map(Value::Float),
        Just(Value::Float(f64::INFINITY)),
        any::<String>().prop_map(Value::Text),
        "[\"\\\\\u{0}-\u{1f}\u{7f}-\u{9f}]{0,6}".prop_map(Value::Text),
        "-?[0-9]{1,30}(\\.[0-9]{1,9})?(e[0-9])?".prop_map(Value::Decimal),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        any::<(String, String)>().prop_map(|(ty, text)| Value::Native { ty, text }),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_text_is_that_of_to_json(value in value()) {
        let mut text = Vec::new();
        jsonl::value(&mut text, &value);
        prop_assert_eq!(String::from_utf8(text).unwrap(), value.to_json().to_string());
    }

    #[test]
    fn csv_cells_come_back(texts in prop::collection::vec("[=+@'\\-\t\r\n\",a-c0-9＝]{0,6}", 1..6)) {
        let mut line = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            if i > 0 {
                line.push(b',');
            }
            cells::cell(&mut line, &Shown::Given(&Value::Text(text.clone())), &mut Vec::new());
        }
        line.extend_from_slice(cells::LINE_END);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
        prop_assert_eq!(rows.len(), 1);
        let back: Vec<&str> = rows[0].iter().map(cells::original).collect();
        prop_assert_eq!(back, texts);
        for cell in &rows[0] {
            let number = cell.parse::<f64>().is_ok();
            prop_assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']), "{:?}", cell);
        }
    }

    #[test]
    fn nested_cells_hold_the_json(value in value()) {
        let nested = Value::List(vec![value]);
        let mut line = Vec::new();
        cells::cell(&mut line, &Shown::Given(&nested), &mut Vec::new());
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
        let row = reader.records().next().unwrap().unwrap();
        prop_assert_eq!(&row[0], nested.to_json().to_string());
    }
}
