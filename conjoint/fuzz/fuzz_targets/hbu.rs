//! Fuzzes the reader of Sawtooth's `.hbu`: an example with some bytes overwritten gives an error or a
//! study that opens.
//!
//! Run `cargo +nightly fuzz run hbu` in the folder `conjoint`.

#![no_main]

use conjoint::format::open_study;
use conjoint::import::{ImportOptions, InputFile, import};
use libfuzzer_sys::fuzz_target;

const EXAMPLE: &[u8] = include_bytes!("../../tests/examples/sawtooth-cbchb.hbu");

// The first two bytes are an offset in the example, from which the rest of the input overwrites it.
fuzz_target!(|input: &[u8]| {
    let [high, low, text @ ..] = input else { return };
    let mut bytes = EXAMPLE.to_vec();
    let begin = usize::from(u16::from_be_bytes([*high, *low])) % bytes.len();
    let end = (begin + text.len()).min(bytes.len());
    bytes.splice(begin..end, text.iter().copied());
    let file = InputFile::open("study.hbu", bytes);
    if let Ok(imported) = import(&[file], &ImportOptions::default())
        && let Err(problems) = open_study(&imported.files)
    {
        panic!("an imported study does not open: {problems}");
    }
});
