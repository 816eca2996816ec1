//! Names that a study may choose: those of its columns, and the words for what it is about.

/// A name for each of a number of things, which the model knows by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary(Vec<(&'static str, String)>);

impl Dictionary {
    /// The columns that mean something to the model, under the names that they have unless the
    /// study says otherwise: the keys themselves.
    pub(crate) fn columns() -> Self {
        Self::new([
            (crate::study::ID, crate::study::ID),
            (crate::study::SEGMENT, crate::study::SEGMENT),
            (crate::study::OWNER, crate::study::OWNER),
            (crate::study::BRAND, crate::study::BRAND),
            (crate::study::MODEL, crate::study::MODEL),
            (crate::study::MONTHLY_COST, crate::study::MONTHLY_COST),
            (crate::study::UPFRONT_COST, crate::study::UPFRONT_COST),
            (crate::study::TERM, crate::study::TERM),
        ])
    }

    /// The words for what is offered, to whom and for how long: of a study of lease offers unless
    /// it says otherwise.
    pub(crate) fn words() -> Self {
        Self::new([
            ("offers", "Lease offers"),
            ("customer", "customer"),
            ("customers", "customers"),
            ("contract", "contract"),
            ("service", "service in operation (SIO)"),
            ("month", "month"),
            ("months", "months"),
        ])
    }

    fn new<const N: usize>(names: [(&'static str, &str); N]) -> Self {
        let names = names.map(|(key, name)| (key, name.to_owned()));
        Self(names.into())
    }

    /// The name under a key; the key itself where there is none.
    pub fn get<'n>(&'n self, key: &'n str) -> &'n str {
        let mut names = self.iter();
        names
            .find(|(other, _)| *other == key)
            .map_or(key, |(_, name)| name)
    }

    /// The name under a key, or else the key itself, whichever a file's header has: an id may be
    /// called one thing in one file and another in the next.
    pub(crate) fn in_header<'n>(&'n self, key: &'n str, header: &[String]) -> &'n str {
        let has = |name: &str| header.iter().any(|own| own == name);
        let name = self.get(key);
        if has(name) || !has(key) { name } else { key }
    }

    /// Keys and names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, name)| (*key, name.as_str()))
    }

    /// Gives the thing behind a key another name; false where there is no such thing.
    pub(crate) fn set(&mut self, key: &str, name: &str) -> bool {
        let place = self.0.iter_mut().find(|(other, _)| *other == key);
        let is_there = place.is_some();
        if let Some((_, own)) = place {
            name.clone_into(own);
        }
        is_there
    }
}
