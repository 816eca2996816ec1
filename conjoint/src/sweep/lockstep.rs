//! One cost of several products, changed in lockstep.

use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::Change;
use crate::market::movement::{Movement, movement};
use crate::simulation::Simulation;
use crate::study::Study;

use super::engine::Engine;
use super::error::RowError;
use super::plan::{self, Cost, ExtrapolatedRow};
use super::range::{CellError, Points, Range};
use super::row_text::{self, LockstepRowText};

/// A row of the sweep's table.
#[derive(Clone, Debug, PartialEq)]
pub struct LockstepRow {
    /// The product's id.
    pub product: String,
    /// The values it takes.
    pub range: Range,
}

/// A sweep that was checked: at point k every product takes its own k-th value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lockstep {
    cost: Cost,
    products: Vec<ProductIndex>,
    rows: Vec<Points>,
    focal: BrandIndex,
}

/// What a sweep gives.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LockstepResult {
    /// The cost that moved.
    pub cost: Cost,
    /// The products that moved, in the table's order.
    pub products: Vec<ProductIndex>,
    /// The brand of the first row's product.
    pub focal: BrandIndex,
    /// Which point changes are measured from.
    pub baseline: usize,
    /// The points in order.
    pub points: Vec<LockstepPoint>,
}

/// One point of a sweep.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LockstepPoint {
    /// The value of every product, in the table's order.
    pub values: Vec<f64>,
    /// Every brand's money; empty in a study without it.
    pub brands: IndexVec<BrandIndex, Change>,
    /// Movement since the baseline point, around the focal brand.
    pub movement: Movement,
}

impl Lockstep {
    /// Checks a sweep's table against the offers as they stand.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right.
    pub fn plan(
        simulation: &Simulation,
        cost: Cost,
        rows: &[LockstepRow],
    ) -> Result<Self, Vec<RowError>> {
        let ids = rows.iter().map(|row| Some(row.product.as_str()));
        let ranges = rows.iter().map(|row| Ok(row.range));
        Self::check(simulation, cost, ids, ranges)
    }

    /// Checks a sweep's table as typed: numbers are read as everywhere in a study, with blanks
    /// around them allowed.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right, by row and then by column. A cell that
    /// cannot be read keeps no other one from being checked, as far as that needs no number of it.
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
        plan::check_cost(simulation.selected(), cost, 0, &mut errors);
        let products = plan::products(simulation, ids, &mut errors);
        let rows = plan::axis(0, ranges, &mut errors);
        match plan::focal_brand(simulation, &products) {
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
        plan::outside(study, self.cost, 0, &self.rows).collect()
    }

    /// How many steps there are to compute: one a point.
    pub fn count(&self) -> usize {
        plan::shape(&self.rows).0
    }

    /// How many choices there are to compute: respondents × points, times the products that move
    /// and one.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        plan::work(simulation, self.count(), self.products.len())
    }

    /// Computes the points one by one, so that progress can be told between them. The simulation
    /// is the one that the table was checked against.
    pub fn steps<'s>(
        &'s self,
        simulation: &'s Simulation,
    ) -> impl Iterator<Item = LockstepPoint> + 's {
        let mut engine = Engine::new(simulation, &self.products);
        let (count, baseline) = plan::shape(&self.rows);
        self.choose(&mut engine, baseline);
        let before = engine.brand_choices();
        (0..count).map(move |point| {
            self.choose(&mut engine, point);
            let after = engine.brand_choices();
            LockstepPoint {
                values: self.rows.iter().map(|row| row.values[point]).collect(),
                brands: engine.brands(),
                movement: movement(simulation.selected(), self.focal, &before, &after),
            }
        })
    }

    /// The sweep's result, from the points that its steps gave.
    pub fn result(&self, points: Vec<LockstepPoint>) -> LockstepResult {
        LockstepResult {
            cost: self.cost,
            products: self.products.clone(),
            focal: self.focal,
            baseline: plan::shape(&self.rows).1,
            points,
        }
    }

    /// Computes every point.
    pub fn run(&self, simulation: &Simulation) -> LockstepResult {
        self.result(self.steps(simulation).collect())
    }

    fn choose(&self, engine: &mut Engine<'_>, point: usize) {
        for (product, row) in self.products.iter().zip(&self.rows) {
            engine.set(*product, self.cost, row.values[point]);
        }
        engine.choose();
    }
}
