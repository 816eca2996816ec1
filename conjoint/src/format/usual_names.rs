//! What the names of attributes, levels and files usually mean, for studies from files that do not say so.

use crate::study::{Settings, Unit};

/// Whether an attribute is the brand by its name.
pub(crate) fn is_brand(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "brand",
        "brands",
        "brand name",
        "make",
        "manufacturer",
        "company",
        "maker",
        "marke",
        "hersteller",
        "marque",
        "marca",
        "provider",
        "supplier",
        "operator",
        "merk",
    ];
    let name = name.trim().to_lowercase();
    NAMES.contains(&name.as_str())
}

/// Whether an attribute is a price by its name.
pub(crate) fn is_price(name: &str) -> bool {
    const STEMS: [&str; 9] = [
        "price", "cost", "preis", "prix", "precio", "prezzo", "prijs", "fee", "tarif",
    ];
    let name = name.trim().to_lowercase();
    STEMS.iter().any(|stem| name.contains(stem))
}

/// The numbers of labels, with or without a unit.
pub(crate) fn read_numbers<S: AsRef<str>>(labels: &[S]) -> Option<Vec<f64>> {
    let plain = labels.iter().map(|label| label.as_ref().parse().ok());
    let plain: Option<Vec<f64>> = plain.collect();
    let with_unit = Unit::read_levels(labels).map(|(numbers, _)| numbers);
    with_unit.or(plain).filter(|numbers| numbers.len() > 1)
}

/// The currency sign before the prices, if all have the same.
pub(crate) fn currency_of<S: AsRef<str>>(levels: &[S]) -> Option<String> {
    let (_, unit) = Unit::read_levels(levels)?;
    Some(unit.prefix().trim().to_owned()).filter(|sign| !sign.is_empty())
}

/// The title of a study from this file: its name without folder and extension.
pub(crate) fn study_title(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.trim() {
        "" => Settings::default().title,
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_and_prices_are_known_by_their_names() {
        assert!(["Brand", " Marke", "Provider"].into_iter().all(is_brand));
        assert!(!is_brand("Makeup"));
        assert!(
            ["Price", "Monthly cost", "Preis (EUR)"]
                .into_iter()
                .all(is_price)
        );
        assert!(!is_price("Range"));
    }

    #[test]
    fn a_currency_is_the_sign_of_all_prices() {
        assert_eq!(currency_of(&["$299", "$1,099"]).as_deref(), Some("$"));
        assert_eq!(currency_of(&["299", "1099"]), None);
        assert_eq!(currency_of(&["$299", "dear"]), None);
    }

    #[test]
    fn a_title_is_the_name_of_the_file() {
        assert_eq!(study_title("surveys/coffee.2024.cho"), "coffee.2024");
        assert_eq!(study_title(r"C:\surveys\coffee.csv"), "coffee");
        assert_eq!(study_title(""), "Conjoint study");
    }
}
