//! `conjoint wtp`: what levels are worth in money.

mod report;

use clap::Args;

use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{
    WARNING, WillingnessToPay, WtpRequest, compare_levels, compute_distributions,
};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position};
use conjoint::simulation::Simulation;
use conjoint::study::{Attribute, Study, quote_names};

use super::Subcommand;
use crate::error::{CliError, print_warning};
use crate::load;
use crate::options::{IntervalOption, ScenarioOptions, UncertaintyOption};
use crate::output::{self, Format};
use crate::outside;
use report::{ComparisonRecord, WtpReport, list_records};

/// Willingness to pay for the levels of the attributes
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint wtp --data Data --rule share-of-preference --product 9 --attribute range\n\nEvery level has two amounts, relative to the level of the offer or the one nearest to it.\nalgebraic: the median over respondents of the difference in part-worth divided by the slope of\ntheir price line; it overstates what buyers would pay. simulated: how much the price of the offer\ncan rise, among its competitors and None, until its share is what it was; missing if the share\ndoes not return. An amount that reaches the edge of the prices tried is a bound."
)]
pub(super) struct WtpCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
    /// Only the levels of this attribute [default: all attributes]
    #[arg(long, value_name = "COLUMN")]
    attribute: Option<String>,
    /// Attribute to use as the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    price: Option<String>,
    /// Offer whose price varies [default: the one with the largest share]
    #[arg(long, value_name = "ID")]
    product: Option<String>,
    /// Add the amount of every respondent, and quantiles over respondents
    #[arg(long)]
    individual: bool,
    /// Level from whose amount that of another is subtracted
    #[arg(long, value_name = "LEVEL", requires = "with")]
    compare: Option<String>,
    /// Level whose amount is subtracted
    #[arg(long, value_name = "LEVEL", requires = "compare")]
    with: Option<String>,
    #[command(flatten)]
    interval: IntervalOption,
}

impl Subcommand for WtpCommand {
    const NAME: &'static str = "wtp";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let level = self.interval.level()?;
        let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
        load::require_probabilities(&simulation)?;
        let study = simulation.selected();
        let price = find_price_attribute(study, self.price.as_deref())
            .map_err(CliError::price("--price"))?;
        let product = find_priced_offer(&simulation, self.product.as_deref())
            .map_err(CliError::price("--product"))?;
        let bootstrap = simulation.model().bootstrap();
        let request = WtpRequest {
            product,
            price,
            attribute: find_attribute(study, self.attribute.as_deref(), price)?,
            bootstrap,
            level,
        };
        let comparison = self.compare(&simulation, &request)?;
        let priced = CliError::price("--product");
        let worth = WillingnessToPay::compute(&simulation, &request).map_err(&priced)?;
        let distributions = match self.individual {
            true => {
                // Of each respondent there is one amount, at the mean part-worths.
                let mut at_means = simulation.clone();
                at_means.set_model(simulation.model().at_means())?;
                compute_distributions(&at_means, &request).map_err(&priced)?
            }
            false => Vec::new(),
        };
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
            uncertainty: bootstrap.uncertainty.id(),
            respondents: worth.respondents,
            respondents_who_like_paying_more: worth.like_paying_more,
            levels: list_records(study, &worth.levels, &distributions),
            comparison,
        };
        // The rule of amounts has probabilities, so that nobody has ties.
        let report = outside::flag(&simulation, &[], report).without_ties();
        output::print(&report, format)
    }
}

impl WtpCommand {
    /// The difference of the amounts for the two levels that the options name.
    fn compare(
        &self,
        simulation: &Simulation,
        request: &WtpRequest,
    ) -> Result<Option<ComparisonRecord>, CliError> {
        let [Some(one), Some(other)] = [&self.compare, &self.with] else {
            return Ok(None);
        };
        let study = simulation.selected();
        let attribute = match request.attribute {
            Some(attribute) => attribute,
            None => find_common_attribute(study, request.price, [one, other])?,
        };
        let find = |argument, name| find_level(study, attribute, argument, name);
        let levels = [find("--compare", one)?, find("--with", other)?];
        let comparison = compare_levels(simulation, request, attribute, levels)
            .map_err(CliError::price("--product"))?;
        Ok(Some(ComparisonRecord::new(study, &comparison)))
    }
}

/// The level of that name, or number.
fn find_level(
    study: &Study,
    attribute: AttributeIndex,
    argument: &'static str,
    name: &str,
) -> Result<LevelIndex, CliError> {
    let attribute = &study.schema().attributes()[attribute];
    place_of_level(attribute, name).ok_or_else(|| CliError::NoLevel {
        argument,
        name: name.to_owned(),
        known: quote_names(attribute.level_names()),
    })
}

/// The level of that name, or number, if the attribute has it.
fn place_of_level(attribute: &Attribute, name: &str) -> Option<LevelIndex> {
    let names = attribute.level_names();
    let plain = attribute.levels.names();
    let mut places = 0..names.len();
    let is_named = |place: &usize| {
        let written = [names.get(*place), plain.get(*place)];
        written.into_iter().flatten().any(|level| level == name)
    };
    places.find(is_named).map(LevelIndex::from_index)
}

/// The only attribute, except the price, that has both levels.
fn find_common_attribute(
    study: &Study,
    price: AttributeIndex,
    levels: [&str; 2],
) -> Result<AttributeIndex, CliError> {
    let schema = study.schema();
    let has_both = |index: &AttributeIndex| {
        let attribute = &schema.attributes()[*index];
        let mut levels = levels.into_iter();
        *index != price && levels.all(|level| place_of_level(attribute, level).is_some())
    };
    let found: Vec<AttributeIndex> = schema.surveyed_attributes().filter(has_both).collect();
    let [one, other] = levels.map(|level| quote_names([level]));
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(CliError::NoCommonAttribute { one, other }),
        several => {
            let names = several.iter().map(|index| &schema.attributes()[*index]);
            let names = quote_names(names.map(|attribute| attribute.name.as_str()));
            Err(CliError::CommonAttributes { one, other, names })
        }
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
