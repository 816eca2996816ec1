//! `conjoint importance`: how important the attributes are, and the part-worths of their levels.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use conjoint::analysis::importance::compute_importances;
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{IndexVec, RespondentIndex};
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::stats::bootstrap::{Bootstrap, Estimate, Level};
use conjoint::study::Study;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{IntervalOption, RespondentOptions, UncertaintyOption};
use crate::output::{self, Format, Report};
use crate::tables::{interval_ends, keyed_cells};

/// Importance of the attributes, and part-worths of their levels
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint importance --data Data --segment \"Gen X\" --segment Millennial"
)]
pub(super) struct ImportanceCommand {
    /// Folder of the study
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    respondents: RespondentOptions,
    /// Seed of the resamples behind the intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    interval: IntervalOption,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
}

#[derive(Serialize)]
struct ImportanceReport {
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    uncertainty: &'static str,
    /// All included respondents.
    #[serde(flatten)]
    all: Group,
    /// Segment by segment, if several are included.
    segments: Vec<SegmentGroup>,
}

#[derive(Serialize)]
struct SegmentGroup {
    segment: String,
    #[serde(flatten)]
    group: Group,
}

/// The figures of a group of respondents.
#[derive(Serialize)]
struct Group {
    respondents: usize,
    effective_respondents: f64,
    /// Respondents without importances.
    indifferent: usize,
    #[serde(serialize_with = "serialize_records")]
    importance: Table,
    #[serde(serialize_with = "serialize_records")]
    part_worths: Table,
}

impl Subcommand for ImportanceCommand {
    const NAME: &'static str = "importance";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let level = self.interval.level()?;
        let (_, study) = load::read_weighted_study(&self.data, &self.respondents)?;
        let default = ChoiceModel::for_study(&study);
        let uncertainty = self.uncertainty.uncertainty.unwrap_or(default.uncertainty);
        let model = ChoiceModel {
            seed: self.seed,
            uncertainty,
            ..default
        };
        let model = self.respondents.restrict(&study, model)?;
        let study = model.over_draws(&study).map_or(study, Arc::new);
        let bootstrap = model.bootstrap();
        let group =
            |model: &ChoiceModel| Group::compute(&study, &model.weights(&study), &bootstrap, level);
        let segments = model.segments_to_compare(&study).into_iter();
        let report = ImportanceReport {
            interval: level.percent(),
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            uncertainty: bootstrap.uncertainty.id(),
            all: group(&model),
            segments: segments
                .map(|segment| SegmentGroup {
                    segment: study.segments()[segment].clone(),
                    group: group(&model.for_segment(segment)),
                })
                .collect(),
        };
        output::print(&report, format)
    }
}

impl Group {
    fn compute(
        study: &Study,
        weights: &IndexVec<RespondentIndex, f64>,
        bootstrap: &Bootstrap,
        level: Level,
    ) -> Self {
        let schema = study.schema();
        let found = compute_importances(study, weights, bootstrap, level);
        let mut importance = estimate_table("Importance, percent", &["attribute"]);
        for (effect, estimate) in &found.effects {
            push_estimate(&mut importance, [&schema.effect_name(*effect)], estimate);
        }
        let title = "Part-worths, utility units about the attribute's mean";
        let mut worths = estimate_table(title, &["attribute", "level"]);
        for (effect, estimates) in compute_part_worths(study, weights, bootstrap, level) {
            let name = schema.effect_name(effect);
            for (level, estimate) in schema.effect_levels(effect).iter().zip(estimates) {
                push_estimate(&mut worths, [&name, level], &estimate);
            }
        }
        Self {
            respondents: study.respondents().count_included(weights),
            effective_respondents: study.respondents().effective_size(weights),
            indifferent: found.indifferent,
            importance,
            part_worths: worths,
        }
    }

    /// The numbers of respondents.
    fn counts(&self) -> [(&'static str, Cell); 3] {
        [
            ("respondents", Cell::count(self.respondents)),
            (
                "effective_respondents",
                Cell::decimal(self.effective_respondents, 1),
            ),
            ("indifferent", Cell::count(self.indifferent)),
        ]
    }
}

/// A table of means with their intervals.
fn estimate_table(title: &str, names: &[&str]) -> Table {
    let columns = names.iter().copied().chain(["mean", "low", "high"]);
    Table::new(title, columns.map(Column::new))
}

/// Appends a mean with its interval; empty cells if no respondent has a value.
fn push_estimate<const N: usize>(table: &mut Table, names: [&String; N], estimate: &Estimate) {
    let [low, high] = interval_ends(estimate.interval);
    let figures = [Some(estimate.mean), low, high];
    let figures = figures.map(|value| Cell::optional(value, |value| Cell::decimal(value, 2)));
    table.push(names.into_iter().map(Cell::text).chain(figures));
}

impl ImportanceReport {
    /// All included respondents, and the segments by name.
    fn groups(&self) -> impl Iterator<Item = (Option<&str>, &Group)> {
        let segments = self.segments.iter();
        let segments = segments.map(|line| (Some(line.segment.as_str()), &line.group));
        std::iter::once((None, &self.all)).chain(segments)
    }

    fn respondent_table(&self) -> Table {
        let columns = [
            "segment",
            "respondents",
            "effective respondents",
            "indifferent",
        ];
        let mut table = Table::new("Respondents", columns.map(Column::new));
        for (segment, group) in self.groups() {
            let counts = group.counts().map(|(_, count)| count);
            table.push(std::iter::once(Cell::text(segment.unwrap_or("all"))).chain(counts));
        }
        table
    }

    /// The estimates of all respondents with their intervals, and the means of the segments.
    fn comparison_table(&self, estimates: fn(&Group) -> &Table) -> Table {
        let mut table = estimates(&self.all).clone();
        table.note = format!(
            "{} % confidence intervals from {} resamples, seed {}",
            self.interval, self.resamples, self.seed
        );
        for line in &self.segments {
            let segment = estimates(&line.group);
            let mean = segment
                .columns
                .iter()
                .position(|column| column.key == "mean");
            table.columns.push(Column::new(&line.segment));
            for (row, others) in table.rows.iter_mut().zip(&segment.rows) {
                let mean = mean.and_then(|mean| others.get(mean));
                row.push(mean.cloned().unwrap_or_default());
            }
        }
        table
    }
}

impl Report for ImportanceReport {
    fn text_tables(&self) -> Vec<Table> {
        vec![
            self.respondent_table(),
            self.comparison_table(|group| &group.importance),
            self.comparison_table(|group| &group.part_worths),
        ]
    }

    fn csv_table(&self) -> Table {
        let columns = ["table", "segment", "attribute", "level", "measure", "value"];
        let mut table = Table::new("Importance", columns.map(Column::new));
        for (segment, group) in self.groups() {
            let mut push = |name: &str, place: [Cell; 2], measure: &str, value: Cell| {
                let [attribute, level] = place;
                let names = [name, segment.unwrap_or_default()].map(Cell::text);
                let values = [attribute, level, Cell::text(measure), value];
                table.push(names.into_iter().chain(values));
            };
            for (measure, value) in group.counts() {
                push("respondents", [Cell::Empty, Cell::Empty], measure, value);
            }
            for (name, names, estimates) in [
                ("importance", 1, &group.importance),
                ("part_worths", 2, &group.part_worths),
            ] {
                for row in &estimates.rows {
                    let mut place = row.iter().take(names).cloned();
                    let place = [(); 2].map(|()| place.next().unwrap_or_default());
                    for (column, value) in keyed_cells(estimates, row, names) {
                        push(name, place.clone(), &column.key, value.clone());
                    }
                }
            }
        }
        table
    }
}
