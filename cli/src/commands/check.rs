//! `conjoint check`: every problem of a study, and a summary.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use conjoint::format::{Omission, Place, Problem, Problems, list_omissions, read_study};
use conjoint::stats::bootstrap::effective_sample_size;
use conjoint::study::Study;

use crate::args::Format;
use crate::error::{Failure, severity, tell};
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct CheckReport {
    errors: usize,
    warnings: usize,
    problems: Vec<ProblemLine>,
    summary: Option<Summary>,
    /// What the files leave out.
    defaults: Vec<DefaultLine>,
}

#[derive(Serialize)]
struct DefaultLine {
    what: String,
    instead: String,
}

#[derive(Serialize)]
struct ProblemLine {
    severity: &'static str,
    file: String,
    row: Option<u64>,
    column: Option<String>,
    problem: String,
}

#[derive(Serialize)]
struct Summary {
    title: String,
    digest: String,
    respondents: usize,
    /// How many of equal weight would tell as much.
    effective_respondents: f64,
    products: usize,
    brands: Vec<String>,
    segments: Vec<SegmentLine>,
    attributes: Vec<AttributeLine>,
}

#[derive(Serialize)]
struct SegmentLine {
    segment: String,
    respondents: usize,
}

#[derive(Serialize)]
struct AttributeLine {
    attribute: String,
    kind: &'static str,
    levels: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(folder: &Path, format: Format) -> Result<(), Failure> {
    let files = load::files(folder)?;
    let read = read_study(&files);
    let (problems, study) = match &read {
        Ok(reading) => (&reading.warnings, Some(&reading.study)),
        Err(problems) => (problems, None),
    };
    tell(problems);
    let report = CheckReport {
        errors: problems.len() - problems.warning_count(),
        warnings: problems.warning_count(),
        problems: lines(problems),
        summary: study.map(|study| summary(study, files.identity())),
        defaults: study.map_or(Vec::new(), defaults),
    };
    output::print(&report, format)?;
    match study {
        Some(_) => Ok(()),
        None => Err(Failure::Told),
    }
}

fn lines(problems: &Problems) -> Vec<ProblemLine> {
    let line = |problem: &Problem| {
        let Place { file, row, column } = problem.place.clone();
        ProblemLine {
            severity: severity(problem),
            file,
            row,
            column,
            problem: problem.error.to_string(),
        }
    };
    problems.iter().map(line).collect()
}

fn defaults(study: &Study) -> Vec<DefaultLine> {
    let left_out = list_omissions(study).into_iter();
    let line = |Omission { what, instead }| DefaultLine { what, instead };
    left_out.map(line).collect()
}

fn summary(study: &Study, digest: String) -> Summary {
    let people = study.respondents();
    let segments = study.segments().enumerate().map(|(index, name)| {
        let of_segment = people
            .segments()
            .iter()
            .filter(|segment| **segment == index);
        SegmentLine {
            segment: name.clone(),
            respondents: of_segment.count(),
        }
    });
    let attributes = study.schema().attributes().iter().map(|attribute| {
        let kind = match attribute.is_numeric() {
            true => "numeric",
            false => "categorical",
        };
        AttributeLine {
            attribute: attribute.name.clone(),
            kind,
            levels: attribute.levels.names(),
        }
    });
    Summary {
        title: study.settings().title.clone(),
        digest,
        respondents: people.len(),
        effective_respondents: effective_sample_size(people.weights().as_slice()),
        products: study.offers().len(),
        brands: study
            .brands()
            .iter()
            .map(|brand| brand.name.clone())
            .collect(),
        segments: segments.collect(),
        attributes: attributes.collect(),
    }
}

impl CheckReport {
    /// How many errors and warnings there are, in words.
    fn count(&self) -> String {
        let count = |count: usize, severity: &str| match count {
            1 => format!("1 {severity}"),
            count => format!("{count} {severity}s"),
        };
        let errors = count(self.errors, "error");
        format!("{errors}, {}", count(self.warnings, "warning"))
    }
}

impl Report for CheckReport {
    fn tables(&self) -> Vec<Sheet> {
        let Some(summary) = &self.summary else {
            return vec![Sheet::new(&self.count(), &[])];
        };
        let mut study = Sheet::new(&summary.title, &["", ""]);
        let mut row = |name: &str, text: String| study.rows.push(vec![name.to_owned(), text]);
        row("digest", summary.digest.clone());
        row("respondents", summary.respondents.to_string());
        if summary.effective_respondents < summary.respondents as f64 {
            let effective = format!("{:.1}", summary.effective_respondents);
            row("effective respondents", effective);
        }
        for segment in &summary.segments {
            row(
                &format!("  {}", segment.segment),
                segment.respondents.to_string(),
            );
        }
        row("products", summary.products.to_string());
        row("brands", summary.brands.join(", "));
        let mut attributes = Sheet::new("Attributes", &["attribute", "kind", "levels"]);
        for attribute in &summary.attributes {
            attributes.rows.push(vec![
                attribute.attribute.clone(),
                attribute.kind.to_owned(),
                attribute.levels.join(", "),
            ]);
        }
        let mut defaults = Sheet::new("Left out", &["what", "instead"]);
        for line in &self.defaults {
            let row = vec![line.what.clone(), line.instead.clone()];
            defaults.rows.push(row);
        }
        let any = !self.defaults.is_empty();
        let sheets = [Some(study), Some(attributes), any.then_some(defaults)];
        sheets.into_iter().flatten().collect()
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["severity", "file", "row", "column", "problem"];
        let mut sheet = Sheet::new("Problems", &header);
        for line in &self.problems {
            sheet.rows.push(vec![
                line.severity.to_owned(),
                line.file.clone(),
                line.row.map_or(String::new(), |row| row.to_string()),
                line.column.clone().unwrap_or_default(),
                line.problem.clone(),
            ]);
        }
        sheet.write_csv(out)
    }
}
