//! Fuzzes the readers: whatever the files contain, reading returns a study or a list of problems, and
//! every figure of a valid study can be computed.
//!
//! Run `cargo +nightly fuzz run study` in the folder `conjoint`.

#![no_main]

use std::sync::{Arc, LazyLock};

use conjoint::format::{FILE_NAMES, StudyFiles, read_study};
use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;
use conjoint::testing::generate_files;
use libfuzzer_sys::fuzz_target;

static SMALL: LazyLock<StudyFiles> =
    LazyLock::new(|| generate_files(1, &[("Gen X", 3), ("Millennial", 2)]));

// The first byte selects a file and the next two an offset in it, from which the remaining input
// overwrites the content; an offset past the end replaces the whole file.
fuzz_target!(|input: &[u8]| {
    let [file, high, low, text @ ..] = input else { return };
    let name = FILE_NAMES[usize::from(*file) % FILE_NAMES.len()];
    let mut files = SMALL.clone();
    let mut bytes = files.remove(name).unwrap_or_default();
    let at = usize::from(u16::from_be_bytes([*high, *low]));
    if at > bytes.len() {
        bytes = text.to_vec();
    } else {
        let end = (at + text.len()).min(bytes.len());
        bytes.splice(at..end, text.iter().copied());
    }
    files.insert(name, bytes);
    if let Ok(reading) = read_study(&files) {
        let simulation = Simulation::new(Arc::new(reading.study));
        for change in simulation.brands().iter().flatten() {
            assert!(change.new.ebit.is_finite());
        }
        for brand in simulation.selected().brands().indices() {
            simulation.scavengers(brand);
        }
        assert!(simulation.attraction().iter().all(|value| (0.0..=1.0).contains(value)));
        precompute::compute_files(&files, &simulation);
    }
});
