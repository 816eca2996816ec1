//! Times of importing a table of utilities: 1,000 respondents × 60 columns from CSV and from a workbook, and
//! 100,000 respondents from CSV.
//!
//! Run with `cargo bench -p conjoint --bench import`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::fmt::Write;
use std::hint::black_box;

use conjoint::import::{ImportOptions, InputFile, import};
use criterion::{Criterion, criterion_group, criterion_main};
use rust_xlsxwriter::Workbook;

/// Attributes and levels of each: 60 columns of utilities.
const ATTRIBUTES: usize = 15;
const LEVELS: usize = 4;

/// The names of the columns.
fn header() -> Vec<String> {
    let levels = (0..ATTRIBUTES).flat_map(|a| (0..LEVELS).map(move |l| format!("A{a}: L{l}")));
    std::iter::once("ID".to_owned()).chain(levels).collect()
}

/// The utilities of a respondent, with sums of 0 and six decimals.
fn row(person: usize) -> Vec<f64> {
    let value = |column: usize| ((person * 7919 + column * 104_729) % 2_000_003) as f64 / 1e6 - 1.0;
    let attributes = (0..ATTRIBUTES).flat_map(|attribute| {
        let own: Vec<f64> = (1..LEVELS)
            .map(|level| value(attribute * LEVELS + level))
            .collect();
        let last = -own.iter().sum::<f64>();
        own.into_iter().chain([last])
    });
    attributes.collect()
}

fn csv(respondents: usize) -> InputFile {
    let mut text = header().join(",") + "\n";
    for person in 0..respondents {
        write!(text, "{}", person + 1).unwrap();
        for value in row(person) {
            write!(text, ",{value:.6}").unwrap();
        }
        text.push('\n');
    }
    InputFile::open("utilities.csv", text.into())
}

fn xlsx(respondents: usize) -> InputFile {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(header()) {
        sheet.write(0, column, name).unwrap();
    }
    for (line, person) in (1..).zip(0..respondents) {
        sheet.write(line, 0, line).unwrap();
        for (column, value) in (1..).zip(row(person)) {
            sheet.write(line, column, value).unwrap();
        }
    }
    InputFile::open("utilities.xlsx", workbook.save_to_buffer().unwrap())
}

fn bench_import(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import, 60 columns");
    group.sample_size(10);
    for (name, file) in [
        ("1,000 respondents from CSV", csv(1000)),
        ("1,000 respondents from .xlsx", xlsx(1000)),
        ("100,000 respondents from CSV", csv(100_000)),
    ] {
        let files = [file];
        group.bench_function(name, |bencher| {
            bencher.iter(|| import(black_box(&files), &ImportOptions::default()).unwrap());
        });
    }
}

criterion_group!(benches, bench_import);
criterion_main!(benches);
