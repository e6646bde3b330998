//! Archives in the hands of other people's programs; a program that is not installed is said to be skipped.

use std::process::Command;

use super::firm::*;
use crate::archive::Signer;

/// Whether the program ran; `None` where it is not installed.
fn run(program: &str, args: &[&str], dir: &std::path::Path) -> Option<bool> {
    match Command::new(program).args(args).current_dir(dir).output() {
        Ok(output) => {
            if !output.status.success() {
                eprintln!(
                    "{program}: {}{}",
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr)
                );
            }
            Some(output.status.success())
        }
        Err(_) => {
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

#[test]
fn unzip_and_7zip_find_nothing_wrong() {
    let (dir, ..) = archive();
    for (program, args) in [("unzip", ["-tq", "ana.zip"]), ("7zz", ["t", "ana.zip"])] {
        assert_ne!(run(program, &args, dir.path()), Some(false), "{program}");
    }
}

#[test]
fn minisign_and_sha256sum_check_it_alone() {
    let (dir, _, _, signer) = archive();
    if run("unzip", &["-q", "ana.zip"], dir.path()).is_none() {
        return;
    }
    let key = signer.public_key();
    for args in
        [["-Vm", "tagmanifest-sha256.txt", "-P", &key], ["-Vm", "tagmanifest-sha256.txt", "-p", "signing-key.pub"]]
    {
        assert_ne!(run("minisign", &args, dir.path()), Some(false));
    }
    for list in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
        assert_ne!(run("sha256sum", &["-c", "--quiet", "--strict", list], dir.path()), Some(false), "{list}");
    }
}
