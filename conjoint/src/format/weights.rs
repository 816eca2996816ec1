//! `weights.csv`, which is optional: how many people each respondent represents.

use std::collections::HashMap;

use super::error::FormatError;
use super::file_names::WEIGHTS;
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{Table, UniqueNames, read_header};
use crate::csv_text::write_rows;
use crate::index_vec::{IndexVec, RespondentIndex};
use crate::study::names::ID;
use crate::study::{CustomNames, Study, quote_names};

const WEIGHT: &str = "weight";

/// The smallest positive weight. Sums would lose smaller ones.
pub(crate) const SMALLEST_WEIGHT: f64 = 1e-9;

fn check_weight(value: f64) -> Result<f64, FormatError> {
    if value == 0.0 || value >= SMALLEST_WEIGHT {
        Ok(value)
    } else {
        Err(FormatError::NotAWeight { value })
    }
}

/// The weights of the respondents `ids`, matched by id; all are 1 without the file. If the ids are
/// unknown because their file is damaged, the file is checked on its own.
pub(crate) fn read(
    files: &StudyFiles,
    columns: &CustomNames,
    ids: Option<&[String]>,
    problems: &mut Problems,
) -> IndexVec<RespondentIndex, f64> {
    let count = ids.unwrap_or_default().len();
    let read = match files.contains(WEIGHTS) {
        true => read_weights(files, columns, ids, problems),
        false => None,
    };
    read.unwrap_or_else(|| vec![1.0; count]).into()
}

fn read_weights(
    files: &StudyFiles,
    columns: &CustomNames,
    ids: Option<&[String]>,
    problems: &mut Problems,
) -> Option<Vec<f64>> {
    let header = read_header(files.get(WEIGHTS).unwrap_or_default());
    let known = [columns.name_in_header(ID, &header), WEIGHT];
    let mut table = Table::open(WEIGHTS, files, &known, problems)?;
    table.check_header(problems);
    table.check_known(&known, problems);
    let [id, weight] = known.map(|name| table.require_column(name, problems));
    let (id, weight) = (id?, weight?);
    let positions: HashMap<&str, usize> = (ids.unwrap_or_default().iter())
        .map(String::as_str)
        .zip(0..)
        .collect();
    let mut weights: Vec<Option<f64>> = vec![None; ids.unwrap_or_default().len()];
    let mut unique = UniqueNames::default();
    let mut is_any_positive = false;
    while let Some(row) = table.next_row(problems) {
        let value = row.require_number(weight, check_weight, problems);
        // An invalid number was reported, and does not count as a weight of 0.
        is_any_positive |= value != Some(0.0);
        let wanted = "write the id of a respondent";
        let Some(name) = row.require_text(id, wanted, problems).map(str::to_owned) else {
            continue;
        };
        if !unique.add(&row, id, problems) {
            continue;
        }
        match positions.get(name.as_str()) {
            Some(position) => {
                if let Some(slot) = weights.get_mut(*position) {
                    *slot = Some(value.unwrap_or(1.0));
                }
            }
            None if ids.is_some() => {
                problems.add(row.place(id), FormatError::UnknownRespondent { name });
            }
            None => {}
        }
    }
    // Found by id, so that a repeated id, which is another problem, is not reported here.
    let weight = |id: &str| *weights.get(*positions.get(id)?)?;
    let without = ids.unwrap_or_default().iter();
    let without: Vec<&String> = without.filter(|id| weight(id).is_none()).collect();
    if !without.is_empty() {
        let names = quote_names(without);
        let place = Place::column(WEIGHTS, known[0]);
        problems.add(place, FormatError::RespondentsWithoutRow { names });
    } else if !is_any_positive && ids.is_some() {
        let place = Place::column(WEIGHTS, WEIGHT);
        problems.add(place, FormatError::NoPositiveWeight);
    }
    let weights = weights.into_iter().map(|weight| weight.unwrap_or(1.0));
    Some(weights.collect())
}

/// Writes the file so that [`read`] reads it back; `None` if all weights are 1.
pub(crate) fn to_csv(study: &Study) -> Option<Vec<u8>> {
    let people = &study.respondents;
    if !people.are_weighted() {
        return None;
    }
    let header = [study.settings.columns.get(ID), WEIGHT].map(str::to_owned);
    let rows = people.ids.iter().zip(&people.weights);
    let rows = rows.map(|(id, weight)| [id.clone(), weight.to_string()]);
    Some(write_rows(std::iter::once(header).chain(rows)))
}
