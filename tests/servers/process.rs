//! A server's process: started under a guard that ends it and removes its folder, whatever becomes of the tests.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

/// How long a server may take to start.
const START: Duration = Duration::from_secs(60);

/// The guard holds the server as long as its own input is open; that closes with this process.
const GUARD: &str = r#"folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -QUIT $server 2>/dev/null || kill -TERM $server 2>/dev/null
wait $server
rm -rf "$folder""#;

/// A server that runs until this is dropped.
pub struct Running {
    input: Option<ChildStdin>,
    guard: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Running {
    /// Starts `program` and waits until it writes `ready` to its log (standard error). `folder` is removed when it
    /// has ended.
    pub fn start(folder: &Path, program: &Path, arguments: &[String], ready: &str) -> Running {
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "guard"]).arg(folder);
        command.args(unprivileged()).arg(program).args(arguments).env("LC_ALL", "C");
        let mut guard = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let input = guard.stdin.take();
        let lines = BufReader::new(guard.stderr.take().unwrap()).split(b'\n');
        let log = Arc::new(Mutex::new(Vec::new()));
        let (kept, (tell, told)) = (Arc::clone(&log), mpsc::channel());
        std::thread::spawn(move || {
            // The log is read to its end, so that the server never waits for a reader.
            for line in lines.map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                kept.lock().unwrap().push(line.clone());
                let _ = tell.send(line);
            }
        });
        loop {
            match told.recv_timeout(START) {
                Ok(line) if line.contains(ready) => break,
                Ok(_) => {}
                Err(_) => panic!("the server did not start:\n{}", log.lock().unwrap().join("\n")),
            }
        }
        Running { input, guard, log }
    }

    /// The end of what the server has written to its log: why it no longer answers.
    pub fn log(&self) -> String {
        let lines = self.log.lock().unwrap();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.guard.wait();
    }
}

/// What a command is started through so that the server is not run by root, which it refuses.
pub fn unprivileged() -> Vec<String> {
    match is_root() {
        true => ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"].map(str::to_owned).into(),
        false => Vec::new(),
    }
}

/// Gives a folder to the user the server runs as.
pub fn give(folder: &Path) {
    if is_root() {
        let done = Command::new("chown").arg("-R").arg("nobody:nogroup").arg(folder).status();
        assert!(done.is_ok_and(|s| s.success()));
    }
}

/// Runs a command to its end as the user the server runs as; panics with what it said where it fails.
pub fn run(program: &Path, arguments: &[String], folder: &Path) {
    let words = [unprivileged(), vec![program.to_str().unwrap().to_owned()], arguments.to_vec()].concat();
    let output = Command::new(&words[0]).args(&words[1..]).current_dir(folder).env("LC_ALL", "C").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A port of loopback that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Whether this process may do everything.
pub fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout == b"0\n"
}
