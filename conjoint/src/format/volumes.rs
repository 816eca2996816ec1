//! `baseVolumeEBIT_EV.csv`: the brands' shares of customers today, and their margins.

use super::error::FormatError;
use super::file_names::VOLUMES;
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{Table, TableError, UniqueNames, check_share};
use crate::csv_text::write_rows;
use crate::index_vec::{BrandIndex, IndexVec};
use crate::study::{BRAND, Market, Study, Volume};

const SHARE: &str = "Share of SIOs";
const MARGIN: &str = "EBIT margin per SIO";
const FIXED: &str = "Fixed cost percentage";

/// How much a sum of shares may differ from 1, because of rounding.
const SUM_TOLERANCE: f64 = 0.005;

/// The brands in the order of the file, and their figures.
pub(crate) struct Volumes {
    pub(crate) names: IndexVec<BrandIndex, String>,
    pub(crate) volumes: IndexVec<BrandIndex, Volume>,
}

/// Checks a margin: EBIT as a fraction of revenue, negative for a loss.
fn check_margin(value: f64) -> Result<f64, FormatError> {
    if (-1.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(FormatError::NotAMargin { value })
    }
}

/// Reads the file.
pub(crate) fn read(files: &StudyFiles, problems: &mut Problems) -> Option<Volumes> {
    let expected = [BRAND, SHARE, MARGIN, FIXED];
    let mut table = Table::open(VOLUMES, files, &expected, problems)?;
    table.check_header(problems);
    let [brand, share, margin, fixed] = expected.map(|name| table.require_column(name, problems));
    let (brand, share, margin, fixed) = (brand?, share?, margin?, fixed?);
    let mut names = Vec::new();
    let mut unique = UniqueNames::default();
    let mut volumes = Vec::new();
    let mut is_complete = true;
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let numbers = [
            row.require_number(share, check_share, problems),
            row.require_number(margin, check_margin, problems),
            row.require_number(fixed, check_share, problems),
        ];
        is_complete &= numbers.iter().all(Option::is_some);
        let [share, margin, fixed_cost] = numbers.map(|value| value.unwrap_or(0.0));
        let Some(name) = row.require_text(brand, "write the brand", problems) else {
            continue;
        };
        let name = name.to_owned();
        if !unique.add(&row, brand, problems) {
            continue;
        }
        names.push(name);
        volumes.push(Volume {
            share,
            margin,
            fixed_cost,
        });
    }
    let sum: f64 = volumes.iter().map(|volume| volume.share).sum();
    if rows == 0 {
        problems.add(Place::file(VOLUMES), TableError::NoRows { what: "brand" });
    } else if is_complete && (sum - 1.0).abs() > SUM_TOLERANCE {
        problems.add(
            Place::column(VOLUMES, SHARE),
            FormatError::SharesSum { sum },
        );
    }
    Some(Volumes {
        names: names.into(),
        volumes: volumes.into(),
    })
}

/// Writes the file so that [`read`] reads it back.
pub(crate) fn to_csv(study: &Study, market: &Market) -> Vec<u8> {
    let header = [BRAND, SHARE, MARGIN, FIXED].map(str::to_owned);
    let rows = study.brands.enumerate().map(|(index, brand)| {
        let volume = &market.volumes[index];
        [
            brand.name.clone(),
            volume.share.to_string(),
            volume.margin.to_string(),
            volume.fixed_cost.to_string(),
        ]
    });
    write_rows(std::iter::once(header).chain(rows))
}
