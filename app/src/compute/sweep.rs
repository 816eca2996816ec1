//! A sweep on its way from the table to its result: on the page's thread, or step by step in a
//! worker.

use conjoint::index_vec::IndexVec;
use conjoint::market::{Change, Figures};
use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::sweep::{
    ExtrapolatedRow, Grid, GridResult, Lockstep, LockstepPoint, LockstepResult, RowError,
};
use std::rc::Rc;

use crate::state::{Kind, Row, State};

/// A table that was checked.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckedTable {
    /// One cost in lockstep.
    Lockstep(Lockstep),
    /// Two costs on a grid.
    Grid(Grid),
}

/// What a sweep gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Of a lockstep.
    Lockstep(Rc<LockstepResult>),
    /// Of a grid.
    Grid(Rc<GridResult>),
}

impl CheckedTable {
    /// Checks a table against the offers as they stand.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right.
    pub fn read(simulation: &Simulation, kind: Kind, table: &[Row]) -> Result<Self, Vec<RowError>> {
        match kind {
            Kind::Lockstep(cost) => {
                let rows: Vec<_> = table.iter().map(Row::lockstep).collect();
                Lockstep::read(simulation, cost, &rows).map(Self::Lockstep)
            }
            Kind::Grid => {
                let rows: Vec<_> = table.iter().map(Row::grid).collect();
                Grid::read(simulation, Kind::ACROSS, &rows).map(Self::Grid)
            }
        }
    }

    /// How much there is to compute, as the model counts it.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        match self {
            Self::Lockstep(plan) => plan.work(simulation),
            Self::Grid(plan) => plan.work(simulation),
        }
    }

    /// The rows that leave the surveyed range of a cost.
    pub fn find_extrapolated_rows(&self, study: &Study) -> Vec<ExtrapolatedRow> {
        match self {
            Self::Lockstep(plan) => plan.find_extrapolated_rows(study),
            Self::Grid(plan) => plan.find_extrapolated_rows(study),
        }
    }

    /// In how many steps it is computed.
    pub fn steps(&self) -> usize {
        match self {
            Self::Lockstep(plan) => plan.count(),
            Self::Grid(plan) => plan.count(),
        }
    }

    /// Computes everything at once.
    pub fn run(&self, simulation: &Simulation) -> Outcome {
        match self {
            Self::Lockstep(plan) => Outcome::Lockstep(Rc::new(plan.run(simulation))),
            Self::Grid(plan) => Outcome::Grid(Rc::new(plan.run(simulation, false))),
        }
    }

    /// Computes step by step: the numbers of each.
    fn compute(&self, simulation: &Simulation, mut step: impl FnMut(Vec<f64>)) {
        match self {
            Self::Lockstep(plan) => plan
                .steps(simulation)
                .for_each(|point| step(of_point(&point))),
            Self::Grid(plan) => plan
                .steps(simulation, false)
                .for_each(|row| step(of_row(&row))),
        }
    }

    /// Puts the numbers of all steps together; `None` if they are not those of this plan.
    pub fn outcome(&self, study: &Study, numbers: &[f64]) -> Option<Outcome> {
        let steps = self.steps();
        let length = numbers.len().checked_div(steps)?;
        if length == 0 || length * steps != numbers.len() {
            return None;
        }
        let steps = numbers.chunks_exact(length);
        match self {
            Self::Lockstep(plan) => {
                let points = steps.map(|numbers| point(study, numbers));
                Some(Outcome::Lockstep(Rc::new(
                    plan.result(points.collect::<Option<_>>()?),
                )))
            }
            Self::Grid(plan) => {
                let rows = steps.map(row);
                Some(Outcome::Grid(Rc::new(
                    plan.result(rows.collect::<Option<_>>()?),
                )))
            }
        }
    }
}

/// A row of a grid as numbers.
fn of_row(row: &[Figures]) -> Vec<f64> {
    row.iter().flat_map(of_figures).collect()
}

fn row(numbers: &[f64]) -> Option<Vec<Figures>> {
    let (figures, rest) = numbers.as_chunks();
    rest.is_empty()
        .then(|| figures.iter().map(figures_of).collect())
}

/// A point as numbers: its values, then every brand's money if there is any, then the movement, segment by
/// segment; a missing fraction is NaN.
fn of_point(point: &LockstepPoint) -> Vec<f64> {
    let money = |change: &Change| [of_figures(&change.base), of_figures(&change.new)];
    let values = point.values.iter().copied();
    let brands = point.brands.iter().flat_map(money).flatten();
    let movement = point.movement.iter().flat_map(|brands| brands.iter());
    let movement = movement.map(|fraction| fraction.unwrap_or(f64::NAN));
    values.chain(brands).chain(movement).collect()
}

fn point(study: &Study, numbers: &[f64]) -> Option<LockstepPoint> {
    let (brands, segments) = (study.brands().len(), study.segments().len());
    let money = if study.has_money() { brands * 8 } else { 0 };
    let values = numbers.len().checked_sub(money + brands * segments)?;
    let (values, rest) = numbers.split_at_checked(values)?;
    let (money, movement) = rest.split_at_checked(money)?;
    let (figures, _) = money.as_chunks();
    let (pairs, _) = figures.as_chunks::<2>();
    let change = |[base, new]: &[[f64; 4]; 2]| Change {
        base: figures_of(base),
        new: figures_of(new),
    };
    let fraction = |fraction: &f64| (!fraction.is_nan()).then_some(*fraction);
    let by_brand = |brands: &[f64]| brands.iter().map(fraction).collect::<IndexVec<_, _>>();
    Some(LockstepPoint {
        values: values.to_vec(),
        brands: pairs.iter().map(change).collect(),
        movement: movement.chunks_exact(brands.max(1)).map(by_brand).collect(),
    })
}

fn of_figures(figures: &Figures) -> [f64; 4] {
    let Figures {
        sio,
        arpu,
        revenue,
        ebit,
    } = *figures;
    [sio, arpu, revenue, ebit]
}

fn figures_of([sio, arpu, revenue, ebit]: &[f64; 4]) -> Figures {
    Figures {
        sio: *sio,
        arpu: *arpu,
        revenue: *revenue,
        ebit: *ebit,
    }
}

/// The worker's part: computes the table of a state, whose offers and method the simulation has.
///
/// # Errors
/// Every cell that is wrong, in words for the reader.
pub fn compute(
    simulation: &Simulation,
    state: &State,
    mut block: impl FnMut(&[f64]),
) -> Result<(), String> {
    let table = CheckedTable::read(simulation, state.sweep().kind(), state.sweep().table());
    let table = table.map_err(|faults| {
        let told = faults.iter().map(RowError::to_string);
        told.collect::<Vec<_>>().join("; ")
    })?;
    table.compute(simulation, |numbers| block(&numbers));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::request::{Remote, of_sweep};
    use crate::compute::worker::Answers;
    use crate::state::{Action, Analysis, SweepAction};
    use conjoint::sample_study::{Sample, generate};
    use conjoint::sweep::Cost;
    use std::sync::Arc;
    use yew::Reducible;

    fn sample() -> Sample {
        let segments = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
        Sample {
            seed: 1,
            respondents: segments.to_vec(),
        }
    }

    /// Both ways of computing a table of the state give the same.
    fn both_ways(actions: impl IntoIterator<Item = Action>) {
        let files = generate(&sample()).unwrap().to_files();
        let study = Arc::new(Study::read(&files).unwrap());
        let first = Rc::new(State::open(Arc::clone(&study), "", ""));
        let state = actions.into_iter().fold(first, Reducible::reduce);
        let mut simulation = Simulation::new(Arc::clone(&study));
        simulation.set_scenario(state.edits().scenario().clone());
        let plan =
            CheckedTable::read(&simulation, state.sweep().kind(), state.sweep().table()).unwrap();

        let mut numbers = Vec::new();
        let mut remote = Remote::about(&files).unwrap();
        let answered = remote.answer(&of_sweep(&state), |block| numbers.extend_from_slice(block));
        assert_eq!(answered, Ok(()));
        let outcome = plan.outcome(&study, &numbers);
        assert_eq!(outcome, Some(plan.run(&simulation)));
        assert_eq!(plan.outcome(&study, &numbers[1..]), None);
    }

    #[test]
    fn a_worker_gives_what_the_page_would_compute() {
        both_ways([]);
        let sweep = |action| Action::Sweep(action);
        both_ways([
            sweep(SweepAction::Attribute(Cost::Upfront)),
            sweep(SweepAction::Remove(1)),
        ]);
        both_ways([sweep(SweepAction::Analyse(Analysis::Grid))]);
        // With every kind of edit, and an added offer that is swept.
        let study = Arc::new(generate(&sample()).unwrap());
        let state = State::open(Arc::clone(&study), "", "");
        let product = |id: &str| state.edits().scenario().find(id).unwrap();
        let set = |id: &str, column: &str, text: &str| {
            let attribute = study.schema().find(column).unwrap();
            Action::Set(product(id), attribute, text.to_owned())
        };
        let edits = [
            set("2", "monthly_cost", "255"),
            set("2", "energy", "Plug-in Hybrid"),
            set("4", "upfront_cost", ""),
            set("5", "term", "none"),
            Action::Withdraw(product("12"), true),
            Action::Add(product("9")),
            sweep(SweepAction::Product(0, "14".to_owned())),
        ];
        both_ways(edits.clone());
        both_ways(
            edits
                .into_iter()
                .chain([sweep(SweepAction::Analyse(Analysis::Grid))]),
        );
    }
}
