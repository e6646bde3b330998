//! What data are about, for a reader who looks for something: themes, from the categories of the fields.

use crate::language::Language;
use crate::map::{Collection, DataMap};

/// A theme. The order is that of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Name, address, telephone, account.
    Contact,
    /// Orders and deliveries.
    Orders,
    /// Payments, scores, money.
    Payments,
    /// Messages, reviews, notes, disputes.
    Messages,
    /// Consents and choices.
    Choices,
    /// Devices, logins, visits.
    Devices,
    /// Proof of identity.
    Identity,
    /// Health and the like.
    Sensitive,
    /// What fits nowhere else.
    Other,
}

impl Theme {
    /// Every theme, in the page's order.
    pub const ALL: [Theme; 9] = [
        Theme::Contact,
        Theme::Orders,
        Theme::Payments,
        Theme::Messages,
        Theme::Choices,
        Theme::Devices,
        Theme::Identity,
        Theme::Sensitive,
        Theme::Other,
    ];

    /// Its heading.
    pub fn title(self, language: &Language) -> String {
        language.say(&format!("theme-{}", self.anchor())).into_owned()
    }

    /// Its anchor on the page; its word in the catalogues.
    pub fn anchor(self) -> &'static str {
        match self {
            Theme::Contact => "contact",
            Theme::Orders => "orders",
            Theme::Payments => "payments",
            Theme::Messages => "messages",
            Theme::Choices => "choices",
            Theme::Devices => "devices",
            Theme::Identity => "identity",
            Theme::Sensitive => "sensitive",
            Theme::Other => "other",
        }
    }

    /// The theme of a collection: that of most of its fields. Name and address stand in records of every kind, so
    /// they count less than what only some records have.
    pub fn of(map: &DataMap, collection: &Collection) -> Theme {
        if collection.person {
            return Theme::Contact;
        }
        let mut weight = [0_u32; Theme::ALL.len()];
        for category in collection.fields.values().filter_map(|f| f.category.as_deref()) {
            let theme = Theme::of_category(category);
            // `user.behavior` alone says hardly more than "something the person did".
            let is_plain = matches!(theme, Theme::Contact | Theme::Other) || category == "user.behavior";
            weight[theme as usize] += if is_plain { 1 } else { 3 };
        }
        // The first of the heaviest.
        let heaviest = Theme::ALL.into_iter().rev().max_by_key(|theme| weight[*theme as usize]);
        match heaviest {
            Some(theme) if weight[theme as usize] > 0 => theme,
            _ => Theme::of_links(map, collection),
        }
    }

    /// A collection without categories belongs where it links to: lines of an order stand with the orders.
    fn of_links(map: &DataMap, collection: &Collection) -> Theme {
        let to = |link: &crate::map::Link| map.collection(&link.to_source, &link.to_collection);
        let aims = collection.links.iter().filter_map(to).filter(|aim| !aim.person);
        let categorised = |aim: &&Collection| aim.fields.values().any(|f| f.category.is_some());
        aims.filter(categorised).map(|aim| Theme::of(map, aim)).next().unwrap_or(Theme::Other)
    }

    /// The theme of a Fideslang category.
    fn of_category(category: &str) -> Theme {
        const THEMES: [(&str, Theme); 25] = [
            ("user.behavior.purchase_history", Theme::Orders),
            ("user.behavior", Theme::Devices),
            ("user.device", Theme::Devices),
            ("user.location", Theme::Devices),
            ("user.user_sensor", Theme::Devices),
            ("user.sensor", Theme::Devices),
            ("user.telemetry", Theme::Devices),
            ("user.payment", Theme::Payments),
            ("user.financial", Theme::Payments),
            ("user.content.self_image", Theme::Contact),
            ("user.content", Theme::Messages),
            ("user.social", Theme::Messages),
            ("user.privacy_preferences", Theme::Choices),
            ("user.government_id", Theme::Identity),
            ("user.health", Theme::Sensitive),
            ("user.health_and_medical", Theme::Sensitive),
            ("user.biometric", Theme::Sensitive),
            ("user.childrens", Theme::Sensitive),
            ("user.criminal_history", Theme::Sensitive),
            ("user.genetic", Theme::Sensitive),
            ("user.demographic.religious_belief", Theme::Sensitive),
            ("user.demographic.political_opinion", Theme::Sensitive),
            ("user.demographic.sexual_orientation", Theme::Sensitive),
            ("user.demographic.race_ethnicity", Theme::Sensitive),
            ("user", Theme::Contact),
        ];
        let within =
            |key: &str| category.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        THEMES.iter().find(|(key, _)| within(key)).map_or(Theme::Other, |(_, theme)| *theme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Field;

    fn theme(categories: &[&str]) -> Theme {
        let field = |c: &&str| ((*c).to_owned(), Field { category: Some((*c).to_owned()), ..Field::default() });
        let fields = categories.iter().map(field).collect();
        Theme::of(&DataMap::default(), &Collection { fields, ..Collection::default() })
    }

    #[test]
    fn what_is_special_outweighs_names_and_addresses() {
        let contact = ["user.name", "user.contact.email", "user.contact.address.city"];
        assert_eq!(theme(&contact), Theme::Contact);
        assert_eq!(theme(&[&contact[..], &["user.payment", "user.financial.credit_card"]].concat()), Theme::Payments);
        assert_eq!(theme(&["user.behavior.purchase_history", "user.content.private"]), Theme::Orders);
        assert_eq!(theme(&["user.behavior.browsing_history", "user.device.cookie_id"]), Theme::Devices);
        assert_eq!(theme(&["system.operations"]), Theme::Other);
        assert_eq!(theme(&[]), Theme::Other);
        assert_eq!(theme(&["username"]), Theme::Other);
    }

    #[test]
    fn every_theme_has_its_place() {
        for (i, theme) in Theme::ALL.into_iter().enumerate() {
            assert_eq!(theme as usize, i);
        }
    }
}
