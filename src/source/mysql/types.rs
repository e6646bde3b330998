//! The server's types, as far as reading, comparing and writing their values needs.

use crate::source::ValueType;

/// The type of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Type {
    /// How its values are read and compared.
    pub kind: Kind,
    /// Its name for people, and in native values.
    pub label: String,
}

/// What is known of a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Whole numbers from, to.
    Int(i128, i128),
    /// `decimal`.
    Decimal,
    /// `float`.
    Float4,
    /// `double`.
    Float8,
    /// `bit` of so many bits: a whole number.
    Bit(u32),
    /// `year`.
    Year,
    /// `date`.
    Date,
    /// `datetime` and `timestamp`.
    Moment,
    /// `time`.
    Time,
    /// Text of this charset and collation.
    Text(Charset),
    /// `enum`, `set`.
    Words,
    /// `json` of MySQL; MariaDB's is text.
    Json,
    /// `binary`, `varbinary`, `blob`.
    Bytes,
    /// `geometry` and its like: the server's own bytes.
    Geometry,
    /// `uuid` of MariaDB.
    Uuid,
    /// What else there is, by its text.
    Other,
}

/// How a text column is encoded and compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Charset {
    pub name: String,
    pub collation: String,
}

impl Charset {
    /// Whether the column can be compared with this text without being converted first.
    pub fn takes(&self, text: &str) -> bool {
        match self.name.as_str() {
            "utf8mb4" => true,
            "utf8mb3" | "utf8" => text.chars().all(|c| c <= '\u{FFFF}'),
            _ => text.is_ascii(),
        }
    }
}

impl Type {
    /// The type that the catalogue describes by these words.
    pub fn of(data_type: &str, column_type: &str, charset: Option<Charset>) -> Type {
        let unsigned = column_type.contains("unsigned");
        let int = |bits: u32| match unsigned {
            true => Kind::Int(0, (1i128 << bits) - 1),
            false => Kind::Int(-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        };
        let kind = match data_type {
            "tinyint" => int(8),
            "smallint" => int(16),
            "mediumint" => int(24),
            "int" => int(32),
            "bigint" => int(64),
            "decimal" => Kind::Decimal,
            "float" => Kind::Float4,
            "double" => Kind::Float8,
            "bit" => Kind::Bit(in_brackets(column_type).unwrap_or(1)),
            "year" => Kind::Year,
            "date" => Kind::Date,
            "datetime" | "timestamp" => Kind::Moment,
            "time" => Kind::Time,
            "enum" | "set" => Kind::Words,
            "json" => Kind::Json,
            "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" | "vector" => Kind::Bytes,
            "geometry" | "point" | "linestring" | "polygon" | "multipoint" | "multilinestring" | "multipolygon"
            | "geometrycollection" | "geomcollection" => Kind::Geometry,
            "uuid" => Kind::Uuid,
            _ => match charset {
                Some(charset) => Kind::Text(charset),
                None => Kind::Other,
            },
        };
        Type { kind, label: data_type.to_owned() }
    }

    /// What text given by a person is parsed as.
    pub fn value_type(&self) -> ValueType {
        match self.kind {
            Kind::Int(..) | Kind::Bit(_) | Kind::Year => ValueType::Int,
            Kind::Decimal => ValueType::Decimal,
            Kind::Float4 | Kind::Float8 => ValueType::Float,
            Kind::Text(_) => ValueType::Text,
            Kind::Bytes | Kind::Geometry => ValueType::Bytes,
            Kind::Json => ValueType::Nested,
            Kind::Date | Kind::Moment | Kind::Time | Kind::Words | Kind::Uuid | Kind::Other => ValueType::Native,
        }
    }

    /// The least and the greatest whole number it holds.
    pub fn range(&self) -> Option<(i128, i128)> {
        match self.kind {
            Kind::Int(least, greatest) => Some((least, greatest)),
            Kind::Bit(bits) => Some((0, (1i128 << bits.min(64)) - 1)),
            Kind::Year => Some((0, 2155)),
            _ => None,
        }
    }

    /// Whether what its values are written as has no upper case and no margins, so that it is its own normal form.
    pub fn is_own_form(&self) -> bool {
        !matches!(self.kind, Kind::Text(_) | Kind::Words | Kind::Json | Kind::Other)
    }
}

/// The number in `bit(10)`.
fn in_brackets(column_type: &str) -> Option<u32> {
    column_type.split_once('(')?.1.split_once(')')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_types_hold() {
        let kind = |data, column| Type::of(data, column, None).kind;
        assert_eq!(kind("bigint", "bigint(20) unsigned"), Kind::Int(0, u64::MAX.into()));
        assert_eq!(kind("bigint", "bigint"), Kind::Int(i64::MIN.into(), i64::MAX.into()));
        assert_eq!(kind("mediumint", "mediumint(8)"), Kind::Int(-8_388_608, 8_388_607));
        assert_eq!(kind("bit", "bit(64)"), Kind::Bit(64));
    }
}
