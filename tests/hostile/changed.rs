//! Bytes as somebody hostile would change them: what whole files look like is known, and parts of them are turned over,
//! cut, repeated, mixed with others, made too large. For tests of everything that reads what others wrote.
//!
//! In an ordinary run each test tries the same few. `PROPTEST_CASES=100000 cargo test hostile` tries as many, others each
//! time (docs/architecture.md).

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What parsers tend to fall over.
const WORDS: [&[u8]; 24] = [
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r\n",
    b"\r",
    b"\"",
    b"'",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"[[[[[[[[",
    b"{\"a\":",
    b"-",
    b"1e999",
    b"18446744073709551616",
    b"-0",
    b"0000-00-00",
    b"../",
    b"=\r\n",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"PK\x05\x06",
];

/// How many cases, and which: the same few, unless many are asked for.
pub fn cases(few: u32) -> ProptestConfig {
    let all = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => all,
        None => ProptestConfig { cases: few, rng_seed: RngSeed::Fixed(5), ..all },
    }
}

/// One change.
#[derive(Clone, Debug)]
enum Change {
    Turn(usize, u8),
    Set(usize, u8),
    Cut(usize, usize),
    Keep(usize),
    Again(usize, usize, usize),
    Word(usize, usize),
    Over(usize, usize),
    Other(usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        3 => (at(), 0..8u8).prop_map(|(at, bit)| Change::Turn(at, 1 << bit)),
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (at(), 1..64usize).prop_map(|(at, length)| Change::Cut(at, length)),
        1 => at().prop_map(Change::Keep),
        2 => (at(), 1..200usize, 1..40usize).prop_map(|(at, length, times)| Change::Again(at, length, times)),
        3 => (at(), at()).prop_map(|(at, word)| Change::Word(at, word)),
        2 => (at(), at()).prop_map(|(at, word)| Change::Over(at, word)),
        1 => (at(), at(), 1..400usize).prop_map(|(at, from, length)| Change::Other(at, from, length)),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>, other: &[u8]) {
        let length = bytes.len();
        let place = |at: usize| at % (length + 1);
        match *self {
            Change::Turn(at, bits) => bytes.get_mut(place(at)).into_iter().for_each(|b| *b ^= bits),
            Change::Set(at, byte) => bytes.get_mut(place(at)).into_iter().for_each(|b| *b = byte),
            Change::Cut(at, many) => drop(bytes.drain(place(at)..length.min(place(at) + many))),
            Change::Keep(at) => bytes.truncate(place(at)),
            Change::Again(at, many, times) => {
                let (from, to) = (place(at), length.min(place(at) + many));
                let again = bytes[from..to].repeat(times);
                bytes.splice(to..to, again);
            }
            Change::Word(at, word) => {
                drop(bytes.splice(place(at)..place(at), WORDS[word % WORDS.len()].iter().copied()))
            }
            Change::Over(at, word) => {
                let word = WORDS[word % WORDS.len()];
                let end = length.min(place(at) + word.len());
                bytes.splice(place(at)..end, word.iter().copied());
            }
            Change::Other(at, from, many) => {
                let from = from % (other.len() + 1);
                let part = other[from..other.len().min(from + many)].to_vec();
                bytes.splice(place(at)..place(at), part);
            }
        }
    }
}

/// One of these files, changed a little; now and then not at all.
pub fn changed(files: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let many = files.len();
    (0..many, 0..many, prop::collection::vec(change(), 0..6)).prop_map(move |(file, other, changes)| {
        let mut bytes = files[file].clone();
        changes.iter().for_each(|change| change.apply(&mut bytes, &files[other]));
        bytes
    })
}
