//! `redress erase`: retention dates as sources write them, and what is said where they cannot be read.

use crate::firm::Firm;

const ERASE: [&str; 4] = ["erase", "email=ana@x.example", "--verified", "known"];

#[test]
fn a_period_that_has_ended_is_seen_in_every_way_a_date_is_written() {
    for paid in [
        "'2010-02-01'",
        "'01.02.2010'",
        "'2010/02/01 10:00'",
        "'2010-02-01T10:00:00Z'",
        "1264989600",
        "'1264989600000'",
    ] {
        let firm = Firm::new();
        firm.sql(&format!("UPDATE orders SET paid = {paid}"));
        firm.run(&ERASE).is(0, &["shop.orders no=7: its retention period has ended", "shop.people id=1"]);
    }
}

#[test]
fn a_period_that_has_not_started_or_cannot_be_read_keeps_the_record() {
    let firm = Firm::new();
    let planned = firm.run(&ERASE);
    planned.is(
        0,
        &[
            "shop.people id=1: records that stay refer to it",
            "shop.orders no=7: Kept for tax law (Tax Act s. 1), until 2031-01-01",
            "shop.orders no=8: Kept for tax law; paid holds no date yet, so it stays without an end date (Tax Act s. 1)",
        ],
    );
    firm.sql("UPDATE orders SET paid = 'soon' WHERE person = 1");
    let planned = firm.run(&ERASE);
    planned.is(
        3,
        &[
            "paid cannot be read as a date, so it stays without an end date",
            "shop.orders.paid [unreadable-date] 2 records hold what cannot be read as a date",
        ],
    );
    assert!(!planned.out.contains("soon"), "a problem holds no value of a record");
    firm.run(&["apply", "2", "--yes"]).is(4, &["--accept-problems"]);
}
