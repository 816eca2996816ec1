//! The edits of a scenario as text, in the words of the command line: `add 14:9` (offer 14 as a copy of
//! offer 9), `set 9.monthly_cost=449`, `withdraw 3`.

use super::{EntryError, Scenario};
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::study::{Cell, ProductId, Study, ValueError, quote_names};

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Adds a copy of an offer.
    Add,
    /// Changes a value of an offer.
    Set,
    /// Withdraws an offer from the market.
    Withdraw,
}

impl Verb {
    /// All verbs, in the order in which edits are made: copies of the study's offers first, so that
    /// later edits can change the copies.
    pub const ALL: [Self; 3] = [Self::Add, Self::Set, Self::Withdraw];

    /// Its word in files, links and arguments.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Set => "set",
            Self::Withdraw => "withdraw",
        }
    }
}

/// The edits of a scenario, by verb.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditList {
    /// Copies, each as `ID:ORIGIN`.
    pub add: Vec<String>,
    /// Values, each as `ID.COLUMN=VALUE`.
    pub set: Vec<String>,
    /// The ids of withdrawn offers.
    pub withdraw: Vec<String>,
}

impl EditList {
    /// The edits that turn the study's own offers into the scenario.
    pub fn from_scenario(study: &Study, scenario: &Scenario) -> Self {
        let mut list = Self::default();
        let brand = study.schema().brand();
        for (product, offer) in scenario.offers().enumerate() {
            let origin = &study.offers()[scenario.origin(product)];
            if scenario.is_added(product) {
                list.add.push(format!("{}:{}", offer.id, origin.id));
            }
            let has_brand = offer.cells[brand] != Cell::Empty;
            let had_brand = origin.cells[brand] != Cell::Empty;
            for index in settable_order(study, has_brand && !had_brand) {
                let cell = offer.cells[index];
                if cell != origin.cells[index] {
                    let attribute = &study.schema().attributes()[index];
                    let text = attribute.write(cell);
                    let entry = format!("{}.{}={text}", offer.id, attribute.name);
                    list.set.push(entry);
                }
            }
            // Losing its brand already withdraws an offer.
            if offer.withdrawn && has_brand {
                list.withdraw.push(offer.id.to_string());
            }
        }
        list
    }

    /// The entries of one verb.
    pub fn entries_of_kind(&self, verb: Verb) -> &[String] {
        match verb {
            Verb::Add => &self.add,
            Verb::Set => &self.set,
            Verb::Withdraw => &self.withdraw,
        }
    }

    /// The entries of one verb, to be changed.
    pub(super) fn entries_mut(&mut self, verb: Verb) -> &mut Vec<String> {
        match verb {
            Verb::Add => &mut self.add,
            Verb::Set => &mut self.set,
            Verb::Withdraw => &mut self.withdraw,
        }
    }

    /// All entries, in the order in which they are made.
    pub fn entries(&self) -> impl Iterator<Item = (Verb, &str)> {
        let pairs = |verb| {
            let texts = self.entries_of_kind(verb).iter();
            texts.map(move |text| (verb, text.as_str()))
        };
        Verb::ALL.into_iter().flat_map(pairs)
    }
}

/// The attributes in the order in which they can be set. An offer that gets its first brand needs all
/// other values before it, so the brand comes last; an offer that loses its brand may then lose other
/// values, and one with another brand may have other prices, so the brand comes first.
fn settable_order(study: &Study, gets_brand: bool) -> Vec<AttributeIndex> {
    let brand = study.schema().brand();
    let others = study.schema().attributes().indices();
    let others = others.filter(|attribute| *attribute != brand);
    if gets_brand {
        others.chain([brand]).collect()
    } else {
        std::iter::once(brand).chain(others).collect()
    }
}

/// Every way to split `ID.COLUMN=VALUE` into its three parts. There can be several, because ids, columns
/// and values may contain points and equals signs.
pub fn split_cell_edit(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.match_indices('=').flat_map(move |(equals, _)| {
        let (target, value) = (&text[..equals], &text[equals + 1..]);
        let points = target.match_indices('.');
        points.map(move |(point, _)| (&target[..point], &target[point + 1..], value))
    })
}

impl Scenario {
    /// The cell and the value that `ID.COLUMN=VALUE` means, by the first split with a known offer and a
    /// known column.
    pub fn find_cell<'t>(
        &self,
        study: &Study,
        text: &'t str,
    ) -> Option<(ProductIndex, AttributeIndex, &'t str)> {
        split_cell_edit(text).find_map(|(id, column, value)| {
            Some((self.find(id)?, study.schema().find(column)?, value))
        })
    }

    /// Makes one edit that is written as text. Returns the warning if the value is outside the surveyed
    /// range.
    ///
    /// # Errors
    /// The text has another form, names an unknown offer or column, or the edit cannot be made; the
    /// scenario is unchanged.
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
                let (product, attribute, value) =
                    cell.ok_or_else(|| self.unknown_cell(study, text))?;
                self.set(study, product, attribute, value)?;
                let cells = &self.offers()[product].cells;
                let surveyed = study.schema().surveyed_for(attribute, cells);
                return Ok(surveyed.range_warning(cells[attribute]));
            }
            Verb::Withdraw => {
                let product = self.find(text).ok_or_else(|| self.unknown_offer(text))?;
                self.set_withdrawn(study, product, true)?;
            }
        }
        Ok(None)
    }

    /// The new id and the offer that `ID:ORIGIN` means, by the first split with a known origin.
    fn find_copy(&self, text: &str) -> Result<(ProductId, ProductIndex), EntryError> {
        let colons = text.match_indices(':');
        let splits = colons.map(|(colon, _)| (&text[..colon], &text[colon + 1..]));
        let mut splits = splits.filter(|(id, _)| !id.is_empty());
        let first = splits.clone().next().ok_or(EntryError::Form {
            wanted: "ID:ORIGIN, for example 14:9 for a copy of offer 9",
        })?;
        let known = splits.find_map(|(id, origin)| Some((id, self.find(origin)?)));
        let (id, origin) = known.ok_or_else(|| self.unknown_offer(first.1))?;
        Ok((ProductId::from(id.to_owned()), origin))
    }

    /// Why no cell matches a text: names the unknown part if the other one is known.
    pub(crate) fn unknown_cell(&self, study: &Study, text: &str) -> EntryError {
        let schema = study.schema();
        let with_known_offer = split_cell_edit(text).filter(|(id, ..)| self.find(id).is_some());
        if let Some((_, column, _)) = with_known_offer.min_by_key(|(_, column, _)| column.len()) {
            return EntryError::NoColumn {
                column: column.to_owned(),
                known: quote_names(schema.attributes().iter().map(|a| a.name.as_str())),
            };
        }
        let with_known_column =
            split_cell_edit(text).find(|(_, column, _)| schema.find(column).is_some());
        match with_known_column.or(split_cell_edit(text).next()) {
            Some((id, ..)) => self.unknown_offer(id),
            None => EntryError::Form {
                wanted: "ID.COLUMN=VALUE, for example 9.monthly_cost=449",
            },
        }
    }

    /// Why no offer has an id.
    pub(crate) fn unknown_offer(&self, id: &str) -> EntryError {
        EntryError::NoOffer {
            id: id.to_owned(),
            known: quote_names(self.offers().iter().map(|offer| offer.id.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{edit_scenario, generate_study};

    fn study() -> Study {
        generate_study(1, &[("Gen X", 3)])
    }

    #[test]
    fn a_list_of_edits_makes_the_scenario_again() {
        let study = study();
        let entries = [
            (Verb::Set, "9.monthly_cost=449"),
            (Verb::Add, "14:9"),
            (Verb::Add, "15:14"),
            (Verb::Withdraw, "9"),
            (Verb::Set, "14.term=24"),
            // Only an offer without a brand may lack a term.
            (Verb::Set, "5.brand="),
            (Verb::Set, "5.term="),
            (Verb::Set, "5.energy="),
        ];
        let scenario = edit_scenario(&study, &entries);
        let list = EditList::from_scenario(&study, &scenario);
        assert_eq!(list.add, ["14:9", "15:9"]);
        assert_eq!(list.withdraw, ["9"]);
        let entries: Vec<_> = list.entries().collect();
        assert_eq!(edit_scenario(&study, &entries), scenario);
        let none = Scenario::baseline(&study);
        assert_eq!(EditList::from_scenario(&study, &none), EditList::default());
    }

    #[test]
    fn an_edit_that_cannot_be_made_changes_nothing() {
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
    fn a_value_outside_the_surveyed_range_gives_a_warning() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        let mut set = |text| scenario.edit(&study, Verb::Set, text);
        assert!(matches!(
            set("9.monthly_cost=1500"),
            Ok(Some(ValueError::OutsideRange { .. }))
        ));
        assert_eq!(set("9.monthly_cost=449"), Ok(None));
    }
}
