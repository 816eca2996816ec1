//! Messages as bytes and back. Those about a study are tested in `analyst`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Debug;

use conjoint::report::{Cell, Column, Digits, Table};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Event, FilesRequest, Message, Problem, Program, Progress, Refusal, Request, Response, Stage,
    StoredStudy, WorkerError, decode, encode,
};

fn round_trip<M: Serialize + DeserializeOwned + PartialEq + Debug>(message: &M) {
    let read: M = decode(&encode(message)).unwrap();
    assert_eq!(read, *message);
}

fn problem() -> impl Strategy<Value = Problem> {
    let text = proptest::option::of(".*");
    let parts = (
        ".*",
        any::<Option<u64>>(),
        text.clone(),
        ".*",
        text,
        any::<bool>(),
    );
    parts.prop_map(
        |(file, row, column, problem, preview, is_warning)| Problem {
            file,
            row,
            column,
            problem,
            preview,
            is_warning,
        },
    )
}

fn stored() -> impl Strategy<Value = StoredStudy> {
    let warnings = proptest::collection::vec(problem(), 0..3);
    let storage_error = proptest::option::of(".*");
    let parts = (
        ".*",
        ".*",
        any::<u32>(),
        any::<u64>(),
        warnings,
        storage_error,
    );
    parts.prop_map(
        |(digest, title, count, bytes, warnings, storage_error)| StoredStudy {
            digest,
            title,
            respondents: count as usize,
            products: count as usize / 2,
            bytes,
            warnings,
            storage_error,
        },
    )
}

fn cell() -> impl Strategy<Value = Cell> {
    let digits = prop_oneof![
        Just(Digits::All),
        any::<u8>().prop_map(Digits::Decimals),
        any::<u8>().prop_map(Digits::Significant),
    ];
    let number = (any::<f64>(), digits);
    prop_oneof![
        Just(Cell::Empty),
        ".*".prop_map(Cell::Text),
        proptest::collection::vec(".*", 0..3).prop_map(Cell::List),
        any::<i64>().prop_map(Cell::Integer),
        number.prop_map(|(value, digits)| Cell::Number { value, digits }),
        (any::<f64>(), any::<u8>())
            .prop_map(|(fraction, decimals)| Cell::Percent { fraction, decimals }),
    ]
}

proptest! {
    #[test]
    fn responses_about_files_are_read_as_written(
        study in stored(),
        names in proptest::collection::vec(".*", 0..3),
        problems in proptest::collection::vec(problem(), 0..3),
    ) {
        let headers = BTreeMap::from([("products.csv".to_owned(), names.clone())]);
        let count = problems.len();
        round_trip(&Event::End(Ok(Response::Study(study, names))));
        let refusal = Refusal { problems, count, headers };
        round_trip(&Event::End(Ok(Response::Refused(refusal))));
    }

    #[test]
    fn workbooks_keep_every_digit(
        title in ".*",
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 2), 0..4),
    ) {
        let columns = ["a", "b"].map(|name| Column::new(name).with_unit("%"));
        let table = Table { rows, ..Table::new(title, columns) };
        let message = Message {
            study: None,
            request: Request::Files(FilesRequest::Workbook(vec![table])),
        };
        round_trip(&message);
    }

    #[test]
    fn bytes_that_are_no_message_are_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        // Whatever they are, they are read without a panic; nothing at all is never a message.
        let _ = decode::<Message>(&bytes);
        let _ = decode::<Event>(&bytes);
        prop_assert!(decode::<Message>(&[]).is_err());
    }
}

#[test]
fn every_other_message_is_read_as_written() {
    for event in [
        Event::Ready,
        Event::Progress(Progress::Steps(7)),
        Event::Progress(Progress::Fraction(0.25)),
        Event::Progress(Progress::Stage(Stage::Opening, None)),
        Event::Progress(Progress::Stage(Stage::Checking, Some(0.5))),
        Event::End(Ok(Response::Done)),
        Event::End(Ok(Response::File)),
        Event::End(Ok(Response::Scale(0.1 + 0.2))),
        Event::End(Err(WorkerError::NotLoaded)),
        Event::End(Err(WorkerError::InvalidSweep(vec![
            "a".to_owned(),
            "b".to_owned(),
        ]))),
    ] {
        round_trip(&event);
    }
    let digest = || "0123".to_owned();
    for request in [
        FilesRequest::Open {
            paths: vec!["Data/study.json".to_owned()],
            columns: BTreeMap::from([("term".to_owned(), "Months".to_owned())]),
        },
        FilesRequest::Load { digest: digest() },
        FilesRequest::Rename {
            digest: digest(),
            title: "Ürün".to_owned(),
        },
        FilesRequest::Remove { digest: digest() },
        FilesRequest::ZipStored { digest: digest() },
        FilesRequest::Zip {
            names: vec!["a b.csv".to_owned()],
        },
    ] {
        let request = Request::Files(request);
        assert_eq!(request.program(), Program::Files);
        round_trip(&request);
    }
}

#[test]
fn errors_of_several_cells_are_one_text() {
    let cells = vec!["row 1".to_owned(), "row 2".to_owned()];
    let error = WorkerError::InvalidSweep(cells);
    assert_eq!(error.to_string(), "row 1; row 2");
}
