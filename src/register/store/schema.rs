//! The tables, as steps from an empty database to today's: the schema's version is how many were taken.
//!
//! A step that was released never changes; the next one is added below. Personal values have columns of their own,
//! marked so, which can be sealed one day.

use super::{Store, doing};
use crate::error::{Error, Result};

/// Marks a file as a register: "RdRg".
const APPLICATION: i64 = 0x5264_5267;

/// Every step, in order.
pub(super) const STEPS: &[&str] = &[
    include_str!("step_1.sql"),
    include_str!("step_2.sql"),
    include_str!("step_3.sql"),
    include_str!("step_4.sql"),
    include_str!("step_5.sql"),
    include_str!("step_6.sql"),
    include_str!("step_7.sql"),
    include_str!("step_8.sql"),
    include_str!("step_9.sql"),
    include_str!("step_10.sql"),
    include_str!("step_11.sql"),
    include_str!("step_12.sql"),
    include_str!("step_13.sql"),
    include_str!("step_14.sql"),
    include_str!("step_15.sql"),
];

/// Takes the steps that are missing, in one transaction.
pub(super) fn bring_up_to_date(store: &Store, steps: &[&str]) -> Result<()> {
    let newest = steps.len() as i64;
    if version(store, newest)? == newest {
        return Ok(());
    }
    store.together(|| {
        // Another command may have been faster.
        let from = version(store, newest)?;
        let missing = steps.iter().skip(usize::try_from(from).unwrap_or_default());
        for step in missing {
            store.db.execute_batch(step).map_err(doing("bring up to date"))?;
        }
        let mark = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {newest};");
        store.db.execute_batch(&mark).map_err(doing("bring up to date"))
    })
}

fn version(store: &Store, newest: i64) -> Result<i64> {
    let number = |pragma: &str| -> Result<i64> {
        store.db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).map_err(doing("read"))
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    let fresh = application == 0 && version == 0 && number("schema_version")? == 0;
    if application != APPLICATION && !fresh {
        return Err(Error::failed(format!("{} is not a register of Redress", store.path.display()))
            .hint("move it away, or restore the folder .redress from your last backup"));
    }
    if version > newest {
        return Err(Error::refused(format!(
            "the register {} was made by a newer Redress (its schema is {version}, this one knows {newest})",
            store.path.display()
        ))
        .hint("use that newer version"));
    }
    if version < 0 {
        return Err(store.damaged("its schema has no version"));
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::create(&folder.path().join("register.db")).unwrap()
    }

    #[test]
    fn missing_steps_are_taken_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let steps = [STEPS, &["CREATE TABLE later (a INTEGER)", "ALTER TABLE later ADD COLUMN b TEXT"]].concat();
        bring_up_to_date(&store, &steps).unwrap();
        bring_up_to_date(&store, &steps).unwrap();
        store.db.execute("INSERT INTO later (a, b) VALUES (1, 'x')", []).unwrap();
        assert_eq!(version(&store, steps.len() as i64).unwrap(), steps.len() as i64);
    }

    #[test]
    fn a_step_that_fails_leaves_the_schema_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let steps = [STEPS, &["CREATE TABLE later (a INTEGER)", "CREATE TABLE later (a INTEGER)"]].concat();
        assert!(bring_up_to_date(&store, &steps).is_err());
        assert!(store.db.execute("SELECT * FROM later", []).is_err());
        bring_up_to_date(&store, STEPS).unwrap();
    }

    #[test]
    fn a_newer_register_is_refused_and_a_stranger_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        store(&folder).db.execute_batch("PRAGMA user_version = 99").unwrap();
        let refused = Store::open(&path).err().unwrap();
        assert_eq!(refused.kind, Kind::Refused);
        assert!(refused.message.contains("newer") && !refused.hints.is_empty(), "{refused}");

        let other = folder.path().join("other.db");
        rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        assert!(Store::open(&other).err().unwrap().message.contains("not a register"));

        std::fs::write(folder.path().join("text.db"), "this is no database at all, only text. ".repeat(50)).unwrap();
        let damaged = Store::open(&folder.path().join("text.db")).err().unwrap();
        assert!(damaged.message.contains("damaged"), "{damaged}");
    }
}
