//! How respondents choose, and which of them are included.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use conjoint::choice::{ChoiceModel, ChoiceModelError, NoneOption, Rule};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::{ProductId, Study, quote_names};

use super::{RespondentOptions, parse_id_number};
use crate::error::CliError;

#[derive(Args)]
pub(crate) struct ModelOptions {
    /// Choice rule [default: first-choice]
    #[arg(long, value_parser = rule_parser())]
    rule: Option<Rule>,
    /// Scale factor that multiplies utilities; first choice ignores it [default: 1]
    #[arg(long, allow_negative_numbers = true)]
    scale: Option<f64>,
    /// Draws per respondent for randomized first choice [default: 1000]
    #[arg(long)]
    draws: Option<u32>,
    /// Seed of everything random [default: 1]
    #[arg(long)]
    seed: Option<u64>,
    /// Utility of a None option, `surveyed` for the study's column None, or `off`
    #[arg(long, value_name = "UTILITY", value_parser = parse_none, allow_negative_numbers = true)]
    none: Option<NoneOption>,
    /// Share of the market, 0 to 1, that can buy an offer; repeatable
    #[arg(long = "availability", value_name = "ID=SHARE", value_parser = parse_id_number, allow_hyphen_values = true)]
    availability: Vec<(ProductId, f64)>,
    /// Constant to add to the utility of an offer; repeatable
    #[arg(long = "constant", value_name = "ID=UTILITY", value_parser = parse_id_number, allow_hyphen_values = true)]
    constants: Vec<(ProductId, f64)>,
    /// Scale of the errors of randomized first choice [default: fitted to a reference set of offers]
    #[arg(
        long = "rfc-scale",
        value_name = "SCALE",
        allow_negative_numbers = true
    )]
    error_scale: Option<f64>,
    /// Attribute in which offers count as similar by randomized first choice; repeatable [default: all
    /// except prices]
    #[arg(long = "similar", value_name = "ATTRIBUTE")]
    similar: Vec<String>,
    #[command(flatten)]
    pub(crate) respondents: RespondentOptions,
}

/// Parses a choice rule by its id; the help lists all of them.
fn rule_parser() -> impl TypedValueParser<Value = Rule> {
    let rules = Rule::ALL.map(|rule| PossibleValue::new(rule.id()).help(rule.summary()));
    PossibleValuesParser::new(rules)
        .try_map(|id| Rule::from_id(&id).ok_or("no choice rule has this id"))
}

impl ModelOptions {
    /// The choice model for a study and a scenario of it: the settings of `base`, except those that an
    /// option gives.
    pub(crate) fn choice_model(
        &self,
        study: &Study,
        scenario: &Scenario,
        base: ChoiceModel,
    ) -> Result<ChoiceModel, CliError> {
        let lists = [
            ("--availability", &self.availability),
            ("--constant", &self.constants),
        ];
        for (argument, list) in lists {
            for (id, _) in list {
                if scenario.find(id.as_str()).is_none() {
                    let offers = scenario.offers().iter();
                    let known = quote_names(offers.map(|offer| offer.id.as_str()));
                    let id = id.to_string();
                    let error = ChoiceModelError::UnknownProduct { id, known };
                    return Err(option_error(argument, error));
                }
            }
        }
        let mut model = ChoiceModel {
            rule: self.rule.unwrap_or(base.rule),
            scale: self.scale.unwrap_or(base.scale),
            draws: self.draws.unwrap_or(base.draws),
            seed: self.seed.unwrap_or(base.seed),
            none: self.none.unwrap_or(base.none),
            availability: override_products(base.availability, &self.availability),
            constants: override_products(base.constants, &self.constants),
            error_scale: self.error_scale.or(base.error_scale),
            similar: base.similar.filter(|_| self.similar.is_empty()),
            ..base
        };
        for name in &self.similar {
            let included = model.include_similar(study, name);
            included.map_err(|error| option_error(find_argument(&error), error))?;
        }
        self.respondents.restrict(study, model)
    }
}

/// The values of products, with those that options give instead.
fn override_products(
    mut base: Vec<(ProductId, f64)>,
    given: &[(ProductId, f64)],
) -> Vec<(ProductId, f64)> {
    base.retain(|(id, _)| !given.iter().any(|(other, _)| other == id));
    base.extend_from_slice(given);
    base
}

/// An error with the argument that caused it.
pub(crate) fn option_error(argument: &str, error: ChoiceModelError) -> CliError {
    CliError::ModelOption {
        argument: argument.to_owned(),
        error,
    }
}

/// The argument or arguments that an error of the model comes from.
pub(super) fn find_argument(error: &ChoiceModelError) -> &'static str {
    match error {
        ChoiceModelError::Scale(_) => "--scale",
        ChoiceModelError::ErrorScale(_) => "--rfc-scale",
        ChoiceModelError::UnknownAttribute { .. } => "--similar",
        ChoiceModelError::Rescaled => "--rule",
        ChoiceModelError::Draws(_) => "--draws",
        ChoiceModelError::NoneUtility(_) | ChoiceModelError::NoneNotSurveyed => "--none",
        ChoiceModelError::Availability { .. } => "--availability",
        ChoiceModelError::Constant { .. } => "--constant",
        ChoiceModelError::UnknownSegment { .. } => "--segment",
        ChoiceModelError::UnknownBrand { .. } => "--owner",
        ChoiceModelError::UnknownProduct { .. } | ChoiceModelError::DuplicateProduct(_) => {
            "--availability, --constant"
        }
        ChoiceModelError::NoDraws => "--uncertainty",
        ChoiceModelError::NoRespondents => "--segment, --owner",
    }
}

fn parse_none(text: &str) -> Result<NoneOption, String> {
    match text {
        "surveyed" => Ok(NoneOption::Surveyed),
        "off" => Ok(NoneOption::Off),
        _ => match text.parse() {
            Ok(utility) => Ok(NoneOption::Utility(utility)),
            Err(_) => Err("write a utility, for example -1.5, `surveyed` or `off`".to_owned()),
        },
    }
}
