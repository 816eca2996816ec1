//! Title and settings of a study.

use super::names::{CustomNames, MONTHLY_COST};

/// Title and settings of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The page's heading.
    pub title: String,
    /// A sentence about where the study comes from.
    pub description: String,
    /// The sign before amounts of money; may be empty.
    pub currency: String,
    /// Customers of all brands together, in thousands.
    pub market_size_thousands: f64,
    /// Attraction up to this value is shown as 0.
    pub attraction_threshold: f64,
    /// The words for what is offered, to whom and for how long.
    pub words: CustomNames,
    /// The names of the columns that mean something to the model.
    pub columns: CustomNames,
    /// Whether the utilities are on another scale than that of the choices, such as zero-centered
    /// diffs or ratings. First choice is right all the same; probabilities need a scale factor.
    /// `None` if the study does not say so, and the utilities do not look like it.
    pub rescaled: Option<bool>,
    /// Names of the settings that keep their default because the study does not give them.
    pub(crate) defaulted: Vec<&'static str>,
}

/// The settings that have a default.
pub(crate) const DEFAULTED: [&str; 6] = [
    "title",
    "description",
    "currency",
    "market_size_thousands",
    "attraction_threshold",
    WORDS,
];

/// The name of [`Settings::words`].
pub(crate) const WORDS: &str = "words";

impl Settings {
    /// The period that a [`MONTHLY_COST`] is for, such as "month". `None` if the study renames that cost
    /// and sets no [`WORDS`]: then it may be a price that is paid once, as in most imported studies.
    pub fn price_period(&self) -> Option<&str> {
        let is_named_by_month = self.columns.get(MONTHLY_COST) == MONTHLY_COST;
        let has_words = !self.defaulted.contains(&WORDS);
        (is_named_by_month || has_words).then(|| self.words.get("month"))
    }
}

impl Default for Settings {
    /// The settings of a study that gives none.
    fn default() -> Self {
        Self {
            title: "Conjoint study".to_owned(),
            description: String::new(),
            currency: String::new(),
            market_size_thousands: 23.287,
            attraction_threshold: 0.15,
            words: CustomNames::words(),
            columns: CustomNames::columns(),
            rescaled: None,
            defaulted: DEFAULTED.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_has_a_period_unless_only_its_column_is_renamed() {
        let mut settings = Settings::default();
        assert_eq!(settings.price_period(), Some("month"));
        assert!(settings.columns.set(MONTHLY_COST, "Price"));
        assert_eq!(settings.price_period(), None);
        assert!(settings.words.set("month", "year"));
        settings.defaulted.retain(|name| *name != WORDS);
        assert_eq!(settings.price_period(), Some("year"));
    }
}
