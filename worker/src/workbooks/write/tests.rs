//! The bytes, read back by another crate.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use conjoint::report::{Cell, Column, Digits, Table};

use super::{MAX_COLUMNS, MAX_ROWS, MAX_TEXT, write};

fn sheet(title: &str, names: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        rows,
        ..Table::new(title, names.iter().copied().map(Column::new))
    }
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

fn rows(sheets: &[Table], name: &str) -> Vec<Vec<Data>> {
    let mut workbook = open(write(sheets).unwrap());
    let range = workbook.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn names(titles: &[&str]) -> Vec<String> {
    let sheets: Vec<Table> = titles
        .iter()
        .map(|title| sheet(title, &[], vec![]))
        .collect();
    open(write(&sheets).unwrap()).sheet_names()
}

#[test]
fn numbers_are_numbers_with_every_digit_and_texts_are_texts() {
    let numbers = [
        100.0 / 3.0,
        0.1 + 0.2,
        -1e-17,
        560.0,
        123_456_789_012.0,
        1.0,
    ];
    let texts = [
        "=1+1",
        "Citroën <C3> & \"co\"",
        " spaced ",
        "_x0041_",
        "line\nend",
        "1",
    ];
    let pairs = numbers.iter().zip(texts);
    let mut table = sheet(
        "Shares",
        &["brand", "live"],
        pairs
            .map(|(number, name)| vec![Cell::text(name), Cell::number(*number)])
            .collect(),
    );
    table.columns[1].unit = "%".to_owned();
    let read = rows(&[table], "Shares");
    assert_eq!(read[0], [Data::String("Shares, %".to_owned()), Data::Empty]);
    assert_eq!(
        read[1],
        ["brand", "live"].map(|name| Data::String(name.to_owned()))
    );
    for (row, (number, text)) in read[2..].iter().zip(numbers.iter().zip(texts)) {
        assert_eq!(
            row[..],
            [Data::String(text.to_owned()), Data::Float(*number)]
        );
    }
    assert_eq!(read.len(), 8);
}

#[test]
fn numbers_that_excel_lacks_are_empty_cells() {
    let cells = [f64::NAN, f64::INFINITY].map(|value| Cell::Number {
        value,
        digits: Digits::All,
    });
    let cells = cells.into_iter().chain([Cell::Empty, Cell::exact(-0.0)]);
    let table = sheet("Shares", &["live"], cells.map(|cell| vec![cell]).collect());
    let read = rows(&[table], "Shares");
    let cells: Vec<&Data> = read[2..].iter().map(|row| &row[0]).collect();
    assert_eq!(
        cells,
        [&Data::Empty, &Data::Empty, &Data::Empty, &Data::Float(0.0)]
    );
    assert!(matches!(cells[3], Data::Float(zero) if zero.is_sign_positive()));
}

#[test]
fn tabs_are_named_within_excels_rules() {
    let titles = [
        "Inputs",
        "Movement: Gen X",
        "movement [gen x]",
        "Predicted market share by product",
        "Predicted market share by product, again",
        "'Quoted'",
        "History",
        "?*",
        "Ein Titel, an Stelle 31: 🚗🚗🚗🚗🚗🚗",
    ];
    assert_eq!(
        names(&titles),
        [
            "Inputs",
            "Movement Gen X",
            "movement gen x (2)",
            "Predicted market share by produ",
            "Predicted market share by p (2)",
            "Quoted",
            "History (2)",
            "Table",
            "Ein Titel, an Stelle 31 🚗🚗🚗",
        ]
    );
}

#[test]
fn a_workbook_does_not_depend_on_the_clock() {
    let table = sheet("Shares", &["live"], vec![vec![Cell::exact(0.5)]]);
    let bytes = write(&[table]).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for place in 0..archive.len() {
        let file = archive.by_index(place).unwrap();
        assert_eq!(file.last_modified(), Some(zip::DateTime::default()));
    }
    let properties = archive.by_name("docProps/core.xml").unwrap();
    let properties = std::io::read_to_string(properties).unwrap();
    let times = properties.matches(">2020-01-01T00:00:00Z<").count();
    assert_eq!(
        (times, properties.matches("dcterms:W3CDTF").count()),
        (2, 2)
    );
}

#[test]
fn tables_beyond_excels_limits_are_errors() {
    let error = |sheet: Table| write(&[sheet]).unwrap_err().to_string();
    let long = vec![vec![Cell::Empty]; MAX_ROWS - 1];
    assert_eq!(
        error(sheet("Pairs", &["point"], long)),
        "“Pairs” has 1048575 rows, and an Excel sheet at most 1048574; take its CSV file"
    );
    let wide = vec!["x"; MAX_COLUMNS + 1];
    assert_eq!(
        error(sheet("Grid", &wide, vec![])),
        "“Grid” has 16385 columns, and an Excel sheet at most 16384; take its CSV file"
    );
    let cells = vec![Cell::exact(1.0), Cell::text("é".repeat(MAX_TEXT + 1))];
    assert_eq!(
        error(sheet("Shares", &["a", "b"], vec![cells])),
        "“Shares”, row 1, column 2: a text of 32768 characters, and an Excel cell holds at most \
         32767; shorten it in the study's files"
    );
    let longest = Cell::text("é".repeat(MAX_TEXT));
    let table = sheet("Shares", &["a"], vec![vec![longest]]);
    assert!(write(&[table]).is_ok());
}
