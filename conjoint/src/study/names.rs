//! The names that the model knows columns by, and those that a study chooses instead.

/// The column of respondents' and of offers' ids.
pub(crate) const ID: &str = "id";
/// The column that sorts the respondents into segments.
pub(crate) const SEGMENT: &str = "segment";
/// The column of the brand that a respondent has today.
pub(crate) const OWNER: &str = "current brand";
/// The column of an offer's model name, which follows its brand.
pub(crate) const MODEL: &str = "model";
/// The attribute that says who sells a product.
pub const BRAND: &str = "brand";
/// The attribute, and its only level, for choosing none of the offers.
pub(crate) const NONE: &str = "None";
/// Cost per month, in the study's currency.
pub const MONTHLY_COST: &str = "monthly_cost";
/// Cost at signing, in the study's currency.
pub const UPFRONT_COST: &str = "upfront_cost";
/// Length of the contract, in months.
pub const TERM: &str = "term";

/// Names by key: the model looks a thing up by its key, and the study decides what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomNames(Vec<(&'static str, String)>);

impl CustomNames {
    /// The columns that mean something to the model. Unless the study renames a column, its name
    /// is its key.
    pub(crate) fn columns() -> Self {
        let keys = [
            ID,
            SEGMENT,
            OWNER,
            BRAND,
            MODEL,
            MONTHLY_COST,
            UPFRONT_COST,
            TERM,
        ];
        Self::new(keys.map(|key| (key, key)))
    }

    /// The words for what is offered, to whom and for how long. The defaults suit every study.
    pub(crate) fn words() -> Self {
        Self::new([
            ("offers", "Offers"),
            ("customer", "customer"),
            ("customers", "customers"),
            ("contract", "contract"),
            ("service", "service"),
            ("month", "month"),
            ("months", "months"),
        ])
    }

    fn new<const N: usize>(names: [(&'static str, &str); N]) -> Self {
        let names = names.map(|(key, name)| (key, name.to_owned()));
        Self(names.into())
    }

    /// The name under a key, or the key itself if it is unknown.
    pub fn get<'n>(&'n self, key: &'n str) -> &'n str {
        let mut names = self.iter();
        names
            .find(|(other, _)| *other == key)
            .map_or(key, |(_, name)| name)
    }

    /// The name of a column in a given header: the study's name for it, or the key if the header
    /// has only that. One file may call the ids `id` and another something else.
    pub(crate) fn name_in_header<'n>(&'n self, key: &'n str, header: &[String]) -> &'n str {
        let has = |name: &str| header.iter().any(|column| column == name);
        let name = self.get(key);
        if has(name) || !has(key) { name } else { key }
    }

    /// Keys and names, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, name)| (*key, name.as_str()))
    }

    /// Replaces the name under a key. Returns false if the key is unknown.
    pub(crate) fn set(&mut self, key: &str, name: &str) -> bool {
        let entry = self.0.iter_mut().find(|(other, _)| *other == key);
        let is_known = entry.is_some();
        if let Some((_, old)) = entry {
            name.clone_into(old);
        }
        is_known
    }
}
