//! What ties to person 0, worked out naively from the rows in memory: every link, again and again, until nothing
//! changes.

use redress::map::Role;
use std::collections::BTreeMap;

use super::world::{Row, World};

/// By table and row: the role, and whether nobody has decided a link on the way.
pub type Ties = BTreeMap<(usize, usize), (Role, bool)>;

fn is_own((role, open): (Role, bool)) -> bool {
    role.is_own() && !open
}

/// Own first; then what may be her own once somebody decides; then what is another's.
fn rank((role, open): (Role, bool)) -> (bool, bool, Role) {
    (role.is_own() && !open, open, role)
}

/// A link of the map: a table and its columns, the table it leads to and its columns.
struct Link {
    here: usize,
    from: Vec<usize>,
    there: usize,
    to: Vec<usize>,
    role: Role,
    open: bool,
}

impl World {
    fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for (i, table) in self.tables.iter().enumerate() {
            for r in &table.references {
                let (from, to) = (r.columns.clone(), r.to_columns.clone());
                links.extend(r.link.map(|(role, open)| Link { here: i, from, there: r.to, to, role, open }));
            }
            if let Some(h) = &table.held {
                let (from, to) = (table.key.clone(), vec![h.column]);
                links.push(Link { here: i, from, there: h.by, to, role: h.role, open: false });
            }
        }
        links
    }

    /// What ties to the person whose address is `p0@x.test`, in these rows.
    pub fn ties(&self, rows: &[Vec<Row>]) -> Ties {
        let mut ties = Ties::new();
        for (i, table) in self.tables.iter().enumerate() {
            let Some(email) = table.email else { continue };
            for (r, row) in rows[i].iter().enumerate() {
                if row[email].as_deref().is_some_and(|e| e.trim().eq_ignore_ascii_case("p0@x.test")) {
                    ties.insert((i, r), (Role::Owner, false));
                }
            }
        }
        let links = self.links();
        loop {
            let before = ties.clone();
            for Link { here, from, there, to, role, open } in &links {
                for (r, row) in rows[*here].iter().enumerate() {
                    let values = tuple(row, from);
                    for (t, target) in rows[*there].iter().enumerate() {
                        let Some(tie) = before.get(&(*there, t)).filter(|tie| is_own(**tie)) else { continue };
                        if values.is_none() || tuple(target, to) != values {
                            continue;
                        }
                        let mut new = (tie.0.min(*role), *open);
                        // A second person is never the subject.
                        if *here == 0 && is_own(new) && before.get(&(0, r)) != Some(&(Role::Owner, false)) {
                            new.0 = Role::Reference;
                        }
                        let known = ties.get(&(*here, r)).copied();
                        if known.is_none_or(|k| rank(new) > rank(k)) {
                            ties.insert((*here, r), new);
                        }
                    }
                }
            }
            if ties == before {
                return ties;
            }
        }
    }
}

/// How close a role brings somebody to a record, where it makes it theirs; sender and receiver are equals.
fn closeness(role: Role) -> u8 {
    match role {
        Role::Owner => 3,
        Role::Author | Role::Recipient => 2,
        Role::About => 1,
        _ => 0,
    }
}

impl World {
    /// Whether a record of hers is somebody else's too, who is as close to it as she is.
    pub fn is_anothers_too(&self, rows: &[Vec<Row>], ties: &Ties, table: usize, r: usize) -> bool {
        let mine = ties.get(&(table, r)).map_or(0, |(role, _)| closeness(*role));
        if mine == 0 || table == 0 {
            return false;
        }
        let row = &rows[table][r];
        let near = |theirs: u8, peer: bool| if mine == 1 { theirs > 1 && peer } else { theirs > 1 && theirs >= mine };
        let stranger = self.tables[table].email.and_then(|e| row[e].as_deref());
        let stranger = stranger.is_some_and(|e| !e.trim().eq_ignore_ascii_case("p0@x.test"));
        let led_elsewhere = |link: &Link| {
            let values = tuple(row, &link.from);
            let hers = (0..rows[link.there].len()).any(|t| {
                let own = ties.get(&(link.there, t)).is_some_and(|tie| is_own(*tie));
                own && tuple(&rows[link.there][t], &link.to) == values
            });
            // Only through a person's own record it is known to lead to people.
            let peer = link.there == 0 && ties.iter().any(|((t, _), tie)| *t == 0 && is_own(*tie));
            values.is_some() && !hers && near(closeness(link.role), peer)
        };
        near(3, true) && stranger
            || self.links().iter().filter(|l| l.here == table && !l.open && l.role != Role::Shared).any(led_elsewhere)
    }
}

/// The values of these columns; none where one is missing.
pub fn tuple(row: &Row, columns: &[usize]) -> Option<Vec<String>> {
    columns.iter().map(|c| row[*c].clone()).collect()
}
