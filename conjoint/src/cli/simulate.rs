//! `conjoint simulate`: shares, attraction and money after edits.

use std::io::{self, Write};

use nalgebra::DMatrix;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use conjoint::finance::Change;
use conjoint::indexed::{BrandIndex, List};
use conjoint::scenario::ProductId;
use conjoint::simulation::Simulation;
use conjoint::study::Study;

use super::args::{Edits, Format};
use super::failure::Failure;
use super::load;
use super::output::{self, Report};
use super::sheet::Sheet;

#[derive(Serialize)]
struct SimulateReport {
    products: Vec<ProductLine>,
    brands: Vec<BrandLine>,
    attraction: Vec<Vec<f64>>,
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
}

/// A brand's money today and after the period, as the reference figures name it.
pub(super) struct BrandLine {
    pub(super) brand: String,
    change: Change,
}

impl BrandLine {
    /// A line a brand; none without money.
    pub(super) fn all(study: &Study, brands: &List<BrandIndex, Change>) -> Vec<Self> {
        let lines = study.brands().iter().zip(brands);
        lines
            .map(|(brand, change)| Self {
                brand: brand.name.clone(),
                change: *change,
            })
            .collect()
    }

    /// Its figures by name.
    pub(super) fn measures(&self) -> [(&'static str, f64); 8] {
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
pub(super) struct ByName<T>(pub(super) Vec<(String, T)>);

impl<T: Serialize> Serialize for ByName<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Runs the command.
pub(super) fn run(edits: &Edits, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(edits)?;
    output::print(&report(&simulation), format)
}

fn report(simulation: &Simulation) -> SimulateReport {
    let study = simulation.study();
    let offers = simulation.scenario().offers().iter();
    let shares = simulation.shares();
    let products = offers.zip(&shares).map(|(offer, share)| {
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
        }
    });
    SimulateReport {
        products: products.collect(),
        brands: simulation
            .brands()
            .map_or(Vec::new(), |brands| BrandLine::all(study, &brands)),
        attraction: rows(&simulation.attraction()),
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
        let mut products = Sheet::new("Products (shares of all respondents)", &header);
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
        let sheets = [Some(products), money.then_some(brands), Some(attraction)];
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
            for (segment, share) in &line.first_choice_share_by_segment.0 {
                row(table, format!("first_choice_share of {segment}"), *share);
            }
            for (competing, value) in self.products.iter().zip(attraction) {
                row("attraction", format!("to {}", competing.id), *value);
            }
        }
        for line in &self.brands {
            for (measure, value) in line.measures() {
                let cells = ["brands", "", &line.brand, "", measure].map(str::to_owned);
                let mut row = cells.to_vec();
                row.push(value.to_string());
                sheet.rows.push(row);
            }
        }
        sheet.write_csv(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::generate::{Sample, generate};
    use conjoint::indexed::{Position, ProductIndex};
    use std::sync::Arc;

    #[test]
    fn a_withdrawn_product_stays_in_the_list() {
        let study = Arc::new(generate(&Sample::default()).unwrap());
        let mut simulation = Simulation::new(Arc::clone(&study));
        let mut scenario = simulation.scenario().clone();
        scenario
            .set_withdrawn(&study, ProductIndex::at(8), true)
            .unwrap();
        simulation.set_scenario(scenario);
        let report = report(&simulation);
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
