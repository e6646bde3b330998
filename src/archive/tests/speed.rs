//! How long an archive takes: run by hand, in release, since it measures and does not judge:
//! `cargo test --release archive_speed -- --ignored --nocapture`.

use std::time::Instant;

use super::firm::*;
use crate::archive::write;
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
    for n in [20u64, 100_000] {
        let mut rows = Memory::default();
        rows.add("shop", "orders", (0..n).map(|i| row(&shared, i)).collect());
        let signer = TestSigner::new();
        for announced in [false, true] {
            rows.fields = announced.then(|| columns.map(str::to_owned).into());
            let times: Vec<_> = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    write(&cover(&map), &rows, &signer, &out).unwrap();
                    start.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            let best = times.iter().copied().fold(f64::INFINITY, f64::min);
            let bytes = std::fs::metadata(&out).unwrap().len();
            println!("{n} rows, fields announced: {announced}: best {best:.1} ms of {times:.1?}, {bytes} bytes");
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
