//! The result of `conjoint optimize`.

use serde::{Serialize, Serializer};

use conjoint::index_vec::ProductIndex;
use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, OptimizationResult, OptimizerRequest, Plan,
    PriceEquilibrium,
};
use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;
use conjoint::sweep::RangeEdge;

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
    /// Whether each value is at an edge of the values tried.
    at_edge: NamedValues<bool>,
    #[serde(skip)]
    edges: Vec<Option<RangeEdge>>,
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
    bounds: NamedValues<PriceBound>,
    before: NamedValues<f64>,
    after: NamedValues<f64>,
}

/// A price that a brand could change, and the bounds of its changes.
#[derive(Serialize)]
struct PriceBound {
    price: f64,
    low: f64,
    high: f64,
    at_bound: bool,
}

/// The values and the objective of a candidate.
pub(super) fn candidate_line(
    plan: &Plan,
    simulation: &Simulation,
    candidate: &Candidate,
) -> CandidateLine {
    let edits = plan.edits(simulation.selected(), simulation.scenario(), candidate);
    let edges = plan.find_edges(candidate);
    let at_edge = edits.iter().zip(&edges);
    let at_edge = at_edge.map(|((name, _), edge)| (name.clone(), edge.is_some()));
    CandidateLine {
        at_edge: NamedValues(at_edge.collect()),
        edges,
        values: NamedValues(
            edits
                .into_iter()
                .map(|(name, text)| (name, Value(text)))
                .collect(),
        ),
        objective: candidate.objective_value,
    }
}

impl CandidateLine {
    /// The values as texts for people, with the edges that they are at.
    fn value_texts(&self) -> impl Iterator<Item = String> {
        let values = self.values.0.iter().zip(&self.edges);
        values.map(|((_, value), edge)| match edge {
            Some(edge) => format!("{} ({} tried)", value.0, edge.label()),
            None => value.0.clone(),
        })
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

    /// The candidates for people: a value at the edge of its range says so.
    fn text_table(&self) -> Table {
        let mut table = self.table();
        for (row, line) in table.rows.iter_mut().zip(&self.best) {
            for (cell, text) in row.iter_mut().skip(1).zip(line.value_texts()) {
                *cell = Cell::text(text);
            }
        }
        if self
            .best
            .first()
            .is_some_and(|line| line.edges.iter().any(Option::is_some))
        {
            table.note += "; the best candidate is at the edge of a range, so that a better one may \
                           be beyond it";
        }
        table
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
        let name = |product: ProductIndex| format!("{}.{column}", offers[product].id);
        let prices = equilibrium.price_changes.iter();
        let prices = prices.map(|moved| (name(moved.product), [moved.old_price, moved.new_price]));
        let bounds = equilibrium.final_prices.iter().map(|last| {
            let bound = PriceBound {
                price: last.price,
                low: last.bounds.low,
                high: last.bounds.high,
                at_bound: last.edge.is_some(),
            };
            (name(last.product), bound)
        });
        let (ending, cycle) = match equilibrium.ending {
            Ending::Equilibrium if equilibrium.stops_at_bounds() => ("bounds", None),
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
            bounds: NamedValues(bounds.collect()),
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
            None if self.ending == "bounds" => {
                let bounds = self.bounds.0.iter();
                let stopped = bounds.filter(|(_, bound)| bound.at_bound).count();
                format!(
                    "no brand can gain by changing its prices within their bounds; {stopped} of {} \
                     prices stop at a bound",
                    self.bounds.0.len()
                )
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
        let columns = ["", "from", "to", "lowest", "highest", "at a bound"].map(Column::new);
        let mut prices = Table::new("Monthly costs that changed", columns);
        for (name, [from, to]) in &self.prices.0 {
            let mut bounds = self.bounds.0.iter();
            let Some((_, bound)) = bounds.find(|(other, _)| other == name) else {
                continue;
            };
            let amounts = [*from, *to, bound.low, bound.high].map(Cell::exact);
            let at_bound = Cell::text(if bound.at_bound { "yes" } else { "" });
            prices.push(
                std::iter::once(Cell::text(name))
                    .chain(amounts)
                    .chain([at_bound]),
            );
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
        std::iter::once(self.text_table())
            .chain(equilibrium)
            .collect()
    }

    fn csv_table(&self) -> Table {
        self.table()
    }
}
