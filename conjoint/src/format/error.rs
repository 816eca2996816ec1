//! The faults of a study's files: what is wrong, and what would be right.

use std::mem::{Discriminant, discriminant};

use super::files::{MONEY_FILES, OFFERS, SETTINGS, UTILITIES};
use super::utilities::MOST_GROUPS;
use super::weights::SMALLEST_WEIGHT;
use crate::study::text::{format_amount, quote_names, show_text};
use crate::study::{StudyError, ValueError};

/// What is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The value of a cell.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The parts of the study are inconsistent in a way that no other variant describes.
    #[error("the files do not fit together ({0}); check them against each other")]
    Inconsistent(#[from] StudyError),
    /// A file that every study has is not there.
    #[error("the file is missing; every study has one, and its columns are {columns}")]
    FileMissing {
        /// The columns that it would have.
        columns: String,
    },
    /// A file that every study with money figures has is not there, and another of them is.
    #[error(
        "the file is missing; add it, with the columns {columns}, or take {} away too to do without money figures",
        quote_names(MONEY_FILES.into_iter().filter(|file| file != missing))
    )]
    MoneyFileMissing {
        /// The file.
        missing: &'static str,
        /// The columns that it would have.
        columns: String,
    },
    /// The files behind the money figures are not there.
    #[error(
        "there are no money files, so there are no money figures; add {} to see them",
        quote_names(MONEY_FILES)
    )]
    NoMoney,
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
    /// A packed file that was cut or changed.
    #[error("this is no packed study; open the study's CSV files again")]
    NotPacked,
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
    /// Cells that are separated by something else than commas.
    #[error(
        "the cells are separated by {separator}; separate them by commas, and write numbers with a \
         decimal point, as 0.25"
    )]
    OtherSeparator {
        /// What stands between the cells.
        separator: &'static str,
    },
    /// The utilities file has one header row only.
    #[error(
        "the second header row is missing; it repeats {columns} and names a level in every further column"
    )]
    SecondHeaderMissing {
        /// The columns whose names stand in both rows.
        columns: String,
    },
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
    #[error(
        "the row has {}; the header has {expected}, so write one a column, and a text with commas in quotes",
        cells(*found)
    )]
    RowLength {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// A rate or share that is none.
    #[error("{} is not between 0 and 1; write a share or rate as a fraction, 0.25 for 25 %", format_amount(*value))]
    NotAShare {
        /// The number.
        value: f64,
    },
    /// A margin that is no fraction of revenue.
    #[error(
        "{} is not between -1 and 1; write the margin as a fraction of revenue, 0.08 for 8 %", format_amount(*value)
    )]
    NotAMargin {
        /// The number.
        value: f64,
    },
    /// A negative amount of money where that has no meaning.
    #[error("{} is below 0; write the average revenue per user in money a month", format_amount(*value))]
    NegativeRevenue {
        /// The number.
        value: f64,
    },
    /// A weight that no sum can have.
    #[error(
        "{} is no weight; write how many people the respondent stands for: 0, or {SMALLEST_WEIGHT:e} at least",
        format_amount(*value)
    )]
    NotAWeight {
        /// The number.
        value: f64,
    },
    /// Weights of which none is above 0.
    #[error("all weights are 0, so that nobody counts; give one respondent at least a weight of 1")]
    NobodyWeighs,
    /// A weight of nobody.
    #[error(
        "no respondent of {UTILITIES} has the id `{}`; write one that has, or remove the row",
        show_text(name)
    )]
    UnknownRespondent {
        /// The id.
        name: String,
    },
    /// Respondents who have no weight in a file of weights.
    #[error("these respondents of {UTILITIES} have no row here: {names}; add one for each")]
    RespondentsWithoutRow {
        /// Their ids.
        names: String,
    },
    /// An id, brand or name that stands twice.
    #[error(
        "`{}` stands twice, first in row {first}; each may stand once",
        show_text(name)
    )]
    Twice {
        /// The name.
        name: String,
        /// The row where it stands first.
        first: u64,
    },
    /// A brand that another file does not know.
    #[error(
        "the brand `{}` is not known to {elsewhere}; known are {known}",
        show_text(name)
    )]
    UnknownBrand {
        /// The brand.
        name: String,
        /// The file that does not know it.
        elsewhere: &'static str,
        /// The brands it knows.
        known: String,
    },
    /// A brand that has no row in a file that needs one.
    #[error(
        "the brand `{}` of {elsewhere} has no row here; add one",
        show_text(name)
    )]
    BrandWithoutRow {
        /// The brand.
        name: String,
        /// The file that names it.
        elsewhere: &'static str,
    },
    /// A segment that another file does not know.
    #[error(
        "the segment `{}` is not known to {elsewhere}; known are {known}",
        show_text(name)
    )]
    UnknownSegment {
        /// The segment.
        name: String,
        /// The file that does not know it.
        elsewhere: &'static str,
        /// The segments it knows.
        known: String,
    },
    /// A segment that has no column in a file that needs one.
    #[error(
        "the segment `{}` of {elsewhere} has no column here; add one",
        show_text(name)
    )]
    SegmentWithoutColumn {
        /// The segment.
        name: String,
        /// The file that names it.
        elsewhere: &'static str,
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
    #[error(
        "the level `{}` is not a number; the levels of this attribute are amounts",
        show_text(level)
    )]
    CostNotNumeric {
        /// The level.
        level: String,
    },
    /// Renewing and leaving customers are more than all.
    #[error(
        "renewing and leaving customers of `{}` add up to {sum}; together they are at most 1",
        show_text(brand)
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
    #[error("the setting is {}; write {wanted}", show_text(found))]
    SettingValue {
        /// What stands there.
        found: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A column that would be two things at once.
    #[error(
        "`{}` is the column of `{other}` too; name a column of its own",
        show_text(name)
    )]
    NameTwice {
        /// The column's name.
        name: String,
        /// What else it is the column of.
        other: &'static str,
    },
    /// A column that none of the files has.
    #[error(
        "neither {OFFERS} nor {UTILITIES} has a column `{}`; name one of {known}",
        show_text(name)
    )]
    NoSuchColumn {
        /// The column's name.
        name: String,
        /// The columns that there are.
        known: String,
    },
    /// More groups of respondents than figures can tell apart.
    #[error(
        "the column has more than {MOST_GROUPS} different names; name the one that sorts the respondents into groups under `columns` of {SETTINGS}"
    )]
    TooManyGroups,
    /// A word that is neither tier.
    #[error(
        "`{}` is no tier; write major or minor, or leave it empty",
        show_text(text)
    )]
    NotATier {
        /// The cell's text.
        text: String,
    },
    /// A word that is no colour.
    #[error(
        "`{}` is no colour; write #rrggbb, rgb(…), hsl(…) or a CSS colour name, or leave it empty",
        show_text(text)
    )]
    NotAColour {
        /// The cell's text.
        text: String,
    },
}

fn cells(count: usize) -> String {
    match count {
        1 => "1 cell".to_owned(),
        count => format!("{count} cells"),
    }
}

impl FormatError {
    /// Whether the study can be used all the same.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Value(error) => error.is_warning(),
            error => matches!(
                error,
                Self::NoMoney | Self::SegmentEmpty { .. } | Self::SettingUnknown { .. }
            ),
        }
    }

    /// The kind of problem, whatever its details.
    pub(crate) fn kind(&self) -> ErrorKind {
        let value = match self {
            Self::Value(error) => Some(discriminant(error)),
            _ => None,
        };
        (discriminant(self), value)
    }
}

/// The kind of a problem, whatever its details.
pub(crate) type ErrorKind = (Discriminant<FormatError>, Option<Discriminant<ValueError>>);
