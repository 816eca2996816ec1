//! Fuzzes the text layer and the importers of text: whatever a file contains, importing returns an error
//! or a study that opens.
//!
//! Run `cargo +nightly fuzz run text fuzz/corpus/text tests/examples` in the folder `conjoint`.

#![no_main]

use conjoint::format::open_study;
use conjoint::import::{ImportOptions, InputFile, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = InputFile::open("export.csv", bytes.to_vec());
    if let Ok(imported) = import(&[file], &ImportOptions::default())
        && let Err(problems) = open_study(&imported.files)
    {
        panic!("an imported study does not open: {problems}");
    }
});
