//! What words in names mean: who is a person, what is an organisation, what somebody is to a record.
//!
//! Closed lists, in English and the common European languages. A word alone decides little; see `persons` and `roles`.

mod parts;
mod people;
mod things;
mod times;

use std::cell::RefCell;
use std::collections::HashMap;

use super::words::alike;
use parts::{AUTHORS, CREATORS, HANDLERS, RECIPIENTS, SUBJECTS};
use people::{CLIENTS, ORGANISATIONS, RELATIVES, STAFF, THINGS_OF_CLIENTS};
use things::{CATALOGUE, MATTERS, TALK};
use times::{BEGINNINGS, HAPPENINGS, OTHERS};

/// Words at the end of a table's name that do not change what it is about.
const EMPTY_HEADS: &[&str] =
    &["entity", "table", "tbl", "list", "base", "master", "record", "info", "data", "main", "tab", "stamm"];

/// Words in front of a table's name that say nothing.
pub(super) const EMPTY_PREFIXES: &[&str] = &["tbl", "tab", "t", "tb", "dim", "fact", "vw", "app", "core"];

/// What somebody in a column is to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// Does something to other people's records: approves, serves, manages.
    Handler,
    /// Put the record in.
    Creator,
    /// Is what the record is on.
    Subject,
    /// Receives it.
    Recipient,
    /// Wrote it.
    Author,
    /// The record is theirs.
    Owner,
}

thread_local! {
    /// Tables and columns ask for the same few words again and again.
    static KNOWN: RefCell<HashMap<(*const u8, String), bool>> = RefCell::default();
}

/// Whether a word, or a form of it, stands in a list.
fn has(list: &'static str, word: &str) -> bool {
    let found = || list.split_whitespace().any(|w| w == word || w.len() >= 5 && alike(w, word));
    KNOWN.with_borrow_mut(|known| *known.entry((list.as_ptr(), word.to_owned())).or_insert_with(found))
}

/// Whether a word stands in a list just so.
fn lists(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// The word of a table's name that says what its records are: the last that is not empty talk.
pub(super) fn head(words: &[String]) -> &str {
    let full = words.iter().rev().find(|w| !EMPTY_HEADS.contains(&w.as_str()));
    full.or(words.last()).map_or("", String::as_str)
}

/// Whether a table of that name may be one of people.
pub(super) fn names_people(words: &[String]) -> bool {
    // A collection of nothing but names.
    let names = matches!(words, [only] if only == "name");
    names || has(CLIENTS, head(words)) || names_staff(words)
}

/// Whether a table of that name is one of people the firm deals with, and not of whoever can log in.
pub(super) fn names_clients(words: &[String]) -> bool {
    has(CLIENTS, head(words)) && !names_users(words) && !names_staff(words)
}

/// Whether a table of that name may be one of the firm's own people.
pub(super) fn names_staff(words: &[String]) -> bool {
    has(STAFF, head(words))
}

/// Whether a table of that name may as well hold a thing of people's: a bank's account.
pub(super) fn names_a_thing_too(words: &[String]) -> bool {
    has(THINGS_OF_CLIENTS, head(words))
}

/// Whether a table of that name is one of people who are named because of somebody else: relatives, contacts in an
/// emergency.
pub(super) fn names_relatives(words: &[String]) -> bool {
    words.iter().any(|w| has(RELATIVES, w))
}

/// Whether a word is one for a firm's clients.
pub(super) fn is_client(word: &str) -> bool {
    has(CLIENTS, word)
}

/// The words of a table's name without those at its end that say nothing.
pub(super) fn without_empty_tail(words: &[String]) -> &[String] {
    let full = words.iter().rposition(|w| !EMPTY_HEADS.contains(&w.as_str()));
    full.map_or(words, |last| &words[..=last])
}

/// Whether who did something is named in a record of just that: `invited_by` in an invitation.
pub(super) fn is_the_deed(done: &[String], words: &[String]) -> bool {
    let alike = |w: &String| {
        let common = w.chars().zip(head(words).chars()).take_while(|(a, b)| a == b).count();
        common >= 5 && common + 3 >= w.chars().count().min(head(words).chars().count() + 1)
    };
    done.iter().any(alike)
}

/// Whether a table of that name holds whoever can log in, staff and customers alike.
pub(super) fn names_users(words: &[String]) -> bool {
    has(
        "user account benutzer nutzer usuario utilizador utilisateur utente gebruiker uzytkownik anvandare bruger \
        kullanici felhasznalo pengguna yonghu 用户",
        head(words),
    )
}

/// Whether a table of that name may be one of organisations.
pub(super) fn names_organisation(words: &[String]) -> bool {
    has(ORGANISATIONS, head(words))
}

/// Whether a table of that name holds what people say to each other, or of somebody.
pub(super) fn names_talk(words: &[String]) -> bool {
    has(TALK, head(words))
}

/// Whether a table of that name holds matters that one person brings to the firm: what is said in one is on her.
pub(super) fn names_matter(words: &[String]) -> bool {
    has(MATTERS, head(words))
}

/// Whether a table of that name holds notes on somebody.
pub(super) fn names_note(words: &[String]) -> bool {
    has("note remark memo notiz nota", head(words))
}

/// Whether a table of that name holds what is offered or known in general.
pub(super) fn names_catalogue(words: &[String]) -> bool {
    // A line of something is no article, though it may be called an item.
    let line = words.len() > 1 && words.iter().any(|w| w == "line" || w == "detail");
    has(CATALOGUE, head(words)) && !line
}

/// What somebody named by these words (a column's, without those of the table it leads to) is to the record; `None`
/// where they say nothing.
pub(super) fn part(words: &[String]) -> Option<Part> {
    let kinds =
        [(AUTHORS, Part::Author), (RECIPIENTS, Part::Recipient), (SUBJECTS, Part::Subject), (CREATORS, Part::Creator)];
    let by = words.last().is_some_and(|w| w == "by");
    let mut found = None;
    for word in words {
        if lists(HANDLERS, word) {
            return Some(Part::Handler);
        }
        found = found.or_else(|| kinds.iter().find(|(list, _)| lists(list, word)).map(|(_, part)| *part));
    }
    // Whatever is done by somebody is done to a record; who bought or holds it owns it.
    let owning = ["owned", "ordered", "purchased", "bought", "booked", "held", "used", "rented", "paid"];
    match found {
        None if by && words.iter().any(|w| owning.contains(&w.as_str())) => Some(Part::Owner),
        None if by => Some(Part::Handler),
        other => other,
    }
}

/// Whether a column of these words, without any table of that name, refers to a person.
pub(super) fn refers_to_people(words: &[String]) -> bool {
    let people = |w: &String| has(CLIENTS, w) || has(STAFF, w);
    part(words).is_some_and(|p| p != Part::Handler || words.last().is_some_and(|w| w == "by"))
        || words.last().is_some_and(people)
}

/// Whether a date of that name says when the record came to be.
pub(super) fn names_a_beginning(words: &[String]) -> bool {
    begins(BEGINNINGS, words)
}

/// Whether a date of that name says when what the record tells of happened.
pub(super) fn names_a_happening(words: &[String]) -> bool {
    begins(HAPPENINGS, words)
}

/// Whether a date of that name says when something later, or something else, was.
pub(super) fn names_no_beginning(words: &[String]) -> bool {
    begins(OTHERS, words)
}

/// Whether a word begins as one of the list does; Chinese ones may stand anywhere in it.
fn begins(list: &str, words: &[String]) -> bool {
    let known = |word: &String| {
        list.split_whitespace().any(|w| if w.is_ascii() { word.starts_with(w) } else { word.contains(w) })
    };
    words.iter().any(known)
}
