//! Running `conjoint`, on the study that ships or on a damaged copy of it.

use std::process::{Command, Output};

use conjoint::format::StudyFiles;
use conjoint::testing::{replace_text, repository_folder, shipped_files};
use serde_json::Value;
use tempfile::TempDir;

/// Runs the program with these arguments.
pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conjoint"))
        .args(arguments)
        .output()
        .unwrap()
}

/// The folder of the study that ships.
pub fn shipped() -> String {
    repository_folder("Data").to_str().unwrap().to_owned()
}

/// The path of a file of the made-up example study.
pub fn example(name: &str) -> String {
    let path = repository_folder("conjoint/tests/examples").join(name);
    path.to_str().unwrap().to_owned()
}

/// Runs a command on the study that ships.
pub fn run_shipped(command: &str, arguments: &[&str]) -> Output {
    let shipped = shipped();
    run(&[&[command, "--data", &shipped], arguments].concat())
}

/// What a command prints about the study that ships, in a format.
pub fn print_shipped(command: &str, arguments: &[&str], format: &str) -> String {
    let output = run_shipped(command, &[arguments, &["--format", format]].concat());
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    stdout(&output)
}

/// What a command prints about the study that ships, as JSON.
pub fn json_shipped(command: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&print_shipped(command, arguments, "json")).unwrap()
}

/// What a successful command prints, as JSON; `arguments` without the format.
pub fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The numbers under a key of a list's objects.
pub fn numbers(report: &Value, list: &str, key: &str) -> Vec<f64> {
    let lines = report[list].as_array().unwrap().iter();
    lines.map(|line| line[key].as_f64().unwrap()).collect()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Asserts that the program refuses a request with exit status 1, an error that begins with
/// `message`, and no output.
pub fn assert_refused(arguments: &[&str], message: &str) {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    let printed = stderr(&output);
    let message = format!("error: {message}");
    assert!(
        printed.starts_with(&message),
        "{printed}\ninstead of\n{message}"
    );
    assert!(output.stdout.is_empty());
}

/// Asserts that a command refuses a request about the study that ships.
pub fn assert_refused_shipped(command: &str, arguments: &[&str], message: &str) {
    let shipped = shipped();
    assert_refused(
        &[&[command, "--data", &shipped], arguments].concat(),
        message,
    );
}

/// Writes a study to a temporary folder.
pub fn write_folder(files: &StudyFiles) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files.iter() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// A folder with the study that ships, with every `from` in one file replaced by `to`.
pub fn damage(file: &str, from: &str, to: &str) -> TempDir {
    write_folder(&replace_text(&shipped_files(), file, from, to))
}
