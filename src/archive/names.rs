//! Names of files inside the archive, safe on every system: lower case, `[a-z0-9-_.]`, never a reserved name, no
//! leading dot, of limited length, and no two the same.
//!
//! The true names of systems and collections stand in `datapackage.json`.

use std::collections::HashSet;

/// The longest name of a folder or file, without its ending.
const LONGEST: usize = 60;

/// Gives out names within one folder; the order of asking decides who gets the plain one.
#[derive(Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// A free name made from `text`.
    pub fn name(&mut self, text: &str) -> String {
        let plain = slug(text);
        let mut name = plain.clone();
        let mut n = 2u64;
        while !self.taken.insert(name.clone()) {
            name = format!("{plain}-{n}");
            n += 1;
        }
        name
    }
}

/// A safe name made from any text.
pub fn slug(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let c = c.to_ascii_lowercase();
        let c = if matches!(c, 'a'..='z' | '0'..='9' | '-' | '_' | '.') { c } else { '-' };
        // No `..` and no runs of what was replaced.
        if matches!(c, '.' | '-') && name.ends_with(c) {
            continue;
        }
        if name.len() == LONGEST {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches(['.', '-']);
    let stem = name.split('.').next().unwrap_or_default();
    match name {
        "" => "unnamed".to_owned(),
        name if is_reserved(stem) => format!("{stem}_{}", &name[stem.len()..]),
        name => name.to_owned(),
    }
}

/// Whether Windows keeps the name for a device.
fn is_reserved(stem: &str) -> bool {
    let numbered =
        |prefix: &str| stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    matches!(stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt")
}

/// Whether a path inside an archive is one that unpacks to exactly itself on every system.
pub fn is_safe_path(path: &str) -> bool {
    let part = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        !part.is_empty()
            && part.len() <= 128
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !is_reserved(&stem)
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    path.len() <= 512 && path.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_safe() {
        let cases = [
            ("orders", "orders"),
            ("Customer", "customer"),
            ("public.Order Items", "public.order-items"),
            ("../../etc/passwd", "etc-passwd"),
            ("C:\\x", "c-x"),
            ("con", "con_"),
            ("CON.log", "con_.log"),
            ("lpt1", "lpt1_"),
            (".hidden", "hidden"),
            ("a..b", "a.b"),
            ("名前", "unnamed"),
            ("", "unnamed"),
        ];
        for (text, name) in cases {
            assert_eq!(slug(text), name, "{text}");
        }
    }

    #[test]
    fn clashes_get_numbers_in_order() {
        let mut names = Names::default();
        let given: Vec<String> = ["Orders", "orders", "orders-2", "ORDERS"].iter().map(|n| names.name(n)).collect();
        assert_eq!(given, ["orders", "orders-2", "orders-2-2", "orders-3"]);
    }

    #[test]
    fn unsafe_paths_are_known() {
        for path in ["../a", "/a", "a//b", "a/../b", "C:/a", "a\\b", "a/.b", "nul.txt", "a/b.", "a\u{202e}", "", "a/"] {
            assert!(!is_safe_path(path), "{path:?}");
        }
        assert!(is_safe_path("data/shop/files/orders/1.png") && is_safe_path("START-HERE.html"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_makes_a_safe_name(text in ".{0,90}") {
            prop_assert!(is_safe_path(&slug(&text)), "{text:?}");
        }
    }
}
