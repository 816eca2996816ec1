//! The columns of part-worths, as the two header rows name them: attributes and their levels.

use super::error::FormatError;
use super::files::UTILITIES;
use super::problem::{Place, Problems};
use crate::stats::sort::stable_sort;
use crate::study::{BRAND, CustomNames, Levels, MONTHLY_COST, TERM, UPFRONT_COST, parse_number};

/// Two levels nearer than this would make a slope that overflows.
const NEAREST_LEVELS: f64 = 1e-9;

/// A column of the file that holds the part-worth of one level.
pub(crate) struct Surveyed {
    pub(crate) column: usize,
    pub(crate) attribute: String,
    pub(crate) level: String,
}

impl Surveyed {
    /// A cell of it, for a message.
    pub(crate) fn place(&self, row: u64) -> Place {
        let name = format!("{} {}", self.attribute, self.level);
        Place::cell(UTILITIES, row, name.trim())
    }
}

/// Groups the columns by attribute, and tells in which order the matrix takes them.
pub(crate) fn attributes(
    surveyed: &[Surveyed],
    columns: &CustomNames,
    money: bool,
    [first_header, row]: [u64; 2],
    problems: &mut Problems,
) -> (Vec<(String, Levels)>, Vec<usize>) {
    let mut groups: Vec<(&str, Vec<&Surveyed>)> = Vec::new();
    for column in surveyed {
        if column.attribute.is_empty() || column.level.is_empty() {
            let name = (column.column + 1).to_string();
            let line = if column.attribute.is_empty() {
                first_header
            } else {
                row
            };
            problems.add(
                Place::cell(UTILITIES, line, &name),
                FormatError::ColumnUnnamed,
            );
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == column.attribute) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((&column.attribute, vec![column])),
        }
    }
    let brand = columns.get(BRAND);
    if !groups.iter().any(|(name, _)| *name == brand) {
        let place = Place::cell(UTILITIES, first_header, brand);
        problems.add(place, FormatError::ColumnMissing);
    }
    let mut attributes = Vec::new();
    let mut order = Vec::new();
    // Without money a term is an attribute like any other.
    let costs = [
        Some(MONTHLY_COST),
        Some(UPFRONT_COST),
        money.then_some(TERM),
    ];
    for (name, surveyed) in groups {
        let kind = match name {
            _ if name == brand => Kind::Brand,
            _ if costs.iter().flatten().any(|key| columns.get(key) == name) => Kind::Cost,
            _ => Kind::Other,
        };
        let levels = levels(kind, surveyed, row, &mut order, problems);
        attributes.push((name.to_owned(), levels));
    }
    (attributes, order)
}

/// What an attribute's levels must be.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Names, be they numbers.
    Brand,
    /// Numbers.
    Cost,
    /// Numbers where all of them are, else names.
    Other,
}

/// The levels of one attribute; their columns are appended to `order` in the levels' order.
fn levels(
    kind: Kind,
    columns: Vec<&Surveyed>,
    row: u64,
    order: &mut Vec<usize>,
    problems: &mut Problems,
) -> Levels {
    let value = |column: &Surveyed| column.level.parse::<f64>().ok();
    let values: Option<Vec<f64>> = columns.iter().map(|column| value(column)).collect();
    if let Some(values) = values.filter(|_| kind != Kind::Brand) {
        let levels = values.into_iter().zip(columns).collect();
        let levels = stable_sort(levels, |one: &(f64, _), other| one.0.total_cmp(&other.0));
        let (values, columns): (Vec<f64>, Vec<&Surveyed>) = levels.into_iter().unzip();
        if let ([_], Some(only)) = (values.as_slice(), columns.first()) {
            problems.add(only.place(row), FormatError::SingleLevel);
        }
        for (pair, column) in values.windows(2).zip(columns.iter().skip(1)) {
            if let [low, high] = pair
                && high - low < NEAREST_LEVELS
            {
                problems.add(column.place(row), FormatError::LevelTwice { value: *high });
            }
        }
        for column in &columns {
            if let Err(fault) = parse_number(&column.level) {
                problems.add(column.place(row), fault);
            }
        }
        order.extend(columns.iter().map(|column| column.column));
        return Levels::Numeric(values);
    }
    for (index, column) in columns.iter().enumerate() {
        let twice = columns.iter().take(index).any(|o| o.level == column.level);
        if twice {
            problems.add(column.place(row), FormatError::ColumnTwice);
        }
        if kind == Kind::Cost && value(column).is_none() {
            let level = column.level.clone();
            problems.add(column.place(row), FormatError::CostNotNumeric { level });
        }
    }
    order.extend(columns.iter().map(|column| column.column));
    Levels::Categorical(columns.iter().map(|column| column.level.clone()).collect())
}
