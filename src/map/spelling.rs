//! How one identifier is spelled in two sources: `42` here, `CUST-0042` there. A form is the text around the value that
//! both mean, and how many digits it is filled up to. Pure; which values are compared is decided elsewhere.

use std::borrow::Cow;
use std::fmt;

/// A form with one place for the value: `CUST-{}`, `{:04}` (filled up with zeros to four digits), `{}` (as it is).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Form {
    before: String,
    after: String,
    /// Digits the value is filled up to; with them it is a number without leading zeros.
    digits: Option<usize>,
}

/// More digits no number is filled up to.
const MOST_DIGITS: usize = 40;

impl Form {
    /// Reads a form; says what is wrong with one that is none.
    pub fn parse(text: &str) -> Result<Form, &'static str> {
        let mut form = Form::default();
        let mut seen = false;
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (plain, mark) = rest.split_at(at);
            form.add(plain, seen);
            if let Some(after) = mark.strip_prefix("{{").or_else(|| mark.strip_prefix("}}")) {
                form.add(&mark[..1], seen);
                rest = after;
                continue;
            }
            let inside = mark.strip_prefix('{').and_then(|m| m.split_once('}'));
            let (inside, after) =
                inside.ok_or("has a brace that belongs to no {}; write {{ or }} for a brace itself")?;
            if std::mem::replace(&mut seen, true) {
                return Err("has more than one {}");
            }
            form.digits = digits(inside)?;
            rest = after;
        }
        form.add(rest, seen);
        if seen { Ok(form) } else { Err("has no {} where the value stands") }
    }

    /// The form of these parts.
    pub fn of(before: &str, after: &str, digits: Option<usize>) -> Form {
        Form { before: before.to_owned(), after: after.to_owned(), digits }
    }

    fn add(&mut self, text: &str, seen: bool) {
        if seen { &mut self.after } else { &mut self.before }.push_str(text);
    }

    /// Whether it leaves a value as it is.
    pub fn is_plain(&self) -> bool {
        *self == Form::default()
    }

    /// The value in a text of this form; none where the text has another.
    pub fn read<'t>(&self, text: &'t str) -> Option<&'t str> {
        let inner = text.strip_prefix(self.before.as_str())?.strip_suffix(self.after.as_str())?;
        let Some(width) = self.digits else { return (!inner.is_empty()).then_some(inner) };
        let number = inner.trim_start_matches('0');
        let fits = inner.len() == width || inner.len() > width && number.len() == inner.len();
        if !fits || !inner.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(if number.is_empty() { &inner[inner.len() - 1..] } else { number })
    }

    /// The text for a value; none where the form is for numbers without leading zeros and it is no such.
    pub fn write(&self, value: &str) -> Option<String> {
        let filled = match self.digits {
            None => Cow::Borrowed(value),
            Some(width) => {
                let number = value.bytes().all(|b| b.is_ascii_digit()) && (value == "0" || !value.starts_with('0'));
                if !number || value.is_empty() {
                    return None;
                }
                Cow::Owned(format!("{value:0>width$}"))
            }
        };
        (!value.is_empty()).then(|| format!("{}{filled}{}", self.before, self.after))
    }
}

/// What stands between the braces: nothing, or `:04`.
fn digits(inside: &str) -> Result<Option<usize>, &'static str> {
    if inside.is_empty() {
        return Ok(None);
    }
    let width = inside.strip_prefix(":0").and_then(|n| n.parse().ok()).filter(|n| (1..=MOST_DIGITS).contains(n));
    width.map(Some).ok_or("has more in its braces than a number of digits, as in {:04}")
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text: &str| text.replace('{', "{{").replace('}', "}}");
        let inside = self.digits.map(|n| format!(":0{n}")).unwrap_or_default();
        write!(f, "{}{{{inside}}}{}", escaped(&self.before), escaped(&self.after))
    }
}

/// How the two sides of a link spell what they have in common: one form a field, none where both spell alike.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spelled {
    /// The forms of the fields the link starts from.
    pub here: Vec<Form>,
    /// The forms of the fields it leads to.
    pub there: Vec<Form>,
}

impl Spelled {
    /// Whether both sides spell alike.
    pub fn is_plain(&self) -> bool {
        self.here.iter().chain(&self.there).all(Form::is_plain)
    }

    /// In words, to follow the name of the fields: ` spelled CUST-{}`; nothing where both spell alike.
    pub fn words(&self) -> String {
        let one = |forms: &[Form]| forms.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        let here = (!self.here.is_empty()).then(|| format!(" spelled {}", one(&self.here)));
        let there = (!self.there.is_empty()).then(|| format!(" (there {})", one(&self.there)));
        here.unwrap_or_default() + &there.unwrap_or_default()
    }

    /// The same seen from the other side.
    pub fn turned(&self) -> Spelled {
        Spelled { here: self.there.clone(), there: self.here.clone() }
    }

    /// How field `i` here spells what is spelled so there; none where it is not spelled in the form of there, or
    /// cannot be in the form of here.
    pub fn from_there<'t>(&self, i: usize, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
        respelled(self.there.get(i), self.here.get(i), text)
    }

    /// How field `i` there spells what is spelled so here.
    pub fn from_here<'t>(&self, i: usize, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
        respelled(self.here.get(i), self.there.get(i), text)
    }
}

fn respelled<'t>(read: Option<&Form>, write: Option<&Form>, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
    let plain = |form: Option<&Form>| form.is_none_or(Form::is_plain);
    if plain(read) && plain(write) {
        return Some(text);
    }
    let value = match read {
        Some(form) => form.read(&text)?,
        None => &text,
    };
    match write {
        Some(form) => form.write(value).map(Cow::Owned),
        None => Some(Cow::Owned(value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_are_read_and_refused() {
        for text in ["CUST-{}", "{}", "{:04}", "a{:012}/b", "{{{}}}", "}}{}"] {
            assert_eq!(Form::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "CUST-", "{}{}", "{", "}", "{} {", "{:4}", "{:0}", "{:041}", "{:0x}", "{id}", "{}}"] {
            assert!(Form::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_text_has_a_form_or_not() {
        let cases: &[(&str, &str, Option<&str>)] = &[
            ("CUST-{}", "CUST-42", Some("42")),
            ("CUST-{}", "CUST-", None),
            ("CUST-{}", "cust-42", None),
            ("CUST-{}", "42", None),
            ("{:04}", "0042", Some("42")),
            ("{:04}", "42", None),
            ("{:04}", "00042", None),
            ("{:04}", "12345", Some("12345")),
            ("{:04}", "0000", Some("0")),
            ("{:04}", "00x2", None),
            ("{:04}", "４２", None),
            ("<{}>", "<a>", Some("a")),
            ("<{}>", "<", None),
        ];
        for (form, text, value) in cases {
            assert_eq!(Form::parse(form).unwrap().read(text), *value, "{form} {text}");
        }
    }

    #[test]
    fn one_side_is_spelled_as_the_other() {
        let form = |text| vec![Form::parse(text).unwrap()];
        let spelled = Spelled { here: form("cust_{}"), there: form("CUST-{:04}") };
        let (here, there) = (|t| spelled.from_there(0, Cow::Borrowed(t)), |t| spelled.from_here(0, Cow::Borrowed(t)));
        assert_eq!(here("CUST-0042").as_deref(), Some("cust_42"));
        assert_eq!(there("cust_42").as_deref(), Some("CUST-0042"));
        assert_eq!((here("cust_42"), there("cust_042"), there("cust_x")), (None, None, None));
        assert_eq!(Spelled::default().from_there(0, "x".into()).as_deref(), Some("x"));
        assert!(Spelled::default().is_plain() && !spelled.is_plain());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(before in ".{0,4}", after in ".{0,4}", digits in prop::option::of(1usize..9), n: u32) {
            let form = Form::of(&before, &after, digits);
            prop_assert_eq!(Form::parse(&form.to_string()).unwrap(), form.clone());
            let text = form.write(&n.to_string()).unwrap();
            let value = n.to_string();
            prop_assert_eq!(form.read(&text), Some(value.as_str()));
        }
    }
}
