//! `prohibited.csv`, which is optional: pairs of levels that were never shown together.

use super::error::FormatError;
use super::file_names::{OFFERS, PROHIBITED, UTILITIES};
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{Row, Table, TableError};
use crate::csv_text::write_rows;
use crate::study::prohibited::{ProhibitedPair, ProhibitedValue};
use crate::study::{Cell, Schema, Study, quote_names};

/// The header. Both names occur twice, so that columns are found by their positions.
const HEADER: [&str; 4] = ["attribute", "level", "attribute", "level"];

/// Reads the pairs; none without the file.
pub(crate) fn read(
    files: &StudyFiles,
    schema: &Schema,
    problems: &mut Problems,
) -> Vec<ProhibitedPair> {
    let mut pairs = Vec::new();
    if !files.contains(PROHIBITED) {
        return pairs;
    }
    let Some(mut table) = Table::open(PROHIBITED, files, &HEADER, problems) else {
        return pairs;
    };
    if table.header != HEADER {
        let place = Place::row(PROHIBITED, table.header_line);
        let columns = HEADER.join(",");
        problems.add(place, TableError::HeaderMissing { columns });
        return pairs;
    }
    while let Some(row) = table.next_row(problems) {
        let first = read_value(&row, [0, 1], schema, problems);
        let second = read_value(&row, [2, 3], schema, problems);
        if let (Some(first), Some(second)) = (first, second) {
            pairs.push(ProhibitedPair { first, second });
        }
    }
    pairs
}

/// Reads an attribute and its level, which is empty for all levels.
fn read_value(
    row: &Row<'_>,
    [name, level]: [usize; 2],
    schema: &Schema,
    problems: &mut Problems,
) -> Option<ProhibitedValue> {
    let Some(attribute) = schema.find(row.text(name)) else {
        let known = quote_names(schema.attributes().iter().map(|it| it.name.as_str()));
        let elsewhere = UTILITIES;
        let error = FormatError::UnknownAttribute { elsewhere, known };
        problems.add(row.place(name), error);
        return None;
    };
    match schema.attributes()[attribute].parse(row.text(level)) {
        Ok(cell) => Some(ProhibitedValue { attribute, cell }),
        Err(error) => {
            problems.add(row.place(level), error);
            None
        }
    }
}

/// Warns about the study's own offers with a prohibited pair.
pub(crate) fn check_offers(study: &Study, problems: &mut Problems) {
    for offer in study.offers().iter() {
        if let Some(pair) = study.find_prohibited(&offer.cells) {
            let error = FormatError::ProhibitedPair {
                id: offer.id.to_string(),
                pair: study.describe_pair(pair),
            };
            problems.add(Place::file(OFFERS), error);
        }
    }
}

/// Writes the file so that [`read`] reads it back; `None` if there are no pairs.
pub(crate) fn to_csv(study: &Study) -> Option<Vec<u8>> {
    let attributes = study.schema().attributes();
    let rows = study.prohibited_pairs().iter().map(|pair| {
        let cells = pair.values().map(|value| {
            let attribute = &attributes[value.attribute];
            let level = match value.cell {
                Cell::Empty => String::new(),
                cell => attribute.write(cell),
            };
            [attribute.name.clone(), level]
        });
        cells.concat()
    });
    let header = std::iter::once(HEADER.map(str::to_owned).to_vec());
    let has_pairs = !study.prohibited_pairs().is_empty();
    has_pairs.then(|| write_rows(header.chain(rows)))
}
