//! A lockstep sweep: one cost of several products, changed together.

use crate::choice::{Rule, follow_rule};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::Change;
use crate::market::movement::Movement;
use crate::simulation::Simulation;
use crate::study::Study;

use super::Cost;
use super::check::{
    BaselineRule, check_axis, check_cost, count_points, find_baseline, find_focal_brand,
    find_products,
};
use super::engine::{Engine, estimate_work};
use super::error::RowError;
use super::extrapolation::{ExtrapolatedRow, find_extrapolated_rows};
use super::range::{CellError, Points, Range};
use super::row_text::{self, LockstepRowText};

/// A row of a lockstep's table.
#[derive(Clone, Debug, PartialEq)]
pub struct LockstepRow {
    /// The product's id.
    pub product: String,
    /// Its values.
    pub range: Range,
}

/// A checked sweep: at point k, every product has its k-th value.
///
/// # Examples
/// ```
/// use conjoint::sweep::{Cost, Lockstep, LockstepRow};
/// use conjoint::testing::generate_simulation;
///
/// let simulation = generate_simulation(1, &[("Gen X", 20)]);
/// let row = LockstepRow {
///     product: "9".to_owned(),
///     range: [399.0, 499.0, 20.0, 399.0].into(), // begin, end, step, baseline
/// };
/// let sweep = Lockstep::plan(&simulation, Cost::Monthly, &[row]).unwrap();
/// let result = sweep.run(&simulation);
/// assert_eq!(result.points.len(), 6);
/// assert_eq!(result.points[5].values, [499.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Lockstep {
    cost: Cost,
    products: Vec<ProductIndex>,
    rows: Vec<Points>,
    focal: BrandIndex,
}

/// The result of a sweep.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LockstepResult {
    /// The swept cost.
    pub cost: Cost,
    /// The swept products, in the table's order.
    pub products: Vec<ProductIndex>,
    /// The focal brand, which is the brand of the first row's product.
    pub focal: BrandIndex,
    /// The point at which all products have their baseline values, from 0; `None` if their baselines are at
    /// different points.
    pub baseline: Option<usize>,
    /// Every brand's money where all products have their baseline values, from which changes are measured;
    /// empty in a study without money.
    pub reference: IndexVec<BrandIndex, Change>,
    /// The rule that movement follows: that of the choice model where it says who changes from one product
    /// to another, otherwise first choice.
    pub movement_rule: Rule,
    /// The points in order.
    pub points: Vec<LockstepPoint>,
}

/// One point of a sweep.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LockstepPoint {
    /// The value of every product, in the table's order.
    pub values: Vec<f64>,
    /// Every brand's money; empty in a study without money.
    pub brands: IndexVec<BrandIndex, Change>,
    /// Movement to and from the focal brand by [`LockstepResult::movement_rule`], compared with all products at their baseline
    /// values.
    pub movement: Movement,
    /// Every product's share by the rule of the choice model, 0–1.
    pub shares: IndexVec<ProductIndex, f64>,
}

impl Lockstep {
    /// Checks a sweep's table against the simulation's offers.
    ///
    /// # Errors
    /// All invalid cells, each with a remedy.
    pub fn plan(
        simulation: &Simulation,
        cost: Cost,
        rows: &[LockstepRow],
    ) -> Result<Self, Vec<RowError>> {
        let ids = rows.iter().map(|row| Some(row.product.as_str()));
        let ranges = rows.iter().map(|row| Ok(row.range));
        Self::check(simulation, cost, ids, ranges)
    }

    /// Checks a sweep's table as typed. Numbers are read as in a study's files, and may be
    /// surrounded by blanks.
    ///
    /// # Errors
    /// All invalid cells, each with a remedy, by row and then by column. An unreadable cell does not
    /// prevent the checks of other cells that do not need its number.
    pub fn read(
        simulation: &Simulation,
        cost: Cost,
        table: &[LockstepRowText],
    ) -> Result<Self, Vec<RowError>> {
        let ids = table.iter().map(|row| row_text::parse_id(&row.product));
        let ranges = table.iter().map(|row| row_text::parse_range(&row.range));
        Self::check(simulation, cost, ids, ranges).map_err(row_text::sort_errors)
    }

    fn check<'r>(
        simulation: &Simulation,
        cost: Cost,
        ids: impl Iterator<Item = Option<&'r str>>,
        ranges: impl Iterator<Item = Result<Range, Vec<CellError>>>,
    ) -> Result<Self, Vec<RowError>> {
        let mut errors = Vec::new();
        let study = simulation.selected();
        check_cost(study, cost, 0, &mut errors);
        let products = find_products(simulation, ids, &mut errors);
        let rows = check_axis(study, (0, cost), BaselineRule::Own, ranges, &mut errors);
        match find_focal_brand(simulation, &products) {
            Some(focal) if errors.is_empty() => Ok(Self {
                cost,
                products,
                rows,
                focal,
            }),
            _ => Err(errors),
        }
    }

    /// The rows that leave the surveyed range of the cost.
    pub fn find_extrapolated_rows(&self, study: &Study) -> Vec<ExtrapolatedRow> {
        find_extrapolated_rows(study, self.cost, 0, (&self.products, &self.rows)).collect()
    }

    /// The number of steps, one for each point.
    pub fn count(&self) -> usize {
        count_points(&self.rows)
    }

    /// The work of the whole sweep, in respondents' choices.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        let work = estimate_work(simulation, self.count(), self.products.len());
        // Movement repeats the draws of the reference and of each point.
        match simulation.model().rule.uses_draws() {
            true => work.saturating_mul(3),
            false => work,
        }
    }

    /// Computes the points one by one, so that progress can be reported between them. The simulation
    /// is the one that the table was checked against.
    pub fn steps<'s>(
        &'s self,
        simulation: &'s Simulation,
    ) -> impl Iterator<Item = LockstepPoint> + 's {
        let mut engine = Engine::new(simulation, &self.products);
        self.choose_reference(&mut engine);
        let before = engine.keep_choices();
        (0..self.count()).map(move |point| {
            self.choose(&mut engine, point);
            LockstepPoint {
                values: self.rows.iter().map(|row| row.values[point]).collect(),
                brands: engine.brands(),
                movement: engine.movement(self.focal, &before),
                shares: engine.shares(),
            }
        })
    }

    /// The sweep's result, from the points that its steps yielded in the same simulation.
    pub fn result(&self, simulation: &Simulation, points: Vec<LockstepPoint>) -> LockstepResult {
        let mut engine = Engine::new(simulation, &self.products);
        self.choose_reference(&mut engine);
        LockstepResult {
            cost: self.cost,
            products: self.products.clone(),
            focal: self.focal,
            baseline: find_baseline(&self.rows),
            reference: engine.brands(),
            movement_rule: match follow_rule(simulation.model().rule) {
                true => simulation.model().rule,
                false => Rule::FirstChoice,
            },
            points,
        }
    }

    /// Computes all points.
    pub fn run(&self, simulation: &Simulation) -> LockstepResult {
        self.result(simulation, self.steps(simulation).collect())
    }

    /// Sets all products to their baseline values.
    fn choose_reference(&self, engine: &mut Engine<'_>) {
        for (product, row) in self.products.iter().zip(&self.rows) {
            engine.set(*product, self.cost, row.values[row.baseline]);
        }
        engine.choose();
    }

    fn choose(&self, engine: &mut Engine<'_>, point: usize) {
        for (product, row) in self.products.iter().zip(&self.rows) {
            engine.set(*product, self.cost, row.values[point]);
        }
        engine.choose();
    }
}
