//! The columns of part-worths, grouped into attributes and their levels.

use super::super::error::FormatError;
use super::super::file_names::UTILITIES;
use super::super::problem::{Place, Problems};
use super::super::read::Needs;
use super::super::table::TableError;
use super::interactions::{InteractionGroup, resolve, split_groups};
use crate::stats::sort::stable_sort;
use crate::study::names::{BRAND, MONTHLY_COST, NONE, TERM, UPFRONT_COST};
use crate::study::{CustomNames, Levels, Unit, parse_number};

/// The smallest distance of two numeric levels. A smaller one would make a slope that overflows.
const NEAREST_LEVELS: f64 = 1e-9;

/// A column with the part-worths of one level.
pub(super) struct PartWorthColumn {
    /// Its position in the file.
    pub(super) column: usize,
    pub(super) attribute: String,
    pub(super) level: String,
}

impl PartWorthColumn {
    /// A cell of it.
    pub(super) fn place(&self, row: u64) -> Place {
        let name = match self.is_none() {
            true => NONE.to_owned(),
            false => format!("{} {}", self.attribute, self.level),
        };
        Place::cell(UTILITIES, row, name.trim())
    }

    /// Whether it is for choosing nothing.
    pub(super) fn is_none(&self) -> bool {
        self.attribute == NONE && self.level == NONE
    }
}

/// What an attribute's levels must be.
#[derive(Clone, Copy, PartialEq)]
enum LevelKind {
    /// Names, even if they look like numbers.
    Brand,
    /// Numbers.
    Cost,
    /// Numbers if all of them are, otherwise names.
    Other,
}

/// The attributes of a file.
pub(super) struct GroupedColumns {
    /// Names and levels.
    pub(super) attributes: Vec<(String, Levels)>,
    /// Their units.
    pub(super) units: Vec<Unit>,
    /// The columns, in the order of the matrix: those of the attributes, then those of interactions.
    pub(super) columns: Vec<PartWorthColumn>,
    pub(super) interactions: Vec<InteractionGroup>,
    /// The attributes that were surveyed only together with another one.
    pub(super) conditional: Vec<String>,
}

/// Groups columns by attribute. `lines` are those of the two header rows.
pub(super) fn group_columns(
    columns: impl Iterator<Item = PartWorthColumn>,
    names: &CustomNames,
    needs: Needs,
    [names_line, levels_line]: [u64; 2],
    problems: &mut Problems,
) -> GroupedColumns {
    let mut groups: Vec<(String, Vec<PartWorthColumn>)> = Vec::new();
    for column in columns {
        if column.attribute.is_empty() || column.level.is_empty() {
            let number = (column.column + 1).to_string();
            let line = match column.attribute.is_empty() {
                true => names_line,
                false => levels_line,
            };
            let place = Place::cell(UTILITIES, line, &number);
            problems.add(place, TableError::ColumnUnnamed);
            continue;
        }
        match groups.iter_mut().find(|group| group.0 == column.attribute) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((column.attribute.clone(), vec![column])),
        }
    }
    let brand = names.get(BRAND);
    if needs.brand && !groups.iter().any(|(name, _)| name == brand) {
        let place = Place::cell(UTILITIES, names_line, brand);
        problems.add(place, TableError::ColumnMissing);
    }
    let mut grouped = GroupedColumns {
        attributes: Vec::new(),
        units: Vec::new(),
        columns: Vec::new(),
        interactions: Vec::new(),
        conditional: Vec::new(),
    };
    let (groups, candidates) = split_groups(groups, brand);
    for (name, columns) in groups {
        let kind = level_kind(&name, names, needs.money);
        let (levels, unit, columns) = read_levels(kind, columns, levels_line, problems);
        grouped.attributes.push((name, levels));
        grouped.units.push(unit);
        grouped.columns.extend(columns);
    }
    let (attributes, units) = (&grouped.attributes, &grouped.units);
    let interactions = resolve(
        candidates,
        attributes,
        units,
        (brand, levels_line),
        problems,
    );
    grouped.interactions = interactions.groups;
    grouped.columns.extend(interactions.columns);
    for (name, levels, unit) in interactions.conditional {
        grouped.conditional.push(name.clone());
        grouped.attributes.push((name, levels));
        grouped.units.push(unit);
    }
    grouped
}

fn level_kind(attribute: &str, names: &CustomNames, has_money: bool) -> LevelKind {
    // Without money figures, the term is an attribute like any other.
    let costs = [
        Some(MONTHLY_COST),
        Some(UPFRONT_COST),
        has_money.then_some(TERM),
    ];
    let mut costs = costs.into_iter().flatten();
    match attribute {
        _ if attribute == names.get(BRAND) => LevelKind::Brand,
        _ if costs.any(|key| names.get(key) == attribute) => LevelKind::Cost,
        _ => LevelKind::Other,
    }
}

/// The levels of one attribute, their unit, and its columns in the order of the levels.
fn read_levels(
    kind: LevelKind,
    columns: Vec<PartWorthColumn>,
    line: u64,
    problems: &mut Problems,
) -> (Levels, Unit, Vec<PartWorthColumn>) {
    let parse = |column: &PartWorthColumn| column.level.parse::<f64>().ok();
    if let Some((values, unit)) = read_numbers(&columns).filter(|_| kind != LevelKind::Brand) {
        let levels = values.into_iter().zip(columns).collect();
        let levels = stable_sort(levels, |one: &(f64, _), other| one.0.total_cmp(&other.0));
        let (values, columns): (Vec<f64>, Vec<PartWorthColumn>) = levels.into_iter().unzip();
        check_numeric(&values, &columns, line, true, problems);
        return (Levels::Numeric(values), unit, columns);
    }
    for (index, column) in columns.iter().enumerate() {
        let is_repeated = columns.iter().take(index).any(|o| o.level == column.level);
        if is_repeated {
            problems.add(column.place(line), TableError::ColumnTwice);
        }
        if kind == LevelKind::Cost && parse(column).is_none() {
            let level = column.level.clone();
            problems.add(column.place(line), FormatError::CostNotNumeric { level });
        }
    }
    let names = columns.iter().map(|column| column.level.clone());
    (
        Levels::Categorical(names.collect()),
        Unit::default(),
        columns,
    )
}

/// The levels as numbers, if all of them are numbers with the same unit, and the unit.
fn read_numbers(columns: &[PartWorthColumn]) -> Option<(Vec<f64>, Unit)> {
    let labels: Vec<&str> = columns.iter().map(|column| column.level.as_str()).collect();
    let plain: Option<Vec<f64>> = labels.iter().map(|label| label.parse().ok()).collect();
    let with_unit = || Unit::read_levels(&labels).filter(|_| labels.len() > 1);
    match plain {
        // `1.099` next to 299 and 499 is a price with separated thousands.
        Some(plain) => match with_unit().filter(|(_, unit)| !unit.is_plain()) {
            Some(with_unit) => Some(with_unit),
            None => Some((plain, Unit::default())),
        },
        None => with_unit(),
    }
}

/// Reports numeric levels that cannot be used, or names that occur twice, by their positions. Values are
/// in ascending order.
pub(super) fn check_numeric(
    values: &[f64],
    columns: &[PartWorthColumn],
    line: u64,
    are_numbers: bool,
    problems: &mut Problems,
) {
    if let ([only], true) = (columns, are_numbers) {
        problems.add(only.place(line), FormatError::SingleLevel);
    }
    for (pair, column) in values.windows(2).zip(columns.iter().skip(1)) {
        if let [low, high] = pair
            && high - low < NEAREST_LEVELS
        {
            let error = match are_numbers {
                true => FormatError::LevelTwice { value: *high },
                false => TableError::ColumnTwice.into(),
            };
            problems.add(column.place(line), error);
        }
    }
    for column in columns {
        // A number with a unit is finite.
        let error = column.level.parse::<f64>().ok();
        if let Some(Err(error)) = error.map(|_| parse_number(&column.level)) {
            problems.add(column.place(line), error);
        }
    }
}
