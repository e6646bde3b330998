//! "Did you mean": the known name nearest to an unknown one.

/// The known name that `name` is most likely a slip of, if one is near enough.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let allowed = (lower.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `did you mean X?`, or what else helps: the names there are.
pub(crate) fn did_you_mean(name: &str, known: &[&str], what: &str) -> String {
    match (nearest(name, known.iter().copied()), known) {
        (Some(candidate), _) => format!("did you mean {candidate}? {what}: {}", listed(known)),
        (None, []) => format!("{what}: none"),
        (None, _) => format!("{what}: {}", listed(known)),
    }
}

/// The names, as many as a line can take.
fn listed(known: &[&str]) -> String {
    const MANY: usize = 24;
    match known.len() > MANY {
        true => format!("{}, … ({} in all)", known[..MANY].join(", "), known.len()),
        false => known.join(", "),
    }
}

/// How many insertions, deletions, changes and swaps of neighbours lead from one to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = ["person", "identities", "links", "key"];
        assert_eq!(nearest("persn", known), Some("person"));
        assert_eq!(nearest("lniks", known), Some("links"));
        assert_eq!(nearest("Key", known), Some("key"));
        assert_eq!(nearest("identitys", known), Some("identities"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_distance_counts_slips() {
        for (a, b, n) in [("", "", 0), ("", "ab", 2), ("ab", "ba", 1), ("kitten", "sitting", 3)] {
            assert_eq!(distance(a, b), n, "{a} {b}");
        }
    }
}
