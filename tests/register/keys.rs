//! Keys: a lost one is named, a signature can be checked.

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
