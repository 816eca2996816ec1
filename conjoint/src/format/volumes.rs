//! `baseVolumeEBIT_EV.csv`: how the market is shared out today, and what it earns.

use super::error::FormatError;
use super::files::{StudyFiles, VOLUMES};
use super::problem::{Place, Problems};
use super::table::{Names, Table, check_share};
use crate::csv_text::write_rows;
use crate::index_vec::{BrandIndex, IndexVec};
use crate::study::{BRAND, Market, Study, Volume};

const SHARE: &str = "Share of SIOs";
const MARGIN: &str = "EBIT margin per SIO";
const FIXED: &str = "Fixed cost percentage";

/// Shares that add up to 1 within this do so but for rounding.
const SUM_TOLERANCE: f64 = 0.005;

/// The file's brands, in its order, and their figures.
pub(crate) struct Volumes {
    pub(crate) names: IndexVec<BrandIndex, String>,
    pub(crate) volumes: IndexVec<BrandIndex, Volume>,
}

/// EBIT as a fraction of revenue; losses are negative.
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
    let [brand, share_column, margin_column, fixed] =
        expected.map(|name| table.column(name, problems));
    let (brand, share_column, margin_column, fixed) =
        (brand?, share_column?, margin_column?, fixed?);
    let mut names = Vec::new();
    let mut seen = Names::default();
    let mut volumes = Vec::new();
    let mut complete = true;
    let mut rows = 0;
    while let Some(row) = table.next_row(problems) {
        rows += 1;
        let numbers = [
            row.number(share_column, check_share, problems),
            row.number(margin_column, check_margin, problems),
            row.number(fixed, check_share, problems),
        ];
        complete &= numbers.iter().all(Option::is_some);
        let [share, margin, fixed_cost] = numbers.map(|value| value.unwrap_or(0.0));
        let Some(name) = row.required(brand, "write the brand", problems) else {
            continue;
        };
        let name = name.to_owned();
        if !seen.is_new(&row, brand, problems) {
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
        problems.add(Place::file(VOLUMES), FormatError::NoRows { what: "brand" });
    } else if complete && (sum - 1.0).abs() > SUM_TOLERANCE {
        let place = Place {
            column: Some(SHARE.to_owned()),
            ..Place::file(VOLUMES)
        };
        problems.add(place, FormatError::SharesSum { sum });
    }
    Some(Volumes {
        names: names.into(),
        volumes: volumes.into(),
    })
}

/// Writes the file as [`read`] reads it.
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
