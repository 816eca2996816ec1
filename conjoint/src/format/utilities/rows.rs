//! The rows of respondents, from CSV cells or from the packed form.

use nalgebra::DMatrix;

use super::super::error::FormatError;
use super::super::file_names::UTILITIES;
use super::super::packed::{PACKED, PEOPLE_HEADER, Packed};
use super::super::problem::{Place, Problems};
use super::super::table::{Row, Table, TableError, UniqueNames};
use super::Groups;
use super::attributes::PartWorthColumn;
use super::header::{GroupColumns, Header};
use crate::study::parse_number;

/// Where rows come from: a table with one row per respondent, and the part-worths.
pub(super) struct RowSource<'a> {
    table: Table<'a>,
    groups: GroupColumns,
    part_worths: PartWorthSource<'a>,
}

/// Where part-worths come from.
enum PartWorthSource<'a> {
    /// Cells of the table. Values are those of the rows read so far.
    Cells {
        columns: &'a [PartWorthColumn],
        values: Vec<f64>,
    },
    /// The matrix of a packed file, with a number of columns.
    Matrix { packed: Packed<'a>, columns: usize },
}

/// The respondents that were read.
pub(super) struct Rows {
    pub(super) ids: Vec<String>,
    pub(super) groups: Vec<Groups>,
    /// Respondents × part-worth columns.
    pub(super) part_worths: DMatrix<f64>,
}

impl<'a> RowSource<'a> {
    /// The rows of a CSV file whose two header rows were read.
    pub(super) fn from_csv(table: Table<'a>, header: &'a Header) -> Self {
        Self {
            table,
            groups: header.groups,
            part_worths: PartWorthSource::Cells {
                columns: &header.part_worths,
                values: Vec::new(),
            },
        }
    }

    /// The rows of a packed file. Reports a damaged one.
    pub(super) fn from_packed(
        packed: Packed<'a>,
        header: &Header,
        problems: &mut Problems,
    ) -> Option<Self> {
        // The packed table always has all three columns; those that the header lacks are empty.
        let groups = GroupColumns {
            id: 0,
            segment: header.groups.segment.map(|_| 1),
            owner: header.groups.owner.map(|_| 2),
        };
        Some(Self {
            table: Table::open_bytes(UTILITIES, packed.people, &PEOPLE_HEADER, problems)?,
            groups,
            part_worths: PartWorthSource::Matrix {
                packed,
                columns: header.part_worths.len(),
            },
        })
    }

    /// Reads all rows, and calls `report` when another twentieth has been read. Returns `None` if the
    /// part-worths of a packed file are damaged.
    pub(super) fn read(
        mut self,
        problems: &mut Problems,
        report: &mut dyn FnMut(f64),
    ) -> Option<Rows> {
        let mut ids = Vec::new();
        let mut groups = Vec::new();
        let mut unique = UniqueNames::default();
        let mut reported = 0.0;
        loop {
            let fraction = self.table.fraction();
            if fraction > reported {
                reported = fraction;
                report(fraction);
            }
            let Some(row) = self.table.next_row(problems) else {
                break;
            };
            ids.push(read_id(&row, self.groups.id, &mut unique, problems));
            groups.push(read_groups(&row, self.groups, problems));
            self.part_worths.read_row(&row, problems);
        }
        if ids.is_empty() {
            let error = TableError::NoRows { what: "respondent" };
            problems.add(Place::file(UTILITIES), error);
        }
        let part_worths = self.part_worths.into_matrix(ids.len(), problems)?;
        Some(Rows {
            ids,
            groups,
            part_worths,
        })
    }
}

/// Reads an id, and reports one that is missing or not unique.
fn read_id(
    row: &Row<'_>,
    column: usize,
    unique: &mut UniqueNames,
    problems: &mut Problems,
) -> String {
    let wanted = "write an id that no other respondent has";
    if let Some(id) = row
        .require_text(column, wanted, problems)
        .map(str::to_owned)
    {
        unique.add(row, column, problems);
        return id;
    }
    String::new()
}

/// Reads segment and current brand, and reports empty cells.
fn read_groups(row: &Row<'_>, columns: GroupColumns, problems: &mut Problems) -> Groups {
    let mut read = |column: Option<usize>, wanted: &'static str| {
        let name = column.and_then(|column| row.require_text(column, wanted, problems));
        name.unwrap_or_default().to_owned()
    };
    Groups {
        segment: read(columns.segment, "write the segment of this respondent"),
        owner: read(
            columns.owner,
            "write the brand that this respondent has today",
        ),
        line: row.line,
    }
}

impl PartWorthSource<'_> {
    /// Reads the part-worths of a row, if they are in its cells.
    fn read_row(&mut self, row: &Row<'_>, problems: &mut Problems) {
        let Self::Cells { columns, values } = self else {
            return;
        };
        for column in *columns {
            values.push(
                parse_number(row.text(column.column)).unwrap_or_else(|error| {
                    problems.add(column.place(row.line), error);
                    0.0
                }),
            );
        }
    }

    /// The part-worths of all respondents. Reports a packed matrix of another size.
    fn into_matrix(self, respondents: usize, problems: &mut Problems) -> Option<DMatrix<f64>> {
        match self {
            Self::Cells { columns, values } => {
                let count = columns.len();
                Some(DMatrix::from_row_slice(respondents, count, &values))
            }
            Self::Matrix { packed, columns } => {
                let matrix = packed.part_worths(respondents, columns);
                if matrix.is_none() {
                    problems.add(Place::file(PACKED), FormatError::NotPacked);
                }
                matrix
            }
        }
    }
}
