//! Files of other programs: what they are, what an import of them gives, and the study that results.

use conjoint::format::tabular::{Grid, decode, read_text};
use conjoint::format::{OFFERS, StudyFiles};
use conjoint::import::{
    ColumnRole, ImportError, ImportOptions, Imported, InputFile, RoleAnswer, Scale, SourcePlace,
    Unknown, import_with_progress,
};
use csv::{ReaderBuilder, WriterBuilder};

use super::import_problems::refuse;
use super::settings;
use crate::protocol::{
    AttributePreview, ImportAnswers, ImportPreview, ImportQuestion, ProductRows, Recognition,
    Refusal, TablePreview,
};

/// The most questions that are answered by a guess until a preview succeeds.
const MOST_QUESTIONS: usize = 50;
/// The number of rows of a table's preview.
const PREVIEW_ROWS: usize = 8;
/// The lines of a text that are enough for the preview, and for the separators and decimal marks.
const PREVIEW_LINES: usize = 200;
/// The number of columns of a table's preview.
const PREVIEW_COLUMNS: usize = 100;
/// The name of the table of products in messages about the user's answers.
const PRODUCTS: &str = "products";

/// Finds out what files are, and what importing them with these answers gives. `report` receives the fraction
/// that is done.
///
/// # Errors
/// The problems of files that cannot be imported, or of the answers.
pub fn recognize(
    files: &[InputFile],
    answers: &ImportAnswers,
    report: &mut dyn FnMut(f64),
) -> Result<Recognition, Refusal> {
    match run(files, answers, report) {
        Ok(result) => Ok(Recognition::Utilities(Box::new(preview(files, result)))),
        Err(ImportError::Choices { file, kind }) => {
            let layout = kind.to_owned();
            Ok(Recognition::Choices { file, layout })
        }
        Err(error) => Err(refuse(&error)),
    }
}

/// Imports files with the user's answers: the files of a study. `report` receives the fraction that is done.
///
/// # Errors
/// The problems of files that cannot be imported, of the answers, and questions without an answer.
pub fn import_study(
    files: &[InputFile],
    answers: &ImportAnswers,
    report: &mut dyn FnMut(f64),
) -> Result<StudyFiles, Refusal> {
    let imported = import_with_progress(files, &options(answers), report);
    let imported = imported.map_err(|error| refuse(&error))?;
    let mut study = imported.files;
    if let Some(title) = answers.title.as_deref().map(str::trim)
        && !title.is_empty()
    {
        settings::set_title(&mut study, title);
    }
    settings::set_currency(&mut study, answers.currency.as_deref());
    Ok(study)
}

/// The result of an import in which questions without an answer were answered by a guess.
struct GuessedImport {
    imported: Imported,
    /// The user's answers, and guesses that are good enough to show.
    answers: ImportAnswers,
    questions: Vec<ImportQuestion>,
}

/// Imports files, and answers every question that arises: as the user did, or by a guess.
fn run(
    files: &[InputFile],
    answers: &ImportAnswers,
    report: &mut dyn FnMut(f64),
) -> Result<GuessedImport, ImportError> {
    let mut shown = answers.clone();
    let mut tried = ImportAnswers {
        numbers: Vec::new(),
        none: None,
        accepts_rescaled: false,
        ..answers.clone()
    };
    let mut questions = Vec::new();
    loop {
        let error = match import_with_progress(files, &options(&tried), report) {
            Ok(imported) => {
                return Ok(GuessedImport {
                    imported,
                    answers: shown,
                    questions,
                });
            }
            Err(error) => error,
        };
        if questions.len() == MOST_QUESTIONS {
            return Err(error);
        }
        match &error {
            ImportError::Question { unknown, .. } => match &**unknown {
                Unknown::Numbers { attribute, levels } if !has_numbers(&tried, attribute) => {
                    let given = numbers_of(answers, attribute);
                    let numbers = given.unwrap_or_else(|| guess_numbers(levels.unwrap_or(2)));
                    tried.numbers.push((attribute.clone(), numbers));
                    questions.push(ImportQuestion::Numbers {
                        attribute: attribute.clone(),
                        levels: *levels,
                    });
                }
                Unknown::None(columns) if tried.none.is_none() => {
                    let is_known = |none: &String| none.is_empty() || columns.contains(none);
                    let given = answers.none.clone().filter(is_known);
                    tried.none = given.or_else(|| columns.last().cloned());
                    shown.none.clone_from(&tried.none);
                    questions.push(ImportQuestion::None(columns.clone()));
                }
                _ => return Err(error),
            },
            ImportError::Rescaled { scale, .. } if !tried.accepts_rescaled => {
                tried.accepts_rescaled = true;
                questions.push(ImportQuestion::Rescaled {
                    is_rating: *scale == Scale::Rating,
                });
            }
            _ => return Err(error),
        }
    }
}

fn has_numbers(answers: &ImportAnswers, attribute: &str) -> bool {
    answers.numbers.iter().any(|(name, _)| name == attribute)
}

fn numbers_of(answers: &ImportAnswers, attribute: &str) -> Option<Vec<f64>> {
    let mut numbers = answers.numbers.iter();
    let found = numbers.find(|(name, _)| name == attribute);
    found.map(|(_, numbers)| numbers.clone())
}

/// Numbers with which a preview can be made. They are not shown as an answer.
fn guess_numbers(count: usize) -> Vec<f64> {
    (1..=count).map(|number| number as f64).collect()
}

/// The answers as the importer takes them.
fn options(answers: &ImportAnswers) -> ImportOptions {
    let role = |answer: &Option<String>| match answer {
        None => RoleAnswer::Proposed,
        Some(name) if name.trim().is_empty() => RoleAnswer::Nothing,
        Some(name) => RoleAnswer::Named(name.clone()),
    };
    ImportOptions {
        products: answers
            .products
            .as_ref()
            .map(|products| InputFile::plain(PRODUCTS, write_products(products))),
        brand: role(&answers.brand),
        price: role(&answers.price),
        segments: match role(&answers.segment) {
            RoleAnswer::Proposed => None,
            RoleAnswer::Nothing => Some(Vec::new()),
            RoleAnswer::Named(name) => Some(vec![name]),
        },
        owner: role(&answers.owner),
        weight: role(&answers.weight),
        none: role(&answers.none),
        numeric: answers.numbers.clone(),
        accepts_rescaled: answers.accepts_rescaled,
        ..ImportOptions::default()
    }
}

/// A table of products as CSV.
fn write_products(products: &ProductRows) -> Vec<u8> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in std::iter::once(&products.columns).chain(&products.rows) {
        // Writing to memory cannot fail, and a flexible writer accepts rows of any length.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

fn preview(files: &[InputFile], result: GuessedImport) -> ImportPreview {
    let GuessedImport {
        imported,
        mut answers,
        questions,
    } = result;
    let settings = |key: &str| settings::text(&imported.files, key);
    let weight = imported
        .columns
        .iter()
        .find(|(_, role)| *role == ColumnRole::Weight);
    let or = |answer: &mut Option<String>, found: Option<String>| {
        if answer.is_none() {
            *answer = found;
        }
    };
    or(&mut answers.title, settings("title"));
    or(&mut answers.currency, settings("currency"));
    or(&mut answers.brand, imported.brand.clone());
    or(&mut answers.price, imported.price.clone());
    or(&mut answers.segment, imported.segment.clone());
    or(&mut answers.owner, imported.owner.clone());
    or(&mut answers.weight, weight.map(|(name, _)| name.clone()));
    let attributes = imported.attributes.iter().map(|found| AttributePreview {
        name: found.name.clone(),
        is_numeric: found.kind == "numeric",
        levels: found.levels.clone(),
    });
    ImportPreview {
        answers,
        questions,
        format: imported.format.label.to_owned(),
        columns: imported
            .columns
            .iter()
            .map(|(name, _)| name.clone())
            .collect(),
        respondents: imported.respondents,
        left_out: imported
            .left_out
            .iter()
            .map(|left| (left.count, left.reason.clone()))
            .collect(),
        assumed: imported.assumed.clone(),
        table: preview_table(files, &imported),
        attributes: attributes.collect(),
        has_none: imported.has_none,
        is_rescaled: imported.scale != Scale::Raw,
        groups: imported.groups.clone(),
        products: read_products(&imported.files),
    }
}

/// The products of a study's files.
fn read_products(files: &StudyFiles) -> ProductRows {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(files.get(OFFERS).unwrap_or_default());
    // The importer wrote the file, so that every row can be read.
    let mut rows = reader
        .records()
        .map_while(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect::<Vec<String>>());
    ProductRows {
        columns: rows.next().unwrap_or_default(),
        rows: rows.collect(),
    }
}

/// The first rows of the table with the utilities.
fn preview_table(files: &[InputFile], imported: &Imported) -> Option<TablePreview> {
    let grid = find_grid(files, &imported.table)?;
    if imported.columns.len() != grid.width() {
        return None;
    }
    let columns = grid.width().min(PREVIEW_COLUMNS);
    let roles = imported.columns.iter().take(columns);
    let row = |row: usize| {
        let cells = (0..columns).map(|column| grid.text(row, column).into_owned());
        cells.collect()
    };
    Some(TablePreview {
        place: imported.table.file.clone(),
        roles: roles
            .map(|(_, role)| describe_role(*role).to_owned())
            .collect(),
        rows: (0..grid.height().min(PREVIEW_ROWS)).map(row).collect(),
    })
}

fn find_grid(files: &[InputFile], place: &SourcePlace) -> Option<Grid> {
    let is_in = |file: &&InputFile| {
        place.file == file.name || place.file.starts_with(&format!("{} [", file.name))
    };
    let file = files.iter().find(is_in)?;
    if let Some(grid) = read_first_lines(file) {
        return Some(grid);
    }
    let grids = file.grids().ok()?;
    let is_it = |grid: &&Grid| match &grid.sheet {
        Some(sheet) => place.file == format!("{} [{sheet}]", file.name),
        None => place.file == file.name,
    };
    grids.iter().find(is_it).cloned()
}

/// The table of a text file up to a line far beyond the preview; `None` for workbooks, and for texts that
/// cannot be cut there.
fn read_first_lines(file: &InputFile) -> Option<Grid> {
    let text = decode(file.bytes())?;
    let (end, _) = text.match_indices('\n').nth(PREVIEW_LINES)?;
    read_text(&file.name, text.get(..end)?.as_bytes()).ok()
}

fn describe_role(role: ColumnRole) -> &'static str {
    match role {
        ColumnRole::Id => "respondent",
        ColumnRole::Utility => "utility",
        ColumnRole::None => "None",
        ColumnRole::Constant => "constant",
        ColumnRole::Fit => "fit, not used",
        ColumnRole::Weight => "weight",
        ColumnRole::Group => "about the respondent",
        ColumnRole::Ignored => "not used",
    }
}
