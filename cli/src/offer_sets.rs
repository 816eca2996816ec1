//! A table of several markets: sets of offers, for `--offers`.
//!
//! One row per offer and set: `set`, `id`, and a column per value to set, under the names of the study's
//! columns. A set has exactly its rows' offers on the market. An id of the study starts from its offer, a new
//! one from the first offer of the study; an empty cell means that the attribute does not apply.

use std::path::Path;

use conjoint::format::tabular::{Grid, InputFile};
use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::{ProductId, Study, quote_names};

use crate::error::CliError;
use crate::load::read_bytes;

/// The columns that say where a row belongs.
const SET: &str = "set";
const ID: &str = "id";
/// A column that a scenario cannot change.
const MODEL: &str = "model";

/// A market of a table.
pub(crate) struct OfferSet {
    pub(crate) name: String,
    pub(crate) scenario: Scenario,
}

/// Reads the sets of a table, in the order of their first rows.
pub(crate) fn read_sets(path: &Path, study: &Study) -> Result<Vec<OfferSet>, CliError> {
    let bytes = read_bytes(path)?;
    let error = |place: String, reason: String| CliError::Offers {
        path: path.to_owned(),
        place,
        reason,
    };
    let name = path.display().to_string();
    let file = InputFile::open(&name, bytes);
    let grids = file.grids();
    let grids = grids.map_err(|problem| error(String::new(), problem.to_string()))?;
    let mut grids = grids
        .iter()
        .filter(|grid| !grid.is_hidden && grid.height() > 0);
    let Some(grid) = grids.next() else {
        return Err(error(
            String::new(),
            "there is no row; write a header".to_owned(),
        ));
    };
    let table = SetTable::new(grid, study);
    let table = table.map_err(|reason| error(format!(":{}", grid.line(0)), reason))?;
    let mut sets: Vec<(OfferSet, Vec<ProductIndex>)> = Vec::new();
    for row in 1..grid.height() {
        let place = format!(":{}", grid.line(row));
        let set = table.text(row, table.set);
        let known = sets.iter().position(|(other, _)| other.name == set);
        let position = known.unwrap_or_else(|| {
            let scenario = Scenario::baseline(study);
            let set = OfferSet {
                name: set,
                scenario,
            };
            sets.push((set, Vec::new()));
            sets.len() - 1
        });
        if let Some((set, listed)) = sets.get_mut(position) {
            let product = table.read_row(row, study, &mut set.scenario, listed);
            let product = product.map_err(|reason| error(place, reason))?;
            listed.push(product);
        }
    }
    let markets = sets.into_iter().map(|(mut set, listed)| {
        let others: Vec<ProductIndex> = set.scenario.offers().indices().collect();
        for product in others
            .into_iter()
            .filter(|product| !listed.contains(product))
        {
            // Withdrawing an offer cannot fail.
            let _ = set.scenario.set_withdrawn(study, product, true);
        }
        set
    });
    let markets: Vec<OfferSet> = markets.collect();
    match markets.is_empty() {
        true => Err(error(
            String::new(),
            "there is no row; write a row per offer".to_owned(),
        )),
        false => Ok(markets),
    }
}

/// A table whose columns were found.
struct SetTable<'g> {
    grid: &'g Grid,
    set: usize,
    id: usize,
    /// The columns of attributes; the brand comes first, because other values may depend on it.
    attributes: Vec<(usize, AttributeIndex)>,
}

impl<'g> SetTable<'g> {
    fn new(grid: &'g Grid, study: &Study) -> Result<Self, String> {
        let schema = study.schema();
        let (mut set, mut id) = (None, None);
        let mut attributes = Vec::new();
        for column in 0..grid.width() {
            match grid.text(0, column).trim() {
                SET => set = Some(column),
                ID => id = Some(column),
                MODEL | "" => {}
                name => match schema.find(name) {
                    Some(attribute) => attributes.push((column, attribute)),
                    None => {
                        let known = schema.attributes().iter().map(|it| it.name.as_str());
                        let known = quote_names([SET, ID, MODEL].into_iter().chain(known));
                        return Err(format!(
                            "no column has the name `{name}`; columns are {known}"
                        ));
                    }
                },
            }
        }
        attributes.sort_by_key(|(_, attribute)| *attribute != schema.brand());
        match (set, id) {
            (Some(set), Some(id)) => Ok(Self {
                grid,
                set,
                id,
                attributes,
            }),
            _ => Err(format!("the header has no {SET} or no {ID}; write both")),
        }
    }

    /// A cell as a scenario reads it: with a decimal point.
    fn text(&self, row: usize, column: usize) -> String {
        let text = self.grid.text(row, column);
        let text = text.trim();
        match self.grid.number(row, column) {
            Some(number) if text.parse::<f64>().is_err() => number.to_string(),
            _ => text.to_owned(),
        }
    }

    /// Puts the offer of a row into a scenario.
    fn read_row(
        &self,
        row: usize,
        study: &Study,
        scenario: &mut Scenario,
        listed: &[ProductIndex],
    ) -> Result<ProductIndex, String> {
        let id = self.text(row, self.id);
        if id.is_empty() {
            return Err(format!("{ID}: the cell is empty; write the id of an offer"));
        }
        let product = match scenario.find(&id) {
            Some(product) if listed.contains(&product) => {
                return Err(format!(
                    "{ID}: `{id}` is in this set already; list each offer once"
                ));
            }
            Some(product) => product,
            None => {
                let first = scenario.offers().indices().next();
                let first = first.ok_or_else(|| "the study has no offer".to_owned())?;
                let copy = scenario.add_copy(study, first, ProductId::from(id));
                copy.map_err(|error| format!("{ID}: {error}"))?
            }
        };
        for (column, attribute) in &self.attributes {
            let text = self.text(row, *column);
            let name = &study.schema().attributes()[*attribute].name;
            let set = scenario.set(study, product, *attribute, &text);
            set.map_err(|error| format!("{name}: {error}"))?;
        }
        let offered = scenario.set_withdrawn(study, product, false);
        offered.map_err(|error| error.to_string())?;
        Ok(product)
    }
}
