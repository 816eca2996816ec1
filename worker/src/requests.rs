//! What the worker does.

use std::collections::BTreeMap;

use conjoint::format::StudyFiles;

use crate::files::archive::{self, ArchiveError};
use crate::files::check::check;
use crate::files::settings;
use crate::files::store::{self, StoreError};
use crate::files::stray::Stray;
use crate::files::workbook::{self, WorkbookError};
use crate::messages::{Kept, Refusal, Reply, Request};

/// Why a request cannot be done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
}

/// The last word on a request, and the files that go with it.
type Answer = (Reply, Vec<Vec<u8>>);

/// Does what is asked; tells how far it has come.
pub async fn answer(request: Request, files: Vec<Vec<u8>>, tell: &dyn Fn(Reply)) -> Answer {
    let answer = match request {
        Request::Open { paths, columns } => {
            open(paths.into_iter().zip(files).collect(), &columns, tell).await
        }
        Request::Load { digest } => load(&digest, tell).await,
        Request::Rename { digest, title } => rename(&digest, &title).await,
        Request::Remove { digest } => remove(&digest).await,
        Request::Take { digest } => taken(&digest).await,
        Request::Zip { names } => zip(names
            .iter()
            .map(String::as_str)
            .zip(files.iter().map(Vec::as_slice))),
        Request::Workbook(sheets) => workbook::write(&sheets).map(made).map_err(Failure::from),
    };
    answer.unwrap_or_else(|failure| (Reply::Failed(failure.to_string()), Vec::new()))
}

fn made(file: Vec<u8>) -> Answer {
    (Reply::Made, vec![file])
}

fn done() -> Answer {
    (Reply::Done, Vec::new())
}

/// Opens a study, and keeps it.
async fn open(
    picked: Vec<(String, Vec<u8>)>,
    columns: &BTreeMap<String, String>,
    tell: &dyn Fn(Reply),
) -> Result<Answer, Failure> {
    tell(Reply::Progress("Opening the files".to_owned(), None));
    let (files, ignored) = take(picked, columns)?;
    let (mut kept, packed) = match told(&files, &ignored, tell) {
        Ok(study) => study,
        Err(refusal) => return Ok((Reply::Refused(refusal), Vec::new())),
    };
    tell(Reply::Progress("Keeping the study".to_owned(), None));
    // A study that the browser does not keep can be looked at all the same.
    kept.unkept = match store::put(&kept.digest, &files).await {
        Ok(()) => None,
        Err(error) => Some(error.to_string()),
    };
    Ok(study(kept, packed))
}

/// The study's files among those that were picked, with the columns' names and a title noted, and
/// what else was picked.
fn take(
    picked: Vec<(String, Vec<u8>)>,
    columns: &BTreeMap<String, String>,
) -> Result<(StudyFiles, Vec<Stray>), ArchiveError> {
    let mut picked = archive::open(picked)?;
    settings::map_columns(&mut picked.files, columns);
    settings::entitle(&mut picked.files, &picked.name);
    Ok((picked.files, picked.ignored))
}

/// Checks a study, and tells how far it is.
fn told(
    files: &StudyFiles,
    ignored: &[Stray],
    tell: &dyn Fn(Reply),
) -> Result<(Kept, StudyFiles), Refusal> {
    check(files, ignored, &mut |fraction| {
        tell(if fraction < 1.0 {
            Reply::Progress("Checking the study".to_owned(), Some(fraction))
        } else {
            Reply::Progress("Putting the study together".to_owned(), None)
        });
    })
}

/// A study that was read, as it is handed to the page.
fn study(kept: Kept, packed: StudyFiles) -> Answer {
    let (names, files) = packed
        .iter()
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .unzip();
    (Reply::Study(kept, names), files)
}

/// Reads a study that is kept.
async fn load(digest: &str, tell: &dyn Fn(Reply)) -> Result<Answer, Failure> {
    let files = store::get(digest).await?;
    Ok(match told(&files, &[], tell) {
        Ok((kept, packed)) => study(kept, packed),
        Err(refusal) => (Reply::Refused(refusal), Vec::new()),
    })
}

/// Gives a study that is kept another title.
async fn rename(digest: &str, title: &str) -> Result<Answer, Failure> {
    let mut files = store::get(digest).await?;
    settings::set_title(&mut files, title);
    store::put(digest, &files).await?;
    Ok(done())
}

async fn remove(digest: &str) -> Result<Answer, Failure> {
    store::remove(digest).await?;
    Ok(done())
}

/// Puts the files of a study that is kept into a zip.
async fn taken(digest: &str) -> Result<Answer, Failure> {
    zip(store::get(digest).await?.iter())
}

fn zip<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Result<Answer, Failure> {
    Ok(made(archive::zip(files)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::check::tests::generated;
    use conjoint::format::OFFERS;
    use conjoint::study::Study;
    use std::cell::RefCell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// The answer to a request that needs nothing of a browser, and what was told before.
    fn answered(request: Request, files: Vec<Vec<u8>>) -> (Answer, Vec<Reply>) {
        let told = RefCell::new(Vec::new());
        let tell = |reply| told.borrow_mut().push(reply);
        let answer = {
            let future = pin!(answer(request, files, &tell));
            match future.poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => answer,
                Poll::Pending => panic!("it waits for a browser"),
            }
        };
        (answer, told.into_inner())
    }

    fn zipped(files: &StudyFiles) -> Vec<u8> {
        let (names, files) = files
            .iter()
            .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
            .unzip();
        let ((reply, made), _) = answered(Request::Zip { names }, files);
        assert_eq!((reply, made.len()), (Reply::Made, 1));
        made.concat()
    }

    #[test]
    fn a_zip_of_a_study_opens_as_the_study() {
        let files = generated(3);
        let picked = vec![("My study.zip".to_owned(), zipped(&files))];
        let (taken, ignored) = take(picked, &BTreeMap::new()).unwrap();
        assert_eq!(taken, files);
        assert!(ignored.is_empty());
    }

    #[test]
    fn what_the_reader_says_is_written_into_the_settings() {
        let mut files = generated(3);
        files.remove("study.json");
        let picked = vec![("My study.zip".to_owned(), zipped(&files))];
        let columns = BTreeMap::from([("term".to_owned(), "Months".to_owned())]);
        let (taken, _) = take(picked, &columns).unwrap();
        let settings = taken.get("study.json").unwrap();
        let settings: serde_json::Value = serde_json::from_slice(settings).unwrap();
        let wanted = serde_json::json!({"title": "My study", "columns": {"term": "Months"}});
        assert_eq!(settings, wanted);
    }

    #[test]
    fn a_study_is_handed_over_packed() {
        let files = generated(30);
        let told = RefCell::new(Vec::new());
        let tell = |reply| told.borrow_mut().push(reply);
        let (kept, packed) = super::told(&files, &[], &tell).unwrap();
        let (reply, parts) = study(kept, packed);
        let Reply::Study(kept, names) = reply else {
            panic!("{reply:?}");
        };
        let mut received = StudyFiles::default();
        for (name, bytes) in names.iter().zip(parts) {
            received.insert(name, bytes);
        }
        assert_eq!(Study::read(&received), Study::read(&files));
        assert_eq!(received.identity(), kept.digest);
        let told = told.into_inner();
        let checking = |told: &Reply| matches!(told, Reply::Progress(_, Some(done)) if (0.0..1.0).contains(done));
        assert!(told.iter().any(checking));
        let last = Reply::Progress("Putting the study together".to_owned(), None);
        assert_eq!(told.last(), Some(&last));
    }

    #[test]
    fn damaged_files_are_refused_and_others_fail() {
        let mut files = generated(3);
        files.insert(OFFERS, b"id\n".to_vec());
        let open = |path: &str| Request::Open {
            paths: vec![path.to_owned()],
            columns: BTreeMap::new(),
        };
        let ((reply, parts), told) = answered(open("a.zip"), vec![zipped(&files)]);
        assert!(parts.is_empty());
        assert_eq!(
            told.first(),
            Some(&Reply::Progress("Opening the files".to_owned(), None))
        );
        let Reply::Refused(refusal) = reply else {
            panic!("{reply:?}");
        };
        assert_eq!(refusal.count, refusal.problems.len());
        assert!(
            refusal
                .problems
                .iter()
                .all(|problem| problem.file == OFFERS)
        );
        let ((reply, _), _) = answered(open("notes.txt"), vec![Vec::new()]);
        let words = "no file of a study is here, but `notes.txt`; ";
        assert!(matches!(reply, Reply::Failed(told) if told.starts_with(words)));
    }
}
