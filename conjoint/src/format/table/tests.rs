//! Line numbers, damaged text, and quotes.

use super::text::find_open_quote;
use super::*;
use crate::csv_text::write_rows;

fn file(bytes: &[u8]) -> StudyFiles {
    let mut files = StudyFiles::default();
    files.insert("t.csv", bytes.to_vec());
    files
}

fn rows(text: &str) -> (Vec<(u64, Vec<String>)>, Problems) {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    if let Some(mut table) = Table::open("t.csv", &file(text.as_bytes()), &["a"], &mut problems) {
        while let Some(row) = table.next_row(&mut problems) {
            let cells = row.record.iter().map(str::to_owned).collect();
            found.push((row.line, cells));
        }
    }
    (found, problems)
}

fn only_problem(text: &str) -> String {
    let (_, problems) = rows(text);
    assert_eq!(problems.len(), 1, "{problems}");
    problems.to_string()
}

#[test]
fn line_numbers_are_those_of_an_editor() {
    let (rows, problems) = rows("\u{feff}a,b\r\n1,2\r\n\r\n\r\n\"x\r\ny\",4\r\n  \n5,\"6\"\"\"");
    assert!(problems.is_empty(), "{problems}");
    let cell = |text: &str| text.to_owned();
    assert_eq!(
        rows,
        [
            (2, vec![cell("1"), cell("2")]),
            (5, vec![cell("x\r\ny"), cell("4")]),
            (8, vec![cell("5"), cell("6\"")]),
        ]
    );
}

#[test]
fn damaged_text_is_reported_with_its_row() {
    assert!(only_problem("a,b\n1,2\n3,\"4\n5,6\n").starts_with("t.csv:3: a quote is opened"));
    assert!(
        only_problem("a,b\n1\n")
            .starts_with("t.csv:2: the row has 1 cell, but the header has 2; write one per column")
    );
    assert!(only_problem("").starts_with("t.csv: the file is empty"));
    assert!(only_problem("1,2\n").starts_with("t.csv:1: the header row is missing"));
    let expected = "t.csv:1: the cells are separated by semicolons; separate them with commas";
    assert!(only_problem("a;b\n1,5;2\n").starts_with(expected));
    assert!(only_problem("x\ta\n").starts_with("t.csv:1: the cells are separated by tabs"));
    let mut problems = Problems::default();
    assert!(Table::open("t.csv", &file(b"a\n\xff\n"), &["a"], &mut problems).is_none());
    assert!(
        problems
            .to_string()
            .starts_with("t.csv:2: the text is not UTF-8")
    );
}

#[test]
fn a_header_after_blank_lines_keeps_its_line() {
    assert!(only_problem("\n\n1,2\n").starts_with("t.csv:3: the header row is missing"));
}

#[test]
fn quotes_inside_a_cell_open_nothing() {
    for text in [
        "a\n5\" wheel\n",
        "a\n5\"\" wheel\n",
        "a\n\"\"\n",
        "a\n\"\"\"\"\n",
        "a,b\n\"x\",\"y\"\n",
    ] {
        assert!(find_open_quote(text.as_bytes()).is_none(), "{text}");
    }
    assert!(find_open_quote(b"a\n\"\"\"\n").is_some());
}

#[test]
fn written_rows_read_back() {
    let bytes = write_rows([["a", "b"], ["1,2", "x\"y"]]);
    let (rows, problems) = rows(std::str::from_utf8(&bytes).unwrap());
    assert!(problems.is_empty());
    assert_eq!(rows[0].1, ["1,2", "x\"y"]);
}
