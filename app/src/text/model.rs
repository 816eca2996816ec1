//! Which choice model a figure was computed with, in one line.

use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::simulation::scenario::Scenario;
use conjoint::stats::bootstrap::Uncertainty;
use conjoint::study::Study;
use yew::AttrValue;

use crate::compute::{Live, SimulatedMarket};
use crate::format::{column_label, count, plain_number};

/// The part of the choice model that a figure uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureBasis {
    /// The chosen rule.
    Rule,
    /// First choices, whatever the rule.
    FirstChoice,
    /// First choices and logit probabilities, whatever the rule.
    Logit,
    /// The share of preference, whatever the rule.
    Preference,
    /// Only part-worths: no choices are simulated.
    PartWorths,
    /// Only part-worths, in a study with posterior draws their means.
    MeanPartWorths,
}

impl FigureBasis {
    /// Whether the figure counts each respondent for one product.
    fn uses_first_choices(self, model: &ChoiceModel) -> bool {
        match self {
            Self::Rule => model.rule == Rule::FirstChoice,
            Self::FirstChoice | Self::Logit => true,
            Self::Preference | Self::PartWorths | Self::MeanPartWorths => false,
        }
    }

    /// Whether the figure follows from simulated choices.
    fn simulates_choices(self) -> bool {
        !matches!(self, Self::PartWorths | Self::MeanPartWorths)
    }
}

/// The line under a figure of the current results.
pub fn model_line(live: &Live, basis: FigureBasis) -> AttrValue {
    let SimulatedMarket {
        study,
        model,
        results,
        ..
    } = &*live.market;
    let mut line = basis_line(study, model, results.respondents, basis);
    if basis.simulates_choices() {
        line.extend(extrapolated_note(study, &live.market.scenario));
    }
    if basis.uses_first_choices(model) {
        line.extend(ties_note(results.ties));
    }
    line.into()
}

/// How many respondents have several first choices, of which the first in the file counts:
/// " · 3 respondents have equal first choices, the first of which counts"; `None` if there are none.
fn ties_note(ties: usize) -> Option<String> {
    let who = match ties {
        0 => return None,
        1 => "1 respondent has".to_owned(),
        _ => format!("{} respondents have", count(ties)),
    };
    Some(format!(
        " · {who} equal first choices, the first of which counts"
    ))
}

/// The values outside the surveyed range, on which every figure of choices depends:
/// " · extrapolated beyond the survey: monthly cost of Tesla Model 3"; `None` if there are none.
fn extrapolated_note(study: &Study, scenario: &Scenario) -> Option<String> {
    let values = scenario.find_outside_values(study).into_iter();
    let names = values.filter_map(|outside| {
        let offer = scenario.offers().get(outside.product)?;
        let attribute = study.schema().attributes().get(outside.attribute)?;
        let column = column_label(&attribute.name);
        Some(format!("{column} of {}", study.name_of(offer)))
    });
    let names: Vec<String> = names.collect();
    let list = names.join(", ");
    (!names.is_empty()).then(|| format!(" · extrapolated beyond the survey: {list}"))
}

/// The line under a figure: "By share of preference, scale 0.5, with None · Gen X, 200 respondents".
/// `respondents` is how many the model includes.
pub fn basis_line(
    study: &Study,
    model: &ChoiceModel,
    respondents: usize,
    basis: FigureBasis,
) -> String {
    let method = match basis {
        FigureBasis::Rule => model.rule.label().to_ascii_lowercase(),
        FigureBasis::FirstChoice => Rule::FirstChoice.label().to_ascii_lowercase(),
        FigureBasis::Logit => "first choice, probabilities by share of preference".to_owned(),
        FigureBasis::Preference => Rule::ShareOfPreference.label().to_ascii_lowercase(),
        FigureBasis::PartWorths | FigureBasis::MeanPartWorths => "part-worths".to_owned(),
    };
    let uses_scale = match basis {
        FigureBasis::Rule => model.rule.uses_scale(),
        FigureBasis::Logit | FigureBasis::Preference => true,
        FigureBasis::FirstChoice | FigureBasis::PartWorths | FigureBasis::MeanPartWorths => false,
    };
    let mut parts = vec![format!("By {method}")];
    if uses_scale && model.scale != 1.0 {
        parts.push(format!("scale {}", plain_number(model.scale)));
    }
    let follows_draws = basis == FigureBasis::Rule && model.rule.uses_draws();
    if let Some(scale) = model.error_scale.filter(|_| follows_draws) {
        parts.push(format!("error scale {}", plain_number(scale)));
    }
    if basis.simulates_choices() {
        parts.extend(market_conditions(model).map(str::to_owned));
    }
    let draws = match basis {
        FigureBasis::Rule | FigureBasis::Preference | FigureBasis::PartWorths => {
            draws_note(study, model.uncertainty)
        }
        FigureBasis::MeanPartWorths => draws_note(study, Uncertainty::Respondents),
        FigureBasis::FirstChoice | FigureBasis::Logit => None,
    };
    parts.extend(draws.map(str::to_owned));
    let respondents = respondents_line(study, model, respondents);
    format!("{} · {respondents}", parts.join(", "))
}

/// The line under a figure of the current offers at the mean part-worths.
pub fn model_line_at_means(live: &Live) -> AttrValue {
    let SimulatedMarket {
        study,
        model,
        results,
        ..
    } = &*live.market;
    basis_line(
        study,
        &model.at_means(),
        results.respondents,
        FigureBasis::Rule,
    )
    .into()
}

/// In a study with posterior draws, which of its figures are shown, and what their intervals cover.
fn draws_note(study: &Study, uncertainty: Uncertainty) -> Option<&'static str> {
    study.has_draws().then_some(match uncertainty {
        Uncertainty::Respondents => "at the mean part-worths",
        Uncertainty::Draws => "mean over draws, intervals of draws",
        Uncertainty::Both => "mean over draws, intervals of respondents and draws",
    })
}

/// What intervals say, as an option of a list.
pub fn uncertainty_name(uncertainty: Uncertainty) -> &'static str {
    match uncertainty {
        Uncertainty::Respondents => "Respondents, at mean part-worths",
        Uncertainty::Draws => "Draws",
        Uncertainty::Both => "Respondents and draws",
    }
}

/// Further settings that change choices.
fn market_conditions(model: &ChoiceModel) -> impl Iterator<Item = &'static str> {
    let none = (model.none != NoneOption::Off).then_some("with None");
    let limited = (!model.availability.is_empty()).then_some("limited availability");
    let constants = (!model.constants.is_empty()).then_some("constants");
    none.into_iter().chain(limited).chain(constants)
}

/// Who is included: "Gen X, owners of Tesla, 12 respondents".
pub fn respondents_line(study: &Study, model: &ChoiceModel, respondents: usize) -> String {
    let respondents = match respondents {
        1 => "1 respondent".to_owned(),
        respondents => format!("{} respondents", count(respondents)),
    };
    selection_prefix(study, model) + &respondents
}

/// The selection, if there is one: "Gen X, owners of Tesla, ".
fn selection_prefix(study: &Study, model: &ChoiceModel) -> String {
    let segments = model.segments.iter();
    let segments = segments.filter_map(|segment| study.segments().get(*segment));
    let mut prefix = list_prefix(segments.map(String::as_str));
    let owners = model.owners.iter();
    let owners = owners.filter_map(|brand| study.brands().get(*brand));
    let owners = list_prefix(owners.map(|brand| brand.name.as_str()));
    if !owners.is_empty() {
        prefix += &format!("owners of {owners}");
    }
    prefix
}

/// "A + B, ", or nothing for an empty list.
fn list_prefix<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!("{}, ", names.join(" + ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::small_study;
    use conjoint::testing::{add_draws, read_valid, small_files};

    fn line(change: impl FnOnce(&mut ChoiceModel, &Study), basis: FigureBasis) -> String {
        let study = small_study();
        let mut model = ChoiceModel::default();
        change(&mut model, &study);
        basis_line(&study, &model, 5, basis)
    }

    #[test]
    fn a_figure_names_the_settings_that_it_uses() {
        let preference = |model: &mut ChoiceModel, _: &Study| {
            model.rule = Rule::ShareOfPreference;
            model.scale = 0.5;
            model.none = NoneOption::Utility(0.0);
        };
        let expected = [
            (
                FigureBasis::Rule,
                "By share of preference, scale 0.5, with None · 5 respondents",
            ),
            (
                FigureBasis::FirstChoice,
                "By first choice, with None · 5 respondents",
            ),
            (
                FigureBasis::Logit,
                "By first choice, probabilities by share of preference, scale 0.5, with None · 5 \
                 respondents",
            ),
            (FigureBasis::PartWorths, "By part-worths · 5 respondents"),
        ];
        for (basis, text) in expected {
            assert_eq!(line(preference, basis), text);
        }
    }

    #[test]
    fn a_figure_of_part_worths_names_the_draws_behind_it() {
        let mut files = small_files();
        add_draws(&mut files, 2, |_, _| 0.0);
        let study = read_valid(&files);
        let model = ChoiceModel::for_study(&study);
        let line = |basis| basis_line(&study, &model, 5, basis);
        assert_eq!(
            line(FigureBasis::PartWorths),
            "By part-worths, mean over draws, intervals of respondents and draws · 5 respondents"
        );
        assert_eq!(
            line(FigureBasis::MeanPartWorths),
            "By part-worths, at the mean part-worths · 5 respondents"
        );
    }

    #[test]
    fn a_figure_names_the_values_that_it_extrapolates() {
        let study = small_study();
        let mut scenario = Scenario::baseline(&study);
        assert_eq!(extrapolated_note(&study, &scenario), None);
        let priced = study.schema().price_attributes().next().unwrap();
        let (_, high) = study.schema().attributes()[priced].range().unwrap();
        let product = study.offers().indices().next().unwrap();
        let text = (high * 1.01).to_string();
        scenario.set(&study, product, priced, &text).unwrap();
        let note = extrapolated_note(&study, &scenario).unwrap();
        let name = study.name_of(&study.offers()[product]);
        assert!(note.ends_with(&name), "{note}");
    }

    #[test]
    fn figures_of_first_choices_count_ties() {
        assert_eq!(ties_note(0), None);
        assert_eq!(
            ties_note(1).unwrap(),
            " · 1 respondent has equal first choices, the first of which counts"
        );
        assert!(ties_note(3).unwrap().starts_with(" · 3 respondents have"));
        let preference = ChoiceModel {
            rule: Rule::ShareOfPreference,
            ..ChoiceModel::default()
        };
        assert!(FigureBasis::Rule.uses_first_choices(&ChoiceModel::default()));
        assert!(!FigureBasis::Rule.uses_first_choices(&preference));
        assert!(FigureBasis::Logit.uses_first_choices(&preference));
    }

    #[test]
    fn a_figure_names_an_error_scale_that_is_set_by_hand() {
        let randomized = |scale: Option<f64>| {
            move |model: &mut ChoiceModel, _: &Study| {
                model.rule = Rule::RandomizedFirstChoice;
                model.error_scale = scale;
            }
        };
        let text = line(randomized(Some(0.8)), FigureBasis::Rule);
        assert_eq!(
            text,
            "By randomized first choice, error scale 0.8 · 5 respondents"
        );
        let text = line(randomized(None), FigureBasis::Rule);
        assert_eq!(text, "By randomized first choice · 5 respondents");
    }

    #[test]
    fn a_figure_names_the_selection() {
        let text = line(
            |model, study| model.include_segment(study, "Gen X").unwrap(),
            FigureBasis::Rule,
        );
        assert_eq!(text, "By first choice · Gen X, 5 respondents");
    }
}
