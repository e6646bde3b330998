//! Who is at the keyboard, as the operating system knows it: not by a variable that anybody can set.
//!
//! The audit system's login user survives `sudo`; where there is none, who called `sudo`, then the user the process runs
//! as. It is as strong as the accounts of the machine; a signature is stronger.

/// The user, as `uid 1000 (bo)`.
#[cfg(target_os = "linux")]
pub fn user() -> String {
    let file = |path: &str| std::fs::read_to_string(path).ok();
    let login = file("/proc/self/loginuid").and_then(|text| text.trim().parse::<u32>().ok());
    let real = rustix::process::getuid().as_raw();
    // Only the superuser, and who may become it, is believed who asked.
    let sudo = || std::env::var("SUDO_UID").ok().and_then(|text| text.parse::<u32>().ok()).filter(|_| real == 0);
    let id = login.filter(|id| *id != u32::MAX).or_else(sudo).unwrap_or(real);
    let users = file("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)? == id.to_string()).then(|| name.to_owned())
    });
    match name {
        Some(name) => format!("uid {id} ({name})"),
        None => format!("uid {id}"),
    }
}

/// The user, as the environment names them.
#[cfg(not(target_os = "linux"))]
pub fn user() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.filter(|n| !n.is_empty()).unwrap_or_else(|| "unknown".into())
}
