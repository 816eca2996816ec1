//! What is done for each request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use conjoint::format::tabular::{InputFile, is_workbook};
use conjoint::format::{OFFERS, StudyFiles, UTILITIES, add_workbook, normalize_files};

use super::archive::{self, ArchiveError, Picked};
use super::check::check;
use super::settings;
use super::store::{self, StoreError};
use super::unknown::UnknownFile;
use crate::protocol::{
    FilesRequest, ImportAnswers, Progress, Refusal, Response, Stage, StoredStudy, WorkerError,
};
use crate::serve::Answer;
use crate::workbooks::{open_files, write_workbook};

/// Why a request cannot be done.
#[derive(Debug, thiserror::Error)]
enum FilesError {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Workbook(#[from] WorkerError),
}

/// A response, and the files that go with it.
type Outcome = (Response, Vec<Vec<u8>>);

/// Does what a request asks for, and reports how far it has come.
pub(super) async fn answer(
    request: FilesRequest,
    files: Vec<Vec<u8>>,
    report: &dyn Fn(Progress),
) -> Answer {
    let outcome = match request {
        FilesRequest::Open { paths, columns } => {
            open(paths.into_iter().zip(files).collect(), &columns, report).await
        }
        FilesRequest::Recognize { paths, answers } => {
            recognize(paths.into_iter().zip(files).collect(), &answers, report).await
        }
        FilesRequest::Import { paths, answers } => {
            import(paths.into_iter().zip(files).collect(), &answers, report).await
        }
        FilesRequest::SetMarket {
            digest,
            thousands,
            currency,
        } => set_market(&digest, thousands, &currency, report).await,
        FilesRequest::Load { digest } => load(&digest, report).await,
        FilesRequest::Rename { digest, title } => rename(&digest, &title).await,
        FilesRequest::Remove { digest } => remove(&digest).await,
        FilesRequest::ZipStored { digest } => zip_stored(&digest).await,
        FilesRequest::Zip { names } => zip(names
            .iter()
            .map(String::as_str)
            .zip(files.iter().map(Vec::as_slice))),
        FilesRequest::Workbook(tables) => {
            let written = write_workbook(&tables).await;
            written.map(file).map_err(FilesError::from)
        }
    };
    match outcome {
        Ok((response, files)) => (Ok(response), files),
        Err(error) => (Err(WorkerError::Files(error.to_string())), Vec::new()),
    }
}

fn file(content: Vec<u8>) -> Outcome {
    (Response::File, vec![content])
}

fn done() -> Outcome {
    (Response::Done, Vec::new())
}

/// Opens and stores a study, or recognizes files of another program.
async fn open(
    picked: Vec<(String, Vec<u8>)>,
    columns: &BTreeMap<String, String>,
    report: &dyn Fn(Progress),
) -> Result<Outcome, FilesError> {
    report(Progress::Stage(Stage::Opening, None));
    match find_study(picked, columns).await? {
        Found::Study(files, ignored) => store_study(&files, &ignored, report).await,
        Found::Others(files) => Ok(recognize_files(&files, &ImportAnswers::default(), report)),
    }
}

/// Recognizes files of another program.
async fn recognize(
    picked: Vec<(String, Vec<u8>)>,
    answers: &ImportAnswers,
    report: &dyn Fn(Progress),
) -> Result<Outcome, FilesError> {
    let files = open_others(picked, report).await?;
    Ok(recognize_files(&files, answers, report))
}

/// Opens files of another program, which may be in a zip.
async fn open_others(
    picked: Vec<(String, Vec<u8>)>,
    report: &dyn Fn(Progress),
) -> Result<Vec<InputFile>, FilesError> {
    report(Progress::Stage(Stage::Opening, None));
    Ok(input_files(archive::open(picked)?).await?)
}

fn recognize_files(
    files: &[InputFile],
    answers: &ImportAnswers,
    report: &dyn Fn(Progress),
) -> Outcome {
    let response = match super::import::recognize(files, answers, &mut importing(report)) {
        Ok(recognition) => Response::Recognized(recognition),
        Err(refusal) => Response::Refused(refusal),
    };
    (response, Vec::new())
}

/// Reports how far an import has come.
fn importing(report: &dyn Fn(Progress)) -> impl FnMut(f64) {
    report(Progress::Stage(Stage::Importing, None));
    move |done| report(Progress::Stage(Stage::Importing, Some(done)))
}

/// Imports files of another program, and stores the study that results.
async fn import(
    picked: Vec<(String, Vec<u8>)>,
    answers: &ImportAnswers,
    report: &dyn Fn(Progress),
) -> Result<Outcome, FilesError> {
    let files = open_others(picked, report).await?;
    match super::import::import_study(&files, answers, &mut importing(report)) {
        Ok(study) => store_study(&study, &[], report).await,
        Err(refusal) => Ok((Response::Refused(refusal), Vec::new())),
    }
}

/// Gives a stored study a market size; it then has another digest.
async fn set_market(
    digest: &str,
    thousands: f64,
    currency: &str,
    report: &dyn Fn(Progress),
) -> Result<Outcome, FilesError> {
    let mut files = store::get(digest).await?;
    settings::set_market(&mut files, thousands, currency);
    let outcome = store_study(&files, &[], report).await?;
    if let (Response::Study(stored, _), _) = &outcome
        && stored.storage_error.is_none()
        && stored.digest != digest
    {
        store::remove(digest).await?;
    }
    Ok(outcome)
}

/// Checks and stores a study, and hands it over.
async fn store_study(
    files: &StudyFiles,
    ignored: &[UnknownFile],
    report: &dyn Fn(Progress),
) -> Result<Outcome, FilesError> {
    let (mut stored, packed) = match check_study(files, ignored, report) {
        Ok(study) => study,
        Err(refusal) => return Ok((Response::Refused(refusal), Vec::new())),
    };
    report(Progress::Stage(Stage::Storing, None));
    // A study that the browser does not store can be looked at all the same.
    stored.storage_error = match store::put(&stored.digest, files).await {
        Ok(()) => None,
        Err(error) => Some(error.to_string()),
    };
    Ok(hand_over(stored, packed))
}

/// What was picked.
#[derive(Debug, PartialEq)]
enum Found {
    /// A study in the page's own format, and what else was picked.
    Study(StudyFiles, Vec<UnknownFile>),
    /// Files that may be those of another program.
    Others(Vec<InputFile>),
}

/// The study's files among the picked ones, in the form that the page reads, with the columns' names
/// and a title written into its settings.
async fn find_study(
    picked: Vec<(String, Vec<u8>)>,
    columns: &BTreeMap<String, String>,
) -> Result<Found, FilesError> {
    let mut study = match archive::open(picked)? {
        Picked::Study(study) => study,
        others => {
            let files = input_files(others).await?;
            return Ok(match study_of_workbook(&files) {
                Some(study) => Found::Study(study, Vec::new()),
                None => Found::Others(files),
            });
        }
    };
    add_workbooks(&mut study.files).await?;
    if let Cow::Owned(normal) = normalize_files(&study.files) {
        study.files = normal;
    }
    settings::map_columns(&mut study.files, columns);
    settings::entitle(&mut study.files, &study.name);
    Ok(Found::Study(study.files, study.ignored))
}

/// The study in a single workbook with a sheet per table.
fn study_of_workbook(files: &[InputFile]) -> Option<StudyFiles> {
    let [file] = files else {
        return None;
    };
    if !file.is_workbook() {
        return None;
    }
    let mut study = StudyFiles::default();
    add_workbook(&mut study, file).ok()?;
    let is_study = [OFFERS, UTILITIES]
        .iter()
        .all(|name| study.get(name).is_some());
    let title = file.name.rsplit_once('.').map_or("", |(stem, _)| stem);
    settings::entitle(&mut study, title);
    is_study.then_some(study)
}

/// Puts sheets in the place of workbooks that have the name of a study's file. What is wrong with one is left
/// for checking to report.
async fn add_workbooks(study: &mut StudyFiles) -> Result<(), WorkerError> {
    let workbooks: Vec<(String, Vec<u8>)> = study
        .iter()
        .filter(|(_, bytes)| is_workbook(bytes))
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .collect();
    for workbook in open_files(workbooks).await? {
        // It stays as it is if it is no study's.
        let _ = add_workbook(study, &workbook);
    }
    Ok(())
}

/// The picked files as the importer takes them.
async fn input_files(picked: Picked) -> Result<Vec<InputFile>, WorkerError> {
    let files: Vec<(String, Vec<u8>)> = match picked {
        Picked::Others(files) => files,
        Picked::Study(study) => {
            let files = study.files.iter();
            files
                .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
                .collect()
        }
    };
    open_files(files).await
}

/// Checks a study, and reports how far that has come.
fn check_study(
    files: &StudyFiles,
    ignored: &[UnknownFile],
    report: &dyn Fn(Progress),
) -> Result<(StoredStudy, StudyFiles), Refusal> {
    check(files, ignored, &mut |fraction| {
        report(if fraction < 1.0 {
            Progress::Stage(Stage::Checking, Some(fraction))
        } else {
            Progress::Stage(Stage::Assembling, None)
        });
    })
}

/// A study as the page receives it.
fn hand_over(stored: StoredStudy, packed: StudyFiles) -> Outcome {
    let (names, files) = packed
        .iter()
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .unzip();
    (Response::Study(stored, names), files)
}

/// Reads a stored study.
async fn load(digest: &str, report: &dyn Fn(Progress)) -> Result<Outcome, FilesError> {
    let files = store::get(digest).await?;
    Ok(match check_study(&files, &[], report) {
        Ok((stored, packed)) => hand_over(stored, packed),
        Err(refusal) => (Response::Refused(refusal), Vec::new()),
    })
}

/// Gives a stored study another title.
async fn rename(digest: &str, title: &str) -> Result<Outcome, FilesError> {
    let mut files = store::get(digest).await?;
    settings::set_title(&mut files, title);
    store::put(digest, &files).await?;
    Ok(done())
}

async fn remove(digest: &str) -> Result<Outcome, FilesError> {
    store::remove(digest).await?;
    Ok(done())
}

async fn zip_stored(digest: &str) -> Result<Outcome, FilesError> {
    zip(store::get(digest).await?.iter())
}

fn zip<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<Outcome, FilesError> {
    Ok(file(archive::zip(files)?))
}

#[cfg(test)]
mod tests;
