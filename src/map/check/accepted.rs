//! Warnings that a person may know better about: what somebody has acknowledged in the map, with a reason, is not told again,
//! and an acknowledgement that covers nothing any more is told. What an answer lacks is in `answer`.

use super::finding::{Findings, Level};
use crate::map::DataMap;

/// The codes that can be acknowledged beside those of `answer`. Errors, what nobody has classified and open decisions
/// cannot.
const CODES: &[&str] = &[
    "key-not-declared",
    "link-types",
    "link-with-few-matches",
    "mapped-view",
    "may-single-out",
    "no-key",
    "only-masked",
    "only-pseudonymised",
    "personal-content",
    "unmapped-reference",
    "unreachable",
];

/// Leaves out what is acknowledged. `complete`: every source was looked at, so that what covers nothing is stale.
pub(super) fn leave_out(map: &DataMap, complete: bool, findings: &mut Findings) {
    let mut used = vec![false; map.acknowledged.len()];
    findings.retain(|finding| {
        let covers = |place: &str| {
            finding.place.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let may = finding.level == Level::Warning && CODES.contains(&finding.code.as_str());
        let hit = map.acknowledged.iter().position(|one| may && one.code == finding.code && covers(&one.place));
        hit.inspect(|hit| used[*hit] = true).is_none()
    });
    let stale = map.acknowledged.iter().zip(&used).filter(|(one, used)| !**used && CODES.contains(&one.code.as_str()));
    for (one, _) in stale.filter(|_| complete) {
        let message = format!("nothing there is {}", one.code);
        findings.warning("stale-acknowledgement", &one.at, &one.place, message, "remove the [[acknowledge]]");
    }
}
