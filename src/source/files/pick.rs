//! Which records of a file a question wants, decided on the raw text of single fields.
//!
//! A record that is not wanted costs a hash look-up per field asked about, whatever the number of wanted values;
//! plain ASCII is compared without allocating. The normal forms decide: this only spells them out for ASCII.

use rustc_hash::FxHashSet;

use crate::map::NormalForm;
use crate::map::phone::Tails;
use crate::record::{FieldPath, Record, Value};
use crate::source::{Probe, Question, Wanted};

/// The records wanted: those some probe wants, or all.
pub struct Pick<'q> {
    /// One a probe.
    pub probes: Vec<Group<'q>>,
    /// Whether every record is wanted.
    pub all: bool,
}

/// One probe: all its tests must hold.
pub struct Group<'q> {
    /// One a field.
    pub tests: Vec<Test<'q>>,
    /// The probe itself, asked again where it has more than one field.
    probe: &'q Probe<'q>,
}

/// Whether one field holds a wanted value (or a part of one).
pub struct Test<'q> {
    /// The field.
    pub path: &'q FieldPath,
    form: NormalForm,
    country: Option<&'q str>,
    set: Set<'q>,
    tails: Option<Tails>,
}

enum Set<'q> {
    Whole(&'q Wanted),
    Part(FxHashSet<&'q str>),
}

impl<'q> Pick<'q> {
    /// What the question wants.
    pub fn of(question: &'q Question<'q>) -> Self {
        Pick { probes: question.probes.iter().map(Group::of).collect(), all: false }
    }
}

impl<'q> Group<'q> {
    fn of(probe: &'q Probe<'q>) -> Self {
        let test = |(i, path): (usize, &'q FieldPath)| {
            let set = match probe.fields.len() {
                1 => Set::Whole(probe.wanted),
                _ => Set::Part(probe.wanted.part(i).collect()),
            };
            let tails = (probe.form == NormalForm::Phone).then(|| Tails::of(probe.wanted.part(i)));
            Test { path, form: probe.form, country: probe.country, set, tails }
        };
        Group { tests: probe.fields.iter().enumerate().map(test).collect(), probe }
    }

    /// Whether a record that passed the tests is really wanted.
    pub fn confirms(&self, record: &Record) -> bool {
        if self.tests.len() == 1 {
            return true;
        }
        let mut any = false;
        self.probe.hits(record, &mut |_| any = true);
        any
    }
}

/// Longer texts take the general way.
const SHORT: usize = 128;

impl Test<'_> {
    /// Whether a value whose plain text this is passes.
    pub fn text(&self, text: &str) -> bool {
        match self.form {
            NormalForm::Exact => self.has(text),
            NormalForm::Email | NormalForm::Text if text.is_ascii() => self.folded(text),
            NormalForm::Phone if self.tails.as_ref().is_some_and(|tails| !tails.may_match(text)) => false,
            form => self.has(&form.apply(text, self.country)),
        }
    }

    /// The same for any value.
    pub fn value(&self, value: &Value) -> bool {
        crate::source::question::normal_of(value, self.form, self.country).is_some_and(|normal| self.has(&normal))
    }

    /// The forms `email` and `text`, of ASCII.
    fn folded(&self, text: &str) -> bool {
        let trimmed = text.trim_matches(|c: char| c <= ' ');
        let mut lower = [0; SHORT];
        match lower.get_mut(..trimmed.len()) {
            Some(lower) => {
                lower.copy_from_slice(trimmed.as_bytes());
                lower.make_ascii_lowercase();
                std::str::from_utf8(lower).is_ok_and(|text| self.has(text))
            }
            None => self.has(&self.form.apply(text, self.country)),
        }
    }

    fn has(&self, normal: &str) -> bool {
        !normal.is_empty()
            && match &self.set {
                Set::Whole(wanted) => wanted.get(normal).is_some(),
                Set::Part(parts) => parts.contains(normal),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_test_decides_as_the_normal_form(
            text in "[ \t]{0,2}[+0-9a-dA-D@. ()é-]{0,14}[ ]{0,1}",
            other in "[+0-9a-dA-D@.é-]{0,14}",
            country in prop::option::of(prop::sample::select(vec!["SG", "DE", "AR", "BR", "US", "IT", "MX", "AT"])),
        ) {
            for form in [NormalForm::Email, NormalForm::Text, NormalForm::Exact, NormalForm::Phone] {
                for source in [&text, &other] {
                    let mut wanted = Wanted::new(1);
                    let normal = form.apply(source, country);
                    if !normal.is_empty() {
                        wanted.add(&normal);
                    }
                    let fields = [FieldPath::column("a")];
                    let probe = Probe { fields: &fields, form, country, wanted: &wanted };
                    let question = Question { collection: "c", probes: vec![probe] };
                    let record = Record::new(["a".to_owned()].into(), vec![Value::Text(text.clone())]);
                    let mut hits = false;
                    question.probes[0].hits(&record, &mut |_| hits = true);
                    let pick = Pick::of(&question);
                    prop_assert_eq!(pick.probes[0].tests[0].text(&text), hits, "{}", form.word());
                }
            }
        }
    }
}
