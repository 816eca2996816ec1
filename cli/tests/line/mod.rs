//! Running `conjoint` on the shipped study, as a script does.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs a command.
pub fn conjoint(command: &str, arguments: &[&str]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Data");
    Command::new(env!("CARGO_BIN_EXE_conjoint"))
        .arg(command)
        .arg("--data")
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// What a command prints in a format.
pub fn text(command: &str, arguments: &[&str], format: &str) -> String {
    let output = conjoint(command, &[arguments, &["--format", format]].concat());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command prints as JSON.
pub fn json(command: &str, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(command, arguments, "json")).unwrap()
}

/// Asserts that a request is not honoured, and what is said of it.
pub fn assert_refused(command: &str, arguments: &[&str], description: &str) {
    let output = conjoint(command, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with(&format!("error: {description}")), "{said}");
    assert!(output.stdout.is_empty());
}
