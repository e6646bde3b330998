//! Redress' own reading and rewriting of one file, without a workspace around it.

use redress::map::{Address, NormalForm};
use redress::record::{FieldPath, Key, Value};
use redress::source::{Edit, EditChange, Probe, Question, Source, Wanted, open, open_writer, parse_address};
use std::path::Path;

use super::{Outcome, lines};

fn address(kind: &str, file: &str) -> Result<Address, redress::error::Error> {
    parse_address(&format!("{kind}:{file}"), Path::new("."))
}

fn collection(source: &mut dyn Source) -> Result<String, Box<dyn std::error::Error>> {
    let schema = source.schema()?;
    Ok(schema.collections.first().ok_or("there is no collection")?.name.clone())
}

/// Prints how many records hold one of the values, in any case.
pub fn search(kind: &str, file: &str, field: &str, values: &str) -> Outcome {
    let mut source = open(&address(kind, file)?, "bench")?;
    let collection = collection(&mut *source)?;
    let mut wanted = Wanted::new(1);
    for value in lines(values)? {
        wanted.add(&NormalForm::Email.apply(&value, None));
    }
    let fields = [if kind == "json" { FieldPath::nested(field) } else { FieldPath::column(field) }];
    let probe = Probe { fields: &fields, form: NormalForm::Email, country: None, wanted: &wanted };
    let mut found = 0u64;
    source.search(&Question { collection: &collection, probes: vec![probe] }, &mut |_| {
        found += 1;
        Ok(())
    })?;
    println!("{found}");
    Ok(())
}

/// Rewrites the file without the records of these keys, and prints how many those were.
pub fn erase(kind: &str, file: &str, field: &str, keys: &str) -> Outcome {
    let address = address(kind, file)?;
    let collection = collection(&mut *open(&address, "bench")?)?;
    let keys: Vec<Key> =
        lines(keys)?.into_iter().map(|k| Key::Columns(vec![(field.to_owned(), Value::Text(k))])).collect();
    let mut writer = open_writer(&address, "bench")?;
    let mut there = Vec::new();
    writer.lookup(&collection, &keys.iter().collect::<Vec<_>>(), &mut |key, _| {
        there.push(key);
        Ok(())
    })?;
    let delete = |key: &usize| Edit { collection: &collection, key: &keys[*key], count: 1, change: EditChange::Delete };
    writer.write(&there.iter().map(delete).collect::<Vec<_>>())?;
    writer.commit()?;
    println!("{}", there.len());
    Ok(())
}
