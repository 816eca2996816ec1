//! One cost of several products, changed in lockstep.

use crate::finance::Change;
use crate::indexed::{BrandIndex, List, ProductIndex};
use crate::movement::{Movement, movement};
use crate::simulation::Simulation;

use super::engine::Engine;
use super::fault::RowFault;
use super::plan::{self, Cost, Points, Range};

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
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct LockstepPoint {
    /// The value of every product, in the table's order.
    pub values: Vec<f64>,
    /// Every brand's money.
    pub brands: List<BrandIndex, Change>,
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
    ) -> Result<Self, Vec<RowFault>> {
        let mut faults = Vec::new();
        let ids = rows.iter().map(|row| row.product.as_str());
        let (study, scenario) = (simulation.study(), simulation.scenario());
        let products = plan::products(study, scenario, ids, &mut faults);
        let points = plan::axis(0, rows.iter().map(|row| row.range), &mut faults);
        match super::focal_brand(simulation, &products) {
            Some(focal) if faults.is_empty() => Ok(Self {
                cost,
                products,
                rows: points,
                focal,
            }),
            _ => Err(faults),
        }
    }

    /// Computes every point.
    pub fn run(&self, simulation: &Simulation) -> LockstepResult {
        let mut engine = Engine::new(simulation, &self.products);
        let first = self.rows.first();
        let (count, baseline) = first.map_or((0, 0), |row| (row.values.len(), row.baseline));
        self.choose(&mut engine, baseline);
        let before = engine.brand_choices();
        let points = (0..count).map(|point| {
            self.choose(&mut engine, point);
            let after = engine.brand_choices();
            LockstepPoint {
                values: self.rows.iter().map(|row| row.values[point]).collect(),
                brands: engine.brands(),
                movement: movement(simulation.study(), self.focal, &before, &after),
            }
        });
        LockstepResult {
            cost: self.cost,
            products: self.products.clone(),
            focal: self.focal,
            baseline,
            points: points.collect(),
        }
    }

    fn choose(&self, engine: &mut Engine<'_>, point: usize) {
        for (product, row) in self.products.iter().zip(&self.rows) {
            engine.set(*product, self.cost, row.values[point]);
        }
        engine.choose();
    }
}
