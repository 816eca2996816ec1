//! The command line, whose figures the page must show.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Failure, Result, server, shipped};

/// What `conjoint` prints as JSON. The program is the one beside the server's.
///
/// # Errors
/// When the program is missing, or refuses.
pub fn conjoint(command: &str, data: &Path, arguments: &[&str]) -> Result<Value> {
    let printed = run("json", command, data, arguments)?;
    Ok(serde_json::from_slice(&printed)?)
}

/// Has `conjoint precompute` write down what a study's own offers lead to.
///
/// # Errors
/// When the program is missing, or refuses.
pub fn precompute(data: &Path, out: &Path) -> Result {
    run(
        "json",
        "precompute",
        data,
        &["--out", &out.to_string_lossy()],
    )
    .map(drop)
}

/// Has `conjoint generate` draw a study like the shipped one with so many respondents a segment:
/// `"Millennial=200,Gen X=200"`.
///
/// # Errors
/// When the program is missing, or refuses.
pub fn generate(out: &Path, respondents: &str) -> Result {
    let out = out.to_string_lossy();
    program(["generate", "--out", &out, "--respondents", respondents]).map(drop)
}

/// What `conjoint` prints as CSV.
///
/// # Errors
/// When the program is missing, or refuses.
pub fn csv(command: &str, data: &Path, arguments: &[&str]) -> Result<String> {
    let printed = run("csv", command, data, arguments)?;
    Ok(String::from_utf8_lossy(&printed).into_owned())
}

fn run(format: &str, command: &str, data: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let data = data.to_string_lossy();
    let first = [command, "--format", format, "--data", &data];
    program(first.iter().chain(arguments))
}

fn program(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>> {
    let program: PathBuf = server::program().with_file_name("conjoint");
    let output = Command::new(program).args(arguments).output()?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failure::new(told))
    }
}

/// What `conjoint simulate` says of a study, every figure in full precision.
#[derive(Debug)]
pub struct Simulation(Value);

impl Simulation {
    /// Of the shipped study after edits, in the command's own words (`--set`, `--withdraw`).
    ///
    /// # Errors
    /// When the program is missing, or refuses.
    pub fn of_shipped(edits: &[&str]) -> Result<Self> {
        Self::of(&shipped("Data"), edits)
    }

    /// Of the study in a folder after edits.
    ///
    /// # Errors
    /// When the program is missing, or refuses.
    pub fn of(data: &Path, edits: &[&str]) -> Result<Self> {
        Ok(Self(conjoint("simulate", data, edits)?))
    }

    /// Of a file of such output.
    ///
    /// # Errors
    /// When the file is missing or is no JSON.
    pub fn in_file(file: &Path) -> Result<Self> {
        Ok(Self(serde_json::from_str(&std::fs::read_to_string(file)?)?))
    }

    /// Every product's name, `<brand> <model>`.
    pub fn products(&self) -> Vec<String> {
        let name =
            |product: &Value| format!("{} {}", text(product, "brand"), text(product, "model"));
        self.list("products").map(name).collect()
    }

    /// How many respondents choose each product.
    pub fn respondents(&self) -> Vec<u64> {
        let count = |product: &Value| product["respondents"].as_u64().unwrap_or_default();
        self.list("products").map(count).collect()
    }

    /// The share of first choices that goes to a brand, 0–1.
    pub fn share_of(&self, brand: &str) -> f64 {
        let all: u64 = self.respondents().into_iter().sum();
        self.choosers_of(brand) as f64 / all as f64
    }

    /// How many respondents choose a brand.
    pub fn choosers_of(&self, brand: &str) -> u64 {
        let own = self
            .list("products")
            .filter(|product| text(product, "brand") == brand);
        own.filter_map(|product| product["respondents"].as_u64())
            .sum()
    }

    /// Every brand and its EBIT, thousands a month.
    pub fn ebit(&self) -> Vec<(String, f64)> {
        let brand = |brand: &Value| (text(brand, "brand").to_owned(), number(brand, "ebit_new"));
        self.list("brands").map(brand).collect()
    }

    /// The attraction matrix in percent, as the heatmap's Data table has it.
    pub fn attraction(&self) -> Vec<Vec<String>> {
        let names = self.products();
        let header = std::iter::once("Predicted choice".to_owned()).chain(names.iter().cloned());
        let row = |(name, row): (&String, &Value)| {
            let values = row.as_array().into_iter().flatten();
            let values = values.map(|value| value.as_f64().unwrap_or(f64::NAN) * 100.0);
            let values = values.map(|value| value.to_string());
            std::iter::once(name.clone()).chain(values).collect()
        };
        let rows = names.iter().zip(self.list("attraction")).map(row);
        std::iter::once(header.collect()).chain(rows).collect()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        self.0[key].as_array().into_iter().flatten()
    }
}

/// A text under a key; empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}
