//! Categories of personal data in words for people (GDPR Art. 15(1)(b)): Fideslang keys, nearest first.

/// The words for a category; what is not listed is called as its parent.
pub fn words(category: &str) -> &'static str {
    let mut key = category;
    loop {
        if let Some((_, words)) = WORDS.iter().find(|(name, _)| *name == key) {
            return words;
        }
        match key.rsplit_once('.') {
            Some((parent, _)) => key = parent,
            None => return "Other personal data",
        }
    }
}

/// Whether a category is one of GDPR Art. 9(1).
pub fn is_special(category: &str) -> bool {
    const SPECIAL: [&str; 9] = [
        "user.health_and_medical",
        "user.health",
        "user.biometric",
        "user.genetic",
        "user.demographic.religious_belief",
        "user.demographic.political_opinion",
        "user.demographic.sexual_orientation",
        "user.demographic.race_ethnicity",
        "user.biometric_health",
    ];
    SPECIAL.iter().any(|key| category.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

const WORDS: [(&str, &str); 37] = [
    ("user", "Other data about you"),
    ("user.account", "Your account"),
    ("user.authorization", "Passwords and other secrets to sign in"),
    ("user.behavior", "What you did"),
    ("user.behavior.browsing_history", "Pages you looked at"),
    ("user.behavior.media_consumption", "What you read, heard or watched"),
    ("user.behavior.purchase_history", "What you ordered and bought"),
    ("user.behavior.search_history", "What you searched for"),
    ("user.biometric", "Biometric data"),
    ("user.childrens", "Data about children"),
    ("user.contact", "How to reach you"),
    ("user.content", "What you wrote or uploaded"),
    ("user.content.self_image", "Pictures of you"),
    ("user.criminal_history", "Criminal convictions and offences"),
    ("user.demographic", "Age, gender and the like"),
    ("user.demographic.political_opinion", "Political opinions"),
    ("user.demographic.race_ethnicity", "Ethnic origin"),
    ("user.demographic.religious_belief", "Religion or belief"),
    ("user.demographic.sexual_orientation", "Sexual orientation"),
    ("user.device", "Your devices"),
    ("user.device.cookie_id", "Cookies"),
    ("user.device.ip_address", "Addresses on the internet (IP)"),
    ("user.financial", "Money and bank details"),
    ("user.genetic", "Genetic data"),
    ("user.government_id", "Official numbers and proof of identity"),
    ("user.health", "Health"),
    ("user.health_and_medical", "Health"),
    ("user.job_title", "Your work"),
    ("user.location", "Where you were"),
    ("user.name", "Your name"),
    ("user.payment", "Payments"),
    ("user.privacy_preferences", "Your choices and consents"),
    ("user.sensor", "Measurements of sensors"),
    ("user.social", "Contacts and social networks"),
    ("user.telemetry", "How your use of a service was measured"),
    ("user.unique_id", "Numbers that stand for you"),
    ("user.workplace", "Your work"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_words_are_found() {
        let cases = [
            ("user.contact.phone_number", "How to reach you"),
            ("user.device.ip_address", "Addresses on the internet (IP)"),
            ("user.behavior.purchase_history", "What you ordered and bought"),
            ("user.something.new", "Other data about you"),
            ("system.operations", "Other personal data"),
        ];
        cases.iter().for_each(|(key, expected)| assert_eq!(words(key), *expected, "{key}"));
        assert!(is_special("user.health_and_medical.record") && !is_special("user.healthy"));
        assert!(WORDS.is_sorted_by_key(|(key, _)| *key), "in order, so that each stands once");
    }
}
