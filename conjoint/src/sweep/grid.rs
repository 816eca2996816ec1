//! The two costs of several products, every pair of points a scenario.

use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::{Change, Figures, consolidate};
use crate::simulation::Simulation;
use crate::stats::quantile::sorted;
use crate::study::Study;

use super::engine::Engine;
use super::error::{Field, RowError, SweepError};
use super::plan::{self, Cost, ExtrapolatedRow};
use super::range::{CellError, MAX_PAIRS, Points, Range};
use super::row_text::{self, GridRowText};

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
    x_cost: Cost,
    products: Vec<ProductIndex>,
    x: Vec<Points>,
    y: Vec<Points>,
    focal: BrandIndex,
}

/// What a grid gives.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GridResult {
    /// The cost along x; the other one lies along y.
    pub x_cost: Cost,
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
    /// Checks a grid's table against the offers as they stand: the cost `x_cost` lies along x,
    /// the other one along y.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right.
    pub fn plan(
        simulation: &Simulation,
        x_cost: Cost,
        rows: &[GridRow],
    ) -> Result<Self, Vec<RowError>> {
        let ids = rows.iter().map(|row| Some(row.product.as_str()));
        let x = rows.iter().map(|row| Ok(row.x));
        let y = rows.iter().map(|row| Ok(row.y));
        Self::check(simulation, x_cost, ids, x, y)
    }

    /// Checks a grid's table as typed: numbers are read as everywhere in a study, with blanks
    /// around them allowed.
    ///
    /// # Errors
    /// Every cell that is wrong, with what would be right, by row and then by column. A cell that
    /// cannot be read keeps no other one from being checked, as far as that needs no number of it.
    pub fn read(
        simulation: &Simulation,
        x_cost: Cost,
        table: &[GridRowText],
    ) -> Result<Self, Vec<RowError>> {
        let ids = table.iter().map(|row| row_text::parse_id(&row.product));
        let x = table.iter().map(|row| row_text::parse_range(&row.x));
        let y = table.iter().map(|row| row_text::parse_range(&row.y));
        Self::check(simulation, x_cost, ids, x, y).map_err(row_text::sort_errors)
    }

    fn check<'r>(
        simulation: &Simulation,
        x_cost: Cost,
        ids: impl Iterator<Item = Option<&'r str>>,
        x: impl Iterator<Item = Result<Range, Vec<CellError>>>,
        y: impl Iterator<Item = Result<Range, Vec<CellError>>>,
    ) -> Result<Self, Vec<RowError>> {
        let mut errors = Vec::new();
        for (axis, cost) in [x_cost, x_cost.other()].into_iter().enumerate() {
            plan::check_cost(simulation.selected(), cost, axis, &mut errors);
        }
        if !simulation.selected().has_money() {
            errors.push(RowError {
                row: 1,
                axis: 0,
                field: Field::Product,
                error: SweepError::NoMoney,
            });
        }
        let products = plan::products(simulation, ids, &mut errors);
        let x = plan::axis(0, x, &mut errors);
        let y = plan::axis(1, y, &mut errors);
        if errors.is_empty() {
            let ((x, _), (y, _)) = (plan::shape(&x), plan::shape(&y));
            if x * y > MAX_PAIRS {
                errors.push(RowError {
                    row: 1,
                    axis: 0,
                    field: Field::Step,
                    error: SweepError::TooManyPairs { x, y },
                });
            }
        }
        match plan::focal_brand(simulation, &products) {
            Some(focal) if errors.is_empty() => Ok(Self {
                x_cost,
                products,
                x,
                y,
                focal,
            }),
            _ => Err(errors),
        }
    }

    /// The rows that leave the surveyed range of a cost, along x (axis 0) or along y (axis 1).
    pub fn find_extrapolated_rows(&self, study: &Study) -> Vec<ExtrapolatedRow> {
        let x = plan::outside(study, self.x_cost, 0, &self.x);
        let y = plan::outside(study, self.x_cost.other(), 1, &self.y);
        sorted(x.chain(y).collect(), |one, other| one.row.cmp(&other.row))
    }

    /// How many steps there are to compute: one a point of y.
    pub fn count(&self) -> usize {
        plan::shape(&self.y).0
    }

    /// How many choices there are to compute: respondents × pairs of points, times the products
    /// that move and one.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        let pairs = plan::shape(&self.x).0.saturating_mul(self.count());
        plan::work(simulation, pairs, self.products.len())
    }

    /// Computes the rows of the table one by one, a point of y each, so that progress can be told
    /// between them: the focal brand's figures, or with `consolidated` its parent's. The
    /// simulation is the one that the table was checked against.
    pub fn steps<'s>(
        &'s self,
        simulation: &'s Simulation,
        consolidated: bool,
    ) -> impl Iterator<Item = Vec<Figures>> + 's {
        let mut engine = Engine::new(simulation, &self.products);
        let (columns, _) = plan::shape(&self.x);
        (0..self.count()).map(move |y| {
            self.set(&mut engine, self.x_cost.other(), &self.y, y);
            let pairs = (0..columns).map(|x| {
                self.set(&mut engine, self.x_cost, &self.x, x);
                engine.choose();
                self.figures(simulation.selected(), &engine.brands(), consolidated)
            });
            pairs.collect()
        })
    }

    /// The grid's result, from the rows that its steps gave.
    pub fn result(&self, figures: Vec<Vec<Figures>>) -> GridResult {
        let values = |rows: &[Points]| rows.iter().map(|row| row.values.clone()).collect();
        GridResult {
            x_cost: self.x_cost,
            products: self.products.clone(),
            x: values(&self.x),
            y: values(&self.y),
            focal: self.focal,
            baseline: (plan::shape(&self.x).1, plan::shape(&self.y).1),
            figures,
        }
    }

    /// Computes every pair of points: the focal brand's figures, or with `consolidated` its
    /// parent's.
    pub fn run(&self, simulation: &Simulation, consolidated: bool) -> GridResult {
        self.result(self.steps(simulation, consolidated).collect())
    }

    fn figures(
        &self,
        study: &Study,
        brands: &IndexVec<BrandIndex, Change>,
        consolidated: bool,
    ) -> Figures {
        if consolidated {
            consolidate(study, brands)[study.brands[self.focal].parent].new
        } else {
            brands[self.focal].new
        }
    }

    fn set(&self, engine: &mut Engine<'_>, cost: Cost, rows: &[Points], point: usize) {
        for (product, row) in self.products.iter().zip(rows) {
            engine.set(*product, cost, row.values[point]);
        }
    }
}
