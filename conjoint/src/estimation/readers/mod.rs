//! Files of choices and ratings → [`ChoiceSurvey`].
//!
//! Each layout is an entry of [`LAYOUTS`]: a name, how it is recognized, and how it is read. The first
//! one that recognizes the files reads them. To add a layout, write a module that gives a [`RawSurvey`],
//! and add its entry.

mod check;
mod cho;
mod columns;
mod design;
mod finish;
mod ids;
mod labels;
mod levels;
mod long;
mod marks;
mod qualtrics;
mod ratings;
mod raw;
mod request;
mod roles;
mod wide;

use self::columns::{Header, Role, reduce};
use self::labels::{Labels, is_labels};
use self::raw::RawSurvey;
pub use self::request::{Holdout, NoneRequest, SurveyRequest};
pub use self::roles::{ColumnRoles, find_column_roles};
use super::error::EstimationError;
use super::tasks::ChoiceSurvey;
use crate::format::tabular::Grid;
pub use crate::format::tabular::InputFile;

/// The files as tables, and as they are.
struct Sources<'f> {
    files: &'f [InputFile],
    grids: Vec<Grid>,
}

/// A layout of files.
struct Layout {
    name: &'static str,
    is_recognized: fn(&Sources<'_>, &SurveyRequest) -> bool,
    read: fn(&Sources<'_>, &SurveyRequest) -> Result<RawSurvey, EstimationError>,
}

/// All layouts, the ones that are surest to be recognized first.
const LAYOUTS: &[Layout] = &[
    Layout {
        name: "Sawtooth .cho or .chs",
        is_recognized: |sources, _| sources.files.iter().any(cho::is_cho),
        read: |sources, _| match sources.files.iter().find(|file| cho::is_cho(file)) {
            Some(file) => cho::read(file),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "Qualtrics conjoint survey design tool",
        is_recognized: |sources, _| sources.grids.iter().any(qualtrics::is_tool),
        read: |sources, request| match sources.grids.iter().find(|grid| qualtrics::is_tool(grid)) {
            Some(grid) => qualtrics::read_tool(grid, request),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "design and responses (Sawtooth dual CSV, Qualtrics, Displayr)",
        is_recognized: |sources, _| design::find_pair(&sources.grids).is_some(),
        read: |sources, request| match design::find_pair(&sources.grids) {
            Some((design, answers)) => design::read(design, answers, request),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "ratings, profiles and preferences (R conjoint)",
        is_recognized: |sources, request| {
            request.has_ratings && ratings::find_tables(&sources.grids).is_some()
        },
        read: |sources, _| match ratings::find_tables(&sources.grids) {
            Some(tables) => ratings::read(&tables),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "ratings, one row each",
        is_recognized: |_, request| request.has_ratings,
        read: |sources, request| match sources.grids.first() {
            Some(grid) => long::read(grid, request, false),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "long, level codes (Sawtooth single CSV, Conjointly, ChoiceModelR)",
        is_recognized: |sources, request| first_long(sources, request).is_some_and(has_level_codes),
        read: |sources, request| match first_long(sources, request) {
            Some(grid) => long::read(grid, request, true),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "long (cbcTools, logitr, xlogit, mlogit, bayesm, cregg, Alchemer, JMP)",
        is_recognized: |sources, request| first_long(sources, request).is_some(),
        read: |sources, request| match first_long(sources, request) {
            Some(grid) => long::read(grid, request, false),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "wide (mlogit, xlogit, Apollo)",
        is_recognized: |sources, _| sources.grids.iter().any(wide::is_wide),
        read: |sources, request| match sources.grids.iter().find(|grid| wide::is_wide(grid)) {
            Some(grid) => wide::read(grid, request),
            None => Err(unknown(sources.files)),
        },
    },
    Layout {
        name: "long, with named columns",
        is_recognized: |sources, request| {
            let is_named =
                request.task.is_some() || request.choice.is_some() || request.respondent.is_some();
            is_named
                || sources.grids.iter().any(|grid| {
                    let header = Header::new(grid, 0);
                    header.has(Role::Task) && header.has(Role::Choice)
                })
        },
        read: |sources, request| match sources.grids.first() {
            Some(grid) => long::read(grid, request, false),
            None => Err(unknown(sources.files)),
        },
    },
];

/// Reads choices, or ratings.
///
/// # Errors
/// Files of no known layout, and everything that is wrong with them: each error names file, line and
/// column, or the option, and what would be right.
///
/// # Examples
/// ```
/// use conjoint::estimation::{InputFile, SurveyRequest, read_survey};
///
/// let text = "id,task,alt,choice,size\n1,1,1,1,small\n1,1,2,0,large\n";
/// let file = InputFile::open("choices.csv", text.into());
/// let survey = read_survey(&[file], &SurveyRequest::default())?;
/// assert_eq!(survey.task_count(), 1);
/// assert_eq!(survey.attributes[0].levels[1].text, "large");
/// # Ok::<(), conjoint::estimation::EstimationError>(())
/// ```
pub fn read_survey(
    files: &[InputFile],
    request: &SurveyRequest,
) -> Result<ChoiceSurvey, EstimationError> {
    let (labels, files): (Vec<InputFile>, Vec<InputFile>) =
        files.iter().cloned().partition(is_labels);
    let labels = request.labels.as_ref().or(labels.first());
    let labels = labels.map(Labels::read).transpose()?;
    let mut grids = Vec::new();
    for file in files.iter().filter(|file| !cho::is_cho(file)) {
        grids.extend(file.grids()?.into_owned());
    }
    // Row numbers that R writes in an unnamed first column, and hidden sheets, are no data.
    grids.retain(|grid| !grid.is_hidden);
    let sources = Sources {
        files: &files,
        grids,
    };
    check::check_request(&sources, request)?;
    let layout = LAYOUTS
        .iter()
        .find(|layout| (layout.is_recognized)(&sources, request));
    let layout = layout.ok_or_else(|| unknown(&files))?;
    let raw = (layout.read)(&sources, request)?;
    finish::finish(raw, layout.name, request, labels.as_ref())
}

fn unknown(files: &[InputFile]) -> EstimationError {
    let file = files
        .first()
        .map(|file| file.name.clone())
        .unwrap_or_default();
    EstimationError::UnknownLayout { file }
}

fn first_long<'s>(sources: &'s Sources<'_>, request: &SurveyRequest) -> Option<&'s Grid> {
    sources
        .grids
        .iter()
        .find(|grid| long::is_long(grid, request))
}

/// Whether a long table has level codes: by the names of its columns, which only some programs use.
fn has_level_codes(grid: &Grid) -> bool {
    let header = Header::new(grid, 0);
    let has = |name: &str| header.names.iter().any(|other| reduce(other) == name);
    let is_sawtooth = has("sysrespnum")
        || (has("task") && has("concept"))
        || (has("parentid") && has("sequence"));
    let is_conjointly = has("participant") && has("qes");
    let is_choicemodelr = has("unitid") && has("set");
    let is_code = |row: usize, column: usize| {
        let number = grid.number(row, column);
        number.is_some_and(|number| number.fract() == 0.0 && (-1.0..1000.0).contains(&number))
    };
    let free = header.free();
    let mut cells = header
        .rows()
        .flat_map(|row| free.iter().map(move |column| (row, *column)));
    (is_sawtooth || is_conjointly || is_choicemodelr)
        && cells.all(|(row, column)| {
            let name = reduce(header.name(column));
            let is_role = name.contains("resp") || name.contains("id") || name == "participant";
            is_role || grid.is_missing(row, column) || is_code(row, column)
        })
}
