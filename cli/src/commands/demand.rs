//! `conjoint demand`: the share of one product, and its brand's money, at every price.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::analysis::demand_curve::{DemandCurve, DemandPoint};
use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::ProductId;

use crate::args::{DemandRequest, Format};
use crate::error::Failure;
use crate::interval::ends;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct DemandReport {
    product: ProductId,
    price: String,
    rule: &'static str,
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    /// Whose revenue and EBIT are told.
    brand: Option<String>,
    points: Vec<PointLine>,
}

#[derive(Serialize)]
struct PointLine {
    price: f64,
    share: f64,
    low: Option<f64>,
    high: Option<f64>,
    revenue: Option<f64>,
    ebit: Option<f64>,
}

/// Runs the command.
pub(crate) fn run(request: &DemandRequest, format: Format) -> Result<(), Failure> {
    let level = Level::new(request.interval.percent)?;
    let simulation = load::simulation(&request.edits)?;
    let study = simulation.selected();
    let attribute = find_price_attribute(study, request.attribute.as_deref())
        .map_err(|fault| Failure::price("--attribute", fault))?;
    let product = find_priced_offer(&simulation, request.product.as_deref())
        .map_err(|fault| Failure::price("--product", fault))?;
    let bootstrap = Bootstrap::seeded(simulation.model().seed);
    let curve = DemandCurve::compute(&simulation, product, attribute, bootstrap, level);
    let brand = curve.brand.filter(|_| study.has_money());
    let report = DemandReport {
        product: simulation.scenario().offers()[product].id.clone(),
        price: study.schema().attributes()[attribute].name.clone(),
        rule: simulation.model().rule.id(),
        interval: level.percent(),
        seed: bootstrap.seed,
        resamples: bootstrap.resamples,
        brand: brand.map(|brand| study.brands()[brand].name.clone()),
        points: curve.points.iter().map(PointLine::new).collect(),
    };
    output::print(&report, format)
}

impl PointLine {
    fn new(point: &DemandPoint) -> Self {
        let [low, high] = ends(point.share.interval);
        Self {
            price: point.price,
            share: point.share.mean,
            low,
            high,
            revenue: point.money.map(|money| money.revenue),
            ebit: point.money.map(|money| money.ebit),
        }
    }
}

impl Report for DemandReport {
    fn tables(&self) -> Vec<Sheet> {
        let title = format!(
            "Demand for {} by its {} ({} % intervals by resampling the respondents)",
            self.product, self.price, self.interval
        );
        let header = [self.price.as_str(), "share", "low", "high"];
        let mut sheet = Sheet::new(&title, &header);
        if let Some(brand) = &self.brand {
            let measures = ["revenue", "EBIT"];
            let named = measures.map(|measure| format!("{measure} of {brand} (thousands a month)"));
            sheet.header.extend(named);
        }
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        for point in &self.points {
            let shares = [Some(point.share), point.low, point.high];
            let shares = shares.map(|share| share.map_or(String::new(), percent));
            let money = [point.revenue, point.ebit].into_iter().flatten();
            let price = std::iter::once(format!("{:.2}", point.price));
            let cells = price
                .chain(shares)
                .chain(money.map(|value| format!("{value:.2}")));
            sheet.rows.push(cells.collect());
        }
        vec![sheet]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["price", "share", "low", "high", "revenue", "ebit"];
        let mut sheet = Sheet::new("Demand", &header);
        sheet.rows.extend(self.points.iter().map(|point| {
            let cells = [
                Some(point.price),
                Some(point.share),
                point.low,
                point.high,
                point.revenue,
                point.ebit,
            ];
            let cells = cells.iter();
            let write = |cell: &Option<f64>| cell.map_or(String::new(), |cell| cell.to_string());
            cells.map(write).collect()
        }));
        sheet.write_csv(out)
    }
}
