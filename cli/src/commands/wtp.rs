//! `conjoint wtp`: what levels are worth in money.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{LevelWtp, WARNING, WillingnessToPay, WtpEstimate, WtpRequest};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position};
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::stats::bootstrap::Bootstrap;
use conjoint::study::{ProductId, Study, quote_names};

use super::Subcommand;
use crate::error::{CliError, print_warning};
use crate::load;
use crate::options::{IntervalOption, ScenarioOptions};
use crate::output::{Format, Report};
use crate::outside;

/// Willingness to pay for the levels of the attributes
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint wtp --data Data --rule share-of-preference --product 9 --attribute range\n\nEvery level has two amounts, relative to the level of the offer or the one nearest to it.\nalgebraic: the median over respondents of the difference in part-worth divided by the slope of\ntheir price line; it overstates what buyers would pay. simulated: how much the price of the offer\ncan rise, among its competitors and None, until its share is what it was; missing if the share\ndoes not return."
)]
pub(super) struct WtpCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Only the levels of this attribute [default: all attributes]
    #[arg(long, value_name = "COLUMN")]
    attribute: Option<String>,
    /// Attribute to use as the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    price: Option<String>,
    /// Offer whose price varies [default: the one with the largest share]
    #[arg(long, value_name = "ID")]
    product: Option<String>,
    #[command(flatten)]
    interval: IntervalOption,
}

#[derive(Serialize)]
struct WtpReport {
    product: ProductId,
    price: String,
    rule: &'static str,
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    respondents: usize,
    respondents_who_like_paying_more: usize,
    #[serde(serialize_with = "serialize_records")]
    levels: Table,
}

impl Subcommand for WtpCommand {
    const NAME: &'static str = "wtp";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let level = self.interval.level()?;
        let simulation = load::simulate(&self.scenario)?;
        load::require_probabilities(&simulation)?;
        let study = simulation.selected();
        let price = find_price_attribute(study, self.price.as_deref())
            .map_err(CliError::price("--price"))?;
        let product = find_priced_offer(&simulation, self.product.as_deref())
            .map_err(CliError::price("--product"))?;
        let bootstrap = Bootstrap::with_seed(simulation.model().seed);
        let request = WtpRequest {
            product,
            price,
            attribute: find_attribute(study, self.attribute.as_deref(), price)?,
            bootstrap,
            level,
        };
        let worth = WillingnessToPay::compute(&simulation, &request)
            .map_err(CliError::price("--product"))?;
        if format == Format::Table {
            print_warning(WARNING);
        }
        let report = WtpReport {
            product: simulation.scenario().offers()[product].id.clone(),
            price: study.schema().attributes()[price].name.clone(),
            rule: worth.rule.id(),
            interval: level.percent(),
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            respondents: worth.respondents,
            respondents_who_like_paying_more: worth.like_paying_more,
            levels: level_table(study, &worth.levels),
        };
        outside::print(&simulation, &[], &report, format)
    }
}

/// The attribute of that name, which must have levels and must not be the price.
fn find_attribute(
    study: &Study,
    name: Option<&str>,
    price: AttributeIndex,
) -> Result<Option<AttributeIndex>, CliError> {
    let Some(name) = name else { return Ok(None) };
    let schema = study.schema();
    let is_other = |index: &AttributeIndex| *index != price;
    let found = schema.find(name).filter(is_other);
    let found = found.filter(|index| !schema.attributes()[*index].levels.is_empty());
    found.map(Some).ok_or_else(|| {
        let others = schema.surveyed_attributes().filter(is_other);
        let others = others.map(|index| schema.attributes()[index].name.as_str());
        CliError::NoLevels {
            name: name.to_owned(),
            known: quote_names(others),
        }
    })
}

/// A row per level: both amounts with their intervals.
fn level_table(study: &Study, levels: &[LevelWtp]) -> Table {
    let amount = |name: &str, group: &str, key: &str| {
        let interval = ["low", "high"].map(Column::new);
        let columns = std::iter::once(Column::new(name).with_key(key)).chain(interval);
        columns
            .map(|column| column.in_group(group))
            .collect::<Vec<_>>()
    };
    let columns = [
        Column::new("attribute"),
        Column::new("level"),
        Column::new("against").with_key("reference"),
    ];
    let algebraic = amount("algebraic", "algebraic", "median");
    let simulated = amount("simulated", "simulated", "amount");
    let columns = columns.into_iter().chain(algebraic).chain(simulated);
    let mut table = Table::new("Willingness to pay", columns);
    for line in levels {
        let attribute = &study.schema().attributes()[line.attribute];
        let names = attribute.level_names();
        let name = |level: LevelIndex| names.get(level.index()).cloned().unwrap_or_default();
        let amounts = [line.algebraic, line.simulated]
            .into_iter()
            .flat_map(|worth| {
                let cells = worth.map(|WtpEstimate { amount, interval }| {
                    [amount, interval.low, interval.high].map(|amount| Cell::decimal(amount, 2))
                });
                cells.unwrap_or_default()
            });
        let names = [
            Cell::text(&attribute.name),
            Cell::text(name(line.level)),
            Cell::text(name(line.reference)),
        ];
        table.push(names.into_iter().chain(amounts));
    }
    table
}

impl Report for WtpReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut table = self.levels.clone();
        table.title = format!("Willingness to pay in {}", self.price);
        table.note = format!(
            "{} % confidence intervals from {} resamples of the respondents; simulated for {} among \
             all offers; {} of {} respondents like paying more, and have no algebraic amounts; \
             empty: the share does not return",
            self.interval,
            self.resamples,
            self.product,
            self.respondents_who_like_paying_more,
            self.respondents,
        );
        vec![table]
    }

    fn csv_table(&self) -> Table {
        self.levels.clone()
    }
}
