//! `conjoint simulate`: shares, attraction and money after edits.

use std::io::{self, Write};

use nalgebra::DMatrix;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use conjoint::analysis::interval::PairedIntervals;
use conjoint::index_vec::{BrandIndex, IndexVec};
use conjoint::market::Change;
use conjoint::simulation::Simulation;
use conjoint::study::ProductId;
use conjoint::study::Study;

use crate::args::{Edits, Format};
use crate::error::Failure;
use crate::interval::{IntervalReport, change, ends};
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct SimulateReport {
    /// Whose shares the products' are, and by which rule.
    #[serde(skip)]
    title: String,
    products: Vec<ProductLine>,
    brands: Vec<BrandLine>,
    attraction: Vec<Vec<f64>>,
    /// Where respondents may choose nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<ShareLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intervals: Option<IntervalReport>,
}

/// A share by the rule, and where it lies.
#[derive(Serialize)]
struct ShareLine {
    share: f64,
    #[serde(flatten)]
    ends: Option<Ends>,
}

/// Where a share lies, and how far it is from the baseline's.
#[derive(Serialize)]
struct Ends {
    low: Option<f64>,
    high: Option<f64>,
    change: Option<f64>,
    change_low: Option<f64>,
    change_high: Option<f64>,
}

impl ShareLine {
    /// Its figures by name, those that there are.
    fn figures(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let ends = self.ends.iter().flat_map(|ends| {
            let named = [
                ("low", ends.low),
                ("high", ends.high),
                ("change", ends.change),
                ("change_low", ends.change_low),
                ("change_high", ends.change_high),
            ];
            named
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
        });
        std::iter::once(("share", self.share)).chain(ends)
    }

    /// Its figures as a row's last cells.
    fn cells(&self) -> Vec<String> {
        let end = |value: Option<f64>| value.map_or(String::new(), percent);
        let ends = self.ends.iter().flat_map(|ends| {
            let Ends {
                low,
                high,
                change,
                change_low,
                change_high,
            } = ends;
            [low, high, change, change_low, change_high].map(|value| end(*value))
        });
        std::iter::once(percent(self.share)).chain(ends).collect()
    }
}

impl Ends {
    fn new(paired: &PairedIntervals, change: Option<f64>) -> Self {
        let [low, high] = ends(paired.live);
        let [change_low, change_high] = ends(paired.difference);
        Self {
            low,
            high,
            change,
            change_low,
            change_high,
        }
    }
}

#[derive(Serialize)]
struct ProductLine {
    id: ProductId,
    brand: String,
    model: String,
    respondents: u32,
    first_choice_share: f64,
    logit_share: f64,
    first_choice_share_by_segment: ByName<f64>,
    #[serde(flatten)]
    by_rule: ShareLine,
}

/// A brand's money today and after the period, as the reference figures name it.
pub(crate) struct BrandLine {
    pub(crate) brand: String,
    change: Change,
}

impl BrandLine {
    /// A line a brand; none without money.
    pub(crate) fn all(study: &Study, brands: &IndexVec<BrandIndex, Change>) -> Vec<Self> {
        let lines = study.brands().iter().zip(brands);
        lines
            .map(|(brand, change)| Self {
                brand: brand.name.clone(),
                change: *change,
            })
            .collect()
    }

    /// Its figures by name.
    pub(crate) fn measures(&self) -> [(&'static str, f64); 8] {
        self.change.named()
    }
}

impl Serialize for BrandLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("brand", &self.brand)?;
        for (name, value) in self.measures() {
            line.serialize_entry(name, &value)?;
        }
        line.end()
    }
}

/// Values by name, in the study's order.
pub(crate) struct ByName<T>(pub(super) Vec<(String, T)>);

impl<T: Serialize> Serialize for ByName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Runs the command.
pub(crate) fn run(edits: &Edits, interval: Option<f64>, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(edits)?;
    let intervals = interval.map(|percent| IntervalReport::of(&simulation, percent));
    output::print(&report(&simulation, intervals.transpose()?), format)
}

fn report(simulation: &Simulation, intervals: Option<IntervalReport>) -> SimulateReport {
    let study = simulation.selected();
    let offers = simulation.scenario().offers().iter();
    let shares = simulation.shares();
    let paired = intervals.as_ref().map(|intervals| &intervals.all);
    let products = offers
        .zip(shares.enumerate())
        .map(|(offer, (product, share))| {
            let brand = study.schema().brand_of(offer);
            let segments = study.segments().iter().cloned();
            ProductLine {
                id: offer.id.clone(),
                brand: brand.map_or(String::new(), |brand| study.brands()[brand].name.clone()),
                model: offer.model.clone(),
                respondents: share.respondents,
                first_choice_share: share.first_choice,
                logit_share: share.logit,
                first_choice_share_by_segment: ByName(
                    segments.zip(share.by_segment.iter().copied()).collect(),
                ),
                by_rule: ShareLine {
                    share: share.share,
                    ends: paired.map(|all| {
                        let change = change(simulation, product, share.share);
                        Ends::new(&all.products[product], change)
                    }),
                },
            }
        });
    let none = simulation.none_share();
    let (model, people) = (simulation.model(), study.respondents());
    SimulateReport {
        title: format!(
            "Products (shares of {} respondents; the rule: {})",
            people.len(),
            model.description().to_lowercase()
        ),
        products: products.collect(),
        brands: simulation
            .brands()
            .map_or(Vec::new(), |brands| BrandLine::all(study, &brands)),
        attraction: rows(&simulation.attraction()),
        none: simulation.has_none().then(|| ShareLine {
            share: none,
            ends: paired.map(|all| {
                let change = none - simulation.baseline_none_share();
                Ends::new(&all.none, Some(change))
            }),
        }),
        intervals,
    }
}

fn rows(matrix: &DMatrix<f64>) -> Vec<Vec<f64>> {
    let row = |row: usize| matrix.row(row).iter().copied().collect();
    (0..matrix.nrows()).map(row).collect()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

impl Report for SimulateReport {
    fn tables(&self) -> Vec<Sheet> {
        let first = self.products.first();
        let segments = first.map_or(Vec::new(), |line| {
            let segments = line.first_choice_share_by_segment.0.iter();
            segments.map(|(name, _)| name.as_str()).collect()
        });
        let mut header = vec![
            "id",
            "brand",
            "model",
            "respondents",
            "first choice",
            "logit",
        ];
        header.extend(segments);
        header.push("by the rule");
        if self.intervals.is_some() {
            header.extend(["low", "high", "change", "low", "high"]);
        }
        let mut products = Sheet::new(&self.title, &header);
        for line in &self.products {
            let mut row = vec![
                line.id.to_string(),
                line.brand.clone(),
                line.model.clone(),
                line.respondents.to_string(),
                percent(line.first_choice_share),
                percent(line.logit_share),
            ];
            let segments = line.first_choice_share_by_segment.0.iter();
            row.extend(segments.map(|(_, share)| percent(*share)));
            row.extend(line.by_rule.cells());
            products.rows.push(row);
        }
        if let Some(none) = &self.none {
            let mut row = vec![String::new(); products.header.len() - none.cells().len()];
            if let Some(model) = row.get_mut(2) {
                "None".clone_into(model);
            }
            row.extend(none.cells());
            products.rows.push(row);
        }
        let header = [
            "brand",
            "customers",
            "new",
            "ARPU",
            "new",
            "revenue",
            "new",
            "EBIT",
            "new",
        ];
        let title =
            "Brands (customers in thousands, ARPU a month, revenue and EBIT in thousands a month)";
        let mut brands = Sheet::new(title, &header);
        for line in &self.brands {
            let mut row = vec![line.brand.clone()];
            row.extend(line.measures().map(|(name, value)| {
                let decimals = if name.starts_with("sio") { 3 } else { 2 };
                format!("{value:.decimals$}")
            }));
            brands.rows.push(row);
        }
        let ids: Vec<String> = self
            .products
            .iter()
            .map(|line| line.id.to_string())
            .collect();
        let mut header = vec!["id"];
        header.extend(ids.iter().map(String::as_str));
        let title = "Attraction (percent; rows: predicted choice, columns: competing offer)";
        let mut attraction = Sheet::new(title, &header);
        for (id, row) in ids.iter().zip(&self.attraction) {
            let cells = row.iter().map(|value| format!("{:.0}", value * 100.0));
            let line = std::iter::once(id.clone()).chain(cells);
            attraction.rows.push(line.collect());
        }
        let money = !self.brands.is_empty();
        let intervals = self.intervals.as_ref().map(IntervalReport::sheet);
        let sheets = [
            Some(products),
            money.then_some(brands),
            intervals,
            Some(attraction),
        ];
        sheets.into_iter().flatten().collect()
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["table", "id", "brand", "model", "measure", "value"];
        let mut sheet = Sheet::new("Simulation", &header);
        for (line, attraction) in self.products.iter().zip(&self.attraction) {
            let mut row = |table: &str, measure: String, value: f64| {
                sheet.rows.push(vec![
                    table.to_owned(),
                    line.id.to_string(),
                    line.brand.clone(),
                    line.model.clone(),
                    measure,
                    value.to_string(),
                ]);
            };
            let table = "products";
            row(table, "respondents".to_owned(), f64::from(line.respondents));
            row(
                table,
                "first_choice_share".to_owned(),
                line.first_choice_share,
            );
            row(table, "logit_share".to_owned(), line.logit_share);
            for (measure, value) in line.by_rule.figures() {
                row(table, measure.to_owned(), value);
            }
            for (segment, share) in &line.first_choice_share_by_segment.0 {
                row(table, format!("first_choice_share of {segment}"), *share);
            }
            for (competing, value) in self.products.iter().zip(attraction) {
                row("attraction", format!("to {}", competing.id), *value);
            }
        }
        let mut row = |table: &str, brand: &str, measure: &str, value: f64| {
            let value = value.to_string();
            let cells = [table, "", brand, "", measure, &value].map(str::to_owned);
            sheet.rows.push(cells.to_vec());
        };
        for line in &self.brands {
            for (measure, value) in line.measures() {
                row("brands", &line.brand, measure, value);
            }
        }
        for (measure, value) in self.none.iter().flat_map(ShareLine::figures) {
            row("none", "", measure, value);
        }
        for (brand, measure, value) in self.intervals.iter().flat_map(IntervalReport::lines) {
            row("intervals", brand, &measure, value);
        }
        sheet.write_csv(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::index_vec::{Position, ProductIndex};
    use conjoint::sample_study::{Sample, generate};
    use std::sync::Arc;

    #[test]
    fn a_withdrawn_product_stays_in_the_list() {
        let study = Arc::new(generate(&Sample::default()).unwrap());
        let mut simulation = Simulation::new(Arc::clone(&study));
        let mut scenario = simulation.scenario().clone();
        scenario
            .set_withdrawn(&study, ProductIndex::from_index(8), true)
            .unwrap();
        simulation.set_scenario(scenario);
        let report = report(&simulation, None);
        assert!(
            report
                .attraction
                .iter()
                .all(|row| row.len() == report.products.len())
        );
        let line = &report.products[8];
        assert_eq!((line.brand.as_str(), line.respondents), ("Tesla", 0));
        assert_eq!((line.logit_share, report.attraction[8][8]), (0.0, 0.0));
    }
}
