//! Categories of personal data (Fideslang), as far as it matters how much they tell: alone, together, or in words.

/// Whether a category is that one, or below it: `user.name.first` is below `user.name`, `user.nameless` is not.
pub fn is_or_below(category: &str, above: &str) -> bool {
    category.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether values of that category name one person by themselves.
pub fn names_somebody(category: &str) -> bool {
    const DIRECT: [&str; 13] = [
        "user.name",
        "user.contact.email",
        "user.contact.phone_number",
        "user.contact.fax_number",
        "user.contact.url",
        "user.account.username",
        "user.government_id",
        "user.financial.bank_account",
        "user.financial.credit_card",
        "user.unique_id",
        "user.biometric",
        "user.device.cookie_id",
        "user.device.device_id",
    ];
    DIRECT.iter().any(|above| is_or_below(category, above))
}

/// Whether values of that category, none of which names anybody, single people out together.
pub fn singles_out(category: &str) -> bool {
    const QUASI: [&str; 10] = [
        "user.demographic",
        "user.contact.address",
        "user.contact.organization",
        "user.location",
        "user.job_title",
        "user.workplace",
        "user.device.ip_address",
        "user.behavior.purchase_history",
        "user.health_and_medical",
        "user.childrens",
    ];
    QUASI.iter().any(|above| is_or_below(category, above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_has_a_boundary() {
        assert!(is_or_below("user.name", "user.name") && is_or_below("user.name.first", "user.name"));
        assert!(!is_or_below("user.nameless", "user.name") && !is_or_below("user", "user.name"));
    }
}
