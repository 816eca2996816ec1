//! `weights.csv`, which may be left out: how many people each respondent stands for.

use std::collections::HashMap;

use super::error::FormatError;
use super::files::{StudyFiles, WEIGHTS};
use super::problem::{Place, Problems};
use super::table::{Names, Table, header_of};
use crate::csv_text::write_rows;
use crate::index_vec::{IndexVec, RespondentIndex};
use crate::study::names::ID;
use crate::study::{CustomNames, Study, quote_names};

const WEIGHT: &str = "weight";

/// Weights below this are none: their sums would vanish.
pub(crate) const SMALLEST_WEIGHT: f64 = 1e-9;

fn check_weight(value: f64) -> Result<f64, FormatError> {
    if value == 0.0 || value >= SMALLEST_WEIGHT {
        Ok(value)
    } else {
        Err(FormatError::NotAWeight { value })
    }
}

/// The weights of the respondents `ids`, matched by id: 1 each without the file. Without ids (the
/// utilities file is damaged) the file is checked by itself.
pub(crate) fn read(
    files: &StudyFiles,
    columns: &CustomNames,
    ids: Option<&[String]>,
    problems: &mut Problems,
) -> IndexVec<RespondentIndex, f64> {
    let mut weights = vec![1.0; ids.unwrap_or_default().len()];
    if files.contains(WEIGHTS) {
        read_weights(files, columns, ids, &mut weights, problems);
    }
    weights.into()
}

fn read_weights(
    files: &StudyFiles,
    columns: &CustomNames,
    ids: Option<&[String]>,
    weights: &mut [f64],
    problems: &mut Problems,
) -> Option<()> {
    let header = header_of(files.get(WEIGHTS).unwrap_or_default());
    let known = [columns.name_in_header(ID, &header), WEIGHT];
    let mut table = Table::open(WEIGHTS, files, &known, problems)?;
    table.check_header(problems);
    for name in &table.header {
        if !known.contains(&name.as_str()) && !name.is_empty() {
            let known = quote_names(known);
            problems.add(
                table.header_place(name),
                FormatError::ColumnUnknown { known },
            );
        }
    }
    let [id, weight_column] = known.map(|name| table.column(name, problems));
    let (id, weight_column) = (id?, weight_column?);
    let all = || ids.unwrap_or_default().iter();
    let places: HashMap<String, usize> = all().cloned().zip(0..).collect();
    let mut is_weighed = vec![false; weights.len()];
    let mut seen = Names::default();
    let mut any = false;
    while let Some(row) = table.next_row(problems) {
        let value = row.number(weight_column, check_weight, problems);
        // A number that is none was noted, and is not told as nobody's weight too.
        any |= value != Some(0.0);
        let wanted = "write the id of a respondent";
        let Some(name) = row.required(id, wanted, problems).map(str::to_owned) else {
            continue;
        };
        if !seen.is_new(&row, id, problems) {
            continue;
        }
        let Some(place) = places.get(&name) else {
            if ids.is_some() {
                problems.add(row.place(id), FormatError::UnknownRespondent { name });
            }
            continue;
        };
        let slots = weights.get_mut(*place).zip(is_weighed.get_mut(*place));
        if let Some((slot, is_weighed)) = slots {
            (*slot, *is_weighed) = (value.unwrap_or(1.0), true);
        }
    }
    let weighed = |name: &str| places.get(name).and_then(|place| is_weighed.get(*place));
    let without = all().filter(|name| weighed(name) != Some(&true));
    let without: Vec<&String> = without.collect();
    let place = |column: &str| Place {
        column: Some(column.to_owned()),
        ..Place::file(WEIGHTS)
    };
    if !without.is_empty() {
        let names = quote_names(without);
        problems.add(
            place(known[0]),
            FormatError::RespondentsWithoutRow { names },
        );
    } else if !any && ids.is_some() {
        problems.add(place(WEIGHT), FormatError::NobodyWeighs);
    }
    Some(())
}

/// Writes the file as [`read`] reads it; `None` where everybody has a weight of 1.
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
