//! What the system catalogues say, row by row. What it means is worked out in `catalogue`.

use postgres::Client;
use postgres::Row as Line;

use super::types::Row as TypeRow;

type Result<T> = std::result::Result<T, postgres::Error>;

/// Tables that belong to users: not the system's, not temporary ones, and of partitioned ones the root.
pub(super) const OURS: &str = "c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition \
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

/// Who asks, and where.
#[derive(Default)]
pub(super) struct Session {
    pub role: String,
    pub superuser: bool,
    pub database: String,
    /// The schema whose tables are called by their names alone.
    pub schema: String,
}

/// A table or view.
pub(super) struct Relation {
    pub oid: u32,
    pub schema: String,
    pub name: String,
    /// `r`, `p`artitioned, `v`iew, `m`aterialised view, `f`oreign table.
    pub kind: char,
    /// How many rows it has, roughly; none where nobody has counted.
    pub rows: Option<u64>,
    pub usable: bool,
    pub select: bool,
    pub delete: bool,
    pub insert: bool,
    pub triggers: Vec<String>,
}

/// A column.
pub(super) struct Attribute {
    pub table: u32,
    pub number: i16,
    pub name: String,
    pub ty: u32,
    pub typmod: i32,
    pub declared: String,
    pub not_null: bool,
    pub computed: bool,
    /// Whether the server alone gives it its number.
    pub numbered: bool,
    pub nocase: bool,
    pub select: bool,
    pub update: bool,
}

/// A unique index that covers all rows and has no expression.
pub(super) struct Unique {
    pub table: u32,
    pub columns: Vec<i16>,
}

/// A declared reference.
pub(super) struct Reference {
    pub from: u32,
    pub to: u32,
    pub columns: Vec<String>,
    pub to_columns: Vec<String>,
    pub on_delete: char,
    pub on_update: char,
    pub deferrable: bool,
    /// Whether its columns are null together or not at all.
    pub full: bool,
}

pub(super) fn session(client: &mut Client) -> Result<Session> {
    let rows = client.query_typed(
        "SELECT current_user::text, r.rolsuper, current_database()::text, coalesce(current_schema()::text, 'public') \
         FROM pg_catalog.pg_roles r WHERE r.rolname = current_user",
        &[],
    )?;
    let Some(row) = rows.first() else { return Ok(Session::default()) };
    Ok(Session { role: row.get(0), superuser: row.get(1), database: row.get(2), schema: row.get(3) })
}

pub(super) fn relations(client: &mut Client) -> Result<Vec<Relation>> {
    let sql = format!(
        "SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text, \
            CASE WHEN c.relkind IN ('v', 'f') THEN NULL WHEN c.relkind = 'p' THEN p.rows \
                WHEN pg_catalog.pg_relation_size(c.oid) = 0 THEN 0 \
                WHEN c.reltuples > 0 THEN c.reltuples::pg_catalog.int8 END, \
            pg_catalog.has_schema_privilege(n.oid, 'USAGE'), pg_catalog.has_table_privilege(c.oid, 'SELECT'), \
            pg_catalog.has_table_privilege(c.oid, 'DELETE'), pg_catalog.has_table_privilege(c.oid, 'INSERT'), \
            ARRAY(SELECT tgname::text FROM pg_catalog.pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal ORDER BY 1) || \
            ARRAY(SELECT rulename::text FROM pg_catalog.pg_rewrite WHERE ev_class = c.oid AND rulename <> '_RETURN' ORDER BY 1) \
         FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN LATERAL (SELECT CASE WHEN sum(pg_catalog.pg_relation_size(l.oid)) = 0 THEN 0 \
                ELSE nullif(sum(greatest(l.reltuples, 0))::pg_catalog.int8, 0) END AS rows \
            FROM pg_catalog.pg_partition_tree(c.oid) t JOIN pg_catalog.pg_class l ON l.oid = t.relid \
            WHERE t.isleaf AND c.relkind = 'p') p ON true \
         WHERE {OURS} ORDER BY 2, 3"
    );
    let relation = |r: &Line| Relation {
        oid: r.get(0),
        schema: r.get(1),
        name: r.get(2),
        kind: letter(r, 3),
        rows: r.get::<_, Option<i64>>(4).and_then(|n| u64::try_from(n).ok()),
        usable: r.get(5),
        select: r.get(6),
        delete: r.get(7),
        insert: r.get(8),
        triggers: r.get(9),
    };
    Ok(client.query_typed(&sql, &[])?.iter().map(relation).collect())
}

/// Which table inherits from which; partitions do not count.
pub(super) fn inheritance(client: &mut Client) -> Result<Vec<(u32, u32)>> {
    let sql = "SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i \
        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid \
        WHERE c.relkind IN ('r', 'f') AND NOT c.relispartition ORDER BY i.inhrelid, i.inhseqno";
    Ok(client.query_typed(sql, &[])?.iter().map(|r| (r.get(0), r.get(1))).collect())
}

pub(super) fn attributes(client: &mut Client) -> Result<Vec<Attribute>> {
    let sql = format!(
        "SELECT a.attrelid, a.attnum, a.attname::text, a.atttypid, a.atttypmod, \
            pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '', a.attidentity = 'a', \
            NOT coalesce(l.collisdeterministic, true), \
            pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'), \
            pg_catalog.has_column_privilege(c.oid, a.attnum, 'UPDATE') \
         FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation \
         WHERE {OURS} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"
    );
    let attribute = |r: &Line| Attribute {
        table: r.get(0),
        number: r.get(1),
        name: r.get(2),
        ty: r.get(3),
        typmod: r.get(4),
        declared: r.get(5),
        not_null: r.get(6),
        computed: r.get(7),
        numbered: r.get(8),
        nocase: r.get(9),
        select: r.get(10),
        update: r.get(11),
    };
    Ok(client.query_typed(&sql, &[])?.iter().map(attribute).collect())
}

pub(super) fn types(client: &mut Client) -> Result<Vec<TypeRow>> {
    let sql = format!(
        "WITH RECURSIVE used AS ( \
            SELECT DISTINCT a.atttypid AS oid FROM pg_catalog.pg_attribute a \
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
            WHERE {OURS} AND a.attnum > 0 AND NOT a.attisdropped \
            UNION SELECT d.typbasetype FROM used JOIN pg_catalog.pg_type d ON d.oid = used.oid WHERE d.typtype = 'd') \
         SELECT t.oid, n.nspname::text, t.typname::text, t.typtype::text, t.typbasetype, t.typtypmod, t.typnotnull, \
            pg_catalog.format_type(t.oid, NULL), \
            pg_catalog.quote_ident(f.nspname) || '.' || pg_catalog.quote_ident(o.proname), \
            EXISTS (SELECT 1 FROM pg_catalog.pg_cast x WHERE x.castsource = t.oid \
                AND x.casttarget = 'pg_catalog.text'::pg_catalog.regtype AND x.castmethod = 'f'), \
            ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), \
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_type c \
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.typrelid AND a.attnum > 0 AND NOT a.attisdropped \
                WHERE c.oid IN (t.oid, t.typelem) AND c.typtype = 'c' ORDER BY a.attnum) \
         FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
         JOIN pg_catalog.pg_proc o ON o.oid = t.typoutput JOIN pg_catalog.pg_namespace f ON f.oid = o.pronamespace"
    );
    let row = |r: &Line| TypeRow {
        oid: r.get(0),
        schema: r.get(1),
        name: r.get(2),
        form: letter(r, 3),
        base: r.get(4),
        typmod: r.get(5),
        not_null: r.get(6),
        label: r.get(7),
        output: r.get(8),
        cast: r.get(9),
        labels: r.get(10),
        parts: r.get(11),
    };
    Ok(client.query_typed(&sql, &[])?.iter().map(row).collect())
}

pub(super) fn uniques(client: &mut Client) -> Result<Vec<Unique>> {
    let sql = format!(
        "SELECT i.indrelid, (i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1] \
         FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid \
         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
         WHERE {OURS} AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL \
         ORDER BY i.indrelid, NOT i.indisprimary, i.indexrelid"
    );
    let unique = |r: &Line| Unique { table: r.get(0), columns: r.get(1) };
    Ok(client.query_typed(&sql, &[])?.iter().map(unique).collect())
}

/// References between tables; those of and to partitions count as their root's.
pub(super) fn references(client: &mut Client) -> Result<Vec<Reference>> {
    let root = |column: &str| format!("coalesce(pg_catalog.pg_partition_root({column})::pg_catalog.oid, {column})");
    // By name: a partition may number its columns otherwise than its root.
    let named = |table: &str, numbers: &str| {
        format!(
            "ARRAY(SELECT a.attname::text FROM pg_catalog.unnest({numbers}) WITH ORDINALITY AS u(n, place) \
             JOIN pg_catalog.pg_attribute a ON a.attrelid = {table} AND a.attnum = u.n ORDER BY u.place)"
        )
    };
    let sql = format!(
        "SELECT {}, {}, {}, {}, k.confdeltype::text, k.confupdtype::text, k.condeferrable, k.confmatchtype = 'f' \
         FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 ORDER BY k.conname, k.oid",
        root("k.conrelid"),
        root("k.confrelid"),
        named("k.conrelid", "k.conkey"),
        named("k.confrelid", "k.confkey")
    );
    let reference = |r: &Line| Reference {
        from: r.get(0),
        to: r.get(1),
        columns: r.get(2),
        to_columns: r.get(3),
        on_delete: letter(r, 4),
        on_update: letter(r, 5),
        deferrable: r.get(6),
        full: r.get(7),
    };
    Ok(client.query_typed(&sql, &[])?.iter().map(reference).collect())
}

fn letter(row: &Line, at: usize) -> char {
    row.get::<_, &str>(at).chars().next().unwrap_or(' ')
}
