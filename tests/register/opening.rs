//! Opening and creating: what is there, who may read it, all or nothing.

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
