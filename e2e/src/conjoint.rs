//! The command line, whose figures the page must show.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Failure, Result, server};

/// What `conjoint` prints as JSON. The program is the one beside the server's.
///
/// # Errors
/// When the program is missing, or refuses.
pub fn conjoint(command: &str, data: &Path, arguments: &[&str]) -> Result<Value> {
    let program: PathBuf = server::program().with_file_name("conjoint");
    let output = Command::new(program)
        .args([command, "--format", "json", "--data"])
        .arg(data)
        .args(arguments)
        .output()?;
    if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout)?)
    } else {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failure::new(told))
    }
}
