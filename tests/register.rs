//! The register from outside: a real folder, a real database, and somebody who edits it behind its back.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use redress::error::{Kind, Result};
use redress::record::Digest;
use redress::register::*;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

/// A clock that goes on by a minute whenever it is looked at.
struct Minutes(AtomicI64);

impl Clock for Minutes {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(60, Ordering::Relaxed)).unwrap()
    }
}

/// Bytes that differ from call to call, the same in every run.
struct Counted(AtomicU8);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(31).wrapping_add(7));
    }
}

struct World {
    workspace: tempfile::TempDir,
    clock: Minutes,
    random: Counted,
}

impl World {
    fn new() -> World {
        let start: Timestamp = "2026-01-31T09:00:00Z".parse().unwrap();
        World {
            workspace: tempfile::tempdir().unwrap(),
            clock: Minutes(AtomicI64::new(start.as_second())),
            random: Counted(AtomicU8::new(0)),
        }
    }

    fn path(&self) -> &Path {
        self.workspace.path()
    }

    fn create(&self) -> Register<'_> {
        Register::create(self.path(), &self.clock, &self.random).unwrap()
    }

    fn open(&self) -> Result<Register<'_>> {
        Register::open(self.path(), &self.clock, &self.random)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.path().join(".redress").join(name)
    }

    /// The database, past the register.
    fn tamper(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file("register.db")).unwrap()
    }
}

static UTC: TimeZone = TimeZone::UTC;

fn ana() -> Vec<String> {
    vec!["email=ana@example.com".to_owned(), "phone=+6561234567".to_owned()]
}

fn new<'a>(selectors: &'a [String], rights: &'a [Right]) -> NewRequest<'a> {
    NewRequest { selectors, rights, zone: &UTC }
}

/// Every byte of every file of the workspace.
fn everything(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => bytes.extend(everything(&path)),
            false => bytes.extend(std::fs::read(path).unwrap()),
        }
    }
    bytes
}

mod opening {
    use super::*;

    #[test]
    fn a_register_is_created_once_and_opened_after() {
        let world = World::new();
        assert!(!Register::exists(world.path()));
        let missing = world.open().err().unwrap();
        assert!(missing.message.contains("no register") && !missing.hints.is_empty(), "{missing}");

        world.create().open_request(&new(&ana(), &[Right::Access])).unwrap();
        assert!(Register::exists(world.path()));
        assert_eq!(world.open().unwrap().requests().unwrap().len(), 1);
        assert_eq!(world.create().requests().unwrap().len(), 1, "creating again opens");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let world = World::new();
        let register = world.create();
        let request = register.open_request(&new(&ana(), &[Right::Erasure])).unwrap();
        register.append(Entry::intent("officer", "erase").request(&request)).unwrap();
        register.signing_key().unwrap();
        register.ledger_key().unwrap();
        keep(&register, &request, b"plan");
        let _lock = Lock::shared(world.path(), Lock::WAIT).unwrap();

        let mut folders = vec![world.file("")];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&folder), 0o700, "{}", folder.display());
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        assert_eq!(mode(&path), 0o600, "{}", path.display());
                        files += 1;
                    }
                }
            }
        }
        assert!(files >= 7, "{files}");
    }

    #[test]
    fn what_belongs_together_is_remembered_together_or_not_at_all() {
        let world = World::new();
        let register = world.create();
        let failed: Result<()> = register.together(|r| {
            let request = r.open_request(&new(&ana(), &[Right::Access]))?;
            r.append(Entry::intent("officer", "export").request(&request))?;
            // A part that fails is taken back alone.
            let part: Result<()> = r.together(|r| {
                r.close_request(request.number)?;
                Err(redress::error::Error::failed("no"))
            });
            assert!(part.is_err());
            assert_eq!(r.request(request.number)?.status(), Status::Open);
            Err(redress::error::Error::failed("no"))
        });
        assert!(failed.is_err());
        assert!(register.requests().unwrap().is_empty());
        assert_eq!(register.head().unwrap(), Head::EMPTY);

        register.append(Entry::intent("officer", "export")).unwrap();
        assert!(register.check_log(&[]).unwrap().is_whole(), "the key of the attempt is used again");
    }

    #[test]
    fn a_process_that_dies_in_a_transaction_leaves_the_state_before() {
        let world = World::new();
        let register = world.create();
        register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _: Result<()> = register.together(|r| {
                r.open_request(&new(&ana(), &[Right::Erasure]))?;
                panic!("killed here");
            });
        }));
        assert!(died.is_err());
        assert_eq!(world.open().unwrap().requests().unwrap().len(), 1);
    }
}

mod keys {
    use super::*;

    #[test]
    fn a_lost_key_is_named_and_never_replaced() {
        let lose = |file: &str, spoil: &dyn Fn(&Path)| {
            let world = World::new();
            let register = world.create();
            register.append(Entry::intent("officer", "export")).unwrap();
            register.signing_key().unwrap();
            register.ledger_key().unwrap();
            drop(register);
            let path = world.file("keys").join(file);
            spoil(&path);
            let before = std::fs::read(&path).ok();
            let register = world.open().unwrap();
            let error = match file {
                "log.key" => register.append(Entry::intent("officer", "erase")).unwrap_err(),
                "signing.key" => register.signing_key().unwrap_err(),
                _ => register.ledger_key().unwrap_err(),
            };
            assert_eq!(std::fs::read(&path).ok(), before, "nothing was written in its place");
            assert!(!error.hints.is_empty());
            (error.kind, format!("{} {}", error.message, error.hints.join(" ")))
        };
        let remove = |path: &Path| std::fs::remove_file(path).unwrap();
        let damage = |path: &Path| std::fs::write(path, "half a ke").unwrap();
        let other = |path: &Path| {
            let stranger = World { random: Counted(AtomicU8::new(99)), ..World::new() };
            let register = stranger.create();
            register.append(Entry::intent("officer", "export")).unwrap();
            register.signing_key().unwrap();
            register.ledger_key().unwrap();
            std::fs::copy(stranger.file("keys").join(path.file_name().unwrap()), path).unwrap();
        };
        for (file, loss) in [
            ("log.key", "the log cannot be continued"),
            ("signing.key", "archives cannot be signed"),
            ("ledger.key", "what was erased cannot be recognised"),
        ] {
            for (spoil, word) in
                [(&remove as &dyn Fn(&Path), "is lost"), (&damage, "is damaged"), (&other, "was made with the key")]
            {
                let (kind, said) = lose(file, spoil);
                assert_eq!(kind, Kind::Failed);
                assert!(said.contains(loss) && said.contains(word) && said.contains(file), "{said}");
            }
        }
    }

    #[test]
    fn a_lost_register_is_not_made_anew_beside_its_keys() {
        let world = World::new();
        world.create().append(Entry::intent("officer", "find")).unwrap();
        std::fs::remove_file(world.file("register.db")).unwrap();
        for lost in [world.open(), Register::create(world.path(), &world.clock, &world.random)] {
            assert!(lost.err().unwrap().message.contains("is lost"));
        }
    }

    #[test]
    fn a_log_without_the_note_of_its_key_gets_no_new_one() {
        let world = World::new();
        world.create().append(Entry::intent("officer", "find")).unwrap();
        world.tamper().execute("DELETE FROM key", []).unwrap();
        std::fs::remove_file(world.file("keys/log.key")).unwrap();
        let lost = world.open().unwrap().append(Entry::intent("officer", "find")).unwrap_err();
        assert!(lost.message.contains("is lost"), "{lost}");
    }

    #[test]
    fn what_is_signed_can_be_checked_with_the_public_file() {
        let world = World::new();
        assert_eq!(public_key(world.path()).unwrap(), None);
        let register = world.create();
        let minisig = register.signing_key().unwrap().sign(b"manifest", "request 1").unwrap();
        let public = public_key(world.path()).unwrap().unwrap();
        assert_eq!(verify(&public, b"manifest", &minisig).unwrap(), "request 1");
        assert_eq!(world.open().unwrap().signing_key().unwrap().sign(b"manifest", "request 1").unwrap(), minisig);

        std::fs::remove_file(world.file("keys/signing.pub")).unwrap();
        world.open().unwrap().signing_key().unwrap();
        assert_eq!(public_key(world.path()).unwrap().unwrap(), public, "the public half follows from the secret one");

        std::fs::write(world.file("keys/signing.pub"), "untrusted comment: mine\nRW\n").unwrap();
        assert!(world.open().unwrap().signing_key().is_err());
        assert!(public_key(world.path()).is_err());
    }
}

mod requests {
    use super::*;

    #[test]
    fn a_request_is_opened_found_and_listed_by_its_due_date() {
        let world = World::new();
        let register = world.create();
        let first = register.open_request(&new(&ana(), &[Right::Erasure, Right::Access])).unwrap();
        assert_eq!((first.number, first.id.len(), first.status()), (1, 32, Status::Open));
        assert_eq!(first.selectors, ana());
        assert_eq!(first.due().unwrap().to_string(), "2026-02-28");
        assert_eq!(first.rights.iter().map(|r| r.right).collect::<Vec<_>>(), [Right::Access, Right::Erasure]);
        let second = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        assert_eq!(second.number, 2);
        assert_ne!(second.id, first.id);
        assert_ne!(second.digest("x"), first.digest("x"), "each request has its own salt");

        let register = world.open().unwrap();
        for given in ["1", "#1", &first.id, &first.id.to_uppercase()] {
            assert_eq!(register.find_request(given).unwrap(), first, "{given}");
        }
        for (given, kind) in [("3", Kind::Failed), ("ana", Kind::Usage), ("-1", Kind::Usage), ("", Kind::Usage)] {
            let error = register.find_request(given).unwrap_err();
            assert_eq!(error.kind, kind);
            assert!(given.is_empty() || given.len() < 3 || !error.message.contains(given), "{error}");
        }

        world.tamper().execute("UPDATE request_right SET due = '2026-02-01' WHERE request = 2", []).unwrap();
        let open: Vec<_> = register.open_requests().unwrap().iter().map(|r| r.number).collect();
        assert_eq!(open, [2, 1]);
    }

    #[test]
    fn each_right_has_its_own_clock_and_answer() {
        let world = World::new();
        let register = world.create();
        register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        let answered = register.mark_outcome(1, Right::Access, Outcome::Partly).unwrap();
        assert_eq!(answered.status(), Status::Answered);
        assert_eq!(answered.right(Right::Access).unwrap().outcome.unwrap().0, Outcome::Partly);
        assert!(register.open_requests().unwrap().is_empty());
        assert_eq!(register.mark_outcome(1, Right::Erasure, Outcome::Granted).unwrap_err().kind, Kind::Refused);

        world.clock.0.fetch_add(86_400 * 10, Ordering::Relaxed);
        let more = register.find_or_open(Some("1"), &new(&[], &[Right::Access, Right::Erasure])).unwrap();
        assert_eq!(more.status(), Status::Open);
        assert_eq!(more.right(Right::Access), answered.right(Right::Access), "the old clock and answer stay");
        assert_eq!(more.due().unwrap().to_string(), "2026-03-10");

        let other = register.find_or_open(None, &new(&ana(), &[Right::Erasure])).unwrap();
        assert_eq!(other.number, 2, "a request is never taken because it looks alike");
        assert_eq!(register.find_or_open(Some("9"), &new(&ana(), &[Right::Access])).unwrap_err().kind, Kind::Failed);

        register.close_request(2).unwrap();
        assert_eq!(register.request(2).unwrap().status(), Status::Closed);
        for refused in [
            register.add_right(2, Right::Access, &TimeZone::UTC),
            register.mark_outcome(2, Right::Erasure, Outcome::Granted),
            register.record_verification(2, "by phone"),
            register.close_request(2),
        ] {
            assert_eq!(refused.unwrap_err().kind, Kind::Refused);
        }
    }

    #[test]
    fn verifications_are_kept_one_after_the_other() {
        let world = World::new();
        let register = world.create();
        let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        assert!(!request.is_verified());
        assert_eq!(register.record_verification(1, " \n").unwrap_err().kind, Kind::Usage);
        register.record_verification(1, "known from the account").unwrap();
        let request = register.record_verification(1, "called back").unwrap();
        let how: Vec<_> = request.verified.iter().map(|v| v.how.as_str()).collect();
        assert_eq!(how, ["known from the account", "called back"]);
        assert!(!format!("{request:?} {:?}", request.verified).contains("account"));
        assert!(!format!("{request:?}").contains("ana"));
    }
}

fn keep(register: &Register<'_>, request: &Request, bytes: &[u8]) -> PlanEntry {
    let mut draft = register.draft_plan().unwrap();
    draft.write_all(bytes).unwrap();
    let head = register.head().unwrap();
    let new = NewPlan { kind: PlanKind::Erase, requests: &[request.number], hash: Digest::of(bytes), head };
    register.keep_plan(draft, &new).unwrap()
}

mod plans {
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
        assert_eq!(register.plan_status(&hash).unwrap(), Some(PlanStatus::Finished));
    }

    #[test]
    fn archives_are_recorded_without_their_names() {
        let world = World::new();
        let register = world.create();
        let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        let head = register.append(Entry::intent("officer", "export").request(&request)).unwrap();
        let made = register.add_archive(&request, Digest::of(b"zip"), "ana-silva.zip", head).unwrap();
        assert_eq!(register.archives().unwrap(), [made.clone()]);
        assert_eq!(made.name, request.digest("ana-silva.zip"));
        let bytes = everything(&world.file(""));
        assert!(!bytes.windows(9).any(|w| w == b"ana-silva"));
    }
}

mod log {
    use super::*;

    /// A workspace whose log has `n` entries.
    fn logged(n: u64) -> (World, Vec<Head>) {
        let world = World::new();
        let register = world.create();
        let request = register.open_request(&new(&ana(), &[Right::Access])).unwrap();
        let heads = (0..n)
            .map(|i| {
                let entry = match i % 2 {
                    0 => Entry::intent("officer", "export").digest("selector", request.digest(&ana()[0])),
                    _ => Entry::outcome("officer", "export").code("incomplete").count("records", i),
                };
                register.append(entry.request(&request)).unwrap()
            })
            .collect();
        drop(register);
        (world, heads)
    }

    /// What the check says after this was done to the database.
    fn after(n: u64, heads: &[u64], sql: &str) -> Vec<String> {
        let (world, known) = logged(n);
        world.tamper().execute_batch(sql).unwrap();
        let heads: Vec<_> = heads.iter().map(|seq| known[*seq as usize - 1]).collect();
        let report = world.open().unwrap().check_log(&heads).unwrap();
        report.faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_log_is_whole_and_says_nothing_of_the_person() {
        let (world, heads) = logged(6);
        let register = world.open().unwrap();
        assert_eq!(register.head().unwrap(), heads[5]);
        let report = register.check_log(&heads).unwrap();
        assert!(report.is_whole(), "{:?}", report.faults);
        assert_eq!((report.entries, report.head, report.heads), (6, heads[5], 6));

        let entries = register.log_entries().unwrap();
        assert_eq!(entries.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(entries[1].counts["records"], 1);
        let mut lines = String::new();
        register
            .log_lines(&mut |line| {
                lines.push_str(line);
                lines.push('\n');
                Ok(())
            })
            .unwrap();
        assert_eq!(lines.lines().count(), 6);
        for secret in ["ana", "example", "6561234567"] {
            assert!(!lines.contains(secret), "{secret}");
        }
    }

    #[test]
    fn an_outsider_computes_every_head_from_the_lines_alone() {
        let (world, heads) = logged(4);
        let mut chain = [0; 32].to_vec();
        let mut computed = Vec::new();
        world
            .open()
            .unwrap()
            .log_lines(&mut |line| {
                let leaf = Digest::of(&[&[0], line.as_bytes()].concat());
                chain = Digest::of(&[&chain[..], &leaf.0].concat()).0.to_vec();
                computed.push(hex::encode(&chain));
                Ok(())
            })
            .unwrap();
        assert_eq!(computed, heads.iter().map(|h| h.chain.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn an_empty_log_is_whole_until_a_head_says_otherwise() {
        let world = World::new();
        let register = world.create();
        assert!(register.check_log(&[Head::EMPTY]).unwrap().is_whole());
        let report = register.check_log(&[Head { seq: 3, chain: Digest::of(b"") }]).unwrap();
        assert_eq!(report.faults, [Fault { from: 1, to: 3, what: What::Cut }]);
        let report = register.check_log(&[Head { seq: 0, chain: Digest::of(b"") }]).unwrap();
        assert_eq!(report.faults[0].what, What::Replaced);
    }

    #[test]
    fn every_kind_of_tampering_is_found_and_named() {
        const SWAP: &str = "UPDATE log SET seq = -1 WHERE seq = 3; UPDATE log SET seq = 3 WHERE seq = 5;
             UPDATE log SET seq = 5 WHERE seq = -1;";
        let cases: &[(&str, &[u64], &str, &[&str])] = &[
            ("removed", &[], "DELETE FROM log WHERE seq = 3", &["entry 3 is missing"]),
            (
                "several removed",
                &[],
                "DELETE FROM log WHERE seq IN (2, 3, 5)",
                &["entries 2 to 3 are missing", "entry 5 is missing"],
            ),
            ("the first removed", &[], "DELETE FROM log WHERE seq = 1", &["entry 1 is missing"]),
            (
                "removed, and the rest renumbered",
                &[],
                "DELETE FROM log WHERE seq = 3; UPDATE log SET seq = seq - 1 WHERE seq > 3",
                &["entry 3 is missing"],
            ),
            (
                "changed",
                &[],
                "UPDATE log SET entry = replace(entry, 'officer', 'another') WHERE seq = 4",
                &["entry 4 was changed after it was written"],
            ),
            ("emptied", &[], "UPDATE log SET entry = '' WHERE seq = 4", &["entry 4 was changed after it was written"]),
            (
                "chain changed",
                &[],
                "UPDATE log SET chain = x'00' WHERE seq = 4",
                &["entry 4 was changed after it was written"],
            ),
            (
                "seal changed",
                &[],
                "UPDATE log SET tag = zeroblob(32) WHERE seq = 4",
                &["entry 4 was not sealed with this workspace's log key: it was rewritten"],
            ),
            ("two swapped", &[], SWAP, &["entry 3 stands out of its order", "entry 5 stands out of its order"]),
            (
                "one moved to the end",
                &[],
                "UPDATE log SET seq = 9 WHERE seq = 2",
                &["entries 2 to 6 stand out of their order"],
            ),
            ("the last moved on", &[], "UPDATE log SET seq = 9 WHERE seq = 6", &["entry 6 stands out of its order"]),
            (
                "repeated",
                &[],
                "INSERT INTO log SELECT 7, entry, chain, tag FROM log WHERE seq = 6",
                &["entry 6 stands out of its order", "entry 6 stands there more than once"],
            ),
            (
                "tail cut",
                &[6],
                "DELETE FROM log WHERE seq > 4",
                &["entries 5 to 6 are missing at the end: a head kept elsewhere reaches further"],
            ),
            (
                "all cut",
                &[2, 6],
                "DELETE FROM log",
                &["entries 1 to 6 are missing at the end: a head kept elsewhere reaches further"],
            ),
            (
                "invented",
                &[],
                "INSERT INTO log VALUES (7, '{}', zeroblob(32), zeroblob(32))",
                &["entry 7 was changed after it was written"],
            ),
        ];
        for (what, heads, sql, expected) in cases {
            assert_eq!(after(6, heads, sql), *expected, "{what}");
        }
    }

    #[test]
    fn a_cut_tail_shows_in_what_plans_and_archives_carry() {
        let (world, heads) = logged(6);
        let register = world.open().unwrap();
        let request = register.request(1).unwrap();
        register.add_archive(&request, Digest::of(b"zip"), "a.zip", heads[3]).unwrap();
        keep(&register, &request, b"plan");
        assert_eq!(register.check_log(&[]).unwrap().heads, 2);
        world.tamper().execute("DELETE FROM log WHERE seq > 3", []).unwrap();
        let report = register.check_log(&[]).unwrap();
        assert_eq!(report.faults, [Fault { from: 4, to: 6, what: What::Cut }]);
    }

    #[test]
    fn a_tail_cut_and_grown_again_is_found_by_an_old_head() {
        let (world, heads) = logged(6);
        world.tamper().execute("DELETE FROM log WHERE seq > 3", []).unwrap();
        let register = world.open().unwrap();
        for _ in 0..4 {
            register.append(Entry::intent("officer", "find")).unwrap();
        }
        assert!(register.check_log(&heads[..3]).unwrap().is_whole(), "nothing inside shows it");
        let report = register.check_log(&[heads[1], heads[4]]).unwrap();
        assert_eq!(report.faults, [Fault { from: 5, to: 5, what: What::Replaced }]);
    }

    #[test]
    fn an_entry_of_another_history_is_found() {
        let (world, _) = logged(6);
        let db = world.tamper();
        db.execute_batch("CREATE TABLE aside AS SELECT * FROM log WHERE seq = 5; DELETE FROM log WHERE seq > 3")
            .unwrap();
        world.open().unwrap().append(Entry::intent("officer", "find")).unwrap();
        db.execute_batch("INSERT INTO log SELECT * FROM aside").unwrap();
        let report = world.open().unwrap().check_log(&[]).unwrap();
        assert_eq!(report.faults, [Fault { from: 5, to: 5, what: What::Unlinked }]);
    }

    /// Everything an attacker can do who has the file but not the key: a perfect chain with other content.
    #[test]
    fn a_chain_rewritten_without_the_key_is_found() {
        for from in [1, 3, 6] {
            let (world, heads) = logged(6);
            let db = world.tamper();
            let mut chain: Vec<u8> = match from {
                1 => vec![0; 32],
                _ => heads[from - 2].chain.0.to_vec(),
            };
            for seq in from..=6 {
                let text: String =
                    db.query_row("SELECT entry FROM log WHERE seq = ?1", [seq as i64], |row| row.get(0)).unwrap();
                let mut entry: LogEntry = serde_json::from_str(&text).unwrap();
                entry.actor = "another".to_owned();
                entry.previous = Digest(chain.clone().try_into().unwrap());
                let canonical = entry.canonical().unwrap();
                let leaf = Digest::of(&[&[0], &canonical[..]].concat());
                chain = Digest::of(&[&chain[..], &leaf.0].concat()).0.to_vec();
                db.execute(
                    "UPDATE log SET entry = ?2, chain = ?3 WHERE seq = ?1",
                    (seq as i64, String::from_utf8(canonical).unwrap(), &chain),
                )
                .unwrap();
            }
            let register = world.open().unwrap();
            let report = register.check_log(&[]).unwrap();
            assert_eq!(report.faults, [Fault { from: from as u64, to: 6, what: What::Forged }]);
            let report = register.check_log(&[heads[5]]).unwrap();
            assert!(report.faults.contains(&Fault { from: 6, to: 6, what: What::Replaced }));
            let refused = register.append(Entry::intent("officer", "find")).unwrap_err();
            assert_eq!(refused.kind, Kind::Refused, "nothing is built on a broken log");
        }
    }

    #[test]
    fn an_entry_with_a_sentence_or_a_name_is_not_written() {
        let (world, _) = logged(1);
        let register = world.open().unwrap();
        assert_eq!(register.append(Entry::intent("officer", "find").code("Ana Silva")).unwrap_err().kind, Kind::Bug);
        assert_eq!(register.log_entries().unwrap().len(), 1);
    }

    #[test]
    fn commands_at_the_same_time_append_one_after_the_other() {
        let world = World::new();
        world.create();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let register = world.open().unwrap();
                    for _ in 0..5 {
                        register.append(Entry::intent("officer", "find")).unwrap();
                    }
                });
            }
        });
        let report = world.open().unwrap().check_log(&[]).unwrap();
        assert!(report.is_whole(), "{:?}", report.faults);
        assert_eq!(report.entries, 20);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_changed_byte_is_found_and_its_entry_named(
            seq in 1..=5_i64, column in 0..3_usize, at: prop::sample::Index, bit in 0..8_u32,
        ) {
            let (world, heads) = logged(5);
            let column = ["entry", "chain", "tag"][column];
            let db = world.tamper();
            let sql = format!("SELECT CAST({column} AS BLOB) FROM log WHERE seq = ?1");
            let mut bytes: Vec<u8> = db.query_row(&sql, [seq], |row| row.get(0)).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            let value = match column { "entry" => "CAST(?2 AS TEXT)", _ => "?2" };
            db.execute(&format!("UPDATE log SET {column} = {value} WHERE seq = ?1"), (seq, bytes)).unwrap();
            for heads in [&[][..], &heads] {
                let report = world.open().unwrap().check_log(heads).unwrap();
                let named: Vec<_> = report.faults.iter().map(|fault| (fault.from, fault.to)).collect();
                prop_assert_eq!(named, [(seq as u64, seq as u64)]);
            }
        }

        #[test]
        fn any_removed_entry_is_found(keep in prop::collection::vec(any::<bool>(), 5)) {
            let (world, heads) = logged(5);
            let db = world.tamper();
            let mut removed = Vec::new();
            for (i, keep) in keep.iter().enumerate() {
                if !keep {
                    db.execute("DELETE FROM log WHERE seq = ?1", [i as i64 + 1]).unwrap();
                    removed.push(i as u64 + 1);
                }
            }
            let report = world.open().unwrap().check_log(&heads[4..]).unwrap();
            let named: Vec<_> = report.faults.iter().flat_map(|fault| fault.from..=fault.to).collect();
            prop_assert_eq!(named, removed);
        }
    }
}
