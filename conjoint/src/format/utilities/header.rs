//! The two header rows: names of attributes above names of levels.

use super::super::error::FormatError;
use super::super::file_names::UTILITIES;
use super::super::problem::{Place, Problems};
use super::super::read::Needs;
use super::super::table::{Row, Table, TableError};
use super::attributes::{GroupedColumns, PartWorthColumn, group_columns};
use super::interactions::InteractionGroup;
use crate::study::{CustomNames, Levels, Unit, quote_names};

/// What the two header rows say.
pub(super) struct Header {
    pub(super) groups: GroupColumns,
    /// Names and levels.
    pub(super) attributes: Vec<(String, Levels)>,
    /// The units of the attributes.
    pub(super) units: Vec<Unit>,
    pub(super) interactions: Vec<InteractionGroup>,
    /// The attributes that were surveyed only together with another one.
    pub(super) conditional: Vec<String>,
    /// The columns with part-worths, in the order of the matrix: those of the attributes' levels, of
    /// interactions, and then that of choosing nothing.
    pub(super) part_worths: Vec<PartWorthColumn>,
    /// The column of the matrix for choosing nothing.
    pub(super) none_column: Option<usize>,
    /// The line of the header row that names the levels.
    pub(super) levels_line: u64,
}

/// The columns that say who a respondent is.
#[derive(Clone, Copy)]
pub(super) struct GroupColumns {
    pub(super) id: usize,
    pub(super) segment: Option<usize>,
    pub(super) owner: Option<usize>,
}

impl Header {
    /// At which place among the file's part-worths each column of the matrix is.
    pub(super) fn file_order(&self) -> Vec<usize> {
        let columns = self.part_worths.iter().map(|column| column.column);
        let before = |column| columns.clone().filter(|other| *other < column).count();
        columns.clone().map(before).collect()
    }

    /// Reads the second header row of a table whose first one was read. `names` are those of the
    /// columns of ids, segments and current brands.
    pub(super) fn read(
        table: &mut Table<'_>,
        names: [&str; 3],
        columns: &CustomNames,
        needs: Needs,
        problems: &mut Problems,
    ) -> Option<Self> {
        let groups = GroupColumns::find(table, names, needs.money, problems)?;
        let surveyed = find_surveyed(table, groups, problems);
        let (names, names_line) = (table.header.clone(), table.header_line);
        let levels = read_levels(table, groups, problems)?;
        let levels_line = levels.line;
        let surveyed = surveyed.into_iter().map(|column| PartWorthColumn {
            column,
            attribute: names.get(column).cloned().unwrap_or_default(),
            level: levels.text(column).to_owned(),
        });
        // Choosing nothing is not an attribute, so its column follows those of the attributes.
        let (none, surveyed): (Vec<PartWorthColumn>, Vec<PartWorthColumn>) =
            surveyed.partition(PartWorthColumn::is_none);
        let lines = [names_line, levels_line];
        let GroupedColumns {
            attributes,
            units,
            columns: mut part_worths,
            interactions,
            conditional,
        } = group_columns(surveyed.into_iter(), columns, needs, lines, problems);
        let none_column = (!none.is_empty()).then_some(part_worths.len());
        for repeated in none.iter().skip(1) {
            problems.add(repeated.place(levels_line), TableError::ColumnTwice);
        }
        part_worths.extend(none.into_iter().next());
        Some(Self {
            groups,
            attributes,
            units,
            interactions,
            conditional,
            part_worths,
            none_column,
            levels_line,
        })
    }
}

impl GroupColumns {
    /// Finds the columns, and reports missing ones. Only money figures need segments and current
    /// brands.
    fn find(
        table: &Table<'_>,
        [id, segment, owner]: [&str; 3],
        has_money: bool,
        problems: &mut Problems,
    ) -> Option<Self> {
        let id = table.require_column(id, problems);
        let [segment, owner] = [segment, owner].map(|name| match has_money {
            true => table.require_column(name, problems).map(Some),
            false => Some(table.find_column(name)),
        });
        Some(Self {
            id: id?,
            segment: segment?,
            owner: owner?,
        })
    }

    /// The columns that the file has.
    fn iter(self) -> impl Iterator<Item = usize> {
        [Some(self.id), self.segment, self.owner]
            .into_iter()
            .flatten()
    }
}

/// The columns with part-worths: all others. Reports a second column of ids, segments or current
/// brands.
fn find_surveyed(table: &Table<'_>, groups: GroupColumns, problems: &mut Problems) -> Vec<usize> {
    let mut surveyed = Vec::new();
    for (column, name) in table.header.iter().enumerate() {
        let first = groups
            .iter()
            .find(|group| table.header.get(*group) == Some(name));
        match first {
            None => surveyed.push(column),
            Some(first) if first < column => {
                problems.add(table.header_place(name), TableError::ColumnTwice);
            }
            Some(_) => {}
        }
    }
    surveyed
}

/// Reads the second header row, which repeats the names of the group columns.
fn read_levels<'t>(
    table: &'t mut Table<'_>,
    groups: GroupColumns,
    problems: &mut Problems,
) -> Option<Row<'t>> {
    let names: Vec<(usize, String)> = groups
        .iter()
        .filter_map(|column| Some((column, table.header.get(column)?.clone())))
        .collect();
    let missing = || FormatError::SecondHeaderMissing {
        columns: quote_names(names.iter().map(|(_, name)| name)),
    };
    let next_line = table.header_line + 1;
    match table.next_row_exactly(problems) {
        Some(Ok(row)) => {
            if names.iter().any(|(column, name)| row.text(*column) != name) {
                problems.add(Place::row(UTILITIES, row.line), missing());
                return None;
            }
            Some(row)
        }
        // It is unclear which columns its cells belong to.
        Some(Err(_)) => None,
        None => {
            problems.add(Place::row(UTILITIES, next_line), missing());
            None
        }
    }
}
