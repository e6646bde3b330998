//! The shape of a text: which of its characters are digits and which letters, so that another text of the same shape
//! can stand in its place.

/// A text taken apart.
pub(super) struct Shaped {
    chars: Vec<char>,
}

impl Shaped {
    pub(super) fn of(text: &str) -> Shaped {
        Shaped { chars: text.chars().collect() }
    }

    /// The digits, in order.
    pub(super) fn digits(&self) -> Vec<u16> {
        self.chars.iter().filter_map(|c| c.to_digit(10)).map(|d| d as u16).collect()
    }

    /// The letters of ASCII, in order, from 0.
    pub(super) fn letters(&self) -> Vec<u16> {
        let letters = self.chars.iter().filter(|c| c.is_ascii_alphabetic());
        letters.map(|c| u16::from(c.to_ascii_lowercase() as u8 - b'a')).collect()
    }

    /// Whether it has letters outside ASCII.
    pub(super) fn has_other_letters(&self) -> bool {
        self.chars.iter().any(|c| c.is_alphabetic() && !c.is_ascii())
    }

    /// How many digits and letters.
    pub(super) fn len(&self) -> usize {
        self.chars.iter().filter(|c| c.is_alphanumeric()).count()
    }

    /// A text of this shape with these digits and letters; letters outside ASCII become `x`.
    pub(super) fn with(&self, digits: &[u16], letters: &[u16]) -> String {
        let (mut digits, mut letters) = (digits.iter(), letters.iter());
        let one = |c: &char| match c {
            c if c.is_ascii_digit() => digits.next().map_or(*c, |d| char::from(b'0' + (*d % 10) as u8)),
            c if c.is_ascii_alphabetic() => {
                let new = letters.next().map_or(*c, |l| char::from(b'a' + (*l % 26) as u8));
                if c.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new }
            }
            c if c.is_uppercase() => 'X',
            c if c.is_alphanumeric() => 'x',
            c => *c,
        };
        self.chars.iter().map(one).collect()
    }
}
