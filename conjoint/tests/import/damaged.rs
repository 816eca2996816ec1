//! Damaged files and files of something else: one message with file, row and column, never a panic.

use conjoint::import::{ImportError, ImportOptions, InputFile, import};
use proptest::prelude::*;

use crate::support::{example, example_bytes, example_text, file};

/// The message about files that cannot be imported.
fn refuse(files: &[InputFile]) -> String {
    match import(files, &ImportOptions::default()) {
        Err(error) => error.to_string(),
        Ok(imported) => panic!("{:?} was imported as {}", files[0].name, imported.format.id),
    }
}

#[test]
fn mistakes_are_named_with_their_place() {
    for (name, text, expected) in [
        ("a.csv", "", "a.csv: the file is empty"),
        ("a.csv", "\n\n", "a.csv: the file is empty"),
        ("a.csv", "hello\n", "a.csv: no utilities are found"),
        ("a.csv", "1,2,3\n4,5,6\n", "a.csv: no utilities are found"),
        ("a.csv", "id,B: x,B: y\n", "a.csv: no utilities are found"),
        (
            "a.csv",
            "id,B: x,B: y\n1,0.5,oops\n2,1.5,-1\n3,1,2\n4,1,2\n",
            "a.csv:2: B: y: `oops` is not a number",
        ),
        (
            "a.csv",
            "id,B: x,B: y\n1,0.5,####\n2,1.5,-1\n3,1,2\n4,1,2\n",
            "a.csv:2: B: y: Excel wrote hashes",
        ),
        (
            "a.csv",
            "id,B: x,B: y\n1,0.5,\"-1\n2,1,1\n",
            "a.csv:2: a quote is opened",
        ),
        (
            "a.csv",
            "id,B: x,B: y\n1,0.5,NA\n2,0.5,NA\n",
            "a.csv: B: y: the column is empty",
        ),
        (
            "a.csv",
            "id,B: x,B: y\n1,NA,1\n2,0.5,NA\n",
            "a.csv: no respondent has all utilities",
        ),
        (
            "a.csv",
            "id,age\n1,30\n2,40\n",
            "a.csv: no utilities are found",
        ),
        (
            "a.csv",
            "id,B: x,B: y,S: 1,S: 2\n1,0,5,-0.5,1,-1\n2,0.5,-0.5,1,-1\n3,1,-1,1,-1\n",
            "a.csv:2: the row has 6 cells, but the header names only 5 columns",
        ),
        (
            "a.csv",
            "iteration,x,y\n1,0.5,0.25\n2,0.25,0.5\n",
            "a.csv: this has a row per iteration",
        ),
        (
            "m_B.csv",
            "Respondent,x1,x2\n1,0.5,0.25\n2,0.25,0.5\n",
            "m_B.csv: these are the underlying normals",
        ),
        (
            "x_stddev.csv",
            "Respondent,a,b\n1,0.5,0.25\n",
            "x_stddev.csv: these are standard deviations",
        ),
        (
            "x_covariances.csv",
            "a",
            "x_covariances.csv: these are covariances",
        ),
        ("x.dra", "a", "x.dra: these are draws"),
        ("x.sav", "$FL2@(#)", "x.sav: this is a binary file of SPSS"),
        (
            "x.xls",
            "a",
            "x.xls: this is a workbook of the format before 2007",
        ),
        (
            "a.csv",
            "id,attribute,level,utility\n1,B,x,1\n1,B,x,2\n",
            "a.csv:3: `1` has two utilities",
        ),
        (
            "l.xml",
            "<sawtoothSoftwareLayout><attribute>",
            "l.xml: the XML is damaged",
        ),
    ] {
        let message = refuse(&[file(name, text)]);
        assert!(message.starts_with(expected), "{name}: {message}");
    }
}

#[test]
fn binary_files_are_refused() {
    let binary = |name: &str, bytes: &[u8]| InputFile::open(name, bytes.to_vec());
    for (bytes, expected) in [
        (
            &b"\x00\x01\x02\xff\xfe\x80\x00"[..],
            "neither text nor an Excel workbook",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "protected by a password",
        ),
        (b"PK\x03\x04broken", "the workbook"),
    ] {
        let message = refuse(&[binary("a.xlsx", bytes)]);
        assert!(message.contains(expected), "{message}");
    }
    let report = example_bytes("sawtooth-lighthouse-report.xlsx");
    let cut = binary("report.xlsx", &report[..4000]);
    assert!(refuse(&[cut]).contains("the workbook"));
}

#[test]
fn damaged_hbu_files_are_named_with_their_line() {
    let whole = example_text("sawtooth-cbchb.hbu");
    let replace = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        refuse(&[file("a.hbu", &whole.replacen(from, to, 1))])
    };
    assert!(replace("5 1 15", "5 1 14").starts_with("a.hbu:1: 14 parameters are announced"));
    assert!(replace("2 1 $299", "9 1 $299").starts_with("a.hbu:11: expected is the label `2 1"));
    assert!(
        replace("737  0 15 0", "737  0 11 0").starts_with("a.hbu:22: the record of respondent `1`")
    );
    let message = replace("0 1 0 0 0", "0 1 1 0 0");
    assert!(
        message.starts_with("a.hbu:4: interactions of attributes 2 and 3"),
        "{message}"
    );
    let cut = whole.trim_end().rsplit_once(' ').unwrap().0;
    assert!(refuse(&[file("a.hbu", cut)]).contains("the file ends within respondent `13`"));
}

#[test]
fn files_that_do_not_belong_together_are_refused() {
    let message = refuse(&[
        example("qualtrics-individual-utilities.csv"),
        file("d.csv", "id,Region\n77,North\n78,South\n"),
    ]);
    assert!(
        message.starts_with("d.csv: id: none of its 2 ids (`77`, `78`) is one of the 6 ids"),
        "{message}"
    );
    let message = refuse(&[
        example("y2conjoint-utilities.csv"),
        file("l.csv", "A,B\nx,1 l\ny,\n"),
    ]);
    assert!(
        message.starts_with("l.csv: there are labels of 2 attributes"),
        "{message}"
    );
}

#[test]
fn totals_and_incomplete_respondents_are_counted() {
    let text = "Title\n\nid,B: x,B: y\n1,0.5,-0.5\n2,,1\n3,0.25,-0.25\nAverage,0.4,-0.4\n";
    let imported = import(&[file("a.csv", text)], &ImportOptions::default()).unwrap();
    assert_eq!(imported.respondents, 2);
    let left_out: Vec<(usize, &str)> = imported
        .left_out
        .iter()
        .map(|left| (left.count, left.reason.as_str()))
        .collect();
    let expected = [
        (1, "rows of totals or averages"),
        (1, "respondents without all utilities"),
    ];
    assert_eq!(left_out, expected);
}

#[test]
fn products_are_checked() {
    let refuse = |text: &str| {
        let options = ImportOptions {
            products: Some(file("p.csv", text)),
            ..ImportOptions::default()
        };
        let utilities = file(
            "a.csv",
            "id,B: x,B: y,S: 1,S: 2\n1,0.5,-0.5,1,-1\n2,0.5,-0.5,1,-1\n",
        );
        import(&[utilities], &options).unwrap_err().to_string()
    };
    assert!(
        refuse("id,B,S\n1,z,1\n")
            .starts_with("p.csv:2: B: `z` is not a level; levels are `x`, `y`")
    );
    assert!(refuse("id,B\n1,x\n").starts_with("p.csv: S: the column is missing"));
    assert!(
        refuse("id,B,S,Q\n1,x,1,2\n")
            .starts_with("p.csv:1: Q: the column is neither id, model nor")
    );
    assert!(refuse("id,B,S\n1,x,1\n1,y,1\n").starts_with("p.csv:3: id: the id `1`"));
    assert!(refuse("id,B,S\n").starts_with("p.csv: there is no product"));
}

#[test]
fn values_of_products_that_no_study_accepts_are_named_in_the_users_table() {
    let utilities = file(
        "a.csv",
        "id,B: x,B: y,Price: 10,Price: 20\n1,0.5,-0.5,1,-1\n2,0.5,-0.5,1,-1\n",
    );
    let options = ImportOptions {
        products: Some(file("p.csv", "id,B,Price\n1,x,10\n\n2,y,500\n")),
        ..ImportOptions::default()
    };
    let ImportError::Study(problems) = import(&[utilities], &options).unwrap_err() else {
        panic!("the study is refused");
    };
    let lines: Vec<String> = problems.into_iter().map(|it| it.to_string()).collect();
    let expected = "p.csv:4: Price: 500 is too far outside the surveyed range";
    assert!(
        lines.iter().any(|line| line.starts_with(expected)),
        "{lines:?}"
    );
}

#[test]
fn weights_of_another_file_are_checked_there() {
    let refuse = |weights: &str| {
        refuse(&[
            file("a.csv", "id,B: x,B: y\n1,0.5,-0.5\n2,0.25,-0.25\n3,1,-1\n"),
            file("dem.csv", weights),
        ])
    };
    assert_eq!(
        refuse("id,Region,Weight\n3,N,1\n\n2,S,\n1,S,1\n"),
        "dem.csv:4: Weight: the weight is missing; write a number of 0 or more"
    );
    assert_eq!(
        refuse("id,Region,Weight\n3,N,1\n2,S,-1\n1,S,1\n"),
        "dem.csv:3: Weight: `-1` is not a weight; write a number of 0 or more"
    );
    assert_eq!(
        refuse("id,Region,Weight\n2,N,1\n"),
        "dem.csv: Weight: 2 of 3 respondents have no row here: `1`, `3`; add a row for each, or import without \
         weights (--weight no)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is cut out of an example, importing it ends with a study or a message.
    #[test]
    fn truncated_files_never_panic(name in 0usize..9, start in 0.0f64..1.0, length in 0.0f64..0.6) {
        let names = [
            "sawtooth-cbchb.hbu", "sawtooth-cbchb_utilities.csv", "sawtooth-cbchb_utillayout.xml",
            "mx8-utilities-long.csv", "excel-decimal-comma-cp1252.csv", "sawtooth-cbc.cho",
            "excel-unicode-text-utf16.txt", "qualtrics-sdt-new.csv", "y2conjoint-crosswalk.csv",
        ];
        let mut bytes = example_bytes(names[name]);
        let size = bytes.len() as f64;
        let start = (start * size) as usize;
        let end = (start + (length * size) as usize).min(bytes.len());
        bytes.drain(start..end);
        let damaged = InputFile::open(names[name], bytes);
        let options = ImportOptions { accepts_rescaled: true, ..ImportOptions::default() };
        let _ = import(std::slice::from_ref(&damaged), &options);
        let _ = import(&[example("y2conjoint-utilities.csv"), damaged], &options);
    }
}
