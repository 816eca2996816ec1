//! How respondents choose and whose choices count, as asked for.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use conjoint::choice::{ChoiceModel, ChoiceModelError, NoneOption, Rule};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::{ProductId, Study, quote_names};

use crate::error::Failure;

/// Whose choices count.
#[derive(Args)]
pub(crate) struct PeopleOptions {
    /// Count this segment alone; may be repeated
    #[arg(long = "segment", value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) segments: Vec<String>,
    /// Count those alone who have this brand today; may be repeated
    #[arg(long = "owner", value_name = "BRAND", allow_hyphen_values = true)]
    pub(crate) owners: Vec<String>,
    /// Weights of the respondents, a CSV file with the columns id and weight
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
}

/// How respondents choose, and whose choices count.
#[derive(Args)]
pub(crate) struct ModelOptions {
    /// The choice rule
    #[arg(long, value_parser = rule_parser(), default_value = Rule::default().id())]
    rule: Rule,
    /// The scale factor by which utilities are multiplied (not by first choice)
    #[arg(long, default_value_t = 1.0, allow_negative_numbers = true)]
    scale: f64,
    /// Draws a respondent of randomized first choice
    #[arg(long, default_value_t = ChoiceModel::DRAWS)]
    draws: u32,
    /// The seed of everything that is drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Let respondents choose nothing: at this utility, or `surveyed` for the study's column None
    #[arg(long, value_name = "UTILITY", value_parser = none, allow_negative_numbers = true)]
    none: Option<NoneOption>,
    /// The share of the market, 0 to 1, that can buy an offer; may be repeated
    #[arg(long = "availability", value_name = "ID=SHARE", value_parser = by_id, allow_hyphen_values = true)]
    availability: Vec<(ProductId, f64)>,
    /// Add to the utility of an offer; may be repeated
    #[arg(long = "constant", value_name = "ID=UTILITY", value_parser = by_id, allow_hyphen_values = true)]
    constants: Vec<(ProductId, f64)>,
    #[command(flatten)]
    pub(crate) people: PeopleOptions,
}

/// Reads a choice rule by its id; the help lists all of them.
fn rule_parser() -> impl TypedValueParser<Value = Rule> {
    let rules = Rule::ALL.map(|rule| PossibleValue::new(rule.id()).help(rule.summary()));
    PossibleValuesParser::new(rules)
        .try_map(|id| Rule::from_id(&id).ok_or("no choice rule has this id"))
}

impl PeopleOptions {
    /// The method with these respondents selected, checked against the study.
    pub(crate) fn select(
        &self,
        study: &Study,
        mut model: ChoiceModel,
    ) -> Result<ChoiceModel, Failure> {
        for name in &self.segments {
            let done = model.include_segment(study, name);
            done.map_err(|fault| failure("--segment", fault))?;
        }
        for name in &self.owners {
            let done = model.include_owner(study, name);
            done.map_err(|fault| failure("--owner", fault))?;
        }
        match model.check(study) {
            Ok(()) => Ok(model),
            Err(fault) => Err(failure(argument(&fault), fault)),
        }
    }
}

impl ModelOptions {
    /// The method, for a study and the offers that it is asked about.
    pub(crate) fn choice_model(
        &self,
        study: &Study,
        scenario: &Scenario,
    ) -> Result<ChoiceModel, Failure> {
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
                    return Err(failure(argument, ChoiceModelError::NoProduct { id, known }));
                }
            }
        }
        let model = ChoiceModel {
            rule: self.rule,
            scale: self.scale,
            draws: self.draws,
            seed: self.seed,
            none: self.none.unwrap_or_default(),
            availability: self.availability.clone(),
            constants: self.constants.clone(),
            ..ChoiceModel::default()
        };
        self.people.select(study, model)
    }
}

/// The argument that a fault is of.
fn argument(fault: &ChoiceModelError) -> &'static str {
    match fault {
        ChoiceModelError::Scale(_) => "--scale",
        ChoiceModelError::Draws(_) => "--draws",
        ChoiceModelError::NoneUtility(_) | ChoiceModelError::NoneNotSurveyed => "--none",
        ChoiceModelError::Availability { .. } => "--availability",
        ChoiceModelError::Constant { .. } => "--constant",
        ChoiceModelError::NoSegment { .. } => "--segment",
        ChoiceModelError::NoBrand { .. } => "--owner",
        ChoiceModelError::NoProduct { .. } | ChoiceModelError::Twice(_) => {
            "--availability, --constant"
        }
        ChoiceModelError::Nobody => "--segment, --owner",
    }
}

fn failure(argument: &str, fault: ChoiceModelError) -> Failure {
    Failure::ChoiceModel {
        argument: argument.to_owned(),
        fault,
    }
}

fn none(text: &str) -> Result<NoneOption, String> {
    match text {
        "surveyed" => Ok(NoneOption::Surveyed),
        _ => match text.parse() {
            Ok(utility) => Ok(NoneOption::Utility(utility)),
            Err(_) => Err("write a utility, as -1.5, or `surveyed`".to_owned()),
        },
    }
}

/// `ID=NUMBER`; the id may have equals signs of its own.
pub(crate) fn by_id(text: &str) -> Result<(ProductId, f64), String> {
    let parsed = text.rsplit_once('=').and_then(|(id, number)| {
        let number = number.trim().parse().ok()?;
        Some((ProductId::from(id.to_owned()), number))
    });
    parsed.ok_or_else(|| "write ID=NUMBER, as 9=0.6".to_owned())
}
