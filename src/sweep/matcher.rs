//! Looks for many patterns at once in bytes, ASCII letters in any case.
//!
//! A window as long as the shortest pattern slides over the text. Its last four bytes say how far it can move without
//! passing the beginning of any pattern (Wu and Manber); where it cannot move, the patterns that begin so are compared
//! byte by byte. The table only ever says too little: nothing is passed over, and what is reported was compared. Time
//! hardly depends on how many patterns there are. What a pattern means is not known here.

use rustc_hash::FxHashMap;

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Its bytes; at least [`SHORTEST`] of them.
    pub bytes: Vec<u8>,
    /// Whether ASCII letters count in any case.
    pub any_case: bool,
    /// What the caller knows it by.
    pub id: u32,
}

/// No pattern is shorter.
pub const SHORTEST: usize = 6;
/// A longer window gains nothing.
const WIDEST: usize = 24;
/// How many bytes decide how far to move.
const GRAM: usize = 4;

/// All patterns, ready to be looked for.
pub struct Matcher {
    patterns: Vec<Pattern>,
    width: usize,
    bits: u32,
    /// By the hash of the window's last bytes: how far it can move.
    moves: Vec<u8>,
    /// By the window's first and last bytes, folded: the patterns that begin so.
    begins: FxHashMap<u64, Vec<u32>>,
    /// By the hash of the window's first bytes: whether any pattern begins so.
    first: Vec<u64>,
}

impl Matcher {
    /// Of these patterns; those too short to be looked for are left out.
    pub fn new(mut patterns: Vec<Pattern>) -> Matcher {
        patterns.retain(|p| p.bytes.len() >= SHORTEST);
        let width = patterns.iter().map(|p| p.bytes.len()).min().unwrap_or(SHORTEST).min(WIDEST);
        let grams = patterns.len() * (width - GRAM + 1);
        let bits = (grams * 12).next_power_of_two().trailing_zeros().clamp(12, 22);
        let longest = (width - GRAM + 1) as u8;
        let (mut moves, mut first) = (vec![longest; 1 << bits], vec![0; (1 << bits) / 64]);
        let mut begins: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (n, pattern) in patterns.iter().enumerate() {
            for at in 0..=width - GRAM {
                let slot = &mut moves[hash(gram(&pattern.bytes, at), bits)];
                *slot = (*slot).min((width - GRAM - at) as u8);
            }
            let start = hash(gram(&pattern.bytes, 0), bits);
            first[start / 64] |= 1 << (start % 64);
            begins.entry(ends(&pattern.bytes, width)).or_default().push(n as u32);
        }
        Matcher { patterns, width, bits, moves, begins, first }
    }

    /// How long the longest pattern is.
    pub fn longest(&self) -> usize {
        self.patterns.iter().map(|p| p.bytes.len()).max().unwrap_or(0)
    }

    /// Gives `each` every pattern that stands in `text`, with where it begins, in order of that.
    pub fn find(&self, text: &[u8], each: &mut dyn FnMut(usize, &Pattern)) {
        let (width, mut at) = (self.width, 0);
        if self.patterns.is_empty() {
            return;
        }
        while at + width <= text.len() {
            let step = self.moves[hash(gram(text, at + width - GRAM), self.bits)];
            if step > 0 {
                at += usize::from(step);
                continue;
            }
            let start = hash(gram(text, at), self.bits);
            if self.first[start / 64] & 1 << (start % 64) != 0
                && let Some(those) = self.begins.get(&ends(text.get(at..).unwrap_or_default(), width))
            {
                those
                    .iter()
                    .map(|n| &self.patterns[*n as usize])
                    .filter(|p| stands(text, at, p))
                    .for_each(|p| each(at, p));
            }
            at += 1;
        }
    }
}

fn stands(text: &[u8], at: usize, pattern: &Pattern) -> bool {
    let here = text.get(at..at + pattern.bytes.len());
    here.is_some_and(|here| match pattern.any_case {
        true => here.eq_ignore_ascii_case(&pattern.bytes),
        false => here == pattern.bytes,
    })
}

/// Four bytes, so that letters of either case are the same (and some other bytes too: what matters is compared later).
fn gram(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + GRAM).and_then(|b| <[u8; GRAM]>::try_from(b).ok()).unwrap_or_default();
    u32::from_le_bytes(four) | 0x2020_2020
}

fn hash(gram: u32, bits: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize
}

fn ends(bytes: &[u8], width: usize) -> u64 {
    u64::from(gram(bytes, 0)) << 32 | u64::from(gram(bytes, width - GRAM))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(patterns: &[Pattern], text: &[u8]) -> Vec<(usize, u32)> {
        let mut out = Vec::new();
        Matcher::new(patterns.to_vec()).find(text, &mut |at, p| out.push((at, p.id)));
        out.sort_unstable();
        out
    }

    #[test]
    fn letters_of_any_case_only_where_asked() {
        let pattern = |bytes: &[u8], any_case, id| Pattern { bytes: bytes.to_vec(), any_case, id };
        let patterns = [pattern(b"ana@x.example", true, 1), pattern(b"YW5hQHgu", false, 2), pattern(b"short", true, 3)];
        assert_eq!(found(&patterns, b"ANA@X.example, ywu5; YW5hQHgu ywU5hqhgu short"), [(0, 1), (21, 2)]);
        assert_eq!(found(&[], b"anything at all"), []);
        // `[` and `{` differ by one bit, as letters do.
        assert_eq!(found(&[pattern(b"[email]", true, 1)], b"{email}"), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_passed_over(
            patterns in prop::collection::vec(("[aAbB@]{6,9}", any::<bool>()), 1..30), text in "[aAbB@ ]{0,200}",
        ) {
            let patterns: Vec<Pattern> = (0..).zip(patterns)
                .map(|(id, (bytes, any_case))| Pattern { bytes: bytes.into_bytes(), any_case, id })
                .collect();
            let text = text.as_bytes();
            let mut expected: Vec<(usize, u32)> = Vec::new();
            for at in 0..text.len() {
                expected.extend(patterns.iter().filter(|p| stands(text, at, p)).map(|p| (at, p.id)));
            }
            expected.sort_unstable();
            prop_assert_eq!(found(&patterns, text), expected);
        }
    }
}
