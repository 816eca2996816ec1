//! Fuzzes the reader of workbooks: an example whose first sheet is the input gives an error or a study
//! that opens. (Random bytes would hardly ever be an archive.)
//!
//! Run `cargo +nightly fuzz run workbook` in the folder `conjoint`.

#![no_main]

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use conjoint::format::open_study;
use conjoint::import::{ImportOptions, InputFile, import};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const EXAMPLE: &[u8] = include_bytes!("../../tests/examples/excel-one-header-row.xlsx");
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The example's files, decompressed.
static MEMBERS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut archive = ZipArchive::new(Cursor::new(EXAMPLE)).unwrap();
    let count = archive.len();
    let read = |index| {
        let mut member = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        (member.name().unwrap().into_owned(), bytes)
    };
    let members: Vec<_> = (0..count).map(read).collect();
    assert!(members.iter().any(|(name, _)| name == SHEET));
    members
});

fuzz_target!(|sheet: &[u8]| {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in &*MEMBERS {
        archive.start_file(name.as_str(), stored).unwrap();
        archive.write_all(if name == SHEET { sheet } else { bytes }).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let file = InputFile::open("export.xlsx", bytes);
    if let Ok(imported) = import(&[file], &ImportOptions::default())
        && let Err(problems) = open_study(&imported.files)
    {
        panic!("an imported study does not open: {problems}");
    }
});
