//! `conjoint demand`: the share of one product, and its brand's money, at every price.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::demand_curve::{DemandCurve, DemandPoint};
use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::study::ProductId;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{IntervalOption, ScenarioOptions, UncertaintyOption};
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::interval_ends;

/// Share of one offer, and the figures of its brand, at every price
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint demand --data Data --rule share-of-preference --product 9"
)]
pub(super) struct DemandCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
    /// Attribute to use as the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    attribute: Option<String>,
    /// Offer whose price varies [default: the one with the largest share]
    #[arg(long, value_name = "ID")]
    product: Option<String>,
    #[command(flatten)]
    interval: IntervalOption,
}

#[derive(Serialize)]
struct DemandReport {
    product: ProductId,
    price: String,
    rule: &'static str,
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    uncertainty: &'static str,
    /// The brand that has the revenue and EBIT.
    brand: Option<String>,
    #[serde(serialize_with = "serialize_records")]
    points: Table,
}

impl Subcommand for DemandCommand {
    const NAME: &'static str = "demand";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let level = self.interval.level()?;
        let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
        load::require_probabilities(&simulation)?;
        let study = simulation.selected();
        let attribute = find_price_attribute(study, self.attribute.as_deref())
            .map_err(CliError::price("--attribute"))?;
        let product = find_priced_offer(&simulation, self.product.as_deref())
            .map_err(CliError::price("--product"))?;
        let bootstrap = simulation.model().bootstrap();
        let curve = DemandCurve::compute(&simulation, product, attribute, bootstrap, level);
        let brand = curve.brand.filter(|_| study.has_money());
        let brand = brand.map(|brand| study.brands()[brand].name.clone());
        let price = &study.schema().attributes()[attribute].name;
        let report = DemandReport {
            product: simulation.scenario().offers()[product].id.clone(),
            price: price.clone(),
            rule: simulation.model().rule.id(),
            interval: level.percent(),
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            uncertainty: bootstrap.uncertainty.id(),
            points: point_table(price, brand.as_deref(), &curve.points),
            brand,
        };
        outside::print(&simulation, &[], report, format)
    }
}

fn point_table(price: &str, brand: Option<&str>, points: &[DemandPoint]) -> Table {
    let money = |measure: &str, key: &str| {
        let brand = brand.unwrap_or_default();
        Column::new(format!("{measure} of {brand} (thousands a month)")).with_key(key)
    };
    let columns = [
        Column::new(price).with_key("price"),
        Column::new("share"),
        Column::new("low"),
        Column::new("high"),
        money("revenue", "revenue"),
        money("EBIT", "ebit"),
    ];
    let mut table = Table::new("Demand", columns);
    for point in points {
        let percent = |share| Cell::percent(share, 1);
        let [low, high] = interval_ends(point.share.interval);
        let money = |value| Cell::optional(value, |value| Cell::decimal(value, 2));
        table.push([
            Cell::decimal(point.price, 2),
            percent(point.share.mean),
            Cell::optional(low, percent),
            Cell::optional(high, percent),
            money(point.money.map(|money| money.revenue)),
            money(point.money.map(|money| money.ebit)),
        ]);
    }
    table
}

impl Report for DemandReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut table = self.points.clone();
        table.title = format!("Demand for {} by {}", self.product, self.price);
        table.note = format!(
            "{} % confidence intervals from {} resamples of the respondents",
            self.interval, self.resamples
        );
        if self.brand.is_none() {
            // Without money the last two columns are empty.
            let columns = table.columns.len() - 2;
            table.columns.truncate(columns);
            for row in &mut table.rows {
                row.truncate(columns);
            }
        }
        vec![table]
    }

    fn csv_table(&self) -> Table {
        self.points.clone()
    }
}
