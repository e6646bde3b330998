//! What refers to people directly: whose is it, who wrote it, who only handled it.

use std::collections::{BTreeSet, HashMap};

use super::identities::finds_people;
use super::recognise::Kind;
use super::refer::Reference;
use super::standing::{Seen, Standing};
use super::table::{Table, is_nothing, path, spelled};
use super::versions;
use super::vocabulary::{
    Part, is_the_deed, names_catalogue, names_clients, names_matter, names_note, names_organisation, names_talk,
    names_users, part,
};
use crate::map::Role;
use crate::record::Record;

/// Decides on references to people.
pub(super) struct Direct<'a> {
    pub seen: &'a Seen<'a>,
    /// Collections of the firm's own people.
    pub staff: &'a BTreeSet<usize>,
    /// Whether staff may own records in this round.
    pub with_staff: bool,
}

impl Direct<'_> {
    /// Ties a collection to the people it refers to; nothing where it has ties already or they only handled it.
    pub fn settle(&self, t: usize, all: &mut [Standing]) {
        if all[t].owned {
            return;
        }
        let mut parts: Vec<(usize, Part)> = Vec::new();
        for (i, r) in self.seen.from(t).filter(|(_, r)| r.to != t && all[r.to].person) {
            let skip = self.staff.contains(&r.to) && !self.with_staff;
            if !skip {
                parts.push((i, self.part(t, r, all)));
            }
        }
        let ties = self.roles(t, &mut parts);
        if ties.iter().any(|tie| tie.role.is_own()) {
            let own = ties.iter().filter(|tie| tie.role.is_own());
            let list =
                |k: &super::standing::Tie| k.reference.is_some_and(|i| is_list(self.seen, &self.seen.references[i]));
            let lists = ties.iter().any(|tie| tie.role.is_own() && list(tie));
            all[t].several = lists || own.count() > 1 && self.together(t, &ties);
            all[t].owned = true;
            all[t].depth = 1;
            all[t].ties.extend(ties);
        }
    }

    fn part(&self, t: usize, r: &Reference, all: &[Standing]) -> Part {
        let table = &self.seen.tables[t];
        let part = part(&r.extra).unwrap_or(Part::Owner);
        // Members who are users by their key are not somebody else; where users are some of the partners, partners are.
        let kin = |t: usize| all[t].ties.iter().any(|k| k.to == r.to && k.role == Role::Owner && k.reference.is_some());
        let other = |t: usize| t != r.to && all[t].person && !self.staff.contains(&t) && !kin(t);
        let clients =
            self.seen.from(t).any(|(_, o)| other(o.to) && o.to != r.to && !names_users(&self.seen.tables[o.to].words));
        // `orders(customer_id, user_id)`: who can log in, where customers are apart, works for the firm.
        let apart = clients && names_users(&self.seen.tables[r.to].words);
        let in_key = r.own_paths(self.seen.tables).iter().any(|p| table.key.iter().any(|k| k == p.as_str()));
        let nouns = |list: &[&str]| !r.extra.is_empty() && r.extra.iter().all(|w| list.contains(&w.as_str()));
        match part {
            // The contract, the absence of an employee: nobody else is named there.
            Part::Handler if nouns(EMPLOYED) && self.names_nobody_else(t, r) => Part::Owner,
            // A member who drives is no driver of the firm's.
            Part::Handler
                if nouns(&["driver", "pilot", "operator"]) && names_clients(&self.seen.tables[r.to].words) =>
            {
                Part::Owner
            }
            _ if versions::leads_home(self.seen.tables, r) => Part::Owner,
            // Of a version, who changed it.
            _ if self.seen.from(t).any(|(_, o)| versions::leads_home(self.seen.tables, o)) && !self.is_copied(t, r) => {
                Part::Handler
            }
            Part::Owner if apart || self.is_in_charge(t, r) => Part::Handler,
            // `orders(customer_id, user_author)`: who wrote it in; what people say is theirs.
            Part::Author if apart && !names_talk(&table.words) => Part::Handler,
            Part::Author if table_is_general(table) => Part::Handler,
            // Where a firm has clients apart from users, users put in what is the firm's.
            Part::Creator if self.has_clients_beside(r.to, all) && !names_talk(&table.words) => Part::Handler,
            Part::Handler if is_the_deed(&r.extra, &table.words) => Part::Author,
            // A branch, a tenant: what hangs on it is of many people.
            Part::Owner if is_hub(self.seen, t) => Part::Handler,
            // A store is not its manager's; which territories are an employee's is theirs.
            Part::Owner if self.staff.contains(&r.to) && table_is_general(table) && !in_key => Part::Handler,
            Part::Creator | Part::Owner if table_is_general(table) && part == Part::Creator => Part::Handler,
            other => other,
        }
    }

    /// Whether a record refers to one person alone, but for who did something to it, and is no part of anything.
    fn names_nobody_else(&self, t: usize, r: &Reference) -> bool {
        let tells = |o: &Reference| {
            let by = matches!(part(&o.extra), Some(Part::Handler | Part::Creator));
            o.from_columns != r.from_columns && !(o.to == r.to && by) && !table_is_general(&self.seen.tables[o.to])
        };
        !self.seen.from(t).any(|(_, o)| tells(o))
    }

    /// Whether what a version is of has such a column too.
    fn is_copied(&self, t: usize, r: &Reference) -> bool {
        let homes = self.seen.from(t).filter(|(_, o)| versions::leads_home(self.seen.tables, o));
        homes.into_iter().any(|(_, o)| r.from_columns.iter().all(|c| self.seen.tables[o.to].field(c).is_some()))
    }

    /// `tickets(customer_id, owner_id)`: beside whom a record is for, its owner is who takes care of it.
    fn is_in_charge(&self, t: usize, r: &Reference) -> bool {
        let says = |r: &Reference, list: &[&str]| r.extra.iter().any(|w| list.contains(&w.as_str()));
        let beside = |o: &Reference| {
            o.to == r.to && says(o, ASKERS) || o.to != r.to && names_clients(&self.seen.tables[o.to].words)
        };
        says(r, &["owner", "holder", "user"])
            && self.seen.from(t).any(|(_, o)| o.from_columns != r.from_columns && beside(o))
    }

    /// Whether `users` are not the only people: the source has clients who own something.
    fn has_clients_beside(&self, users: usize, all: &[Standing]) -> bool {
        let tables = self.seen.tables;
        let kin =
            |t: usize| all[t].ties.iter().any(|k| k.to == users && k.role == Role::Owner && k.reference.is_some());
        let beside = |t: usize| {
            t != users && all[t].person && !names_users(&tables[t].words) && !self.staff.contains(&t) && !kin(t)
        };
        names_users(&tables[users].words)
            && (0..tables.len()).any(|t| beside(t) && tables[t].source == tables[users].source && self.owns(t))
    }

    /// Whether records refer to these people as theirs.
    fn owns(&self, t: usize) -> bool {
        self.seen.references.iter().any(|r| r.to == t && r.from != t && r.sure && part(&r.extra).is_none())
    }

    fn roles(&self, t: usize, parts: &mut Vec<(usize, Part)>) -> Vec<super::standing::Tie> {
        let table = &self.seen.tables[t];
        let count = |parts: &[(usize, Part)], p: Part| parts.iter().filter(|(_, q)| *q == p).count();
        let (owners, authors) = (count(parts, Part::Owner), count(parts, Part::Author));
        let (recipients, subjects) = (count(parts, Part::Recipient), count(parts, Part::Subject));
        // `partner_id` owns the order; `partner_invoice_id` beside it is another's part in it.
        let plain = |i: usize| {
            let r = &self.seen.references[i];
            let owner = |(o, p): &(usize, Part)| *p == Part::Owner && self.seen.references[*o].to == r.to;
            !r.extra.is_empty() && parts.iter().any(|o| owner(o) && self.seen.references[o.0].extra.is_empty())
        };
        let beside: BTreeSet<usize> =
            parts.iter().filter(|(i, p)| *p == Part::Owner && plain(*i)).map(|(i, _)| *i).collect();
        parts.retain(|(i, _)| !beside.contains(i));
        let owners = owners - beside.len();
        let others = parts.len() > owners;
        let together = owners > 1 && self.coexist(t, parts);
        let mut ties = Vec::new();
        for (i, part) in parts.iter() {
            let r = &self.seen.references[*i];
            let role = match part {
                Part::Handler => continue,
                // A list of people: the record is theirs together.
                Part::Owner if is_list(self.seen, r) => Role::Shared,
                Part::Owner if names_organisation(&table.words) && !r.extra.is_empty() => Role::Representative,
                Part::Owner if together => Role::Shared,
                Part::Owner if names_note(&table.words) && others => Role::About,
                Part::Owner => Role::Owner,
                Part::Author => Role::Author,
                Part::Recipient => Role::Recipient,
                Part::Subject => Role::About,
                // Who put it in, where nobody else is named: the author of what people write.
                Part::Creator if owners + authors + recipients + subjects == 0 && !self.is_audit(r) => Role::Author,
                Part::Creator => continue,
            };
            let mut tie = self.seen.tie(*i, role);
            if *part == Part::Creator {
                tie.sure &= names_talk(&table.words) || table.fields.iter().any(|f| f.found.kind == Kind::FreeText);
            }
            ties.push(tie);
        }
        ties
    }

    /// Whether records of most collections say so of these people, whatever they are of: who keyed it in.
    fn is_audit(&self, r: &Reference) -> bool {
        let same = |o: &&Reference| {
            o.to == r.to
                && o.from_columns.len() == 1
                && r.from_columns.len() == 1
                && o.from_columns[0].eq_ignore_ascii_case(&r.from_columns[0])
        };
        let from: BTreeSet<usize> = self.seen.references.iter().filter(same).map(|o| o.from).collect();
        let to: BTreeSet<usize> = self.seen.references.iter().filter(|o| o.to == r.to).map(|o| o.from).collect();
        let belongs = self.seen.from(r.from).any(|(_, o)| o.to != r.to && o.sure);
        from.len() >= 5 && from.len() * 2 >= to.len() && belongs
    }

    /// Whether several owners stand in the same records (and not in one each, the other being empty).
    fn coexist(&self, t: usize, parts: &[(usize, Part)]) -> bool {
        let table = &self.seen.tables[t];
        let owners: Vec<Vec<_>> = parts
            .iter()
            .filter(|(_, p)| *p == Part::Owner)
            .map(|(i, _)| self.seen.references[*i].own_paths(self.seen.tables))
            .collect();
        // Two references over the same columns (a pair of type and id) are one place.
        let filled = |record: &crate::record::Record| {
            let is_there =
                |paths: &&Vec<_>| paths.iter().all(|p| record.at(p).into_iter().any(|v| !super::table::is_nothing(v)));
            let there: BTreeSet<_> = owners.iter().filter(is_there).collect();
            there.len()
        };
        let counts: Vec<usize> = table.sample.iter().map(filled).filter(|n| *n > 0).collect();
        let both = counts.iter().filter(|n| **n > 1).count();
        counts.is_empty() || both * 5 >= counts.len()
    }

    fn together(&self, t: usize, ties: &[super::standing::Tie]) -> bool {
        let own: Vec<(usize, Part)> =
            ties.iter().filter(|k| k.role.is_own()).filter_map(|k| Some((k.reference?, Part::Owner))).collect();
        self.coexist(t, &own)
    }
}

/// Words for who works for the firm.
const EMPLOYED: &[&str] = &[
    "employee",
    "emp",
    "staff",
    "empleado",
    "empleada",
    "mitarbeiter",
    "medewerker",
    "dipendente",
    "employe",
    "funcionario",
    "pracownik",
    "anstalld",
    "personel",
    "calisan",
];

/// Words for whom a record is for.
const ASKERS: &[&str] = &[
    "customer",
    "client",
    "buyer",
    "requester",
    "requestor",
    "reporter",
    "guest",
    "patient",
    "contact",
    "tenant",
    "student",
];

/// Whether a reference stands in a list, so that one record may refer to several people.
fn is_list(seen: &Seen<'_>, r: &Reference) -> bool {
    r.own_paths(seen.tables).iter().any(|p| p.is_many())
}

/// Whether records of many collections hang on few of this one, and it names nobody: a branch, a tenant.
fn is_hub(seen: &Seen<'_>, t: usize) -> bool {
    let crowds = |r: &&Reference| r.to == t && r.from != t && r.sure && super::satellites::crowd(seen, r) > 20.0;
    let from: BTreeSet<usize> = seen.references.iter().filter(crowds).map(|r| r.from).collect();
    from.len() >= 3 && seen.tables[t].is_whole() && !finds_people(&seen.tables[t])
}

/// Whether a collection holds what the firm offers or knows, whoever put it in.
fn table_is_general(table: &Table) -> bool {
    names_catalogue(&table.words) || names_organisation(&table.words)
}

/// Whether a reference stands in records that nothing else ties to a person: a file of an order, where others are a
/// user's.
fn stands_alone(seen: &Seen<'_>, ties: &[super::standing::Tie], r: &Reference) -> bool {
    let table = &seen.tables[r.from];
    let filled = |record: &Record, columns: &[String], only: &Option<(String, Vec<String>)>| {
        let holds = |c: &String| record.at(&path(&table.shape, c)).into_iter().any(|v| !is_nothing(v));
        let says = only.as_ref().is_none_or(|(column, texts)| {
            record.at(&path(&table.shape, column)).into_iter().any(|v| texts.contains(&spelled(v)))
        });
        columns.iter().all(holds) && says
    };
    let own: Vec<_> = ties.iter().filter(|k| k.role.is_own()).collect();
    let mine: Vec<&Record> = table.sample.iter().filter(|s| filled(s, &r.from_columns, &r.only)).collect();
    let alone = mine.iter().filter(|s| !own.iter().any(|k| filled(s, &k.from, &k.only))).count();
    // Where both stand in most records, the one says what the record is on, not whose it is: the campaign of a pledge.
    let both = mine.len() - alone;
    let others: usize = table.sample.iter().filter(|s| own.iter().any(|k| filled(s, &k.from, &k.only))).count();
    let aim = &seen.tables[r.to];
    let said = names_talk(&table.words) && names_matter(&aim.words);
    let part = r.cascade || said || super::chain::is_part_of(table, aim);
    alone * 20 > mine.len() && (part || others == 0 || both * 2 < others)
}

/// Whether records that belong to another have addresses of their own that differ within it: the messages of a ticket,
/// written by her and by those who answer.
pub(super) fn speaks_for_others(seen: &Seen<'_>, r: &Reference) -> bool {
    let table = &seen.tables[r.from];
    if !finds_people(table) {
        return false;
    }
    let mail = table.fields.iter().find(|f| f.found.identity.is_some() && !f.found.about_other && f.is_sure());
    let Some(mail) = mail else { return false };
    let paths = r.own_paths(seen.tables);
    let mut within: HashMap<Vec<String>, BTreeSet<String>> = HashMap::new();
    for record in &table.sample {
        let parent: Vec<String> = paths.iter().flat_map(|p| record.at(p)).map(spelled).collect();
        let values = record.at(&mail.path).into_iter().filter(|v| !is_nothing(v));
        within.entry(parent).or_default().extend(values.map(|v| spelled(v).to_lowercase()));
    }
    let differ = within.values().filter(|v| v.len() > 1).count();
    names_talk(&table.words) || differ * 10 > within.len()
}

/// Whether the records are what is said in a matter of hers: she wrote some of it, others answered.
fn answers_to(seen: &Seen<'_>, to: &Standing, r: &Reference) -> bool {
    let hers = to.ties.iter().any(|k| matches!(k.role, Role::Owner | Role::Author) && k.sure);
    r.sure && hers && names_talk(&seen.tables[r.from].words) && names_matter(&seen.tables[r.to].words)
}

/// All other references to people, and from people's records to people's records: listed, never followed.
pub(super) fn references(seen: &Seen<'_>, all: &mut [Standing]) {
    for (i, r) in seen.references.iter().enumerate() {
        let (from, to) = (&all[r.from], &all[r.to]);
        let leads = to.person || to.owned && !to.satellite && (from.owned || r.declared);
        let known = from.ties.iter().any(|k| k.reference == Some(i));
        // The other way round it is a link already: the record referred to is hers.
        let back = to.ties.iter().any(|k| k.to == r.from && k.to_columns == r.from_columns && k.from == r.to_columns);
        if leads && !known && (to.person || !back) {
            // Who travels with her on her booking is somebody else.
            let apart = from.person || from.names_people;
            let alone = from.owned && !to.person && !apart && stands_alone(seen, &from.ties, r);
            let answers = from.owned && !to.person && answers_to(seen, &all[r.to], r);
            let own = if answers || speaks_for_others(seen, r) { Role::About } else { Role::Owner };
            let mut tie = seen.tie(i, if alone || answers { own } else { Role::Reference });
            // A reference takes nothing and gives nothing away: where the values bear it out it can stand.
            tie.sure |= r.found > 0 && r.found * 2 >= r.asked;
            all[r.from].ties.push(tie);
        }
    }
}
