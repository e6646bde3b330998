//! How long an archive takes: run by hand, in release, since it measures and does not judge:
//! `cargo test --release archive_speed -- --ignored --nocapture`.

use std::time::Instant;

use super::firm::*;
use crate::archive::{Part, Row, Rows, Sink, write};
use crate::map::Role;
use crate::record::{Names, Value};

/// Rows like those of an order table; about 110 bytes of CSV each.
fn row(names: &Names, i: u64) -> Held {
    let mixed = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let values = vec![
        Value::Int(i.into()),
        Value::Int(7),
        text(&format!("{:08x}-{:04x}", mixed as u32, (mixed >> 32) as u16)),
        Value::Float((mixed % 100_000) as f64 / 100.0),
        text(["paid", "shipped", "open", "refunded"][(mixed % 4) as usize]),
        text(&format!("2026-{:02}-{:02}T{:02}:{:02}:00Z", mixed % 12 + 1, mixed % 28 + 1, mixed % 24, mixed % 60)),
        text(&format!("{} Harbour Street, Singapore", mixed % 900)),
        text("thank you, and see you again"),
    ];
    let mut held = held(names, values, Role::Owner, &[0]);
    held.path = "given → shop.accounts.email (id=7) → shop.orders.buyer".into();
    held
}

/// Records made as they are asked for.
struct Generated(Vec<Part>, Names);

impl Rows for Generated {
    fn parts(&self) -> &[Part] {
        &self.0
    }

    fn each(&self, part: usize, sink: Sink<'_>) -> crate::error::Result<()> {
        let key = crate::record::Key::Columns(Vec::new());
        (0..self.0[part].rows).try_for_each(|i| {
            let Held { record, count, role, path, links } = row(&self.1, i);
            sink(&Row { record: &record, key: &key, count, role, path, links: &links })
        })
    }
}

/// The most memory this process has held, in MiB (Linux; 0 elsewhere).
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Processor time of all threads so far, in milliseconds (Linux; 0 elsewhere).
fn processor_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields.get(i).and_then(|t| t.parse::<u64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) * 10
}

#[test]
#[ignore = "a measurement: run it in release"]
fn archive_speed() {
    let mut map = map();
    let columns = ["id", "buyer", "code", "total", "status", "paid_at", "street", "remark"];
    let orders = crate::map::Collection {
        name: "orders".into(),
        key: vec!["id".into()],
        links: vec![link(crate::record::FieldPath::column("buyer"), ("shop", "accounts"), Role::Owner)],
        other: columns.map(str::to_owned).into(),
        ..Default::default()
    };
    map.sources[1].collections.push(orders);
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("a.zip");
    let shared = names(&columns);
    let parts = vec![Part { source: "shop".into(), collection: "orders".into(), rows: 1_000_000 }];
    write(&cover(&map), &Generated(parts, shared.clone()), &TestSigner::new(), &out).unwrap();
    println!("1,000,000 rows: at most {} MiB of memory", peak_mib());
    for n in [20u64, 100_000] {
        let mut rows = Memory::default();
        rows.add("shop", "orders", (0..n).map(|i| row(&shared, i)).collect());
        let signer = TestSigner::new();
        for announced in [false, true] {
            rows.fields = announced.then(|| columns.map(str::to_owned).into());
            let before = processor_ms();
            let times: Vec<_> = (0..10)
                .map(|_| {
                    let start = Instant::now();
                    write(&cover(&map), &rows, &signer, &out).unwrap();
                    start.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            let used = (processor_ms() - before) / 10;
            let best = times.iter().copied().fold(f64::INFINITY, f64::min);
            let bytes = std::fs::metadata(&out).unwrap().len();
            println!(
                "{n} rows, fields announced: {announced}: best {best:.1} ms, {used} ms of processor, {bytes} bytes"
            );
        }
        let csv = file(&out, "data/shop/orders.csv");
        std::fs::write(dir.path().join("rows.csv"), &csv).unwrap();
        let start = Instant::now();
        let zip = dir.path().join("zip.zip");
        let _ = std::process::Command::new("zip").arg("-q").arg(&zip).arg(dir.path().join("rows.csv")).status();
        let took = start.elapsed().as_secs_f64() * 1e3;
        let bytes = std::fs::metadata(&zip).map_or(0, |m| m.len());
        println!("{n} rows, zip alone of {} bytes of CSV: {took:.1} ms, {bytes} bytes", csv.len());
        let _ = std::fs::remove_file(zip);
    }
}
