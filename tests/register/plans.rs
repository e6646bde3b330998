//! Plans and archives: kept, recognised, and how far they are.

use super::*;

#[test]
fn a_plan_is_kept_by_number_and_known_by_hash() {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Erasure])).unwrap();
    let plan = keep(&register, &request, b"one");
    assert_eq!((plan.number, plan.status, plan.kind), (1, PlanStatus::New, PlanKind::Erase));
    assert_eq!(plan.requests, [1]);
    assert_eq!(plan.path, world.file("plans/0001.plan"));
    assert_eq!(std::fs::read(&plan.path).unwrap(), b"one");
    assert_eq!(keep(&register, &request, b"one"), plan, "the same plan again is the same plan");
    assert_eq!(keep(&register, &request, b"two").number, 2);
    assert_eq!(std::fs::read_dir(world.file("plans")).unwrap().count(), 2, "no draft is left");

    let register = world.open().unwrap();
    assert_eq!(register.plan(1).unwrap(), plan);
    assert_eq!(register.plan_by_hash(&Digest::of(b"one")).unwrap(), Some(plan));
    assert_eq!(register.plan_status(&Digest::of(b"edited")).unwrap(), None);
    assert_eq!(register.plans().unwrap().len(), 2);
    assert!(register.plan(3).is_err());
    assert_eq!(register.plan_started(&Digest::of(b"edited")).unwrap_err().kind, Kind::Refused);
}

#[test]
fn a_file_left_by_a_command_that_was_cut_off_is_replaced() {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Erasure])).unwrap();
    drop(register.draft_plan().unwrap());
    std::fs::write(world.file("plans/0001.plan"), "orphan").unwrap();
    let plan = keep(&register, &request, b"one");
    assert_eq!((plan.number, std::fs::read(&plan.path).unwrap()), (1, b"one".to_vec()));
}

#[test]
fn progress_is_remembered_and_a_failed_plan_starts_again() {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Erasure])).unwrap();
    let hash = keep(&register, &request, b"one").hash;
    assert_eq!(register.source_committed(&hash, "shop").unwrap_err().kind, Kind::Bug);
    assert_eq!(register.plan_finished(&hash, PlanOutcome::Done).unwrap_err().kind, Kind::Bug);

    assert_eq!(register.plan_confirmed(&hash, PlanOutcome::Done).unwrap_err().kind, Kind::Bug);
    let first = register.plan_started(&hash).unwrap();
    register.source_started(&hash, "shop").unwrap();
    register.source_committed(&hash, "shop").unwrap();
    register.source_started(&hash, "events").unwrap();
    let failed = register.plan_finished(&hash, PlanOutcome::Failed).unwrap();
    assert_eq!((failed.status, failed.ended.unwrap().0), (PlanStatus::Failed, PlanOutcome::Failed));

    let register = world.open().unwrap();
    let again = register.plan_started(&hash).unwrap();
    assert_eq!((again.status, again.ended), (PlanStatus::Started, None));
    assert_eq!(again.started_at, first.started_at);
    let progress: Vec<_> = again.sources.iter().map(|s| (s.source.as_str(), s.committed_at.is_some())).collect();
    assert_eq!(progress, [("shop", true), ("events", false)]);
    let committed = again.sources[0].committed_at;
    register.source_started(&hash, "shop").unwrap();
    register.source_committed(&hash, "shop").unwrap();
    register.source_committed(&hash, "events").unwrap();
    let done = register.plan_finished(&hash, PlanOutcome::Incomplete).unwrap();
    assert_eq!(done.status, PlanStatus::Finished);
    assert_eq!(done.sources[0].committed_at, committed, "what was committed stays so");
    assert_eq!(register.plan_started(&hash).unwrap_err().kind, Kind::Bug);
    assert_eq!(register.plan_confirmed(&hash, PlanOutcome::Failed).unwrap_err().kind, Kind::Bug);
    let confirmed = register.plan_confirmed(&hash, PlanOutcome::Done).unwrap();
    assert_eq!((confirmed.status, confirmed.ended.unwrap().0), (PlanStatus::Finished, PlanOutcome::Done));
    assert_eq!(register.plan_status(&hash).unwrap(), Some(PlanStatus::Finished));
}

#[test]
fn archives_are_recorded_without_their_names() {
    let world = World::new();
    let register = world.create();
    let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
    let head = register.append(Entry::intent("officer", "export").request(&request)).unwrap();
    let made = register.add_archive((&request, Right::Access), Digest::of(b"zip"), "ana-silva.zip", head).unwrap();
    assert_eq!(register.archives().unwrap(), std::slice::from_ref(&made));
    assert_eq!(made.name, request.digest("ana-silva.zip"));
    let content = ArchiveContent { records: 3, withheld: 2, pending: 1 };
    register.describe_archive(made.number, content).unwrap();
    assert_eq!(register.archives().unwrap()[0].content, Some(content));
    let release = register.add_release(made.number, "her", "by post").unwrap();
    assert!(register.releases().unwrap() == [release]);
    let decision = |verdict: &str, because: &str| Decision {
        item: "1f".into(),
        verdict: verdict.into(),
        because: because.into(),
        text: None,
        told: verdict == "give",
        exempt: (verdict == "withhold").then_some(redress::map::Exempt::Crime),
    };
    register.add_decisions(&request, &[decision("give", "a"), decision("withhold", "b")], "uid 1").unwrap();
    assert!(register.decisions(&request).unwrap() == [decision("withhold", "b")], "the later one holds");
    let bytes = everything(&world.file(""));
    assert!(!bytes.windows(9).any(|w| w == b"ana-silva"));
}
