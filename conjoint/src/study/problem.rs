//! What can be wrong with a study's files: a place, and a fault that says what would be right.

use std::fmt;

use super::files::NAMES;

/// Where in a study's files something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line of the file, counted from 1 as an editor does.
    pub row: Option<u64>,
    /// The column's name, or its number from 1 where it has none.
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            row: None,
            column: None,
        }
    }

    /// A row of a file.
    pub fn row(file: &str, row: u64) -> Self {
        Self {
            row: Some(row),
            ..Self::file(file)
        }
    }

    /// A cell of a file.
    pub fn cell(file: &str, row: u64, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..Self::row(file, row)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ":{row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        Ok(())
    }
}

/// What is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A file that every study has is not there.
    #[error("the file is missing; every study has one, and its columns are {columns}")]
    FileMissing {
        /// The columns that it would have.
        columns: String,
    },
    /// A file cannot be read at all.
    #[error("the file cannot be read ({reason}); make it readable")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// A file without content.
    #[error("the file is empty; its first row names the columns {columns}")]
    FileEmpty {
        /// The columns that it would have.
        columns: String,
    },
    /// A header row and nothing under it.
    #[error("there is no row under the header; add one a {what}")]
    NoRows {
        /// What a row stands for.
        what: &'static str,
    },
    /// Bytes that are no UTF-8.
    #[error("the text is not UTF-8; save the file as CSV in UTF-8")]
    NotUtf8,
    /// A quoted cell without its closing quote.
    #[error(
        "a quote is opened here and never closed; close it, or write it twice (\"\") if it belongs to the text"
    )]
    OpenQuote,
    /// The first row holds none of the names that it should.
    #[error("the header row is missing; the first row must name the columns {columns}")]
    HeaderMissing {
        /// The columns that it would name.
        columns: String,
    },
    /// The utilities file has one header row only.
    #[error(
        "the second header row is missing; it repeats `id`, `segment` and `current brand` and names a level in every further column"
    )]
    SecondHeaderMissing,
    /// A column that must be there is not.
    #[error("the column is missing; add it to the header")]
    ColumnMissing,
    /// A column's name stands twice in the header.
    #[error("the column stands twice in the header; keep one of the two")]
    ColumnTwice,
    /// A column without a name.
    #[error("the column has no name; name it, or remove it")]
    ColumnUnnamed,
    /// A column that means nothing here.
    #[error("the column is not known here; known are {known}")]
    ColumnUnknown {
        /// The names that would be understood.
        known: String,
    },
    /// A row with too few or too many cells.
    #[error("the row has {found} cells; the header has {expected}")]
    RowLength {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// A cell that must not be empty is.
    #[error("the cell is empty; {wanted}")]
    CellEmpty {
        /// What belongs there.
        wanted: &'static str,
    },
    /// Text, NaN or an infinity where a number belongs.
    #[error("`{text}` is not a number; write digits with a decimal point, as 399 or 0.25")]
    NotANumber {
        /// The cell's text.
        text: String,
    },
    /// A number beyond every sensible one, which would overflow the computation.
    #[error("{value} is too large; numbers lie between -1e12 and 1e12")]
    TooLarge {
        /// The number.
        value: f64,
    },
    /// A rate or share that is none.
    #[error("{value} is not between 0 and 1; write a share or rate as a fraction, 0.25 for 25 %")]
    NotAShare {
        /// The number.
        value: f64,
    },
    /// A margin that is no fraction of revenue.
    #[error(
        "{value} is not between -1 and 1; write the margin as a fraction of revenue, 0.08 for 8 %"
    )]
    NotAMargin {
        /// The number.
        value: f64,
    },
    /// A negative amount of money where that has no meaning.
    #[error("{value} is below 0; write the average revenue per user in money a month")]
    NegativeRevenue {
        /// The number.
        value: f64,
    },
    /// A term of no length.
    #[error("a term of {value} months cannot be; write a number of months above 0")]
    TermNotPositive {
        /// The number.
        value: f64,
    },
    /// An id, brand or name that stands twice.
    #[error("`{name}` stands twice, first in row {first}; each may stand once")]
    Twice {
        /// The name.
        name: String,
        /// The row where it stands first.
        first: u64,
    },
    /// A brand that another file does not know.
    #[error("the brand `{name}` is not known to {elsewhere}; known are {known}")]
    UnknownBrand {
        /// The brand.
        name: String,
        /// The file that does not know it.
        elsewhere: &'static str,
        /// The brands it knows.
        known: String,
    },
    /// A brand that has no row in a file that needs one.
    #[error("the brand `{name}` of {elsewhere} has no row here; add one")]
    BrandWithoutRow {
        /// The brand.
        name: String,
        /// The file that names it.
        elsewhere: &'static str,
    },
    /// A segment that another file does not know.
    #[error("the segment `{name}` is not known to {elsewhere}; known are {known}")]
    UnknownSegment {
        /// The segment.
        name: String,
        /// The file that does not know it.
        elsewhere: &'static str,
        /// The segments it knows.
        known: String,
    },
    /// A segment that has no column in a file that needs one.
    #[error("the segment `{name}` of {elsewhere} has no column here; add one")]
    SegmentWithoutColumn {
        /// The segment.
        name: String,
        /// The file that names it.
        elsewhere: &'static str,
    },
    /// A value that is no level of a categorical attribute.
    #[error("`{value}` is not a level of this attribute; levels are {known}")]
    UnknownLevel {
        /// The cell's text.
        value: String,
        /// The attribute's levels.
        known: String,
    },
    /// An attribute of the utilities file without a column in the offers.
    #[error("the attribute has no column here; add one, or remove it from {elsewhere}")]
    AttributeWithoutColumn {
        /// The file that has it.
        elsewhere: &'static str,
    },
    /// A column of the offers that nobody was asked about.
    #[error("the attribute is not known to {elsewhere}; known are {known}")]
    UnknownAttribute {
        /// The file that does not know it.
        elsewhere: &'static str,
        /// The attributes it knows.
        known: String,
    },
    /// A numeric attribute with a single level.
    #[error(
        "a numeric attribute with one level cannot be interpolated; survey two levels at least"
    )]
    SingleLevel,
    /// Two levels that are the same number, or all but.
    #[error("the level {value} stands twice, or within 1e-9 of another; keep one")]
    LevelTwice {
        /// The level.
        value: f64,
    },
    /// One of the cost columns has levels that are no numbers.
    #[error("the level `{level}` is not a number; the levels of this attribute are amounts")]
    CostNotNumeric {
        /// The level.
        level: String,
    },
    /// Renewing and leaving customers are more than all.
    #[error(
        "renewing and leaving customers of `{brand}` add up to {sum}; together they are at most 1"
    )]
    RatesAboveOne {
        /// The brand.
        brand: String,
        /// Recontract rate + churn rate.
        sum: f64,
    },
    /// The market is not wholly shared out, or more than once.
    #[error("the shares add up to {sum}; all brands together have 1 (±0.005)")]
    SharesSum {
        /// Their sum.
        sum: f64,
    },
    /// A segment that nobody belongs to.
    #[error("no respondent of {elsewhere} is of this segment; its columns have no effect")]
    SegmentEmpty {
        /// The file of respondents.
        elsewhere: &'static str,
    },
    /// A value outside the surveyed range.
    #[error("{value} is outside the surveyed range {low}–{high}; its utility is extrapolated")]
    OutsideRange {
        /// The value.
        value: f64,
        /// Lowest level.
        low: f64,
        /// Highest level.
        high: f64,
    },
    /// JSON that is none.
    #[error("this is not JSON ({reason}); write an object, as {{\"title\": \"My study\"}}")]
    NotJson {
        /// What the reader says.
        reason: String,
    },
    /// A setting that nothing reads.
    #[error("the setting is not known and has no effect; known are {known}")]
    SettingUnknown {
        /// The settings that have an effect.
        known: String,
    },
    /// A setting of the wrong kind.
    #[error("the setting is {found}; write {wanted}")]
    SettingValue {
        /// What stands there.
        found: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A word that is neither tier.
    #[error("`{text}` is no tier; write major or minor, or leave it empty")]
    NotATier {
        /// The cell's text.
        text: String,
    },
    /// A word that is no colour.
    #[error("`{text}` is no colour; write #rrggbb or a CSS colour name, or leave it empty")]
    NotAColour {
        /// The cell's text.
        text: String,
    },
}

impl Fault {
    /// Whether the study can be used all the same.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::SegmentEmpty { .. } | Self::OutsideRange { .. } | Self::SettingUnknown { .. }
        )
    }
}

/// One thing that is wrong with a study.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What it is, and what would be right.
    #[source]
    pub fault: Fault,
}

/// Everything that is wrong with a study, in file and row order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a fault.
    pub(crate) fn add(&mut self, place: Place, fault: Fault) {
        self.0.push(Problem { place, fault });
    }

    /// Orders them by file, as [`super::NAMES`] lists these, and by row.
    pub(super) fn sort(&mut self) {
        let rank = |file: &str| NAMES.iter().position(|name| *name == file);
        self.0
            .sort_by_key(|problem| (rank(&problem.place.file), problem.place.row));
    }

    /// How many there are, warnings among them.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Whether any of them keeps the study from being used.
    pub fn any_error(&self) -> bool {
        self.0.iter().any(|problem| !problem.fault.is_warning())
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
