//! `conjoint wtp`: what levels are worth in money.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{LevelWtp, WARNING, WillingnessToPay, WtpEstimate, WtpRequest};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position};
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::{Attribute, ProductId, Study, quote_names};

use crate::args::{Format, WtpOptions};
use crate::error::{Failure, warn};
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

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
    levels: Vec<LevelLine>,
}

#[derive(Serialize)]
struct LevelLine {
    attribute: String,
    level: String,
    reference: String,
    algebraic: Option<MedianLine>,
    simulated: Option<AmountLine>,
}

#[derive(Serialize)]
struct MedianLine {
    median: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct AmountLine {
    amount: f64,
    low: f64,
    high: f64,
}

/// Runs the command.
pub(crate) fn run(options: &WtpOptions, format: Format) -> Result<(), Failure> {
    let level = Level::new(options.interval.percent)?;
    let simulation = load::simulation(&options.edits)?;
    let study = simulation.selected();
    let price = find_price_attribute(study, options.price.as_deref())
        .map_err(|fault| Failure::price("--price", fault))?;
    let fault = |fault| Failure::price("--product", fault);
    let product = find_priced_offer(&simulation, options.product.as_deref()).map_err(fault)?;
    let bootstrap = Bootstrap::seeded(simulation.model().seed);
    let request = WtpRequest {
        product,
        price,
        attribute: attribute(study, options.attribute.as_deref(), price)?,
        bootstrap,
        level,
    };
    let worth = WillingnessToPay::compute(&simulation, &request).map_err(fault)?;
    if format == Format::Table {
        warn(WARNING);
    }
    let attributes = study.schema().attributes();
    let lines = worth.levels.iter();
    let report = WtpReport {
        product: simulation.scenario().offers()[product].id.clone(),
        price: attributes[price].name.clone(),
        rule: worth.rule.id(),
        interval: level.percent(),
        seed: bootstrap.seed,
        resamples: bootstrap.resamples,
        respondents: worth.respondents,
        respondents_who_like_paying_more: worth.like_paying_more,
        levels: lines
            .map(|line| LevelLine::new(&attributes[line.attribute], line))
            .collect(),
    };
    output::print(&report, format)
}

/// The attribute that is asked about, if it is only one.
fn attribute(
    study: &Study,
    name: Option<&str>,
    price: AttributeIndex,
) -> Result<Option<AttributeIndex>, Failure> {
    let Some(name) = name else { return Ok(None) };
    let schema = study.schema();
    let worthy = |index: &AttributeIndex| *index != price;
    let found = schema.find(name).filter(worthy);
    let found = found.filter(|index| !schema.attributes()[*index].levels.is_empty());
    found.map(Some).ok_or_else(|| {
        let others = schema.surveyed().filter(worthy);
        let others = others.map(|index| schema.attributes()[index].name.as_str());
        Failure::NoWorth {
            name: name.to_owned(),
            known: quote_names(others),
        }
    })
}

impl LevelLine {
    fn new(attribute: &Attribute, line: &LevelWtp) -> Self {
        let names = attribute.levels.names();
        let name = |level: LevelIndex| names.get(level.index()).cloned().unwrap_or_default();
        Self {
            attribute: attribute.name.clone(),
            level: name(line.level),
            reference: name(line.reference),
            algebraic: line.algebraic.map(|worth| MedianLine {
                median: worth.amount,
                low: worth.interval.low,
                high: worth.interval.high,
            }),
            simulated: line
                .simulated
                .map(|WtpEstimate { amount, interval }| AmountLine {
                    amount,
                    low: interval.low,
                    high: interval.high,
                }),
        }
    }

    /// Both amounts, each between the ends of its interval; `None` where there is none.
    fn amounts(&self) -> [Option<f64>; 6] {
        let algebraic = self.algebraic.as_ref();
        let simulated = self.simulated.as_ref();
        [
            algebraic.map(|line| line.median),
            algebraic.map(|line| line.low),
            algebraic.map(|line| line.high),
            simulated.map(|line| line.amount),
            simulated.map(|line| line.low),
            simulated.map(|line| line.high),
        ]
    }

    fn row(&self, write: impl Fn(f64) -> String) -> Vec<String> {
        let names = [&self.attribute, &self.level, &self.reference];
        let names = names.into_iter().cloned();
        let amounts = self
            .amounts()
            .map(|amount| amount.map_or(String::new(), &write));
        names.chain(amounts).collect()
    }
}

impl Report for WtpReport {
    fn tables(&self) -> Vec<Sheet> {
        let title = format!(
            "Willingness to pay in {} ({} % intervals by resampling the respondents; simulated for \
             {} among all offers; {} of {} respondents like paying more, and have no algebraic \
             amounts; empty: the share does not return)",
            self.price,
            self.interval,
            self.product,
            self.respondents_who_like_paying_more,
            self.respondents,
        );
        let header = [
            "attribute",
            "level",
            "against",
            "algebraic",
            "low",
            "high",
            "simulated",
            "low",
            "high",
        ];
        let mut sheet = Sheet::new(&title, &header);
        let rows = self.levels.iter();
        sheet
            .rows
            .extend(rows.map(|line| line.row(|amount| format!("{amount:.2}"))));
        vec![sheet]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = [
            "attribute",
            "level",
            "reference",
            "algebraic_median",
            "algebraic_low",
            "algebraic_high",
            "simulated_amount",
            "simulated_low",
            "simulated_high",
        ];
        let mut sheet = Sheet::new("Willingness to pay", &header);
        let rows = self.levels.iter();
        sheet
            .rows
            .extend(rows.map(|line| line.row(|amount| amount.to_string())));
        sheet.write_csv(out)
    }
}
