//! Erasing again what a restore brought back, as `redress replay` does, for a random world.

use jiff::tz::TimeZone;
use redress::error::Result;
use redress::ledger::{Hide, Known, Remembered, Tag, Times, recognise, returned, search};
use redress::map::DataMap;
use redress::plan::{Asked, Context, Erased, Plan, Replay, build};
use redress::record::Digest;

use super::world::Row;

/// A ledger key for tests.
pub struct Plain;

impl Hide for Plain {
    fn key_id(&self) -> &str {
        "test"
    }

    fn hide(&self, bytes: &[u8]) -> Tag {
        let mut tag = [0; 16];
        tag.copy_from_slice(&Digest::of(bytes).0[..16]);
        Tag(tag)
    }
}

const NOW: &str = "2026-11-24T00:00:00Z";

/// What a register would remember of a plan.
pub fn remembered(plan: &Plan) -> Remembered {
    let mut all = Remembered::default();
    for person in &plan.effects.forgotten {
        let (identities, records) = (person.identities.clone(), person.records.clone());
        all.add(Known { plan: 1, erased: NOW.parse().unwrap(), identities, records });
    }
    all
}

/// The plan of the erasure done again; none where nobody is back.
pub fn replayed(map: &DataMap, remembered: &Remembered) -> Option<Result<Plan>> {
    let times = Times { zone: TimeZone::UTC, now: NOW.parse().unwrap() };
    let mut hits = Vec::new();
    let problems = recognise(map, &times, remembered, &Plain, &|_| true, &mut |hit| hits.push(hit)).unwrap();
    assert_eq!(problems, []);
    let (mut people, _) = returned(hits, remembered, &times);
    if people.is_empty() {
        return None;
    }
    let findings = search(map, &mut people).unwrap();
    let erased = people.iter().map(|p| Erased { at: p.erased, back: p.back }).collect();
    let sources = map.sources.iter().map(|s| s.name.clone()).collect();
    let mut n = 0;
    let mut random = || {
        n += 1;
        n
    };
    let context = Context::new(map, times.now, jiff::civil::date(2026, 11, 24), &mut random);
    Some(build(&findings, Asked::Replay(Replay { sources, people: erased }), context))
}

/// The rows without what was drawn by chance.
pub fn without_chance(tables: &[Vec<Row>]) -> Vec<Vec<Row>> {
    let plain = |cell: &Option<String>| {
        cell.as_ref().map(|text| match text.starts_with("erased-") {
            true => "erased".to_owned(),
            false => text.clone(),
        })
    };
    let table = |rows: &Vec<Row>| {
        let mut rows: Vec<Row> = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
        rows.sort();
        rows
    };
    tables.iter().map(table).collect()
}
