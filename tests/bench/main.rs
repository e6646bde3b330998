//! What `tests/bench/run` measures with and against: the large firm, single parts of Redress, and their rivals.
//!
//! Built only on demand (`cargo bench --no-run`); it measures nothing itself and takes its values from files, so that
//! hyperfine can run the parts side by side.

mod change;
mod files;
mod moved;
mod people;
mod rival;
mod sweep;

use std::path::Path;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const USAGE: &str = "parts:
  firm DIR ACCOUNTS [SEED]                the fixture firm, large
  moved SHOP.DB CONFIG                    its shop, moved into the PostgreSQL database that CONFIG (`host=… dbname=…`) leads to
  csv-search FILE FIELD VALUES            Redress reads a CSV file for the records that hold one of these values
  csv-rival FILE FIELD VALUES             the csv crate does
  csv-keys FILE FIELD VALUES KEY-FIELD    prints the keys of those records
  csv-erase FILE KEY-FIELD KEYS           Redress rewrites a CSV file without these records
  json-search FILE FIELD VALUES           Redress reads a file of JSON objects
  json-rival FILE FIELD VALUES            serde_json does, a line and one field at a time
  sweep FILE VALUES                       Redress looks through any file for these addresses, in every coding
  sweep-database FILE VALUES              Redress looks through a SQLite database for these addresses: every row, and the file
  sweep-patterns VALUES                   prints those codings, a line each, but for those that are no line of text
  find WORKSPACE IDENTITY VALUES          Redress searches a workspace for as many people as there are values
  change WORKSPACE IDENTITY VALUES        Redress erases as many people from its one source, and says how long changing took
VALUES and KEYS are files with one value a line.";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let Err(error) = run(&args) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn run(args: &[&str]) -> Outcome {
    match args {
        ["firm", dir, accounts] => people::firm(Path::new(dir), accounts.parse()?, 1),
        ["firm", dir, accounts, seed] => people::firm(Path::new(dir), accounts.parse()?, seed.parse()?),
        ["moved", shop, config] => moved::moved(shop, config),
        ["csv-search", file, field, values] => files::search("csv", file, field, values),
        ["csv-rival", file, field, values] => rival::csv(file, field, values),
        ["csv-keys", file, field, values, key] => rival::keys(file, field, values, key),
        ["csv-erase", file, field, keys] => files::erase("csv", file, field, keys),
        ["json-search", file, field, values] => files::search("json", file, field, values),
        ["json-rival", file, field, values] => rival::json(file, field, values),
        ["sweep", file, values] => sweep::sweep(file, values),
        ["sweep-database", file, values] => sweep::database(file, values),
        ["sweep-patterns", values] => sweep::patterns(values),
        ["change", workspace, identity, values] => change::change(Path::new(workspace), identity, values),
        ["find", workspace, identity, values] => people::find(Path::new(workspace), identity, values),
        _ => Err(USAGE.into()),
    }
}

/// The lines of a file.
fn lines(file: &str) -> std::io::Result<Vec<String>> {
    Ok(std::fs::read_to_string(file)?.lines().map(str::to_owned).collect())
}
