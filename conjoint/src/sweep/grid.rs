//! The two costs of several products, every pair of points a scenario.

use crate::finance::{Change, Figures, consolidate};
use crate::indexed::{BrandIndex, List, ProductIndex};
use crate::simulation::Simulation;

use super::engine::Engine;
use super::fault::{Field, RowFault, SweepFault};
use super::plan::{self, Cost, MOST_PAIRS, Points, Range};

/// A row of the grid's table.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The product's id.
    pub product: String,
    /// Its values along x.
    pub x: Range,
    /// Its values along y.
    pub y: Range,
}

/// A grid that was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    across: Cost,
    products: Vec<ProductIndex>,
    x: Vec<Points>,
    y: Vec<Points>,
    focal: BrandIndex,
}

/// What a grid gives.
#[derive(Clone, Debug, PartialEq)]
pub struct GridResult {
    /// The cost along x; the other one lies along y.
    pub across: Cost,
    /// The products that moved, in the table's order.
    pub products: Vec<ProductIndex>,
    /// Every product's values along x, in the table's order.
    pub x: Vec<Vec<f64>>,
    /// Every product's values along y, in the table's order.
    pub y: Vec<Vec<f64>>,
    /// The brand of the first row's product.
    pub focal: BrandIndex,
    /// The baseline pair: its point along x and along y.
    pub baseline: (usize, usize),
    /// The focal brand's figures, or its parent's: a row a point of y, a column a point of x.
    pub figures: Vec<Vec<Figures>>,
}

impl Grid {
    /// Checks a grid's table against the offers as they stand: the cost `across` lies along x,
    /// the other one along y.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right.
    pub fn plan(
        simulation: &Simulation,
        across: Cost,
        rows: &[GridRow],
    ) -> Result<Self, Vec<RowFault>> {
        let mut faults = Vec::new();
        let ids = rows.iter().map(|row| row.product.as_str());
        let (study, scenario) = (simulation.study(), simulation.scenario());
        let products = plan::products(study, scenario, ids, &mut faults);
        let x = plan::axis(0, rows.iter().map(|row| row.x), &mut faults);
        let y = plan::axis(1, rows.iter().map(|row| row.y), &mut faults);
        if let (Some(x), Some(y), true) = (x.first(), y.first(), faults.is_empty()) {
            let (x, y) = (x.values.len(), y.values.len());
            if x * y > MOST_PAIRS {
                faults.push(RowFault {
                    row: 1,
                    axis: 0,
                    field: Field::Step,
                    fault: SweepFault::TooManyPairs { x, y },
                });
            }
        }
        match super::focal_brand(simulation, &products) {
            Some(focal) if faults.is_empty() => Ok(Self {
                across,
                products,
                x,
                y,
                focal,
            }),
            _ => Err(faults),
        }
    }

    /// Computes every pair of points: the focal brand's figures, or with `consolidated` its
    /// parent's.
    pub fn run(&self, simulation: &Simulation, consolidated: bool) -> GridResult {
        let mut engine = Engine::new(simulation, &self.products);
        let study = simulation.study();
        let figures = |brands: &List<BrandIndex, Change>| {
            if consolidated {
                consolidate(study, brands)[study.brands[self.focal].parent].new
            } else {
                brands[self.focal].new
            }
        };
        let points = |rows: &[Points]| {
            rows.first()
                .map_or((0, 0), |row| (row.values.len(), row.baseline))
        };
        let ((columns, x_baseline), (rows, y_baseline)) = (points(&self.x), points(&self.y));
        let mut table = vec![vec![Figures::default(); columns]; rows];
        for (y, row) in table.iter_mut().enumerate() {
            self.set(&mut engine, self.across.other(), &self.y, y);
            for (x, cell) in row.iter_mut().enumerate() {
                self.set(&mut engine, self.across, &self.x, x);
                engine.choose();
                *cell = figures(&engine.brands());
            }
        }
        let values = |rows: &[Points]| rows.iter().map(|row| row.values.clone()).collect();
        GridResult {
            across: self.across,
            products: self.products.clone(),
            x: values(&self.x),
            y: values(&self.y),
            focal: self.focal,
            baseline: (x_baseline, y_baseline),
            figures: table,
        }
    }

    fn set(&self, engine: &mut Engine<'_>, cost: Cost, rows: &[Points], point: usize) {
        for (product, row) in self.products.iter().zip(rows) {
            engine.set(*product, cost, row.values[point]);
        }
    }
}
