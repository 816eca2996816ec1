//! The command `conjoint`, whose figures the page must show.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Result, TestError, repository_path, server};

/// Runs a subcommand of `conjoint`, which is in the server's folder, and parses the JSON that it
/// prints.
///
/// # Errors
/// When the program is missing, or fails.
pub fn run_json(command: &str, data: &Path, arguments: &[&str]) -> Result<Value> {
    let printed = run_format("json", command, data, arguments)?;
    Ok(serde_json::from_slice(&printed)?)
}

/// Runs `conjoint precompute` on a study.
///
/// # Errors
/// When the program is missing, or fails.
pub fn precompute_study(data: &Path, out: &Path) -> Result {
    let arguments = ["--out", &out.to_string_lossy()];
    run_format("json", "precompute", data, &arguments).map(drop)
}

/// Runs `conjoint generate`, which draws a study like the shipped one, with these numbers of
/// respondents in each segment: `"Millennial=200,Gen X=200"`.
///
/// # Errors
/// When the program is missing, or fails.
pub fn generate_study(out: &Path, respondents: &str) -> Result {
    let out = out.to_string_lossy();
    run(["generate", "--out", &out, "--respondents", respondents]).map(drop)
}

/// Runs `conjoint import` on a file of another program, with further options.
///
/// # Errors
/// When the program is missing, or fails.
pub fn import_study(file: &Path, out: &Path, options: &[&str]) -> Result {
    let (file, out) = (file.to_string_lossy(), out.to_string_lossy());
    let first = ["import", &file, "--out", &out];
    run(first.iter().chain(options)).map(drop)
}

/// Runs `conjoint estimate` on files of choices, with further options, and gives its report.
///
/// # Errors
/// When the program is missing, or fails.
pub fn estimate_study(files: &[PathBuf], out: &Path, options: &[&str]) -> Result<Value> {
    let files = files.iter().map(|file| file.to_string_lossy().into_owned());
    let mut arguments = vec![
        "estimate".to_owned(),
        "--format".to_owned(),
        "json".to_owned(),
    ];
    arguments.extend(files);
    arguments.extend(["--out".to_owned(), out.to_string_lossy().into_owned()]);
    arguments.extend(options.iter().map(|option| (*option).to_owned()));
    Ok(serde_json::from_slice(&run(arguments)?)?)
}

/// Runs a subcommand of `conjoint` and gives the CSV that it prints.
///
/// # Errors
/// When the program is missing, or fails.
pub fn run_csv(command: &str, data: &Path, arguments: &[&str]) -> Result<String> {
    let printed = run_format("csv", command, data, arguments)?;
    Ok(String::from_utf8_lossy(&printed).into_owned())
}

fn run_format(format: &str, command: &str, data: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let data = data.to_string_lossy();
    let first = [command, "--format", format, "--data", &data];
    run(first.iter().chain(arguments))
}

fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>> {
    let program: PathBuf = server::program().with_file_name("conjoint");
    let output = Command::new(program).args(arguments).output()?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(TestError::new(String::from_utf8_lossy(&output.stderr)))
    }
}

/// The output of `conjoint simulate`, in full precision.
#[derive(Debug)]
pub struct Simulation(Value);

impl Simulation {
    /// Simulates the shipped study with the command's arguments (`--set`, `--withdraw`).
    ///
    /// # Errors
    /// When the program is missing, or fails.
    pub fn run_shipped(edits: &[&str]) -> Result<Self> {
        Self::run(&repository_path("Data"), edits)
    }

    /// Simulates the study in a folder with the command's arguments.
    ///
    /// # Errors
    /// When the program is missing, or fails.
    pub fn run(data: &Path, edits: &[&str]) -> Result<Self> {
        Ok(Self(run_json("simulate", data, edits)?))
    }

    /// Reads a file with such output.
    ///
    /// # Errors
    /// When the file is missing or not JSON.
    pub fn read(file: &Path) -> Result<Self> {
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

    /// How many respondents choose each product, by its name.
    pub fn choosers(&self) -> BTreeMap<String, u64> {
        self.products()
            .into_iter()
            .zip(self.respondents())
            .collect()
    }

    /// The Data table of the market shares, where these are edited offers: in percent, and as numbers
    /// of respondents.
    pub fn market_shares(&self, baseline: &Self) -> Vec<Vec<String>> {
        let header = [
            "product",
            "live",
            "baseline",
            "live, respondents",
            "baseline, respondents",
        ];
        let columns = [self, baseline].map(Self::respondents);
        let sums = [0, 1].map(|side: usize| columns[side].iter().sum::<u64>() as f64);
        let row = |(place, name): (usize, String)| {
            let counts = [0, 1].map(|side: usize| columns[side].get(place).copied());
            let share = |side: usize| counts[side].map(|count| count as f64 / sums[side] * 100.0);
            let shares =
                [0, 1].map(|side| share(side).map_or_else(String::new, |it| it.to_string()));
            let counts = counts.map(|count| count.map_or_else(String::new, |it| it.to_string()));
            std::iter::once(name).chain(shares).chain(counts).collect()
        };
        let rows = self.products().into_iter().enumerate().map(row);
        std::iter::once(header.map(str::to_owned).to_vec())
            .chain(rows)
            .collect()
    }

    /// How many respondents choose a brand.
    pub fn count_choosers(&self, brand: &str) -> u64 {
        let products = self
            .list("products")
            .filter(|product| text(product, "brand") == brand);
        products
            .filter_map(|product| product["respondents"].as_u64())
            .sum()
    }

    /// Every brand and its monthly EBIT, thousands.
    pub fn ebit(&self) -> Vec<(String, f64)> {
        let brand = |brand: &Value| (text(brand, "brand").to_owned(), number(brand, "ebit_new"));
        self.list("brands").map(brand).collect()
    }

    /// The attraction matrix in percent, as in the heatmap's Data table.
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

/// The text under a key; empty if it is missing.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}
