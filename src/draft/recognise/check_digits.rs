//! National identification numbers by form and check digits. Forms without check digits are told apart, because they
//! are an accident more often.

use super::forms::Is;

/// A kind of number: what it is called, whether a text is one, and whether its form can hardly be an accident.
pub(super) struct Number {
    /// Its name, for evidence.
    pub name: &'static str,
    /// Whether the text is one.
    pub is: Is,
    /// Whether letters or separators in fixed places stand beside the check digits.
    pub telling: bool,
}

/// The kinds known.
pub(super) const NUMBERS: [Number; 17] = [
    Number { name: "Italian tax codes", is: italy, telling: true },
    Number { name: "Spanish identity numbers", is: spain, telling: true },
    Number { name: "Chinese resident identity numbers", is: china, telling: true },
    Number { name: "French social security numbers", is: france, telling: true },
    Number { name: "Singapore identity numbers", is: singapore, telling: true },
    Number { name: "Finnish personal identity codes", is: finland, telling: true },
    Number { name: "British national insurance numbers", is: britain, telling: true },
    Number { name: "United States social security numbers", is: united_states, telling: true },
    Number { name: "Brazilian CPF numbers", is: brazil_written, telling: true },
    Number { name: "Mexican CURP codes", is: mexico, telling: true },
    Number { name: "Polish PESEL numbers", is: poland, telling: false },
    Number { name: "German tax identification numbers", is: germany, telling: false },
    Number { name: "Brazilian CPF numbers", is: brazil, telling: false },
    Number { name: "Indian Aadhaar numbers", is: india, telling: false },
    Number { name: "Dutch citizen service numbers", is: netherlands, telling: false },
    Number { name: "Swedish personal identity numbers", is: sweden, telling: false },
    Number { name: "Swiss social security numbers", is: switzerland, telling: true },
];

/// The digits of a text that holds nothing else but separators; none where it does.
fn digits(text: &str) -> Option<Vec<u32>> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '-' | '.' | '/' => {}
            c => out.push(c.to_digit(10)?),
        }
    }
    Some(out)
}

/// The sum of each digit times its weight.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

fn is_date(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

fn two(digits: &[u32], at: usize) -> u32 {
    digits[at] * 10 + digits[at + 1]
}

fn letters(text: &str) -> Vec<u8> {
    text.bytes().filter(|b| !matches!(b, b' ' | b'-' | b'.')).map(|b| b.to_ascii_uppercase()).collect()
}

fn italy(text: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let code = letters(text);
    if code.len() != 16 || !code.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    if !code[..6].iter().all(u8::is_ascii_uppercase)
        || !b"ABCDEHLMPRST".contains(&code[8])
        || !code[11].is_ascii_uppercase()
    {
        return false;
    }
    let value = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b - b'A') };
    let sum: u32 =
        code[..15].iter().enumerate().map(|(i, b)| if i % 2 == 0 { ODD[value(*b) as usize] } else { value(*b) }).sum();
    code[15].is_ascii_uppercase() && u32::from(code[15] - b'A') == sum % 26
}

fn spain(text: &str) -> bool {
    const CHECK: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let code = letters(text);
    if code.len() != 9 {
        return false;
    }
    let first = match code[0] {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        other => other,
    };
    let number = std::iter::once(first).chain(code[1..8].iter().copied());
    let Some(number) = number.map(|b| b.is_ascii_digit().then(|| u32::from(b - b'0'))).collect::<Option<Vec<u32>>>()
    else {
        return false;
    };
    let number = number.iter().fold(0, |sum, d| sum * 10 + d);
    code[8] == CHECK[number as usize % 23]
}

fn china(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some((body, check)) = text.char_indices().nth(17).map(|(at, _)| text.split_at(at)) else { return false };
    let Some(body) = digits(body).filter(|d| d.len() == 17) else { return false };
    if !matches!(two(&body, 6), 18..=20) || !is_date(two(&body, 10), two(&body, 12)) {
        return false;
    }
    let expected = b"10X98765432"[weighted(&body, &WEIGHTS) as usize % 11];
    check.len() == 1 && check.as_bytes()[0].to_ascii_uppercase() == expected
}

fn france(text: &str) -> bool {
    let code = letters(text);
    if code.len() != 15 || !matches!(code[0], b'1' | b'2') {
        return false;
    }
    // Corsica's departments are 2A and 2B, and count as 19 and 18.
    let text = String::from_utf8_lossy(&code[..13]).replace("2A", "19").replace("2B", "18");
    let check = std::str::from_utf8(&code[13..]).ok().and_then(|c| c.parse::<u64>().ok());
    let month = std::str::from_utf8(&code[3..5]).ok().and_then(|c| c.parse::<u32>().ok());
    let number = text.parse::<u64>().ok();
    matches!((number, check, month), (Some(n), Some(c), Some(m)) if 97 - n % 97 == c && (1..=12).contains(&m))
}

fn singapore(text: &str) -> bool {
    const WEIGHTS: [u32; 7] = [2, 7, 6, 5, 4, 3, 2];
    let code = letters(text);
    let Some(number) = code.get(1..8).and_then(|d| digits(std::str::from_utf8(d).ok()?)) else { return false };
    if code.len() != 9 || number.len() != 7 {
        return false;
    }
    let sum = weighted(&number, &WEIGHTS);
    let (letters, offset): (&[u8; 11], u32) = match code[0] {
        b'S' => (b"JZIHGFEDCBA", 0),
        b'T' => (b"JZIHGFEDCBA", 4),
        b'F' => (b"XWUTRQPNMLK", 0),
        b'G' => (b"XWUTRQPNMLK", 4),
        b'M' => (b"KLJNPQRTUWX", 3),
        _ => return false,
    };
    let at = (sum + offset) % 11;
    code[8] == letters[if code[0] == b'M' { 10 - at } else { at } as usize]
}

fn finland(text: &str) -> bool {
    const CHECK: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";
    let code = text.as_bytes();
    if code.len() != 11 || !b"+-ABCDEFYXWVU".contains(&code[6]) {
        return false;
    }
    let number = |from: usize, to: usize| {
        std::str::from_utf8(&code[from..to])
            .ok()
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse::<u32>().ok())
    };
    let (Some(date), Some(serial), Some(day), Some(month)) = (number(0, 6), number(7, 10), number(0, 2), number(2, 4))
    else {
        return false;
    };
    is_date(month, day) && code[10] == CHECK[((date * 1000 + serial) % 31) as usize]
}

fn britain(text: &str) -> bool {
    let code = letters(text);
    code.len() == 9
        && code[..2].iter().all(|b| b.is_ascii_uppercase() && !b"DFIQUV".contains(b))
        && code[1] != b'O'
        && ![&b"BG"[..], b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].contains(&&code[..2])
        && code[2..8].iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(&code[8])
}

fn united_states(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [area, group, serial] = parts[..] else { return false };
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    digits(area, 3)
        && digits(group, 2)
        && digits(serial, 4)
        && area != "000"
        && area != "666"
        && group != "00"
        && serial != "0000"
}

fn brazil_written(text: &str) -> bool {
    text.len() == 14 && text.as_bytes()[3] == b'.' && text.as_bytes()[11] == b'-' && brazil(text)
}

fn brazil(text: &str) -> bool {
    let Some(d) = digits(text).filter(|d| d.len() == 11 && d.iter().any(|x| *x != d[0])) else { return false };
    let check = |n: usize| {
        let sum: u32 = d[..n].iter().zip((2..=n as u32 + 1).rev()).map(|(d, w)| d * w).sum();
        sum * 10 % 11 % 10
    };
    d[9] == check(9) && d[10] == check(10)
}

fn mexico(text: &str) -> bool {
    let code = letters(text);
    code.len() == 18
        && code[..4].iter().all(u8::is_ascii_uppercase)
        && code[4..10].iter().all(u8::is_ascii_digit)
        && matches!(code[10], b'H' | b'M' | b'X')
        && code[11..16].iter().all(u8::is_ascii_uppercase)
        && code[16].is_ascii_alphanumeric()
        && code[17].is_ascii_digit()
}

fn poland(text: &str) -> bool {
    const WEIGHTS: [u32; 10] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
    let Some(d) = digits(text).filter(|d| d.len() == 11) else { return false };
    is_date(two(&d, 2) % 20, two(&d, 4)) && (10 - weighted(&d, &WEIGHTS) % 10) % 10 == d[10]
}

fn germany(text: &str) -> bool {
    let Some(d) = digits(text).filter(|d| d.len() == 11 && d[0] != 0) else { return false };
    // Of the first ten digits one comes two or three times, the others at most once.
    let mut counts = [0u32; 10];
    d[..10].iter().for_each(|x| counts[*x as usize] += 1);
    if counts.iter().filter(|c| **c > 1).count() != 1 || counts.iter().any(|c| *c > 3) {
        return false;
    }
    let product = d[..10].iter().fold(10, |product, x| {
        let sum = match (x + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (11 - product) % 10 == d[10]
}

fn india(text: &str) -> bool {
    const D: [[usize; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const P: [[usize; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let Some(d) = digits(text).filter(|d| d.len() == 12 && d[0] > 1) else { return false };
    d.iter().rev().enumerate().fold(0, |c, (i, x)| D[c][P[i % 8][*x as usize]]) == 0
}

fn netherlands(text: &str) -> bool {
    let Some(d) = digits(text).filter(|d| d.len() == 9 && d.iter().any(|x| *x != 0)) else { return false };
    let sum = weighted(&d, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum % 11 == d[8] && sum > 0
}

fn sweden(text: &str) -> bool {
    let plain: String = text.chars().filter(char::is_ascii_digit).collect();
    let Some(d) = digits(&text.replace('+', "-")).filter(|d| matches!(d.len(), 10 | 12)) else { return false };
    let short = &d[d.len() - 10..];
    is_date(two(short, 2), two(short, 4)) && luhn::valid(&plain[plain.len() - 10..])
}

fn switzerland(text: &str) -> bool {
    let Some(d) = digits(text).filter(|d| d.len() == 13 && d[..3] == [7, 5, 6]) else { return false };
    let sum: u32 = d[..12].iter().enumerate().map(|(i, x)| if i % 2 == 0 { *x } else { x * 3 }).sum();
    (10 - sum % 10) % 10 == d[12]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_examples_pass_and_one_changed_digit_does_not() {
        let cases: [(Is, &str, &str); 16] = [
            (italy, "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
            (spain, "12345678Z", "12345678A"),
            (spain, "X1234567L", "X1234567K"),
            (china, "11010519491231002X", "110105194912310021"),
            (france, "2 55 08 14 168 025 38", "2 55 08 14 168 025 39"),
            (singapore, "S1234567D", "S1234567A"),
            (finland, "131052-308T", "131052-308U"),
            (britain, "AB123456C", "BG123456C"),
            (united_states, "123-45-6789", "000-45-6789"),
            (brazil, "529.982.247-25", "529.982.247-24"),
            (poland, "44051401359", "44051401358"),
            (germany, "86095742719", "86095742718"),
            (india, "2341 2341 2346", "2341 2341 2347"),
            (netherlands, "111222333", "111222334"),
            (sweden, "811228-9874", "811228-9873"),
            (switzerland, "756.9217.0769.85", "756.9217.0769.84"),
        ];
        for (is, good, bad) in cases {
            assert!(is(good), "{good}");
            assert!(!is(bad), "{bad}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_judged_without_a_fault(text in "\\PC{0,24}", shape in "[0-9A-Za-z+ .-]{7,20}") {
            for number in &NUMBERS {
                let _ = (number.is)(&text);
                let _ = (number.is)(&shape);
            }
        }
    }
}
