//! What `information_schema` says of the address's database, row by row. What it means is worked out in `catalogue`.

use mysql::prelude::Queryable as _;
use mysql::{Row, Value};

use super::session::Session;
use super::text_literal;

type Result<T> = std::result::Result<T, mysql::Error>;

/// A table or view.
pub(super) struct Relation {
    pub name: String,
    pub view: bool,
    /// Whether old versions of its rows stay readable.
    pub versioned: bool,
    pub partitioned: bool,
    pub engine: String,
    /// Roughly.
    pub rows: Option<u64>,
}

/// A column.
pub(super) struct Attribute {
    pub table: String,
    pub name: String,
    pub data_type: String,
    pub column_type: String,
    pub nullable: bool,
    pub extra: String,
    pub charset: Option<String>,
    pub collation: Option<String>,
    pub length: Option<u64>,
    /// What the role may do with it: `select,insert,update,references`.
    pub privileges: String,
    /// What it is computed by; `ROW START` and `ROW END` of old versions.
    pub expression: String,
}

/// One column of an index.
pub(super) struct IndexPart {
    pub table: String,
    pub index: String,
    pub unique: bool,
    /// None where it is an expression.
    pub column: Option<String>,
    /// Whether only the beginning of the column is in the index.
    pub cut: bool,
    pub ordered: bool,
    /// Whether the optimiser may use it.
    pub used: bool,
}

/// One pair of columns of a declared reference.
pub(super) struct ReferencePart {
    pub constraint: String,
    pub table: String,
    pub column: String,
    pub to_schema: String,
    pub to: String,
    pub to_column: String,
}

/// What a declared reference does by itself.
pub(super) struct Rule {
    pub constraint: String,
    pub table: String,
    pub on_delete: String,
    pub on_update: String,
}

/// The text in a cell of a row that came by the text protocol.
pub(super) fn text(row: &Row, at: usize) -> Option<String> {
    match row.as_ref(at) {
        Some(Value::Bytes(bytes)) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    }
}

fn word(row: &Row, at: usize) -> String {
    text(row, at).unwrap_or_default()
}

fn number(row: &Row, at: usize) -> Option<u64> {
    text(row, at)?.parse().ok()
}

fn all<T>(session: &mut Session, sql: &str, make: impl Fn(&Row) -> T) -> Result<Vec<T>> {
    let sql = sql.replace('\0', &text_literal(&session.database));
    Ok(session.conn.query::<Row, _>(sql)?.iter().map(make).collect())
}

pub(super) fn relations(session: &mut Session) -> Result<Vec<Relation>> {
    let sql = "SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS, CREATE_OPTIONS FROM information_schema.TABLES \
        WHERE TABLE_SCHEMA = \0 AND TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') ORDER BY TABLE_NAME";
    all(session, sql, |r| Relation {
        name: word(r, 0),
        view: word(r, 1) == "VIEW",
        versioned: word(r, 1) == "SYSTEM VERSIONED",
        partitioned: word(r, 4).contains("partitioned"),
        engine: word(r, 2),
        rows: number(r, 3),
    })
}

/// The engines whose changes can be taken back.
pub(super) fn transactional_engines(session: &mut Session) -> Result<Vec<String>> {
    all(session, "SELECT ENGINE FROM information_schema.ENGINES WHERE TRANSACTIONS = 'YES'", |r| word(r, 0))
}

pub(super) fn attributes(session: &mut Session) -> Result<Vec<Attribute>> {
    let sql = "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, EXTRA, CHARACTER_SET_NAME, \
        COLLATION_NAME, CHARACTER_MAXIMUM_LENGTH, PRIVILEGES, GENERATION_EXPRESSION FROM information_schema.COLUMNS \
        WHERE TABLE_SCHEMA = \0 ORDER BY TABLE_NAME, ORDINAL_POSITION";
    all(session, sql, |r| Attribute {
        table: word(r, 0),
        name: word(r, 1),
        data_type: word(r, 2).to_ascii_lowercase(),
        column_type: word(r, 3),
        nullable: word(r, 4) == "YES",
        extra: word(r, 5).to_ascii_uppercase(),
        charset: text(r, 6),
        collation: text(r, 7),
        length: number(r, 8),
        privileges: word(r, 9),
        expression: word(r, 10),
    })
}

pub(super) fn index_parts(session: &mut Session) -> Result<Vec<IndexPart>> {
    let used = if session.mariadb { "IGNORED = 'NO'" } else { "IS_VISIBLE = 'YES'" };
    let sql = format!(
        "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART, INDEX_TYPE, {used} \
         FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = \0 \
         ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX"
    );
    all(session, &sql, |r| IndexPart {
        table: word(r, 0),
        index: word(r, 1),
        unique: word(r, 2) == "0",
        column: text(r, 3),
        cut: text(r, 4).is_some(),
        ordered: word(r, 5) == "BTREE",
        used: word(r, 6) == "1",
    })
}

pub(super) fn reference_parts(session: &mut Session) -> Result<Vec<ReferencePart>> {
    let sql = "SELECT CONSTRAINT_NAME, TABLE_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, \
        REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE \
        WHERE TABLE_SCHEMA = \0 AND REFERENCED_TABLE_NAME IS NOT NULL \
        ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION";
    all(session, sql, |r| ReferencePart {
        constraint: word(r, 0),
        table: word(r, 1),
        column: word(r, 2),
        to_schema: word(r, 3),
        to: word(r, 4),
        to_column: word(r, 5),
    })
}

pub(super) fn rules(session: &mut Session) -> Result<Vec<Rule>> {
    let sql = "SELECT CONSTRAINT_NAME, TABLE_NAME, DELETE_RULE, UPDATE_RULE \
        FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = \0";
    all(session, sql, |r| Rule {
        constraint: word(r, 0),
        table: word(r, 1),
        on_delete: word(r, 2),
        on_update: word(r, 3),
    })
}

/// Tables of ours that other databases' tables refer to, with the names of those.
pub(super) fn referred_from_outside(session: &mut Session) -> Result<Vec<(String, String)>> {
    let sql = "SELECT REFERENCED_TABLE_NAME, CONSTRAINT_SCHEMA, TABLE_NAME \
        FROM information_schema.REFERENTIAL_CONSTRAINTS \
        WHERE UNIQUE_CONSTRAINT_SCHEMA = \0 AND CONSTRAINT_SCHEMA <> \0 ORDER BY 1, 2, 3";
    all(session, sql, |r| (word(r, 0), format!("{}.{}", word(r, 1), word(r, 2))))
}

/// Triggers that the role may see, with their tables.
pub(super) fn triggers(session: &mut Session) -> Result<Vec<(String, String)>> {
    let sql = "SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME FROM information_schema.TRIGGERS \
        WHERE EVENT_OBJECT_SCHEMA = \0 ORDER BY 1, 2";
    all(session, sql, |r| (word(r, 0), word(r, 1)))
}

/// Rights given to the session's user, or to a role that is enabled, as (table or nothing, right).
pub(super) fn given(session: &mut Session, user: &str) -> Result<Vec<(Option<String>, String)>> {
    // Of users' rights some servers show others' too.
    let roles = all(session, "SELECT ROLE_NAME FROM information_schema.ENABLED_ROLES", |r| text(r, 0));
    let roles: Vec<String> = roles.unwrap_or_default().into_iter().flatten().map(|r| text_literal(&r)).collect();
    let is_ours = |grantee: &str| grantee == user || roles.iter().any(|r| grantee.split('@').next() == Some(r));
    let mut out = Vec::new();
    // A grant may name databases by a pattern.
    for (of_table, sql) in [
        (false, "SELECT GRANTEE, PRIVILEGE_TYPE, NULL FROM information_schema.USER_PRIVILEGES"),
        (
            false,
            "SELECT GRANTEE, PRIVILEGE_TYPE, NULL FROM information_schema.SCHEMA_PRIVILEGES WHERE \0 LIKE TABLE_SCHEMA",
        ),
        (
            true,
            "SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_NAME FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA = \0",
        ),
    ] {
        let rows = all(session, sql, |r| (word(r, 0), word(r, 1), word(r, 2)))?;
        let ours = rows.into_iter().filter(|(grantee, ..)| is_ours(grantee));
        out.extend(ours.map(|(_, right, table)| (of_table.then_some(table), right)));
    }
    Ok(out)
}

/// The user the server took the session for, as SQL writes it.
pub(super) fn role(session: &mut Session) -> Result<String> {
    let user: Option<String> = session.conn.query_first("SELECT CURRENT_USER()")?;
    let user = user.unwrap_or_default();
    let (name, host) = user.rsplit_once('@').unwrap_or((&user, "%"));
    Ok(format!("{}@{}", text_literal(name), text_literal(host)))
}
