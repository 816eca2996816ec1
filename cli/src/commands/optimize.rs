//! `conjoint optimize`: values of offers that bring a brand the most.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, EntryPart, ObjectiveMeasure, OptimizerRequest, Plan,
    PriceEquilibrium, RequestError, RequestField, SearchSettings,
};
use conjoint::simulation::Simulation;

use crate::args::{Format, ObjectiveWord, OptimizeRequest};
use crate::commands::simulate::ByName;
use crate::error::{Failure, warn};
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

/// Progress is told from then on: what is quick needs none.
const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Serialize)]
struct OptimizeReport {
    objective: &'static str,
    #[serde(rename = "of")]
    whose: String,
    method: &'static str,
    candidates: u64,
    evaluated: u64,
    best: Vec<CandidateLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<AnswerLine>,
}

#[derive(Serialize)]
struct CandidateLine {
    values: ByName<Value>,
    objective: f64,
}

/// A value as the study writes it; a number is one in JSON too.
struct Value(String);

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<f64>() {
            Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                serializer.serialize_i64(number as i64)
            }
            Ok(number) => serializer.serialize_f64(number),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

/// Which of the best ends best once competitors answer, and how.
#[derive(Serialize)]
struct AnswerLine {
    #[serde(flatten)]
    candidate: CandidateLine,
    rounds: usize,
    ending: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cycle: Option<usize>,
    prices: ByName<[f64; 2]>,
    before: ByName<f64>,
    after: ByName<f64>,
}

/// Runs the command.
pub(crate) fn run(request: &OptimizeRequest, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(&request.edits)?;
    let asked = asked(request);
    let plan = Plan::read(&simulation, &asked).map_err(|misfits| refusal(&asked, &misfits))?;
    for (entry, warning) in plan.find_extrapolated_entries(simulation.selected()) {
        let text = asked.vary_entries.get(entry).map_or("", String::as_str);
        warn(&format!("--vary {text}: {warning}"));
    }
    let settings = SearchSettings {
        top: usize::from(request.top),
        seed: simulation.model().seed,
    };
    let mut optimization = plan.start(&simulation, settings);
    follow("candidates", &mut optimization);
    let found = optimization.into_result();
    let answer = request.answer.then(|| {
        let mut answers = plan.start_candidate_games(&simulation, &found.best);
        follow("competitors' answers", &mut answers);
        let (place, answer) = answers.into_best()?;
        let candidate = line(&plan, &simulation, found.best.get(place)?);
        Some(answer_line(&simulation, candidate, &answer))
    });
    let best = found.best.iter();
    let report = OptimizeReport {
        objective: asked.measure.id(),
        method: found.strategy.id(),
        candidates: plan.candidate_count(),
        evaluated: found.evaluated_count,
        best: best.map(|c| line(&plan, &simulation, c)).collect(),
        answer: answer.flatten(),
        whose: asked.beneficiary,
    };
    output::print(&report, format)
}

fn asked(request: &OptimizeRequest) -> OptimizerRequest {
    let beneficiary = request.parent.as_ref().or(request.brand.as_ref());
    OptimizerRequest {
        measure: match request.objective {
            ObjectiveWord::Share => ObjectiveMeasure::Share,
            ObjectiveWord::Revenue => ObjectiveMeasure::Revenue,
            ObjectiveWord::Ebit => ObjectiveMeasure::Ebit,
        },
        beneficiary: beneficiary.cloned().unwrap_or_default(),
        is_parent: request.parent.is_some(),
        vary_entries: request.vary.clone(),
        cost_entries: request.costs.clone(),
        includes_price_game: request.answer,
    }
}

fn refusal(asked: &OptimizerRequest, misfits: &[RequestError]) -> Failure {
    let entry = |argument: &str, entries: &[String], entry: usize| {
        let text = entries.get(entry).map_or("", String::as_str);
        format!("{argument} {text}")
    };
    let line = |misfit: &RequestError| {
        let argument = match misfit.field {
            RequestField::Measure => "--objective".to_owned(),
            RequestField::Beneficiary if asked.is_parent => "--parent".to_owned(),
            RequestField::Beneficiary => "--brand".to_owned(),
            RequestField::Vary(
                number,
                EntryPart::Product | EntryPart::Attribute | EntryPart::Levels,
            ) => entry("--vary", &asked.vary_entries, number),
            RequestField::Vary(number, part) => {
                format!(
                    "{}: {}",
                    entry("--vary", &asked.vary_entries, number),
                    part.name()
                )
            }
            RequestField::Cost(number) => entry("--cost", &asked.cost_entries, number),
            RequestField::PriceGame => "--answer".to_owned(),
        };
        format!("{argument}: {}", misfit.error)
    };
    Failure::Optimize(misfits.iter().map(line).collect())
}

/// Goes through all steps; a terminal is told the progress of what takes long.
fn follow(what: &str, steps: impl Iterator<Item = f64>) {
    let mut error = io::stderr();
    let begin = Instant::now();
    let mut description: Option<Instant> = None;
    for done in steps {
        let is_due = description.map_or(begin.elapsed() > PATIENCE, |description| {
            description.elapsed() > PATIENCE
        });
        if is_due && error.is_terminal() {
            // Where that takes no more, there is nobody to tell.
            let _ = write!(error, "\r{what}: {:.0} %", done * 100.0);
            description = Some(Instant::now());
        }
    }
    if description.is_some() {
        let _ = writeln!(error, "\r{what}: done ");
    }
}

fn line(plan: &Plan, simulation: &Simulation, candidate: &Candidate) -> CandidateLine {
    let edits = plan.edits(simulation.selected(), simulation.scenario(), candidate);
    let values = edits.into_iter();
    CandidateLine {
        values: ByName(values.map(|(name, text)| (name, Value(text))).collect()),
        objective: candidate.objective_value,
    }
}

fn answer_line(
    simulation: &Simulation,
    candidate: CandidateLine,
    answer: &PriceEquilibrium,
) -> AnswerLine {
    let offers = simulation.scenario().offers();
    let schema = simulation.selected().schema();
    let monthly = schema
        .monthly()
        .map(|monthly| &schema.attributes()[monthly]);
    let column = monthly.map_or("", |attribute| attribute.name.as_str());
    let prices = answer.price_changes.iter();
    let prices = prices.map(|moved| {
        let name = format!("{}.{column}", offers[moved.product].id);
        (name, [moved.old_price, moved.new_price])
    });
    let (ending, cycle) = match answer.ending {
        Ending::Equilibrium => ("equilibrium", None),
        Ending::Cycle(rounds) => ("cycle", Some(rounds)),
        Ending::Unsettled => ("unsettled", None),
    };
    AnswerLine {
        candidate,
        rounds: answer.rounds,
        ending,
        cycle,
        prices: ByName(prices.collect()),
        before: standing(&answer.outcome_before),
        after: standing(&answer.outcome_after),
    }
}

fn standing(standing: &BeneficiaryOutcome) -> ByName<f64> {
    let figures = standing.figures;
    let named = [
        ("objective", standing.objective_value),
        ("share", standing.share),
        ("sio", figures.sio),
        ("arpu", figures.arpu),
        ("revenue", figures.revenue),
        ("ebit", figures.ebit),
    ];
    ByName(named.map(|(name, value)| (name.to_owned(), value)).into())
}

impl OptimizeReport {
    /// The candidates, a row each; numbers of the objective as `write` writes them.
    fn sheet(&self, title: &str, write: fn(f64) -> String) -> Sheet {
        let mut sheet = Sheet::new(title, &["rank"]);
        let first = self.best.first().into_iter();
        let names = first.flat_map(|line| line.values.0.iter().map(|(name, _)| name.clone()));
        sheet.header.extend(names);
        sheet.header.push(self.objective.to_owned());
        for (rank, line) in self.best.iter().enumerate() {
            let values = line.values.0.iter().map(|(_, value)| value.0.clone());
            let row = std::iter::once((rank + 1).to_string()).chain(values);
            sheet
                .rows
                .push(row.chain([write(line.objective)]).collect());
        }
        sheet
    }
}

impl AnswerLine {
    fn sheets(&self) -> [Sheet; 2] {
        let values = self.candidate.values.0.iter();
        let values = values.map(|(name, value)| format!("{name}={}", value.0));
        let values: Vec<String> = values.collect();
        let ending = match self.cycle {
            Some(rounds) => format!("the prices of {rounds} rounds before came again"),
            None if self.ending == "equilibrium" => "nobody moves any more".to_owned(),
            None => "the prices had not settled".to_owned(),
        };
        let title = format!(
            "Best once competitors answer: {} (after {} rounds {ending})",
            values.join(" "),
            self.rounds
        );
        let mut standing = Sheet::new(&title, &["", "before", "after"]);
        for ((name, before), (_, after)) in self.before.0.iter().zip(&self.after.0) {
            let row = vec![name.clone(), format!("{before:.4}"), format!("{after:.4}")];
            standing.rows.push(row);
        }
        let mut prices = Sheet::new("Monthly costs that moved", &["", "from", "to"]);
        for (name, [from, to]) in &self.prices.0 {
            prices
                .rows
                .push(vec![name.clone(), from.to_string(), to.to_string()]);
        }
        [standing, prices]
    }
}

impl Report for OptimizeReport {
    fn tables(&self) -> Vec<Sheet> {
        let how = match self.method {
            "search" => format!(
                "a search computed {} of {} candidates",
                self.evaluated, self.candidates
            ),
            _ => format!("of {} candidates", self.evaluated),
        };
        let title = format!("Best {} of {} ({how})", self.objective, self.whose);
        let best = self.sheet(&title, |objective| format!("{objective:.4}"));
        let answer = self.answer.iter().flat_map(AnswerLine::sheets);
        std::iter::once(best).chain(answer).collect()
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        self.sheet("Best", |objective| objective.to_string())
            .write_csv(out)
    }
}
