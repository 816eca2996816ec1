//! A grid: both costs of several products, with one scenario for each pair of points.

use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::{Change, Figures, consolidate};
use crate::simulation::Simulation;
use crate::stats::sort::stable_sort;
use crate::study::Study;

use super::Cost;
use super::check::{
    BaselineRule, check_axis, check_cost, count_points, find_baseline, find_focal_brand,
    find_products,
};
use super::engine::{Engine, estimate_work};
use super::error::{Field, RowError, SweepError};
use super::extrapolation::{ExtrapolatedRow, find_extrapolated_rows};
use super::range::{CellError, MAX_PAIRS, Points, Range};
use super::row_text::{self, GridRowText};

/// A row of a grid's table.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The product's id.
    pub product: String,
    /// Its values along x.
    pub x: Range,
    /// Its values along y.
    pub y: Range,
}

/// A checked grid.
///
/// # Examples
/// ```
/// use conjoint::sweep::{Cost, Grid, GridRow};
/// use conjoint::testing::generate_simulation;
///
/// let simulation = generate_simulation(1, &[("Gen X", 20)]);
/// let row = GridRow {
///     product: "9".to_owned(),
///     x: [399.0, 499.0, 50.0, 399.0].into(), // begin, end, step, baseline
///     y: [4500.0, 5500.0, 1000.0, 4500.0].into(),
/// };
/// let grid = Grid::plan(&simulation, Cost::Monthly, &[row]).unwrap();
/// let result = grid.run(&simulation, false);
/// assert_eq!((result.figures.len(), result.figures[0].len()), (2, 3));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    x_cost: Cost,
    products: Vec<ProductIndex>,
    x: Vec<Points>,
    y: Vec<Points>,
    focal: BrandIndex,
}

/// The result of a grid.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GridResult {
    /// The cost along x; the other cost is along y.
    pub x_cost: Cost,
    /// The swept products, in the table's order.
    pub products: Vec<ProductIndex>,
    /// Every product's values along x, in the table's order.
    pub x: Vec<Vec<f64>>,
    /// Every product's values along y, in the table's order.
    pub y: Vec<Vec<f64>>,
    /// The focal brand, which is the brand of the first row's product.
    pub focal: BrandIndex,
    /// The baseline pair: its point along x and its point along y, from 0.
    pub baseline: (usize, usize),
    /// The figures of the focal brand or its parent: a row for each point of y, a column for each
    /// point of x.
    pub figures: Vec<Vec<Figures>>,
}

impl Grid {
    /// Checks a grid's table against the simulation's offers; `x_cost` is the cost along x.
    ///
    /// # Errors
    /// All invalid cells, each with a remedy.
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

    /// Checks a grid's table as typed. Numbers are read as in a study's files, and may be surrounded
    /// by blanks.
    ///
    /// # Errors
    /// All invalid cells, each with a remedy, by row and then by column. An unreadable cell does not
    /// prevent the checks of other cells that do not need its number.
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
        let study = simulation.selected();
        let mut errors = Vec::new();
        for (axis, cost) in [x_cost, x_cost.other()].into_iter().enumerate() {
            check_cost(study, cost, axis, &mut errors);
        }
        let table_error = |field, error| RowError {
            row: 1,
            axis: 0,
            field,
            error,
        };
        if !study.has_money() {
            errors.push(table_error(Field::Product, SweepError::NoMoney));
        }
        let products = find_products(simulation, ids, &mut errors);
        let x = check_axis(study, (0, x_cost), BaselineRule::Common, x, &mut errors);
        let y = check_axis(
            study,
            (1, x_cost.other()),
            BaselineRule::Common,
            y,
            &mut errors,
        );
        if errors.is_empty() {
            let (x, y) = (count_points(&x), count_points(&y));
            if x * y > MAX_PAIRS {
                errors.push(table_error(Field::Step, SweepError::TooManyPairs { x, y }));
            }
        }
        match find_focal_brand(simulation, &products) {
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
        let x = find_extrapolated_rows(study, self.x_cost, 0, (&self.products, &self.x));
        let y = find_extrapolated_rows(study, self.x_cost.other(), 1, (&self.products, &self.y));
        stable_sort(x.chain(y).collect(), |one, other| one.row.cmp(&other.row))
    }

    /// The number of steps, one for each point of y.
    pub fn count(&self) -> usize {
        count_points(&self.y)
    }

    /// The work of the whole grid, in respondents' choices.
    pub fn work(&self, simulation: &Simulation) -> u64 {
        let pairs = count_points(&self.x).saturating_mul(self.count());
        estimate_work(simulation, pairs, self.products.len())
    }

    /// Computes the figures row by row, one for each point of y, so that progress can be reported
    /// between them: the focal brand's figures, or its parent's if `consolidated`. The simulation is
    /// the one that the table was checked against.
    pub fn steps<'s>(
        &'s self,
        simulation: &'s Simulation,
        consolidated: bool,
    ) -> impl Iterator<Item = Vec<Figures>> + 's {
        let mut engine = Engine::new(simulation, &self.products);
        let columns = count_points(&self.x);
        (0..self.count()).map(move |y| {
            self.set(&mut engine, self.x_cost.other(), &self.y, y);
            let pairs = (0..columns).map(|x| {
                self.set(&mut engine, self.x_cost, &self.x, x);
                engine.choose();
                self.select_figures(simulation.selected(), &engine.brands(), consolidated)
            });
            pairs.collect()
        })
    }

    /// The grid's result, from the rows that its steps yielded.
    pub fn result(&self, figures: Vec<Vec<Figures>>) -> GridResult {
        let values = |rows: &[Points]| rows.iter().map(|row| row.values.clone()).collect();
        GridResult {
            x_cost: self.x_cost,
            products: self.products.clone(),
            x: values(&self.x),
            y: values(&self.y),
            focal: self.focal,
            baseline: {
                let find = |rows| find_baseline(rows).unwrap_or_default();
                (find(&self.x), find(&self.y))
            },
            figures,
        }
    }

    /// Computes all pairs of points: the focal brand's figures, or its parent's if `consolidated`.
    pub fn run(&self, simulation: &Simulation, consolidated: bool) -> GridResult {
        self.result(self.steps(simulation, consolidated).collect())
    }

    fn select_figures(
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
