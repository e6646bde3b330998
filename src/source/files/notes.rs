//! Collects the problems of one file while it is read: the first of each code one by one, the rest as a count.

use std::collections::BTreeMap;

use super::open::OpenFile;
use crate::problem::Problem;

/// How many problems of one code are listed with their lines.
const LISTED: u64 = 20;

/// The problems of one file.
pub struct Notes<'f> {
    file: &'f OpenFile,
    counts: BTreeMap<&'static str, u64>,
    list: Vec<Problem>,
}

impl<'f> Notes<'f> {
    /// None yet.
    pub fn new(file: &'f OpenFile) -> Self {
        Notes { file, counts: BTreeMap::new(), list: Vec::new() }
    }

    /// Adds one. Line and message are only made for those listed.
    pub fn add(&mut self, code: &'static str, line: impl FnOnce() -> u64, message: impl Into<String>) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.list.push(Problem::new(code, self.file.place(line()), message));
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Problem> {
        for (code, count) in &self.counts {
            if let more @ 1.. = count.saturating_sub(LISTED) {
                let message = format!("{more} more lines with this problem; those named are the first {LISTED}");
                self.list.push(Problem::new(code, self.file.shown.display().to_string(), message));
            }
        }
        self.list
    }
}
