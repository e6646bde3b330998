//! When an answer is due: one month, as GDPR Art. 12(3) and Regulation 1182/71 count it.
//!
//! The day of receipt is day 0; the month ends with the last hour of the same-numbered day of the next month, or of
//! its last day where it has none. Pure functions; holidays, extensions and other regimes are not known here.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::error::{Error, Result};

/// The controller's time zone; UTC where the map names none.
pub fn time_zone(name: Option<&str>) -> Result<TimeZone> {
    let Some(name) = name else {
        return Ok(TimeZone::UTC);
    };
    TimeZone::get(name).map_err(|_| {
        Error::failed(format!("unknown time zone {name:?} of the controller"))
            .hint("write an IANA name in redress.toml, like time_zone = \"Asia/Singapore\"")
    })
}

/// The last day on which an answer to what was received then is in time, without any favour: weekends count.
pub fn due(received: Timestamp, zone: &TimeZone) -> Result<Date> {
    one_month(zone.to_datetime(received).date())
}

/// The same-numbered day of the next month, or its last day.
pub fn one_month(received: Date) -> Result<Date> {
    received.checked_add(1.month()).map_err(|_| Error::failed(format!("no date follows a month after {received}")))
}

/// The last day the law allows: as `one_month`, and where that is a Saturday or Sunday the Monday after (Art. 3(4)).
/// Holidays move it further; they need a calendar and are not known here.
pub fn statutory_latest(received: Date) -> Result<Date> {
    let day = one_month(received)?;
    let further = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.checked_add(further.days()).map_err(|_| Error::failed(format!("no working day follows {day}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_on_the_same_numbered_day_or_the_last() {
        let cases = [
            // received, one month, rolled to a working day (holidays apart)
            ("2026-01-31", "2026-02-28", "2026-03-02"),
            ("2024-01-31", "2024-02-29", "2024-02-29"),
            ("2026-08-31", "2026-09-30", "2026-09-30"),
            ("2026-11-25", "2026-12-25", "2026-12-25"),
            ("2026-11-30", "2026-12-30", "2026-12-30"),
            ("2026-05-30", "2026-06-30", "2026-06-30"),
            ("2026-12-31", "2027-01-31", "2027-02-01"),
            ("2024-02-29", "2024-03-29", "2024-03-29"),
        ];
        for (received, month, latest) in cases {
            let received: Date = received.parse().unwrap();
            assert_eq!(one_month(received).unwrap().to_string(), month);
            assert_eq!(statutory_latest(received).unwrap().to_string(), latest);
        }
        assert!(one_month(Date::MAX).is_err());
    }

    #[test]
    fn the_day_is_the_controllers() {
        let received: Timestamp = "2026-01-30T20:00:00Z".parse().unwrap();
        let cases = [
            (None, "2026-02-28"),
            (Some("Asia/Singapore"), "2026-02-28"),
            (Some("UTC"), "2026-02-28"),
            (Some("Pacific/Honolulu"), "2026-02-28"),
        ];
        for (zone, day) in cases {
            assert_eq!(due(received, &time_zone(zone).unwrap()).unwrap().to_string(), day);
        }
        let received: Timestamp = "2026-05-09T20:00:00Z".parse().unwrap();
        assert_eq!(due(received, &time_zone(Some("Asia/Singapore")).unwrap()).unwrap().to_string(), "2026-06-10");
        assert_eq!(due(received, &time_zone(Some("Europe/Berlin")).unwrap()).unwrap().to_string(), "2026-06-09");
        assert!(time_zone(Some("Mars/Olympus")).is_err());
    }
}
