//! Files of an earlier study in the folder that a command writes a new one to.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{assert_refused, example, run};

/// A folder to write several studies to.
struct Target {
    folder: TempDir,
}

impl Target {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn has(&self, name: &str) -> bool {
        Path::new(self.path()).join(name).exists()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(Path::new(self.path()).join(name), text).unwrap();
    }

    /// Runs a command that writes a study to the folder, which `check` accepts.
    fn write_study(&self, arguments: &[&str]) {
        let output = run(&[arguments, &["--out", self.path()]].concat());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        let check = run(&["check", self.path()]);
        assert!(check.status.success(), "{arguments:?}: {check:?}");
    }

    /// Asserts that a command refuses the folder because of these files, and leaves it as it is.
    fn assert_refused(&self, arguments: &[&str], names: &str) {
        let path = |name: &str| Path::new(self.path()).join(name);
        let before = std::fs::read(path("study.json")).ok();
        let message = format!("{}: {names} to another study", self.path());
        assert_refused(&[arguments, &["--out", self.path()]].concat(), &message);
        assert_eq!(std::fs::read(path("study.json")).ok(), before);
    }
}

const GENERATE: [&str; 3] = ["generate", "--respondents", "Gen X=9"];

#[test]
fn weights_of_an_earlier_import_are_not_read_with_a_new_one() {
    let target = Target::new();
    let weighted = example("excel-two-header-rows.xlsx");
    target.write_study(&["import", &weighted]);
    target.write_study(&["import", &weighted]);
    assert!(target.has("weights.csv"));
    let plain = example("excel-one-header-row.xlsx");
    target.assert_refused(&["import", &plain], "`weights.csv` belongs");
    std::fs::remove_file(Path::new(target.path()).join("weights.csv")).unwrap();
    target.write_study(&["import", &plain]);
}

#[test]
fn tables_under_their_other_names_are_not_read_with_a_new_study() {
    let plain = example("excel-one-header-row.xlsx");
    let target = Target::new();
    target.write_study(&GENERATE);
    target.write_study(&GENERATE);
    let names = "`leaseOffers.csv`, `UtilityScoresEV.csv`, `recontractRateEV.csv`, `churnRateEV.csv`, \
                 `baseARPU_EV.csv`, `baseVolumeEBIT_EV.csv`, `brands.csv` belong";
    target.assert_refused(&["import", &plain], names);
    let target = Target::new();
    target.write_study(&["import", &plain]);
    target.assert_refused(&GENERATE, "`offers.csv`, `utilities.csv` belong");
}

#[test]
fn draws_of_an_earlier_estimate_are_removed() {
    let (choices, labels) = (example("sawtooth-cbc.cho"), example("sawtooth-cbc.att"));
    let estimate = |model| ["estimate", &choices, "--labels", &labels, "--model", model];
    let hierarchical = [&estimate("hb")[..], &["--iterations", "40"]].concat();
    let target = Target::new();
    target.write_study(&hierarchical);
    target.write_study(&hierarchical);
    assert!(target.has("draws.npy"));
    target.write_study(&estimate("mnl"));
    assert!(!target.has("draws.npy") && target.has("estimation.json"));
    target.write_study(&["import", &example("excel-one-header-row.xlsx")]);
    assert!(!target.has("estimation.json"));
}

#[test]
fn files_that_somebody_made_are_kept() {
    let target = Target::new();
    target.write("draws.npy", "mine");
    target.write("notes.txt", "mine");
    target.assert_refused(&GENERATE, "`draws.npy` belongs");
    let choices = example("sawtooth-cbc.cho");
    // The folder is checked before the estimation, which refuses this prior.
    target.write("prohibited.csv", "mine");
    target.assert_refused(
        &["estimate", &choices, "--prior-variance", "0"],
        "`prohibited.csv` belongs",
    );
}
