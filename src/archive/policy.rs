//! Four eyes: whether an archive needs a second person before it is handed over. Pure.

use super::{Enclosed, Kind};
use crate::map::{DataMap, Disclose};

/// What is to be handed over.
pub struct Handover<'a> {
    /// What the archive answers.
    pub kind: Kind,
    /// How many records it holds.
    pub records: u64,
    /// The categories of data in it; `None`: not known, because an older version made it.
    pub categories: Option<&'a [String]>,
    /// Whether it is open to whoever gets hold of it.
    pub plain: bool,
}

/// The categories of data (Fideslang) that collections inside an archive have; not of what is never given.
pub fn categories(map: &DataMap, enclosed: &[Enclosed]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in enclosed {
        let Some(collection) = map.collection(&one.source, &one.collection) else { continue };
        let is_given = |name: &String| !matches!(collection.disclose(name), Disclose::Never | Disclose::Silent);
        let fields = collection.fields.iter().filter(|(name, _)| is_given(name));
        all.extend(fields.filter_map(|(_, field)| field.category.clone()));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Why an archive needs the approval of a second person; nothing where it needs none.
pub fn needs_approval(map: &DataMap, handover: &Handover<'_>) -> Vec<String> {
    let policy = &map.policy.release;
    let mut why = Vec::new();
    let right = handover.kind.right();
    if policy.approve.iter().any(|r| r == right) {
        why.push(format!("every archive for the right of {right} does"));
    }
    if let Some(most) = policy.approve_above.filter(|most| handover.records > *most) {
        why.push(format!("it holds {} records, more than {most}", handover.records));
    }
    for category in &policy.approve_categories {
        let is = |c: &String| c.strip_prefix(category).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        match handover.categories {
            Some(held) if held.iter().any(is) => why.push(format!("it holds records with {category}")),
            Some(_) => {}
            None => why.push(format!("whether it holds records with {category} is not known")),
        }
    }
    if policy.approve_plain && handover.plain {
        why.push("it is open, and not closed for one person".to_owned());
    }
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_asks_by_itself() {
        let held = ["user.health.weight".to_owned(), "user.name".to_owned()];
        let handover = Handover { kind: Kind::Copy, records: 10, categories: Some(&held), plain: false };
        type Set = fn(&mut crate::map::ReleasePolicy);
        let cases: [(Set, &[&str]); 9] = [
            (|_| {}, &[]),
            (|p| p.approve = vec!["access".into()], &["every archive for the right of access does"]),
            (|p| p.approve = vec!["portability".into()], &[]),
            (|p| p.approve_above = Some(10), &[]),
            (|p| p.approve_above = Some(9), &["it holds 10 records, more than 9"]),
            (|p| p.approve_categories = vec!["user.health".into()], &["it holds records with user.health"]),
            (|p| p.approve_categories = vec!["user.heal".into()], &[]),
            (|p| p.approve_plain = true, &[]),
            (
                |p| (p.approve_above, p.approve_categories) = (Some(0), vec!["user.name".into()]),
                &["it holds 10 records, more than 0", "it holds records with user.name"],
            ),
        ];
        for (set, why) in cases {
            let mut map = DataMap::default();
            set(&mut map.policy.release);
            assert_eq!(needs_approval(&map, &handover), why);
        }
        let mut map = DataMap::default();
        map.policy.release.approve_plain = true;
        map.policy.release.approve_categories = vec!["user.health".into()];
        let older = Handover { categories: None, plain: true, ..handover };
        assert_eq!(needs_approval(&map, &older).len(), 2, "what is not known is not taken for harmless");
    }
}
