//! What can be wrong with a study's files, and what would be right.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draws::DrawsError;
use super::file_names::{MONEY_FILES, OFFERS, SETTINGS, UTILITIES, rename_files};
use super::table::TableError;
use super::tabular::WorkbookLimit;
use super::utilities::MAX_GROUPS;
use super::weights::SMALLEST_WEIGHT;
use crate::study::text::{format_amount, quote_names, show_text};
use crate::study::{StudyError, ValueError};

/// What is wrong with a study's files, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// A value in the column of a level that the offer does not have, such as another brand's price.
    #[error("this column does not apply to an offer of `{level}`; leave the cell empty")]
    OtherLevel {
        /// The offer's level.
        level: String,
    },
    /// An offer with a pair of levels that was never shown: a warning.
    #[error("offer {id} has {pair}, which were never shown together; its utility is a guess")]
    ProhibitedPair {
        /// The offer.
        id: String,
        /// The pair, in words.
        pair: String,
    },
    /// Neither 0 nor 1.
    #[error("`{text}` is not 0 or 1; write 1 if the respondent can choose the offer, otherwise 0")]
    NotAMark {
        /// The cell's text.
        text: String,
    },
    /// An offer that is not in the file of offers.
    #[error("`{name}` is not an offer in {elsewhere}; offers are {known}")]
    UnknownOffer {
        /// The id.
        name: String,
        /// The file of offers.
        elsewhere: &'static str,
        /// The ids of the offers.
        known: String,
    },
    /// An interaction of two numeric attributes.
    #[error("an interaction needs an attribute whose levels are names; both of these are numbers")]
    InteractionOfNumbers,
    /// A label of an interaction that is no pair of levels.
    #[error("`{level}` is not a pair of levels such as `A*B`; levels are {known}")]
    NotAPair {
        /// The label.
        level: String,
        /// The levels that it could name.
        known: String,
    },
    /// The value of a cell.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The table in a file, whatever it describes.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file of draws.
    #[error(transparent)]
    Draws(#[from] DrawsError),
    /// The parts of the study are inconsistent in a way that no other variant describes.
    #[error("the files do not fit together ({0}); check them against each other")]
    Inconsistent(#[from] StudyError),
    /// All files behind the money figures are missing.
    #[error(
        "there are no money files, so there are no money figures; add {} to see them",
        quote_names(MONEY_FILES)
    )]
    NoMoney,
    /// A workbook that cannot be opened.
    #[error("the workbook cannot be opened ({reason}); save it again as .xlsx without a password")]
    Workbook {
        /// What the reader says.
        reason: String,
    },
    /// A workbook that would expand to more than fits in memory.
    #[error("the workbook expands to more than {limit}; save only the sheets of the study")]
    TooLarge {
        /// The limit that it exceeds.
        limit: WorkbookLimit,
    },
    /// A workbook without a table of a study.
    #[error(
        "no sheet is a table of a study; name the sheets offers, utilities and so on, instead of {sheets}"
    )]
    NoSheet {
        /// The names of its sheets.
        sheets: String,
    },
    /// A workbook without a cell.
    #[error("every sheet is empty; name the sheets offers, utilities and so on, and fill them")]
    EmptyWorkbook,
    /// Two files for the same table.
    #[error("the table is also in {other}; keep one of the two files")]
    TwoNames {
        /// The other file.
        other: String,
    },
    /// An error about files that have other names than those of 2020.
    #[error("{}", rename_files(&error.to_string(), names))]
    Renamed {
        /// The error, with the names of 2020.
        error: Box<FormatError>,
        /// The names of 2020, and what the files are called instead.
        names: Arc<BTreeMap<String, String>>,
    },
    /// Utilities on another scale than that of the choices.
    #[error(
        "the utilities are zero-centered diffs or ratings, so that without a scale factor there is only first \
         choice; fit one to known shares, or open the raw utilities"
    )]
    Rescaled,
    /// A packed file that was truncated or changed.
    #[error("this is not a packed study; open the study's CSV files again")]
    NotPacked,
    /// The utilities file has only one header row.
    #[error(
        "the second header row is missing; it repeats {columns} and names a level in every other column"
    )]
    SecondHeaderMissing {
        /// The columns whose names occur in both rows.
        columns: String,
    },
    /// A rate or share outside its range.
    #[error("{} is not between 0 and 1; write a share or rate as a fraction, 0.25 for 25 %", format_amount(*value))]
    NotAShare {
        /// The number.
        value: f64,
    },
    /// A margin outside its range.
    #[error(
        "{} is not between -1 and 1; write the margin as a fraction of revenue, 0.08 for 8 %", format_amount(*value)
    )]
    NotAMargin {
        /// The number.
        value: f64,
    },
    /// A negative revenue.
    #[error("{} is below 0; write the average revenue per user and month", format_amount(*value))]
    NegativeRevenue {
        /// The number.
        value: f64,
    },
    /// A negative weight, or one so small that it would vanish in a sum.
    #[error(
        "{} is not a weight; write how many people the respondent represents: 0, or at least {SMALLEST_WEIGHT:e}",
        format_amount(*value)
    )]
    NotAWeight {
        /// The number.
        value: f64,
    },
    /// All weights are 0.
    #[error("all weights are 0, so no respondent is included; give at least one a weight above 0")]
    NoPositiveWeight,
    /// A weight without a respondent.
    #[error(
        "no respondent in {UTILITIES} has the id `{}`; correct the id, or remove the row",
        show_text(name)
    )]
    UnknownRespondent {
        /// The id.
        name: String,
    },
    /// Respondents without a weight.
    #[error("these respondents in {UTILITIES} have no row here: {names}; add one for each")]
    RespondentsWithoutRow {
        /// Their ids.
        names: String,
    },
    /// A brand that another file does not have.
    #[error(
        "the brand `{}` is not in {elsewhere}, whose brands are {known}",
        show_text(name)
    )]
    UnknownBrand {
        /// The brand.
        name: String,
        /// The other file.
        elsewhere: &'static str,
        /// The brands of the other file.
        known: String,
    },
    /// A brand without a row in a file that needs one.
    #[error(
        "the brand `{}` in {elsewhere} has no row here; add one",
        show_text(name)
    )]
    BrandWithoutRow {
        /// The brand.
        name: String,
        /// The file that names it.
        elsewhere: &'static str,
    },
    /// A segment that another file does not have.
    #[error(
        "the segment `{}` is not in {elsewhere}, whose segments are {known}",
        show_text(name)
    )]
    UnknownSegment {
        /// The segment.
        name: String,
        /// The other file.
        elsewhere: &'static str,
        /// The segments of the other file.
        known: String,
    },
    /// A segment without a column in a file that needs one.
    #[error(
        "the segment `{}` in {elsewhere} has no column here; add one",
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
    /// A column of the offers without part-worths.
    #[error("the attribute is not in {elsewhere}, whose attributes are {known}")]
    UnknownAttribute {
        /// The other file.
        elsewhere: &'static str,
        /// The attributes of the other file.
        known: String,
    },
    /// A numeric attribute with a single level.
    #[error(
        "a numeric attribute with one level cannot be interpolated; survey at least two levels"
    )]
    SingleLevel,
    /// Two levels that are the same number, or nearly.
    #[error("the level {value} occurs twice, or within 1e-9 of another; keep one")]
    LevelTwice {
        /// The level.
        value: f64,
    },
    /// A cost with a level that is not a number.
    #[error(
        "the level `{}` is not a number; the levels of this attribute are amounts",
        show_text(level)
    )]
    CostNotNumeric {
        /// The level.
        level: String,
    },
    /// More customers renew and leave than there are.
    #[error(
        "renewing and leaving customers of `{}` add up to {sum}; together they can be at most 1",
        show_text(brand)
    )]
    RatesAboveOne {
        /// The brand.
        brand: String,
        /// Recontract rate + churn rate.
        sum: f64,
    },
    /// The brands' shares do not sum to 1.
    #[error("the shares add up to {sum}; those of all brands must add up to 1 (±0.005)")]
    SharesSum {
        /// Their sum.
        sum: f64,
    },
    /// A segment without respondents.
    #[error("no respondent in {elsewhere} is in this segment; its columns have no effect")]
    SegmentEmpty {
        /// The file of respondents.
        elsewhere: &'static str,
    },
    /// The settings are not a JSON object.
    #[error("this is not a JSON object ({reason}); write for example {{\"title\": \"My study\"}}")]
    NotJson {
        /// The JSON reader's reason.
        reason: String,
    },
    /// A setting without effect.
    #[error("the setting is unknown and has no effect; known settings are {known}")]
    SettingUnknown {
        /// The known settings.
        known: String,
    },
    /// A setting with an invalid value.
    #[error("the setting is {}; write {wanted}", show_text(found))]
    SettingValue {
        /// Its value.
        found: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// The same column for two things.
    #[error(
        "`{}` is also the column of `{other}`; name a different column",
        show_text(name)
    )]
    NameTwice {
        /// The column's name.
        name: String,
        /// What else it is the column of.
        other: &'static str,
    },
    /// A column that no file has.
    #[error(
        "neither {OFFERS} nor {UTILITIES} has a column `{}`; name one of {known}",
        show_text(name)
    )]
    NoSuchColumn {
        /// The column's name.
        name: String,
        /// The existing columns.
        known: String,
    },
    /// More groups of respondents than any figure can show.
    #[error(
        "the column has more than {MAX_GROUPS} different names; choose the column that groups the respondents under `columns` in {SETTINGS}"
    )]
    TooManyGroups,
    /// A word that is not a tier.
    #[error(
        "`{}` is not a tier; write major or minor, or leave the cell empty",
        show_text(text)
    )]
    NotATier {
        /// The cell's text.
        text: String,
    },
    /// A text that is not a color.
    #[error(
        "`{}` is not a color; write #rrggbb, rgb(…), hsl(…) or a CSS color name, or leave the cell empty",
        show_text(text)
    )]
    NotAColor {
        /// The cell's text.
        text: String,
    },
}
