//! By which method a figure was computed, in a line of its own.

use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::simulation::Simulation;
use conjoint::study::Study;

use crate::format::{count, plain_number};

/// What a figure takes of the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureBasis {
    /// The chosen rule.
    Rule,
    /// First choices, whatever the rule.
    FirstChoice,
    /// First choices and the logit's probabilities, whatever the rule.
    Logit,
    /// The share of preference, whatever the rule.
    Preference,
    /// Part-worths alone: nobody chooses.
    PartWorths,
}

/// The line under a figure: "By share of preference, scale 0.5, with None · Gen X, 200 respondents".
pub fn basis_line(simulation: &Simulation, basis: FigureBasis) -> String {
    let model = simulation.model();
    let how = match basis {
        FigureBasis::Rule => model.rule.label().to_ascii_lowercase(),
        FigureBasis::FirstChoice => Rule::FirstChoice.label().to_ascii_lowercase(),
        FigureBasis::Logit => "first choice, probabilities by share of preference".to_owned(),
        FigureBasis::Preference => Rule::ShareOfPreference.label().to_ascii_lowercase(),
        FigureBasis::PartWorths => "part-worths".to_owned(),
    };
    let knows_scale = match basis {
        FigureBasis::Rule => model.rule.uses_scale(),
        FigureBasis::Logit | FigureBasis::Preference => true,
        FigureBasis::FirstChoice | FigureBasis::PartWorths => false,
    };
    let mut parts = vec![format!("By {how}")];
    if knows_scale && model.scale != 1.0 {
        parts.push(format!("scale {}", plain_number(model.scale)));
    }
    if basis != FigureBasis::PartWorths {
        parts.extend(told(model).map(str::to_owned));
    }
    format!("{} · {}", parts.join(", "), respondents_line(simulation))
}

/// What else makes a choice another one.
fn told(model: &ChoiceModel) -> impl Iterator<Item = &'static str> {
    let none = (model.none != NoneOption::Off).then_some("with None");
    let limited = (!model.availability.is_empty()).then_some("limited availability");
    let constants = (!model.constants.is_empty()).then_some("constants");
    none.into_iter().chain(limited).chain(constants)
}

/// Whose choices count: "Gen X, owners of Tesla, 12 respondents".
pub fn respondents_line(simulation: &Simulation) -> String {
    let people = simulation.selected().respondents().len();
    let people = match people {
        1 => "1 respondent".to_owned(),
        _ => format!("{} respondents", count(people)),
    };
    selected(simulation.full_study(), simulation.model()) + &people
}

/// The selection, if there is one: "Gen X, owners of Tesla, ".
fn selected(study: &Study, model: &ChoiceModel) -> String {
    let segments = model.segments.iter();
    let segments = segments.filter_map(|segment| study.segments().get(*segment));
    let mut told = listed(segments.map(String::as_str));
    let owners = model.owners.iter();
    let owners = owners.filter_map(|brand| study.brands().get(*brand));
    let owners = listed(owners.map(|brand| brand.name.as_str()));
    if !owners.is_empty() {
        told += &format!("owners of {owners}");
    }
    told
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("{}, ", names.join(" + ")),
    }
}
