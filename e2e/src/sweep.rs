//! The output of `conjoint sweep` and `conjoint grid`, as the page's Data tables show it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::command_line::{run_json, text};
use crate::{Result, repository_path};

/// A table's texts, the header first.
type Table = Vec<Vec<String>>;

/// The measures: the figure's title and the command line's name.
pub const MEASURES: [(&str, &str); 4] = [
    ("Customers", "sio"),
    ("Revenue", "revenue"),
    ("ARPU", "arpu"),
    ("EBIT", "ebit"),
];

/// The rows of the page's default tables, as arguments of the command line: monthly cost in
/// lockstep.
pub const MONTHLY_ROWS: [&str; 3] = [
    "9:399:499:20:399",
    "10:900:1000:20:900",
    "11:999:1199:40:999",
];
/// Upfront cost in lockstep.
pub const UPFRONT_ROWS: [&str; 2] = ["7:3940:4740:200:4740", "8:4940:5740:200:5740"];
/// Monthly and upfront cost on a grid.
pub const GRID_ROWS: [&str; 2] = [
    "7:155:205:10:195:4540:5040:100:4940",
    "8:255:305:10:295:5340:5840:100:5740",
];
/// The product of the first row of [`GRID_ROWS`], which names the axes of its Data tables.
pub const GRID_PRODUCT: &str = "Nissan LEAF S";

/// A brand or parent, and its figures by the command line's names.
type NamedFigures = (String, BTreeMap<String, f64>);

/// A lockstep sweep in full precision.
#[derive(Debug)]
pub struct Lockstep(Value);

impl Lockstep {
    /// Sweeps the shipped study.
    ///
    /// # Errors
    /// When the program is missing, or fails.
    pub fn run_shipped(attribute: &str, rows: &[&str], edits: &[&str]) -> Result<Self> {
        Self::run(&repository_path("Data"), attribute, rows, edits)
    }

    /// Sweeps the study in a folder.
    ///
    /// # Errors
    /// When the program is missing, or fails.
    pub fn run(data: &Path, attribute: &str, rows: &[&str], edits: &[&str]) -> Result<Self> {
        let mut arguments = vec!["--attribute", attribute];
        for row in rows {
            arguments.extend(["--row", row]);
        }
        arguments.extend(edits);
        Ok(Self(run_json("sweep", data, &arguments)?))
    }

    /// Reads a file with such output.
    ///
    /// # Errors
    /// When the file is missing or not JSON.
    pub fn read(file: &Path) -> Result<Self> {
        Ok(Self(serde_json::from_str(&std::fs::read_to_string(file)?)?))
    }

    /// The change of a measure at each point: by brand, or with `parents` (pairs of brand and
    /// parent) by parent; against the baseline point, or with `initial` against today.
    pub fn changes(
        &self,
        measure: &str,
        parents: Option<&[(String, String)]>,
        initial: bool,
    ) -> Table {
        let points = self.points();
        let figures: Vec<Vec<NamedFigures>> = points
            .iter()
            .map(|point| consolidate(brands(point), parents))
            .collect();
        let place = self.0["baseline_index"].as_u64().unwrap_or_default();
        let defined = &figures[usize::try_from(place).unwrap_or_default()];
        let names = figures[0].iter().map(|(name, _)| name.clone());
        let header = std::iter::once("point".to_owned()).chain(names);
        let row = |(point, brands): (&Value, &Vec<NamedFigures>)| {
            let change = |((_, new), (_, defined)): (&NamedFigures, &NamedFigures)| {
                let from = match initial {
                    true => new[&format!("{measure}_base")],
                    false => defined[&format!("{measure}_new")],
                };
                change_between(new[&format!("{measure}_new")], from).to_string()
            };
            let changes = brands.iter().zip(defined).map(change);
            std::iter::once(first_value(point)).chain(changes).collect()
        };
        let rows = points.iter().zip(&figures).map(row);
        std::iter::once(header.collect()).chain(rows).collect()
    }

    /// The movement of a segment at each point, in percent.
    pub fn movement(&self, segment: &str) -> Table {
        let rows = self.points().iter().map(|point| {
            let brands = &point["movement"][segment];
            (first_value(point), brands)
        });
        movement_table("point", rows)
    }

    /// The movement of every segment at a point, in percent.
    pub fn movement_at(&self, point: usize) -> Table {
        let segments = self.points()[point]["movement"].as_object();
        let rows = segments.into_iter().flatten();
        movement_table("segment", rows.map(|(name, brands)| (name.clone(), brands)))
    }

    /// The segments.
    pub fn segments(&self) -> Vec<String> {
        let segments = self.points()[0]["movement"].as_object();
        let names = segments.into_iter().flatten().map(|(name, _)| name.clone());
        names.collect()
    }

    fn points(&self) -> &[Value] {
        self.0["points"].as_array().map_or(&[], Vec::as_slice)
    }
}

/// The change from one figure to another; 0 if it is only rounding.
fn change_between(to: f64, from: f64) -> f64 {
    let difference = to - from;
    match difference.abs() > 1e-12 * from.abs() {
        true => difference,
        false => 0.0,
    }
}

/// The value of the first product at a point.
fn first_value(point: &Value) -> String {
    let values = point["values"].as_object().into_iter().flatten();
    let mut values = values.map(|(_, value)| value.as_f64().unwrap_or(f64::NAN).to_string());
    values.next().unwrap_or_default()
}

fn brands(point: &Value) -> Vec<NamedFigures> {
    let brands = point["brands"].as_array().into_iter().flatten();
    let figures = |brand: &Value| {
        let figures = brand.as_object().into_iter().flatten();
        let figures = figures.filter_map(|(name, value)| Some((name.clone(), value.as_f64()?)));
        (text(brand, "brand").to_owned(), figures.collect())
    };
    brands.map(figures).collect()
}

/// Sums by parent, ARPU weighted by customers.
fn consolidate(
    brands: Vec<NamedFigures>,
    parents: Option<&[(String, String)]>,
) -> Vec<NamedFigures> {
    let Some(parents) = parents else {
        return brands;
    };
    let mut sums: Vec<NamedFigures> = Vec::new();
    for (brand, figures) in brands {
        let parent = parents.iter().find(|(name, _)| *name == brand);
        let parent = parent.map_or(brand, |(_, parent)| parent.clone());
        match sums.iter_mut().find(|(name, _)| *name == parent) {
            None => sums.push((parent, figures)),
            Some((_, sum)) => {
                for (name, value) in figures {
                    *sum.entry(name).or_default() += value;
                }
                for when in ["base", "new"] {
                    let figure = |name: &str| sum[&format!("{name}_{when}")];
                    let arpu = figure("revenue") / figure("sio");
                    sum.insert(format!("arpu_{when}"), arpu);
                }
            }
        }
    }
    sums
}

fn movement_table<'v>(category: &str, rows: impl Iterator<Item = (String, &'v Value)>) -> Table {
    let mut header = vec![category.to_owned()];
    let mut table = Vec::new();
    for (name, brands) in rows {
        let brands = brands.as_object();
        let names = brands.into_iter().flatten().map(|(name, _)| name.clone());
        header.truncate(1);
        header.extend(names);
        let percent = |value: &Value| {
            let fraction = value.as_f64();
            fraction.map_or(String::new(), |fraction| (fraction * 100.0).to_string())
        };
        let cells = brands
            .into_iter()
            .flatten()
            .map(|(_, value)| percent(value));
        table.push(std::iter::once(name).chain(cells).collect());
    }
    table.insert(0, header);
    table
}

/// A grid in full precision.
#[derive(Debug)]
pub struct Grid(Value);

impl Grid {
    /// Computes a grid of the shipped study with monthly cost on the x-axis and upfront cost on the
    /// y-axis.
    ///
    /// # Errors
    /// When the program is missing, or fails.
    pub fn run_shipped(rows: &[&str], edits: &[&str]) -> Result<Self> {
        let mut arguments = vec!["--x", "monthly_cost", "--y", "upfront_cost"];
        for row in rows {
            arguments.extend(["--row", row]);
        }
        arguments.extend(edits);
        Ok(Self(run_json(
            "grid",
            &repository_path("Data"),
            &arguments,
        )?))
    }

    /// Reads a file with such output.
    ///
    /// # Errors
    /// When the file is missing or not JSON.
    pub fn read(file: &Path) -> Result<Self> {
        Ok(Self(serde_json::from_str(&std::fs::read_to_string(file)?)?))
    }

    /// The change of a measure from the pair of these two costs of the first row's product, in its
    /// unit or in percent.
    pub fn changes(
        &self,
        measure: &str,
        product: &str,
        (monthly, upfront): (f64, f64),
        percentage: bool,
    ) -> Table {
        let corner =
            format!("Upfront cost of {product}, $ \\ Monthly cost of {product}, $ a month");
        let axis = |name: &str| -> Vec<f64> {
            let values = self.0[name].as_array().into_iter().flatten();
            values.filter_map(Value::as_f64).collect()
        };
        let (x, y) = (axis("x"), axis("y"));
        let table = &self.0[format!("{measure}_new")];
        let place = |axis: &[f64], value| axis.iter().position(|other| *other == value);
        let baseline = place(&x, monthly).zip(place(&y, upfront));
        let baseline = baseline
            .and_then(|(x, y)| table[y][x].as_f64())
            .unwrap_or(f64::NAN);
        let change = |value: &Value| {
            let change = change_between(value.as_f64().unwrap_or(f64::NAN), baseline);
            match percentage {
                true => (change / baseline.abs() * 100.0).to_string(),
                false => change.to_string(),
            }
        };
        let header = x.iter().map(f64::to_string);
        let header = std::iter::once(corner).chain(header);
        let row = |(y, row): (&f64, &Value)| {
            let cells = row.as_array().into_iter().flatten().map(change);
            std::iter::once(y.to_string()).chain(cells).collect()
        };
        let rows = y
            .iter()
            .zip(table.as_array().into_iter().flatten())
            .map(row);
        std::iter::once(header.collect()).chain(rows).collect()
    }
}
