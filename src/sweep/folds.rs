//! Lines that a coding breaks where it likes: the soft breaks of quoted-printable (`=` at the end of a line), the lines
//! of base64. An identifier that a break goes through is seen when the break is taken out.

use memchr::{memchr_iter, memmem};

/// How many characters of base64 before a break make it one of base64.
const RUN: usize = 32;

/// What is unfolded, and where each of its bytes stands in the original.
pub type Fold<'f> = &'f mut dyn FnMut(&[u8], &dyn Fn(usize) -> usize);

/// Gives `each` the surroundings of every break, `reach` bytes to either side, without breaks.
pub fn each(bytes: &[u8], reach: usize, each: Fold<'_>) {
    let mut done = 0;
    let mut look = |at: usize| {
        // The surroundings of the last break hold this one too, as far as they went.
        if at < done {
            return;
        }
        let (from, mut to) = (at.saturating_sub(reach), (at + reach).min(bytes.len()));
        let (mut folded, mut places) = (Vec::new(), Vec::new());
        let mut next = from;
        while next < to {
            let skip = break_at(bytes, next);
            if skip > 0 {
                next += skip;
                to = (to + skip).min(bytes.len());
                continue;
            }
            folded.push(bytes[next]);
            places.push(next);
            next += 1;
        }
        done = to.saturating_sub(reach).max(at + 1);
        let end = places.last().map_or(from, |last| last + 1);
        each(&folded, &|place| places.get(place).copied().unwrap_or(end));
    };
    let mut breaks: Vec<usize> = memchr_iter(b'=', bytes).filter(|at| break_at(bytes, *at) > 0).collect();
    breaks.extend(memchr_iter(b'\n', bytes).filter_map(|at| line_of_base64(bytes, at)));
    for end in [&b"\\n"[..], b"\\r\\n"] {
        breaks.extend(memmem::find_iter(bytes, end).filter(|at| break_at(bytes, *at) > 0));
    }
    breaks.sort_unstable();
    breaks.into_iter().for_each(&mut look);
}

/// The beginning of a line's end, where the line is one of base64.
fn line_of_base64(bytes: &[u8], newline: usize) -> Option<usize> {
    let at = match newline.checked_sub(1).map(|at| bytes[at]) {
        Some(b'\r') => newline - 1,
        _ => newline,
    };
    (break_at(bytes, at) > 0).then_some(at)
}

/// How long a break that begins here is; 0 where none does.
fn break_at(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    const SOFT: [&[u8]; 4] = [b"=\n", b"=\r\n", b"=\\n", b"=\\r\\n"];
    const HARD: [&[u8]; 4] = [b"\n", b"\r\n", b"\\n", b"\\r\\n"];
    match rest.first() {
        Some(b'=') => SOFT.iter().find(|s| rest.starts_with(s)).map_or(0, |s| s.len()),
        Some(b'\n' | b'\r' | b'\\') => {
            let Some(end) = HARD.iter().find(|s| rest.starts_with(s)).map(|s| s.len()) else { return 0 };
            let before = &bytes[at.saturating_sub(RUN)..at];
            let coded = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
            let goes_on = rest.get(end).is_some_and(coded);
            if before.len() == RUN && before.iter().all(coded) && goes_on { end } else { 0 }
        }
        _ => 0,
    }
}
