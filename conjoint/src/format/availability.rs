//! `availability.csv`, which is optional: which respondents can choose which offers, as observed.

use std::collections::HashMap;

use super::error::FormatError;
use super::file_names::{AVAILABILITY, OFFERS};
use super::files::StudyFiles;
use super::problem::Problems;
use super::table::Table;
use crate::csv_text::write_rows;
use crate::index_vec::{IndexVec, ProductIndex};
use crate::study::{Offer, ProductId, Study, quote_names};

/// The columns: a respondent's id, an offer's, and whether the respondent can choose it, 1 or 0. Pairs that
/// are missing can be chosen.
const COLUMNS: [&str; 3] = ["respondent", "product", "available"];

/// Reads which respondents cannot choose an offer: by offer, a mark for every respondent.
pub(crate) fn read(
    files: &StudyFiles,
    ids: &[String],
    offers: &IndexVec<ProductIndex, Offer>,
    problems: &mut Problems,
) -> Vec<(ProductId, Vec<bool>)> {
    let mut excluded: Vec<(ProductId, Vec<bool>)> = Vec::new();
    if !files.contains(AVAILABILITY) {
        return excluded;
    }
    let Some(mut table) = Table::open(AVAILABILITY, files, &COLUMNS, problems) else {
        return excluded;
    };
    table.check_header(problems);
    table.check_known(&COLUMNS, problems);
    let [respondent, product, available] = COLUMNS.map(|name| table.require_column(name, problems));
    let (Some(respondent), Some(product), Some(available)) = (respondent, product, available)
    else {
        return excluded;
    };
    let positions: HashMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    while let Some(row) = table.next_row(problems) {
        let is_excluded = match row.text(available) {
            "0" => true,
            "1" => false,
            text => {
                let error = FormatError::NotAMark {
                    text: text.to_owned(),
                };
                problems.add(row.place(available), error);
                continue;
            }
        };
        let position = positions.get(row.text(respondent)).copied();
        if position.is_none() {
            let name = row.text(respondent).to_owned();
            problems.add(
                row.place(respondent),
                FormatError::UnknownRespondent { name },
            );
        }
        let name = row.text(product);
        let offer = offers.iter().find(|offer| offer.id.as_str() == name);
        let Some(offer) = offer else {
            let error = FormatError::UnknownOffer {
                name: name.to_owned(),
                elsewhere: OFFERS,
                known: quote_names(offers.iter().map(|offer| offer.id.as_str())),
            };
            problems.add(row.place(product), error);
            continue;
        };
        let known = excluded.iter().position(|(id, _)| *id == offer.id);
        let place = known.unwrap_or_else(|| {
            excluded.push((offer.id.clone(), vec![false; ids.len()]));
            excluded.len() - 1
        });
        let marks = excluded.get_mut(place).map(|(_, marks)| marks);
        if let Some(mark) = marks
            .zip(position)
            .and_then(|(marks, at)| marks.get_mut(at))
        {
            *mark = is_excluded;
        }
    }
    excluded.retain(|(_, marks)| marks.contains(&true));
    excluded
}

/// Writes the file so that [`read`] reads it back; `None` if every respondent can choose every offer.
pub(crate) fn to_csv(study: &Study) -> Option<Vec<u8>> {
    let people = study.respondents();
    let rows = people.excluded.iter().flat_map(|(product, marks)| {
        let marks = people.ids.iter().zip(marks).filter(|(_, mark)| **mark);
        marks.map(|(id, _)| [id.clone(), product.to_string(), "0".to_owned()])
    });
    let header = std::iter::once(COLUMNS.map(str::to_owned));
    (!people.excluded.is_empty()).then(|| write_rows(header.chain(rows)))
}
