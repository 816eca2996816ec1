//! The result of `conjoint optimize`.

use serde::{Serialize, Serializer};

use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, OptimizationResult, OptimizerRequest, Plan,
    PriceEquilibrium,
};
use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;

use crate::output::Report;
use crate::tables::NamedValues;

#[derive(Serialize)]
pub(super) struct OptimizeReport {
    objective: &'static str,
    #[serde(rename = "of")]
    beneficiary: String,
    method: &'static str,
    candidates: u64,
    evaluated: u64,
    best: Vec<CandidateLine>,
    #[serde(rename = "answer", skip_serializing_if = "Option::is_none")]
    equilibrium: Option<EquilibriumLine>,
}

#[derive(Serialize)]
pub(super) struct CandidateLine {
    values: NamedValues<Value>,
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

/// The candidate that is best once competitors have responded, and their prices.
#[derive(Serialize)]
pub(super) struct EquilibriumLine {
    #[serde(flatten)]
    candidate: CandidateLine,
    rounds: usize,
    ending: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cycle: Option<usize>,
    prices: NamedValues<[f64; 2]>,
    before: NamedValues<f64>,
    after: NamedValues<f64>,
}

/// The values and the objective of a candidate.
pub(super) fn candidate_line(
    plan: &Plan,
    simulation: &Simulation,
    candidate: &Candidate,
) -> CandidateLine {
    let edits = plan.edits(simulation.selected(), simulation.scenario(), candidate);
    let values = edits.into_iter().map(|(name, text)| (name, Value(text)));
    CandidateLine {
        values: NamedValues(values.collect()),
        objective: candidate.objective_value,
    }
}

impl OptimizeReport {
    pub(super) fn new(
        plan: &Plan,
        simulation: &Simulation,
        request: &OptimizerRequest,
        found: &OptimizationResult,
        equilibrium: Option<EquilibriumLine>,
    ) -> Self {
        let best = found.best.iter();
        Self {
            objective: request.measure.id(),
            beneficiary: request.beneficiary.clone(),
            method: found.strategy.id(),
            candidates: plan.candidate_count(),
            evaluated: found.evaluated_count,
            best: best
                .map(|candidate| candidate_line(plan, simulation, candidate))
                .collect(),
            equilibrium,
        }
    }

    /// A row per candidate.
    fn table(&self) -> Table {
        let values = self.best.first().into_iter();
        let names = values.flat_map(|line| line.values.0.iter().map(|(name, _)| name.as_str()));
        let names = std::iter::once("rank").chain(names).chain([self.objective]);
        let title = format!("Best {} of {}", self.objective, self.beneficiary);
        let note = match self.method {
            "search" => format!(
                "a search evaluated {} of {} candidates",
                self.evaluated, self.candidates
            ),
            _ => format!("of {} candidates", self.evaluated),
        };
        let mut table = Table::new(title, names.map(Column::new)).with_note(note);
        for (place, line) in self.best.iter().enumerate() {
            let values = line.values.0.iter().map(|(_, value)| Cell::text(&value.0));
            let rank = std::iter::once(Cell::count(place + 1));
            table.push(rank.chain(values).chain([Cell::decimal(line.objective, 4)]));
        }
        table
    }
}

impl EquilibriumLine {
    pub(super) fn new(
        simulation: &Simulation,
        candidate: CandidateLine,
        equilibrium: &PriceEquilibrium,
    ) -> Self {
        let offers = simulation.scenario().offers();
        let schema = simulation.selected().schema();
        let monthly = schema
            .monthly()
            .map(|monthly| &schema.attributes()[monthly]);
        let column = monthly.map_or("", |attribute| attribute.name.as_str());
        let prices = equilibrium.price_changes.iter();
        let prices = prices.map(|moved| {
            let name = format!("{}.{column}", offers[moved.product].id);
            (name, [moved.old_price, moved.new_price])
        });
        let (ending, cycle) = match equilibrium.ending {
            Ending::Equilibrium => ("equilibrium", None),
            Ending::Cycle(rounds) => ("cycle", Some(rounds)),
            Ending::Unsettled => ("unsettled", None),
        };
        Self {
            candidate,
            rounds: equilibrium.rounds,
            ending,
            cycle,
            prices: NamedValues(prices.collect()),
            before: named_figures(&equilibrium.outcome_before),
            after: named_figures(&equilibrium.outcome_after),
        }
    }

    fn tables(&self) -> [Table; 2] {
        let values = self.candidate.values.0.iter();
        let values = values.map(|(name, value)| format!("{name}={}", value.0));
        let values: Vec<String> = values.collect();
        let ending = match self.cycle {
            Some(rounds) => format!("the prices of {rounds} rounds earlier returned"),
            None if self.ending == "equilibrium" => {
                "no brand can gain by changing its prices".to_owned()
            }
            None => "the prices had not settled".to_owned(),
        };
        let title = format!("Best once competitors respond: {}", values.join(" "));
        let note = format!("after {} rounds {ending}", self.rounds);
        let columns = ["", "before", "after"].map(Column::new);
        let mut figures = Table::new(title, columns).with_note(note);
        for ((name, before), (_, after)) in self.before.0.iter().zip(&self.after.0) {
            let [before, after] = [before, after].map(|value| Cell::decimal(*value, 4));
            figures.push([Cell::text(name), before, after]);
        }
        let columns = ["", "from", "to"].map(Column::new);
        let mut prices = Table::new("Monthly costs that changed", columns);
        for (name, [from, to]) in &self.prices.0 {
            prices.push([Cell::text(name), Cell::exact(*from), Cell::exact(*to)]);
        }
        [figures, prices]
    }
}

fn named_figures(outcome: &BeneficiaryOutcome) -> NamedValues<f64> {
    let figures = outcome.figures;
    let named = [
        ("objective", outcome.objective_value),
        ("share", outcome.share),
        ("sio", figures.sio),
        ("arpu", figures.arpu),
        ("revenue", figures.revenue),
        ("ebit", figures.ebit),
    ];
    NamedValues(named.map(|(name, value)| (name.to_owned(), value)).into())
}

impl Report for OptimizeReport {
    fn text_tables(&self) -> Vec<Table> {
        let equilibrium = self.equilibrium.iter().flat_map(EquilibriumLine::tables);
        std::iter::once(self.table()).chain(equilibrium).collect()
    }

    fn csv_table(&self) -> Table {
        self.table()
    }
}
