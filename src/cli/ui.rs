//! The one file that writes to the terminal. Text from the sources is made harmless before it gets there.

use std::io::{self, BufWriter, Stderr, Stdout, Write};

use crate::error::{Error, Result};

/// Standard output for the report, standard error for messages.
pub struct Ui {
    out: BufWriter<Stdout>,
    err: Stderr,
    json: bool,
}

impl Ui {
    /// The terminal of this process.
    pub fn new(json: bool) -> Self {
        Ui { out: BufWriter::with_capacity(1 << 16, io::stdout()), err: io::stderr(), json }
    }

    /// A line of the report for people.
    pub fn line(&mut self, text: &str) -> Result<()> {
        written(writeln!(self.out, "{}", harmless(text)))
    }

    /// A piece of the report for programs, as it is.
    pub fn json(&mut self, text: &str) -> Result<()> {
        written(self.out.write_all(text.as_bytes()))
    }

    /// A report that is bytes of a file of the user's.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        written(self.out.write_all(bytes))
    }

    /// A message beside the report.
    pub fn note(&mut self, text: &str) {
        // A message nobody can read is no reason to fail.
        let _ = writeln!(self.err, "{}", harmless(text));
    }

    /// A failure: what is wrong, then what to do.
    pub fn failure(&mut self, error: &Error) {
        if self.json {
            let value = serde_json::json!({"error": {"message": error.message, "hints": error.hints}});
            let _ = writeln!(self.out, "{value}").and_then(|()| self.out.flush());
        }
        self.note(&format!("error: {}", error.message));
        for hint in &error.hints {
            self.note(&format!("  {hint}"));
        }
    }

    /// Writes out what waits.
    pub fn flush(&mut self) -> Result<()> {
        written(self.out.flush())
    }
}

/// `1 record`, `3 records`.
pub fn counted(n: u64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Prints clap's answer (help, version, a wrong command line) and gives its exit code.
pub fn show_clap(answer: &clap::Error) -> u8 {
    let _ = answer.print();
    if answer.use_stderr() { 2 } else { 0 }
}

fn written(result: io::Result<()>) -> Result<()> {
    match result {
        // Whoever reads has enough: `redress … | head` is no failure.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|e| Error::failed(format!("cannot write to standard output: {}", e.kind()))),
    }
}

/// Text without what steers a terminal or reorders what is read: control characters but the line feed, and the
/// bidirectional controls of Unicode, shown as escapes.
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let steers = c.is_control() && c != '\n';
        let reorders =
            matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        match steers || reorders {
            true => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn hostile_text_is_shown_and_does_nothing() {
        let cases = [
            ("plain\ntext", "plain\ntext"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("bell\u{7}", "bell\\u{7}"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("Łódź 上海", "Łódź 上海"),
        ];
        for (text, shown) in cases {
            assert_eq!(harmless(text), shown);
        }
    }
}
