//! Requests that need nothing of a browser.

use super::*;
use crate::files::check::tests::generated;
use conjoint::format::{OFFERS, read_study};
use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The answer to a request that needs nothing of a browser, and the progress before it.
fn answered(request: FilesRequest, files: Vec<Vec<u8>>) -> (Answer, Vec<Progress>) {
    let reported = RefCell::new(Vec::new());
    let report = |progress| reported.borrow_mut().push(progress);
    let answer = now(answer(request, files, &report));
    (answer, reported.into_inner())
}

/// The value of a future that needs nothing of a browser.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for a browser"),
    }
}

fn zipped(files: &StudyFiles) -> Vec<u8> {
    let (names, files) = files
        .iter()
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .unzip();
    let ((response, zip), _) = answered(FilesRequest::Zip { names }, files);
    assert_eq!((response, zip.len()), (Ok(Response::File), 1));
    zip.concat()
}

#[test]
fn a_zip_of_a_study_opens_as_the_study() {
    let files = generated(3);
    let picked = vec![("My study.zip".to_owned(), zipped(&files))];
    let found = now(find_study(picked, &BTreeMap::new())).unwrap();
    assert_eq!(found, Found::Study(files, Vec::new()));
}

#[test]
fn title_and_column_names_are_written_into_the_settings() {
    let mut files = generated(3);
    files.remove("study.json");
    let picked = vec![("My study.zip".to_owned(), zipped(&files))];
    let columns = BTreeMap::from([("term".to_owned(), "Months".to_owned())]);
    let Found::Study(found, _) = now(find_study(picked, &columns)).unwrap() else {
        panic!("it is a study");
    };
    let settings = found.get("study.json").unwrap();
    let settings: serde_json::Value = serde_json::from_slice(settings).unwrap();
    let wanted = serde_json::json!({"title": "My study", "columns": {"term": "Months"}});
    assert_eq!(settings, wanted);
}

#[test]
fn a_study_is_handed_over_packed() {
    let files = generated(30);
    let reported = RefCell::new(Vec::new());
    let report = |progress| reported.borrow_mut().push(progress);
    let (stored, packed) = check_study(&files, &[], &report).unwrap();
    let (response, parts) = hand_over(stored, packed);
    let Response::Study(stored, names) = response else {
        panic!("{response:?}");
    };
    let mut received = StudyFiles::default();
    for (name, bytes) in names.iter().zip(parts) {
        received.insert(name, bytes);
    }
    assert_eq!(read_study(&received), read_study(&files));
    assert_eq!(received.identity(), stored.digest);
    let reported = reported.into_inner();
    let checking = |progress: &Progress| matches!(progress, Progress::Stage(Stage::Checking, Some(done)) if (0.0..1.0).contains(done));
    assert!(reported.iter().any(checking));
    let last = Progress::Stage(Stage::Assembling, None);
    assert_eq!(reported.last(), Some(&last));
}

#[test]
fn damaged_files_are_refused_and_others_fail() {
    let mut files = generated(3);
    files.insert(OFFERS, b"id\n".to_vec());
    let open = |path: &str| FilesRequest::Open {
        paths: vec![path.to_owned()],
        columns: BTreeMap::new(),
    };
    let ((response, parts), reported) = answered(open("a.zip"), vec![zipped(&files)]);
    assert!(parts.is_empty());
    let first = Progress::Stage(Stage::Opening, None);
    assert_eq!(reported.first(), Some(&first));
    let Ok(Response::Refused(refusal)) = response else {
        panic!("{response:?}");
    };
    assert_eq!(refusal.count, refusal.problems.len());
    assert!(
        refusal
            .problems
            .iter()
            .all(|problem| problem.file == OFFERS)
    );
    let ((response, _), _) = answered(open("notes.txt"), vec![b"Ask Ann.".to_vec()]);
    let Ok(Response::Refused(refusal)) = response else {
        panic!("{response:?}");
    };
    assert_eq!(refusal.problems[0].file, "notes.txt");
    let ((response, _), _) = answered(open("broken.zip"), vec![b"PK".to_vec()]);
    let words = "`broken.zip` cannot be unpacked";
    assert!(matches!(response, Err(WorkerError::Files(text)) if text.starts_with(words)));
}

#[test]
fn recognizing_files_reports_how_far_it_has_come() {
    let text = "ID,Brand: A,Brand: B,Price: 1,Price: 2\n1,0.5,-0.5,1.25,-1.25\n2,0.25,-0.25,1,-1\n";
    let request = FilesRequest::Open {
        paths: vec!["run.csv".to_owned()],
        columns: BTreeMap::new(),
    };
    let ((response, _), reported) = answered(request, vec![text.into()]);
    assert!(
        matches!(response, Ok(Response::Recognized(_))),
        "{response:?}"
    );
    let fractions = reported.iter().filter_map(|progress| match progress {
        Progress::Stage(Stage::Importing, done) => *done,
        _ => None,
    });
    let fractions: Vec<f64> = fractions.collect();
    assert!(
        fractions.len() >= 3 && fractions.is_sorted(),
        "{fractions:?}"
    );
}
