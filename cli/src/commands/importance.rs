//! `conjoint importance`: how important the attributes are, and what their levels are worth.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::analysis::importance::compute_importances;
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{IndexVec, RespondentIndex};
use conjoint::stats::bootstrap::{Bootstrap, Estimate, Level, counting, effective_sample_size};
use conjoint::study::Study;

use crate::args::{Format, ImportanceRequest};
use crate::error::Failure;
use crate::interval::ends;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct ImportanceReport {
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    /// All respondents who are taken.
    #[serde(flatten)]
    all: Group,
    /// The same segment by segment, where several are taken.
    segments: Vec<SegmentGroup>,
}

#[derive(Serialize)]
struct SegmentGroup {
    segment: String,
    #[serde(flatten)]
    group: Group,
}

/// Respondents taken together.
#[derive(Serialize)]
struct Group {
    respondents: usize,
    effective_respondents: f64,
    /// Respondents without importances.
    indifferent: usize,
    importance: Vec<Line>,
    part_worths: Vec<Line>,
}

/// A mean with its interval; nothing where nobody has one.
#[derive(Serialize)]
struct Line {
    attribute: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    mean: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl Line {
    fn new(attribute: &str, level: Option<String>, estimate: &Estimate) -> Self {
        let [low, high] = ends(estimate.interval);
        Self {
            attribute: attribute.to_owned(),
            level,
            mean: Some(estimate.mean).filter(|mean| mean.is_finite()),
            low,
            high,
        }
    }

    /// The figures by name.
    fn measures(&self) -> [(&'static str, Option<f64>); 3] {
        [("mean", self.mean), ("low", self.low), ("high", self.high)]
    }
}

/// Runs the command.
pub(crate) fn run(request: &ImportanceRequest, format: Format) -> Result<(), Failure> {
    let level = Level::new(request.interval.percent)?;
    let (_, study) = load::weighted(&request.data, &request.people)?;
    let model = request.people.select(&study, ChoiceModel::default())?;
    let bootstrap = Bootstrap::seeded(request.seed);
    output::print(&report(&study, &model, &bootstrap, level), format)
}

fn report(
    study: &Study,
    model: &ChoiceModel,
    bootstrap: &Bootstrap,
    level: Level,
) -> ImportanceReport {
    let group = |model: &ChoiceModel| Group::of(study, &model.weights(study), bootstrap, level);
    let apart = model.segments_apart(study);
    ImportanceReport {
        interval: level.percent(),
        seed: bootstrap.seed,
        resamples: bootstrap.resamples,
        all: group(model),
        segments: apart
            .into_iter()
            .map(|segment| SegmentGroup {
                segment: study.segments()[segment].clone(),
                group: group(&model.of_segment(segment)),
            })
            .collect(),
    }
}

impl Group {
    fn of(
        study: &Study,
        weights: &IndexVec<RespondentIndex, f64>,
        bootstrap: &Bootstrap,
        level: Level,
    ) -> Self {
        let attributes = study.schema().attributes();
        let found = compute_importances(study, weights, bootstrap, level);
        let importance = found.attributes.iter();
        let importance = importance
            .map(|(attribute, estimate)| Line::new(&attributes[*attribute].name, None, estimate));
        let worths = compute_part_worths(study, weights, bootstrap, level).into_iter();
        let worths = worths.flat_map(|(attribute, worths)| {
            let attribute = &attributes[attribute];
            let levels = attribute.levels.names().into_iter().zip(worths);
            levels.map(|(level, worth)| Line::new(&attribute.name, Some(level), &worth))
        });
        Self {
            respondents: counting(weights.as_slice()),
            effective_respondents: effective_sample_size(weights.as_slice()),
            indifferent: found.indifferent,
            importance: importance.collect(),
            part_worths: worths.collect(),
        }
    }

    /// The tables by name.
    fn tables(&self) -> [(&'static str, &[Line]); 2] {
        [
            ("importance", &self.importance),
            ("part_worths", &self.part_worths),
        ]
    }
}

fn cell(value: Option<f64>, decimals: usize) -> String {
    value.map_or(String::new(), |value| format!("{value:.decimals$}"))
}

impl ImportanceReport {
    /// All respondents, and the segments by name.
    fn groups(&self) -> impl Iterator<Item = (Option<&str>, &Group)> {
        let segments = self.segments.iter();
        let segments = segments.map(|of| (Some(of.segment.as_str()), &of.group));
        std::iter::once((None, &self.all)).chain(segments)
    }

    fn people(&self) -> Sheet {
        let header = [
            "segment",
            "respondents",
            "effective respondents",
            "indifferent",
        ];
        let mut sheet = Sheet::new("Respondents", &header);
        for (segment, group) in self.groups() {
            sheet.rows.push(vec![
                segment.unwrap_or("all").to_owned(),
                group.respondents.to_string(),
                cell(Some(group.effective_respondents), 1),
                group.indifferent.to_string(),
            ]);
        }
        sheet
    }

    /// The figures of all with their intervals, and beside them the segments' means.
    fn compared(&self, what: &str, names: &[&str], lines: fn(&Group) -> &[Line]) -> Sheet {
        let title = format!(
            "{what}; {} % intervals of {} resamples, seed {}",
            self.interval, self.resamples, self.seed
        );
        let mut sheet = Sheet::new(&title, names);
        let others = || self.segments.iter();
        sheet
            .header
            .extend(["mean", "low", "high"].map(str::to_owned));
        sheet.header.extend(others().map(|of| of.segment.clone()));
        for (place, line) in lines(&self.all).iter().enumerate() {
            let own = line.measures().map(|(_, value)| value);
            let means = others().map(|of| lines(&of.group).get(place).and_then(|line| line.mean));
            let names = std::iter::once(line.attribute.clone()).chain(line.level.clone());
            let figures = own.into_iter().chain(means);
            let cells = figures.map(|value| cell(value, 2));
            sheet.rows.push(names.chain(cells).collect());
        }
        sheet
    }
}

impl Report for ImportanceReport {
    fn tables(&self) -> Vec<Sheet> {
        let importance = "Importance, percent";
        let worths = "Part-worths, utility units about the attribute's mean";
        vec![
            self.people(),
            self.compared(importance, &["attribute"], |group| &group.importance),
            self.compared(worths, &["attribute", "level"], |group| &group.part_worths),
        ]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["table", "segment", "attribute", "level", "measure", "value"];
        let mut sheet = Sheet::new("Importance", &header);
        for (segment, group) in self.groups() {
            let mut row = |names: [&str; 4], value: Option<f64>| {
                let [table, attribute, level, measure] = names;
                let names = [table, segment.unwrap_or(""), attribute, level, measure];
                let value = value.map_or(String::new(), |value| value.to_string());
                let names = names.into_iter().map(str::to_owned);
                sheet.rows.push(names.chain([value]).collect());
            };
            for (measure, value) in [
                ("respondents", group.respondents as f64),
                ("effective_respondents", group.effective_respondents),
                ("indifferent", group.indifferent as f64),
            ] {
                row(["respondents", "", "", measure], Some(value));
            }
            for (table, lines) in group.tables() {
                for line in lines {
                    let level = line.level.as_deref().unwrap_or("");
                    for (measure, value) in line.measures() {
                        row([table, &line.attribute, level, measure], value);
                    }
                }
            }
        }
        sheet.write_csv(out)
    }
}
