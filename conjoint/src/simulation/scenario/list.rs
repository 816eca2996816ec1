//! The edits of a scenario as texts, in the command line's words: `add 14:9` (offer 14, a copy of
//! 9), `set 9.monthly_cost=449`, `withdraw 3`.

use super::{EditError, Scenario};
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::study::{Cell, ProductId, Study, ValueError, quote_names};

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Adds a copy of an offer.
    Add,
    /// Gives an offer another value.
    Set,
    /// Takes an offer from the market.
    Withdraw,
}

impl Verb {
    /// All of them, in the order in which they are made: a copy is made of the study's offer, and
    /// values of the copy change afterwards.
    pub const ALL: [Self; 3] = [Self::Add, Self::Set, Self::Withdraw];

    /// Its name in files, links and arguments.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Set => "set",
            Self::Withdraw => "withdraw",
        }
    }
}

/// Why an entry of a list of edits cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EntryError {
    /// The text is no such entry.
    #[error("write {wanted}")]
    Form {
        /// What would be right.
        wanted: &'static str,
    },
    /// No offer has the id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    NoOffer {
        /// The id.
        id: String,
        /// The ids that there are.
        known: String,
    },
    /// No attribute has the name.
    #[error("no column has the name `{column}`; columns are {known}")]
    NoColumn {
        /// The name.
        column: String,
        /// The names that there are.
        known: String,
    },
    /// The edit itself is refused.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// The edits of a scenario, by what they do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditList {
    /// Copies: `ID:ORIGIN`.
    pub add: Vec<String>,
    /// Values: `ID.COLUMN=VALUE`.
    pub set: Vec<String>,
    /// Ids of offers that are withdrawn.
    pub withdraw: Vec<String>,
}

impl EditList {
    /// What makes the scenario of the study's own offers.
    pub fn from_scenario(study: &Study, scenario: &Scenario) -> Self {
        let mut list = Self::default();
        let brand = study.schema().brand();
        for (product, offer) in scenario.offers().enumerate() {
            let own = &study.offers()[scenario.origin(product)];
            if scenario.is_added(product) {
                list.add.push(format!("{}:{}", offer.id, own.id));
            }
            let has_brand = offer.cells[brand] != Cell::Empty;
            for index in in_order(study, has_brand) {
                let cell = offer.cells[index];
                if cell != own.cells[index] {
                    let attribute = &study.schema().attributes()[index];
                    let text = attribute.write(cell);
                    let entry = format!("{}.{}={text}", offer.id, attribute.name);
                    list.set.push(entry);
                }
            }
            // An offer without a brand is withdrawn by that alone.
            if offer.withdrawn && has_brand {
                list.withdraw.push(offer.id.to_string());
            }
        }
        list
    }

    /// The entries of one kind.
    pub fn entries_of_kind(&self, verb: Verb) -> &[String] {
        match verb {
            Verb::Add => &self.add,
            Verb::Set => &self.set,
            Verb::Withdraw => &self.withdraw,
        }
    }

    /// The entries of one kind, to be written.
    pub(super) fn entries_mut(&mut self, verb: Verb) -> &mut Vec<String> {
        match verb {
            Verb::Add => &mut self.add,
            Verb::Set => &mut self.set,
            Verb::Withdraw => &mut self.withdraw,
        }
    }

    /// All entries, in the order in which they are made.
    pub fn entries(&self) -> impl Iterator<Item = (Verb, &str)> {
        let of = |verb| {
            self.entries_of_kind(verb)
                .iter()
                .map(move |text| (verb, &**text))
        };
        Verb::ALL.into_iter().flat_map(of)
    }
}

/// The attributes in the order in which they can be set. A brand is refused as long as the offer
/// lacks other values, so it comes last; without a brand an offer may lack them, so that one that
/// loses its brand loses it first.
fn in_order(study: &Study, has_brand: bool) -> Vec<AttributeIndex> {
    let brand = study.schema().brand();
    let others = study.schema().attributes().indices();
    let others = others.filter(|attribute| *attribute != brand);
    if has_brand {
        others.chain([brand]).collect()
    } else {
        std::iter::once(brand).chain(others).collect()
    }
}

/// Every way to read `ID.COLUMN=VALUE` as the three: ids, columns and values may hold points and
/// equals signs of their own.
pub fn split_cell_edit(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.match_indices('=').flat_map(move |(equals, _)| {
        let (target, value) = (&text[..equals], &text[equals + 1..]);
        let points = target.match_indices('.');
        points.map(move |(point, _)| (&target[..point], &target[point + 1..], value))
    })
}

impl Scenario {
    /// The cell and the value that `ID.COLUMN=VALUE` means: the reading of which both the offer
    /// and the column are known.
    pub fn find_cell<'t>(
        &self,
        study: &Study,
        text: &'t str,
    ) -> Option<(ProductIndex, AttributeIndex, &'t str)> {
        split_cell_edit(text).find_map(|(id, column, value)| {
            Some((self.find(id)?, study.schema().find(column)?, value))
        })
    }

    /// Makes one edit of a list. Gives the warning about a value outside the surveyed range.
    ///
    /// # Errors
    /// A text that is no such entry, an offer or column that is not there, or an edit that is
    /// refused; the scenario is left as it was.
    pub fn edit(
        &mut self,
        study: &Study,
        verb: Verb,
        text: &str,
    ) -> Result<Option<ValueError>, EntryError> {
        match verb {
            Verb::Add => {
                let (id, origin) = self.find_copy(text)?;
                self.add_copy(study, origin, id)?;
            }
            Verb::Set => {
                let cell = self.find_cell(study, text);
                let (product, attribute, value) = cell.ok_or_else(|| self.no_cell(study, text))?;
                self.set(study, product, attribute, value)?;
                let cell = self.offers()[product].cells[attribute];
                return Ok(study.schema().attributes()[attribute].range_warning(cell));
            }
            Verb::Withdraw => {
                let product = self.find(text).ok_or_else(|| self.no_offer(text))?;
                self.set_withdrawn(study, product, true)?;
            }
        }
        Ok(None)
    }

    /// The new id and the offer that `ID:ORIGIN` means: the reading whose origin is known.
    fn find_copy(&self, text: &str) -> Result<(ProductId, ProductIndex), EntryError> {
        let colons = text.match_indices(':');
        let readings = colons.map(|(colon, _)| (&text[..colon], &text[colon + 1..]));
        let mut readings = readings.filter(|(id, _)| !id.is_empty());
        let first = readings.clone().next().ok_or(EntryError::Form {
            wanted: "ID:ORIGIN, as 14:9, a copy of offer 9",
        })?;
        let known = readings.find_map(|(id, origin)| Some((id, self.find(origin)?)));
        let (id, origin) = known.ok_or_else(|| self.no_offer(first.1))?;
        Ok((ProductId::from(id.to_owned()), origin))
    }

    /// Why a text means no cell: the part is told that is not known beside one that is.
    pub(crate) fn no_cell(&self, study: &Study, text: &str) -> EntryError {
        let schema = study.schema();
        let of_an_offer = split_cell_edit(text).filter(|(id, ..)| self.find(id).is_some());
        if let Some((_, column, _)) = of_an_offer.min_by_key(|(_, column, _)| column.len()) {
            return EntryError::NoColumn {
                column: column.to_owned(),
                known: quote_names(schema.attributes().iter().map(|a| a.name.as_str())),
            };
        }
        let of_a_column =
            split_cell_edit(text).find(|(_, column, _)| schema.find(column).is_some());
        match of_a_column.or(split_cell_edit(text).next()) {
            Some((id, ..)) => self.no_offer(id),
            None => EntryError::Form {
                wanted: "ID.COLUMN=VALUE, as 9.monthly_cost=449",
            },
        }
    }

    fn no_offer(&self, id: &str) -> EntryError {
        EntryError::NoOffer {
            id: id.to_owned(),
            known: quote_names(self.offers().iter().map(|offer| offer.id.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::scenario::tests::{edited, study};

    #[test]
    fn a_list_says_what_was_changed_and_makes_it_again() {
        let study = study();
        let entries = [
            (Verb::Set, "9.monthly_cost=449"),
            (Verb::Add, "14:9"),
            (Verb::Add, "15:14"),
            (Verb::Withdraw, "9"),
            (Verb::Set, "14.term=24"),
            // What has no brand may lack a term, and nothing else may.
            (Verb::Set, "5.brand="),
            (Verb::Set, "5.term="),
            (Verb::Set, "5.energy="),
        ];
        let scenario = edited(&study, &entries);
        let list = EditList::from_scenario(&study, &scenario);
        assert_eq!(list.add, ["14:9", "15:9"]);
        assert_eq!(list.withdraw, ["9"]);
        let entries: Vec<_> = list.entries().collect();
        assert_eq!(edited(&study, &entries), scenario);
        let none = Scenario::baseline(&study);
        assert_eq!(EditList::from_scenario(&study, &none), EditList::default());
    }

    #[test]
    fn an_entry_that_cannot_be_made_changes_nothing() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        for (verb, text, description) in [
            (Verb::Add, "14", "write ID:ORIGIN"),
            (Verb::Add, ":9", "write ID:ORIGIN"),
            (Verb::Add, "14:99", "no offer has the id `99`"),
            (Verb::Add, "9:1", "another offer has the id 9"),
            (Verb::Set, "9", "write ID.COLUMN=VALUE"),
            (Verb::Set, "9.price=1", "no column has the name `price`"),
            (Verb::Set, "99.term=1", "no offer has the id `99`"),
            (Verb::Set, "9.term=x", "`x` is not a number"),
            (Verb::Withdraw, "99", "no offer has the id `99`"),
        ] {
            let error = scenario.edit(&study, verb, text).unwrap_err().to_string();
            assert!(error.starts_with(description), "{text}: {error}");
        }
        assert_eq!(scenario, Scenario::baseline(&study));
    }

    #[test]
    fn a_value_outside_the_surveyed_range_is_noted() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        let mut set = |text| scenario.edit(&study, Verb::Set, text);
        assert!(matches!(
            set("9.monthly_cost=9999"),
            Ok(Some(ValueError::OutsideRange { .. }))
        ));
        assert_eq!(set("9.monthly_cost=449"), Ok(None));
    }
}
