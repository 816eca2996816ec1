//! The three tables with one number per brand and segment: recontract rate, churn rate and ARPU.

use nalgebra::DMatrix;

use super::error::FormatError;
use super::file_names::{BASE_ARPU, CHURN, RECONTRACT, VOLUMES};
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{Table, TableError, UniqueNames, check_share};
use crate::csv_text::write_rows;
use crate::index_vec::{BrandIndex, IndexVec, Position, SegmentIndex};
use crate::study::{BRAND, Study, quote_names};

/// One table, in the order of its file.
pub(crate) struct SegmentTable {
    file: &'static str,
    /// The line of the header.
    pub(crate) header_line: u64,
    pub(crate) segments: Vec<String>,
    /// Names and lines.
    brands: Vec<(String, u64)>,
    /// One row per brand, one column per segment.
    values: Vec<Vec<f64>>,
}

/// Checks an average revenue per user: it cannot be negative.
fn check_revenue(value: f64) -> Result<f64, FormatError> {
    if value >= 0.0 {
        Ok(value)
    } else {
        Err(FormatError::NegativeRevenue { value })
    }
}

/// Reads one of the three tables on its own.
pub(crate) fn read(
    file: &'static str,
    files: &StudyFiles,
    problems: &mut Problems,
) -> Option<SegmentTable> {
    let check = if file == BASE_ARPU {
        check_revenue
    } else {
        check_share
    };
    let mut table = Table::open(file, files, &[BRAND, "<segment>"], problems)?;
    table.check_header(problems);
    let brand = table.require_column(BRAND, problems)?;
    let columns: Vec<usize> = (0..table.header.len()).filter(|c| *c != brand).collect();
    let segments = columns
        .iter()
        .filter_map(|column| table.header.get(*column).cloned())
        .collect();
    let mut brands: Vec<(String, u64)> = Vec::new();
    let mut values = Vec::new();
    let mut unique = UniqueNames::default();
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let numbers = columns
            .iter()
            .map(|column| row.require_number(*column, check, problems).unwrap_or(0.0))
            .collect();
        let Some(name) = row.require_text(brand, "write the brand", problems) else {
            continue;
        };
        let name = name.to_owned();
        if !unique.add(&row, brand, problems) {
            continue;
        }
        brands.push((name, row.line));
        values.push(numbers);
    }
    if rows == 0 {
        problems.add(Place::file(file), TableError::NoRows { what: "brand" });
    }
    Some(SegmentTable {
        file,
        header_line: table.header_line,
        segments,
        brands,
        values,
    })
}

impl SegmentTable {
    /// Reports brands that only one of this table and the list of brands has.
    pub(crate) fn match_brands(
        &self,
        brands: &IndexVec<BrandIndex, String>,
        problems: &mut Problems,
    ) {
        let elsewhere = VOLUMES;
        for (name, row) in &self.brands {
            if !brands.iter().any(|known| known == name) {
                let error = FormatError::UnknownBrand {
                    name: name.clone(),
                    elsewhere,
                    known: quote_names(brands),
                };
                problems.add(Place::cell(self.file, *row, BRAND), error);
            }
        }
        for name in brands {
            if !self.brands.iter().any(|(brand, _)| brand == name) {
                let name = name.clone();
                let error = FormatError::BrandWithoutRow { name, elsewhere };
                problems.add(Place::file(self.file), error);
            }
        }
    }

    /// The values as a matrix, brands × segments, matched by name. A missing value was reported, and
    /// becomes 0.
    pub(crate) fn to_matrix(
        &self,
        brands: &IndexVec<BrandIndex, String>,
        segments: &IndexVec<SegmentIndex, String>,
    ) -> DMatrix<f64> {
        let value = |brand: usize, segment: usize| {
            let brand = &brands.as_slice()[brand];
            let segment = &segments.as_slice()[segment];
            let row = self.brands.iter().position(|(name, _)| name == brand)?;
            let column = self.segments.iter().position(|name| name == segment)?;
            self.values.get(row)?.get(column).copied()
        };
        DMatrix::from_fn(brands.len(), segments.len(), |brand, segment| {
            value(brand, segment).unwrap_or(0.0)
        })
    }

    /// Reports segments that only one of this table and the list of segments has.
    pub(crate) fn match_segments(
        &self,
        segments: &IndexVec<SegmentIndex, String>,
        problems: &mut Problems,
    ) {
        let elsewhere = RECONTRACT;
        for name in &self.segments {
            if !name.is_empty() && !segments.iter().any(|known| known == name) {
                let error = FormatError::UnknownSegment {
                    name: name.clone(),
                    elsewhere,
                    known: quote_names(segments),
                };
                problems.add(Place::cell(self.file, self.header_line, name), error);
            }
        }
        for name in segments {
            if !self.segments.contains(name) {
                let name = name.clone();
                let place = Place::cell(self.file, self.header_line, &name);
                problems.add(place, FormatError::SegmentWithoutColumn { name, elsewhere });
            }
        }
    }
}

/// Reports brands with segments in which more customers renew and leave than there are.
pub(crate) fn check_sums(
    recontract: &DMatrix<f64>,
    churn: &SegmentTable,
    churn_rates: &DMatrix<f64>,
    brands: &IndexVec<BrandIndex, String>,
    segments: &IndexVec<SegmentIndex, String>,
    problems: &mut Problems,
) {
    for (brand, name) in brands.enumerate() {
        for (segment, column) in segments.enumerate() {
            let at = (brand.index(), segment.index());
            let sum = recontract[at] + churn_rates[at];
            let row = churn.brands.iter().find(|(other, _)| other == name);
            if let Some((_, row)) = row.filter(|_| sum > 1.0 + 1e-9) {
                let place = Place::cell(CHURN, *row, column);
                let brand = name.clone();
                problems.add(place, FormatError::RatesAboveOne { brand, sum });
            }
        }
    }
}

/// Writes one of the three tables so that [`read`] reads it back.
pub(crate) fn to_csv(study: &Study, values: &DMatrix<f64>) -> Vec<u8> {
    let header = std::iter::once(BRAND.to_owned()).chain(study.segments.iter().cloned());
    let rows = study
        .brands
        .enumerate()
        .map(|(index, brand): (BrandIndex, _)| {
            let numbers = values.row(index.index());
            std::iter::once(brand.name.clone())
                .chain(numbers.iter().map(f64::to_string))
                .collect::<Vec<String>>()
        });
    write_rows(std::iter::once(header.collect()).chain(rows))
}
