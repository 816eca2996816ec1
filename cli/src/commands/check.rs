//! `conjoint check`: every problem of a study, and a summary.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use conjoint::format::{Place, Problems, StudyFiles, list_omissions, open_study};
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::stats::bootstrap::effective_sample_size;
use conjoint::study::Study;

use super::Subcommand;
use crate::error::{CliError, print_problems, severity};
use crate::load;
use crate::output::{self, Format, Report};

/// Validate a study: list every problem at once, and summarize it
#[derive(Args)]
#[command(after_help = "Example:\n  conjoint check Data")]
pub(super) struct CheckCommand {
    /// Folder of the study
    #[arg(value_name = "DIR")]
    study: PathBuf,
}

#[derive(Serialize)]
struct CheckReport {
    errors: usize,
    warnings: usize,
    #[serde(serialize_with = "serialize_records")]
    problems: Table,
    summary: Option<Summary>,
    /// What the files leave out, and what is assumed instead.
    #[serde(serialize_with = "serialize_records")]
    defaults: Table,
}

#[derive(Serialize)]
struct Summary {
    title: String,
    digest: String,
    respondents: usize,
    /// The number of equally weighted respondents with the same precision.
    effective_respondents: f64,
    products: usize,
    brands: Vec<String>,
    #[serde(serialize_with = "serialize_records")]
    segments: Table,
    #[serde(serialize_with = "serialize_records")]
    attributes: Table,
}

impl Subcommand for CheckCommand {
    const NAME: &'static str = "check";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let files = load::read_files(&self.study)?;
        let parsed = open_study(&files);
        let (problems, study) = match &parsed {
            Ok(reading) => (&reading.warnings, Some(&reading.study)),
            Err(problems) => (problems, None),
        };
        print_problems(problems);
        let report = CheckReport {
            errors: problems.len() - problems.warning_count(),
            warnings: problems.warning_count(),
            problems: problem_table(problems),
            summary: study.map(|study| Summary::new(study, files.identity())),
            defaults: default_table(study, &files),
        };
        output::print(&report, format)?;
        match study {
            Some(_) => Ok(()),
            None => Err(CliError::PrintedProblems),
        }
    }
}

fn problem_table(problems: &Problems) -> Table {
    let columns = ["severity", "file", "row", "column", "problem"];
    let mut table = Table::new("Problems", columns.map(Column::new));
    for problem in problems {
        let Place { file, row, column } = &problem.place;
        let row = row.and_then(|row| i64::try_from(row).ok());
        table.push([
            Cell::text(severity(problem)),
            Cell::text(file),
            Cell::optional(row, Cell::Integer),
            Cell::optional(column.as_ref(), Cell::text),
            Cell::text(problem.error.to_string()),
        ]);
    }
    table
}

fn default_table(study: Option<&Study>, files: &StudyFiles) -> Table {
    let mut table = Table::new("Left out", ["what", "instead"].map(Column::new));
    for omission in study.into_iter().flat_map(list_omissions) {
        let texts = [omission.what, omission.instead];
        table.push(texts.map(|text| Cell::Text(files.with_own_names(&text))));
    }
    table
}

impl Summary {
    fn new(study: &Study, digest: String) -> Self {
        let respondents = study.respondents();
        let brands = study.brands().iter().map(|brand| brand.name.clone());
        Self {
            title: study.settings().title.clone(),
            digest,
            respondents: respondents.len(),
            effective_respondents: effective_sample_size(respondents.weights().as_slice()),
            products: study.offers().len(),
            brands: brands.collect(),
            segments: segment_table(study),
            attributes: attribute_table(study),
        }
    }

    /// A row per figure, without a header.
    fn table(&self) -> Table {
        let mut table = Table::new(&self.title, ["", ""].map(Column::new));
        let mut push = |name: &str, cell: Cell| table.push([Cell::text(name), cell]);
        push("digest", Cell::text(&self.digest));
        push("respondents", Cell::count(self.respondents));
        if self.effective_respondents < self.respondents as f64 {
            let effective = Cell::decimal(self.effective_respondents, 1);
            push("effective respondents", effective);
        }
        for row in &self.segments.rows {
            if let [segment, count] = row.as_slice() {
                push(&format!("  {}", segment.to_text()), count.clone());
            }
        }
        push("products", Cell::count(self.products));
        push("brands", Cell::List(self.brands.clone()));
        table
    }
}

fn segment_table(study: &Study) -> Table {
    let columns = ["segment", "respondents"];
    let mut table = Table::new("Segments", columns.map(Column::new));
    for (index, name) in study.segments().enumerate() {
        let segments = study.respondents().segments().iter();
        let count = segments.filter(|segment| **segment == index).count();
        table.push([Cell::text(name), Cell::count(count)]);
    }
    table
}

fn attribute_table(study: &Study) -> Table {
    let columns = ["attribute", "kind", "levels"];
    let mut table = Table::new("Attributes", columns.map(Column::new));
    let schema = study.schema();
    for (index, attribute) in schema.attributes().enumerate() {
        // Without a brand attribute, each product is its own brand.
        if index == schema.brand() && !schema.has_brand_attribute() {
            continue;
        }
        let kind = match attribute.is_numeric() {
            true => "numeric",
            false => "categorical",
        };
        table.push([
            Cell::text(&attribute.name),
            Cell::text(kind),
            Cell::List(attribute.level_names()),
        ]);
    }
    table
}

impl CheckReport {
    /// The number of errors and warnings, in words.
    fn count_problems(&self) -> String {
        let count = |count: usize, severity: &str| match count {
            1 => format!("1 {severity}"),
            count => format!("{count} {severity}s"),
        };
        let errors = count(self.errors, "error");
        format!("{errors}, {}", count(self.warnings, "warning"))
    }
}

impl Report for CheckReport {
    fn text_tables(&self) -> Vec<Table> {
        let Some(summary) = &self.summary else {
            return vec![Table::new(self.count_problems(), [])];
        };
        let mut tables = vec![summary.table(), summary.attributes.clone()];
        if !self.defaults.rows.is_empty() {
            tables.push(self.defaults.clone());
        }
        tables
    }

    fn csv_table(&self) -> Table {
        self.problems.clone()
    }
}
