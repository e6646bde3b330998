//! Looks at sources and proposes their data map. A proposal is never a decision: it says how sure it is, and why.

pub mod recognise;
