//! `conjoint optimize`: values of offers that bring a brand the most.

mod report;

use clap::{Args, ValueEnum};

use conjoint::optimizer::{
    EntryPart, ObjectiveMeasure, OptimizerRequest, Plan, RequestError, RequestField, SearchSettings,
};

use super::Subcommand;
use crate::error::{CliError, print_warning};
use crate::load;
use crate::options::{ScenarioOptions, parse_variation};
use crate::output::Format;
use crate::outside;
use crate::progress::run_with_progress;
use report::{EquilibriumLine, OptimizeReport, candidate_line};

/// Values of offers that bring a brand the most share, revenue or EBIT
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint optimize --data Data --objective ebit --brand Tesla --vary 9.monthly_cost=349:499:10 --vary 9.range=200:300:20 --cost range=200:0 --cost range=300:25 --answer"
)]
pub(super) struct OptimizeCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// What to maximize
    #[arg(long, value_enum)]
    objective: ObjectiveWord,
    /// Maximize it for this brand
    #[arg(long, value_name = "NAME", required_unless_present = "parent")]
    brand: Option<String>,
    /// Maximize it for all brands of this parent company
    #[arg(long, value_name = "NAME", conflicts_with = "brand")]
    parent: Option<String>,
    /// What to vary: a range of numbers, or ID.COLUMN=A,B,C for level names; repeatable
    #[arg(long, value_name = "ID.COLUMN=BEGIN:END:STEP", required = true, value_parser = parse_variation, allow_hyphen_values = true)]
    vary: Vec<String>,
    /// What a value of a column costs per customer and month, for EBIT; repeatable, interpolated
    /// between numbers
    #[arg(
        long = "cost",
        value_name = "COLUMN=VALUE:COST",
        allow_hyphen_values = true
    )]
    costs: Vec<String>,
    /// Number of best candidates to show
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,
    /// Bounds of an offer's monthly cost when brands respond [default: 80 % to 120 % of it, within the
    /// surveyed range]; repeatable
    #[arg(
        long = "bound",
        value_name = "ID=LOW:HIGH",
        requires = "answer",
        allow_hyphen_values = true
    )]
    bounds: Vec<String>,
    /// Let all brands respond with their monthly costs, and show which of the best candidates is
    /// best then
    #[arg(long)]
    answer: bool,
}

/// What to maximize, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ObjectiveWord {
    /// Share of all respondents
    Share,
    /// Revenue after the period
    Revenue,
    /// EBIT after the period
    Ebit,
}

impl Subcommand for OptimizeCommand {
    const NAME: &'static str = "optimize";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let request = self.request();
        let plan = Plan::read(&simulation, &request).map_err(|errors| refuse(&request, &errors))?;
        let mut outside = Vec::new();
        for (entry, warning) in plan.find_extrapolated_entries() {
            let text = request.vary_entries.get(entry).map_or("", String::as_str);
            print_warning(&format!("--vary {text}: {warning}"));
            let varying = plan.varying_attributes().get(entry);
            outside.extend(varying.and_then(|varying| varying.first_outside()));
        }
        let settings = SearchSettings {
            top: usize::from(self.top),
            seed: simulation.model().seed,
        };
        let mut optimization = plan.start(&simulation, settings);
        run_with_progress("candidates", &mut optimization);
        let found = optimization.into_result();
        let equilibrium = self.answer.then(|| {
            let mut games = plan.start_candidate_games(&simulation, &found.best);
            run_with_progress("competitors' responses", &mut games);
            let (place, equilibrium) = games.into_best()?;
            let candidate = candidate_line(&plan, &simulation, found.best.get(place)?);
            Some(EquilibriumLine::new(&simulation, candidate, &equilibrium))
        });
        let report =
            OptimizeReport::new(&plan, &simulation, &request, &found, equilibrium.flatten());
        outside::print(&simulation, &outside, report, format)
    }
}

impl OptimizeCommand {
    fn request(&self) -> OptimizerRequest {
        let beneficiary = self.parent.as_ref().or(self.brand.as_ref());
        OptimizerRequest {
            measure: match self.objective {
                ObjectiveWord::Share => ObjectiveMeasure::Share,
                ObjectiveWord::Revenue => ObjectiveMeasure::Revenue,
                ObjectiveWord::Ebit => ObjectiveMeasure::Ebit,
            },
            beneficiary: beneficiary.cloned().unwrap_or_default(),
            is_parent: self.parent.is_some(),
            vary_entries: self.vary.clone(),
            cost_entries: self.costs.clone(),
            bound_entries: self.bounds.clone(),
            includes_price_game: self.answer,
        }
    }
}

/// The errors of a request, each with its argument.
fn refuse(request: &OptimizerRequest, errors: &[RequestError]) -> CliError {
    let entry = |argument: &str, entries: &[String], entry: usize| {
        let text = entries.get(entry).map_or("", String::as_str);
        format!("{argument} {text}")
    };
    let line = |error: &RequestError| {
        let argument = match error.field {
            RequestField::Measure => "--objective".to_owned(),
            RequestField::Beneficiary if request.is_parent => "--parent".to_owned(),
            RequestField::Beneficiary => "--brand".to_owned(),
            RequestField::Vary(
                number,
                EntryPart::Product | EntryPart::Attribute | EntryPart::Levels,
            ) => entry("--vary", &request.vary_entries, number),
            RequestField::Vary(number, part) => {
                format!(
                    "{}: {}",
                    entry("--vary", &request.vary_entries, number),
                    part.name()
                )
            }
            RequestField::Cost(number) => entry("--cost", &request.cost_entries, number),
            RequestField::PriceGame => "--answer".to_owned(),
            RequestField::Bounds(number) => entry("--bound", &request.bound_entries, number),
        };
        format!("{argument}: {}", error.error)
    };
    CliError::Optimize(errors.iter().map(line).collect())
}
