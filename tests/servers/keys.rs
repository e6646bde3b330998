//! Certificates for TLS: an authority's, a server's for `localhost` alone, and a client's, `known`.

use std::path::Path;
use std::process::Command;

/// Makes them in a folder of their own: `ca.pem`, and for `localhost` and `known` a `.pem` and a `.key` each.
pub fn keys() -> tempfile::TempDir {
    let keys = tempfile::tempdir().unwrap();
    let openssl = |args: &str| {
        let output = Command::new("openssl").args(args.split(' ')).current_dir(keys.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    std::fs::write(keys.path().join("san"), "subjectAltName=DNS:localhost").unwrap();
    std::fs::write(keys.path().join("leaf"), "basicConstraints=CA:FALSE").unwrap();
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj /CN=ca");
    for (name, extra) in [("localhost", "san"), ("known", "leaf")] {
        openssl(&format!("req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr -subj /CN={name}"));
        openssl(&format!(
            "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -out {name}.pem -extfile {extra}"
        ));
    }
    keys
}

/// Puts what a server needs of them into its folder.
pub fn of_server(keys: &Path, folder: &Path) {
    for file in ["ca.pem", "localhost.pem", "localhost.key"] {
        std::fs::copy(keys.join(file), folder.join(file)).unwrap();
    }
    Command::new("chmod").arg("600").arg(folder.join("localhost.key")).status().unwrap();
}

/// Puts what a client needs of them into a workspace.
pub fn of_client(keys: &Path, workspace: &Path) {
    for file in ["ca.pem", "known.pem", "known.key", "localhost.pem"] {
        std::fs::copy(keys.join(file), workspace.join(file)).unwrap();
    }
}
