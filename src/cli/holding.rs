//! What stops an erasure now: the holds of the register, and open requests for a copy. Whom they are about is told by
//! hashes; where nothing holds, no key is needed.

use std::collections::HashSet;

use super::workspace::Workspace;
use crate::error::{Error, Result};
use crate::ledger::{Hide, Tag, identity_tag, key_tag};
use crate::map::DataMap;
use crate::plan::{Covers, Held, Plan};
use crate::register::{Request, Right, Scope};
use crate::resolve::{Selector, Subject, parse};

/// The hashes by which a person is known: all identifiers, and the records that are the person.
pub fn tags(hide: &dyn Hide, subject: &Subject) -> Vec<Tag> {
    let identifiers = subject.identifiers.iter().flat_map(|(name, values)| values.iter().map(move |v| (name, v)));
    let persons = subject.persons.iter().map(|p| key_tag(hide, &p.source, &p.collection, &p.key));
    let records = subject.records.iter().map(|r| key_tag(hide, &r.source, &r.collection, &r.key));
    identifiers.map(|(name, v)| identity_tag(hide, name, v)).chain(persons).chain(records).collect()
}

/// The hashes of what selectors name, as far as they name identifiers.
pub fn tags_of_selectors(hide: &dyn Hide, map: &DataMap, selectors: &[Selector]) -> Vec<Tag> {
    let country = map.sources.iter().find_map(|s| s.default_country.as_deref());
    let tag = |selector: &Selector| match selector {
        Selector::Identity { identity, value } => {
            let form = map.identities.get(identity)?.normal;
            Some(identity_tag(hide, identity, &form.apply(value, country)))
        }
        Selector::Field { .. } => None,
    };
    selectors.iter().filter_map(tag).collect()
}

/// The open requests for a copy that is not made yet. Once it is, it is whole by itself, whatever becomes of the records.
pub fn waiting_for_copy(workspace: &Workspace) -> Result<Vec<Request>> {
    let mut requests = Vec::new();
    for request in workspace.register.open_requests()? {
        if waits_for_copy(workspace, &request)? {
            requests.push(request);
        }
    }
    Ok(requests)
}

/// Whether a request asks for data that are to be handed over, and no archive with them is made.
fn waits_for_copy(workspace: &Workspace, request: &Request) -> Result<bool> {
    for right in [Right::Access, Right::Portability] {
        let waits = request.right(right).is_some_and(|asked| asked.outcome.is_none());
        if waits && !workspace.register.has_archive(request.number, right)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What holds records of these subjects now. `own`: the requests the plan serves, which do not hold against themselves.
pub fn now(workspace: &Workspace, subjects: &[Subject], own: &[u32]) -> Result<Vec<Held>> {
    let register = &workspace.register;
    let holds: Vec<_> = register.holds()?.into_iter().filter(|h| h.released.is_none()).collect();
    let mut requests = waiting_for_copy(workspace)?;
    requests.retain(|r| !own.contains(&r.number));
    if holds.is_empty() && requests.is_empty() {
        return Ok(Vec::new());
    }
    let key = register.ledger_key()?;
    let known: Vec<HashSet<Tag>> = subjects.iter().map(|s| tags(&key, s).into_iter().collect()).collect();
    let about = |tags: &[Tag]| -> Vec<u32> {
        let hit = |(_, known): &(u32, &HashSet<Tag>)| tags.iter().any(|tag| known.contains(tag));
        (0..).zip(&known).filter(hit).map(|(n, _)| n).collect()
    };
    let mut held = Vec::new();
    for hold in holds {
        let covers = match &hold.scope {
            Scope::Everything => Covers::Everything,
            Scope::Collection(source, collection) => Covers::Collection(source.clone(), collection.clone()),
            Scope::Person => Covers::Subjects(about(&register.hold_tags(hold.number)?)),
        };
        held.push(Held { by: hold.name(), because: hold.because.clone(), covers });
    }
    for request in requests {
        let mut tags = register.request_tags(request.number)?;
        let selectors: Vec<Selector> =
            request.selectors.iter().filter_map(|text| parse(text, &workspace.map).ok()).collect();
        tags.extend(tags_of_selectors(&key, &workspace.map, &selectors));
        let because = "a copy of the data was asked for, and has not been made yet".to_owned();
        let covers = Covers::Subjects(about(&tags));
        held.push(Held { by: format!("request {}", request.number), because, covers });
    }
    held.retain(|h| !matches!(&h.covers, Covers::Subjects(subjects) if subjects.is_empty()));
    Ok(held)
}

/// Refuses to apply a plan that something holds which came after it.
pub fn refuse_held(workspace: &Workspace, plan: &Plan, own: &[u32]) -> Result<()> {
    if !plan.header.asked.erases() {
        return Ok(());
    }
    for hold in now(workspace, &plan.header.subjects, own)? {
        let known = plan.header.holds.iter().find(|h| h.by == hold.by);
        let stops = known.is_none_or(|known| known.covers != hold.covers)
            && plan.changes.iter().any(|c| {
                c.action.writes()
                    && match &hold.covers {
                        Covers::Everything | Covers::Subjects(_) => true,
                        Covers::Collection(source, collection) => c.source == *source && c.collection == *collection,
                    }
            });
        if stops {
            return Err(Error::refused(format!("{} came after the plan: {}", hold.by, hold.because))
                .hint("nothing was changed; plan again: what is held is kept then, and the rest goes"));
        }
    }
    Ok(())
}

/// Refuses to erase before the copy that the same request asks for is made.
pub fn refuse_before_copy(workspace: &Workspace, plan: &Plan, own: &[u32]) -> Result<()> {
    if !plan.header.asked.erases() {
        return Ok(());
    }
    for number in own {
        let request = workspace.register.request(*number)?;
        if request.closed_at.is_none() && waits_for_copy(workspace, &request)? {
            return Err(Error::refused(format!(
                "request #{number} also asks for a copy of the data, and none is made"
            ))
            .hint(format!("the copy comes before the erasure: redress export {number}")));
        }
    }
    Ok(())
}
