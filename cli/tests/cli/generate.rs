//! `conjoint generate` and `conjoint precompute`, and files in general.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{assert_refused, damage, run, stdout};

#[test]
fn both_create_their_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let (study, results) = (path("a/study"), path("b"));
    let (study, results) = (study.to_str().unwrap(), results.to_str().unwrap());
    let respondents = ["--respondents", "Gen X=7, Millennial=5"];
    let generate = ["generate", "--out", study, "--seed", "3"];
    let generated = run(&[&generate[..], &respondents].concat());
    assert!(generated.status.success());
    let precomputed = run(&["precompute", "--data", study, "--out", results]);
    assert!(precomputed.status.success());
    let baseline = std::fs::read_to_string(path("b/baselinePrediction.csv")).unwrap();
    assert_eq!(baseline.lines().count(), 13);
    let mut files: Vec<_> = std::fs::read_dir(results)
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    files.sort();
    assert_eq!(files.len(), 6, "{files:?}");
    let unknown = ["generate", "--out", study, "--respondents", "Gen Z=7"];
    assert_refused(&unknown, "--respondents: the segment `Gen Z` is unknown");
}

#[test]
fn what_was_written_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let print = |format: &str| {
        let generate = ["generate", "--out", out, "--respondents", "Gen X=3"];
        stdout(&run(&[&generate[..], &["--format", format]].concat()))
    };
    let json: Value = serde_json::from_str(&print("json")).unwrap();
    let files = json["files"].as_array().unwrap();
    assert_eq!(files.len(), 8);
    let (csv, table) = (print("csv"), print("table"));
    assert!(csv.starts_with("file,bytes\n") && table.starts_with(&format!("Written to {out}")));
    for line in files {
        let (file, bytes) = (
            line["file"].as_str().unwrap(),
            line["bytes"].as_u64().unwrap(),
        );
        let len = std::fs::metadata(folder.path().join(file)).unwrap().len();
        assert_eq!(bytes, len);
        assert!(csv.contains(&format!("\n{file},{bytes}\n")) && table.contains(file));
    }
}

#[test]
fn a_damaged_study_leaves_nothing_half_written() {
    let folder = damage("UtilityScoresEV.csv", "\n1,", "\n2,");
    let folder = folder.path().to_str().unwrap();
    let message = "UtilityScoresEV.csv:4: id: `2` occurs twice, first in row 3";
    assert_refused(&["simulate", "--data", folder], message);
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("made");
    let target = target.to_str().unwrap();
    assert_refused(&["precompute", "--data", folder, "--out", target], message);
    assert!(!Path::new(target).exists());
}

#[test]
fn a_file_is_no_folder_to_write_to() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let message = format!("{}: cannot be written", file.display());
    assert_refused(&["generate", "--out", file.to_str().unwrap()], &message);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "x");
}

#[test]
fn a_folder_in_the_way_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("baseARPU_EV.csv");
    let blocked = folder.path().join("study.json");
    std::fs::write(&first, "x").unwrap();
    std::fs::create_dir(&blocked).unwrap();
    let message = format!("{}: cannot be written", blocked.display());
    let out = folder.path().to_str().unwrap();
    assert_refused(&["generate", "--out", out], &message);
    assert_eq!(std::fs::read_to_string(&first).unwrap(), "x");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}
