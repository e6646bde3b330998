//! The keys of each table, as the reader accepts them and the schema for editors tells them.

/// `redress.toml` itself.
pub(in crate::map) const WORKSPACE: &[&str] = &[
    "version",
    "controller",
    "affiliate",
    "purpose",
    "recipient",
    "automated",
    "identity",
    "erasure",
    "undo",
    "retention",
    "ledger",
    "policy",
    "acknowledge",
];

/// `[controller]` and `[affiliate.NAME]`.
pub(in crate::map) const CONTROLLER: &[&str] = &[
    "name",
    "registration",
    "contact",
    "data_protection_officer",
    "eu_representative",
    "uk_representative",
    "authority",
    "authorities",
    "time_zone",
    "languages",
];

/// `[purpose.NAME]`.
pub(in crate::map) const PURPOSE: &[&str] = &["label", "basis", "special", "interest", "mandatory"];

/// `[recipient.NAME]`.
pub(in crate::map) const RECIPIENT: &[&str] = &["label", "kind", "country", "safeguard", "contact"];

/// `[automated.NAME]`.
pub(in crate::map) const AUTOMATED: &[&str] = &["label", "logic", "consequence"];

/// `[identity.NAME]`.
pub(in crate::map) const IDENTITY: &[&str] = &["normal", "strength", "hashes"];

/// `[retention.NAME]`.
pub(in crate::map) const RETENTION: &[&str] = &["because", "law", "keep", "then", "meanwhile"];

/// `[erasure]`.
pub(in crate::map) const ERASURE: &[&str] = &["ground", "alike"];

/// `[undo]`.
pub(in crate::map) const UNDO: &[&str] = &["window", "keys"];

/// `isolate`.
pub(in crate::map) const ISOLATE: &[&str] = &["flag", "value", "for"];

/// `[ledger]`.
pub(in crate::map) const LEDGER: &[&str] = &["keep"];

/// `[policy]`.
pub(in crate::map) const POLICY: &[&str] =
    &["approve", "approve_above", "approve_categories", "max_records", "typed", "release", "approvers"];

/// `[policy.release]`.
pub(in crate::map) const RELEASE_POLICY: &[&str] = &["approve", "approve_above", "approve_categories", "approve_plain"];

/// `[[acknowledge]]`.
pub(in crate::map) const ACKNOWLEDGE: &[&str] = &["code", "where", "because"];

/// `sources/NAME.toml` itself, beside [`DEFAULTS`].
pub(in crate::map) const SOURCE: &[&str] =
    &["kind", "path", "url", "controller", "default_country", "delimiter", "encoding", "collection"];

/// What a source or a collection says for everything under it.
pub(in crate::map) const DEFAULTS: &[&str] =
    &["purposes", "recipients", "automated", "received_from", "kept", "disclose", "default"];

/// `default`.
pub(in crate::map) const FIELD_DEFAULTS: &[&str] = &["category", "origin", "erase"];

/// `[collection.NAME]`, beside [`DEFAULTS`].
pub(in crate::map) const COLLECTION: &[&str] = &[
    "label",
    "person",
    "about",
    "key",
    "identities",
    "links",
    "erase",
    "because",
    "decision",
    "retain",
    "dated",
    "isolate",
    "non_transactional",
    "fields",
    "other",
];

/// A link.
pub(in crate::map) const LINK: &[&str] =
    &["from", "to", "form", "to_form", "role", "where", "shared", "decision", "because"];

/// `retain`.
pub(in crate::map) const RETAIN: &[&str] = &["rule", "from", "needs"];

/// A field.
pub(in crate::map) const FIELD: &[&str] =
    &["category", "label", "codes", "origin", "disclose", "exempt", "about", "whose", "erase"];

/// `erase` of a field, where it is a table: one of these.
pub(in crate::map) const FIELD_ERASE: &[&str] = &["fixed", "band", "first", "round", "point", "file", "inside"];
