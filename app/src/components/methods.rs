//! How the figures are computed: the choice model's settings, and a formula per figure.

use conjoint::choice::{ChoiceModel, NoneOption};
use conjoint::stats::bootstrap::Uncertainty;
use conjoint::study::ProductId;
use yew::prelude::*;

use crate::compute::{Analyses, Live, SimulatedMarket};
use crate::format::{column_label, count, fixed_decimals, plain_number};
use crate::text::model::respondents_line;

/// A list of all settings and formulas.
pub fn methods(live: &Live, analyses: &Analyses) -> Html {
    let entries = entries(&live.market, analyses);
    let entry = |(name, value): (&str, String)| {
        html! { <><dt>{ name.to_owned() }</dt><dd>{ value }</dd></> }
    };
    html! {
        <section aria-labelledby="methods-title" class="methods">
            <h2 id="methods-title">{ "How it is computed" }</h2>
            <dl>{ for entries.into_iter().map(entry) }</dl>
        </section>
    }
}

/// The formulas of the figures: S are shares by the rule, P probabilities, u part-worths, x prices,
/// w weights, s the scale factor.
const FORMULAS: [(&str, &str); 6] = [
    (
        "Importance",
        "range of the attribute's part-worths / sum of all attributes' ranges, per respondent; then \
         the mean, weighted by w",
    ),
    (
        "Part-worths",
        "u(level) − mean of u over the attribute's levels, per respondent; then the mean, weighted \
         by w",
    ),
    (
        "Willingness to pay",
        "algebraic: the median of (u(level) − u(reference)) / −β, where β is the slope of a \
         respondent's part-worths over the price; simulated: the price change that restores the \
         former S",
    ),
    (
        "Price elasticity",
        "point: Σ w·∂P[j]/∂x[k] · x[k] / Σ w·P[j], where ∂P[j]/∂x[k] = s·u′(x[k])·P[j]·(1 − P[k]) \
         for j = k, else −s·u′(x[k])·P[j]·P[k]; arc: ΔS[j] / mean S[j] over Δx[k] / mean x[k]",
    ),
    (
        "Demand curve",
        "S[j] at 25 prices over the surveyed range and at the current price",
    ),
    ("Diversion", "(S[k] without j − S[k]) / S[j]"),
];

fn entries(market: &SimulatedMarket, analyses: &Analyses) -> Vec<(&'static str, String)> {
    let SimulatedMarket {
        study,
        model,
        results,
        ..
    } = market;
    let respondents = respondents_line(study, model, results.respondents);
    let mut entries = vec![
        ("Rule", model.rule.label().to_owned()),
        ("Formula", model.rule.formula().to_owned()),
        ("Scale factor", scale(model)),
    ];
    if let Some(scale) = results.error_scale {
        let source = match model.error_scale {
            Some(_) => "set by hand",
            None => {
                "which brings the shares of reference offers, made of the study's levels, closest to \
                 the logit's"
            }
        };
        let draws = format!(
            "{} draws per respondent; the scale of the errors is {} of the logit's, {source}",
            count(model.draws as usize),
            fixed_decimals(scale, 3),
        );
        let attributes = study.schema().attributes();
        let similar = model.similar_attributes(study).into_iter();
        let names = similar.map(|index| column_label(&attributes[index].name));
        let names: Vec<String> = names.collect();
        let similar = match names.as_slice() {
            [] => "no attribute".to_owned(),
            names => names.join(", "),
        };
        entries.extend([("Draws", draws), ("Offers are similar in", similar)]);
    }
    entries.extend([
        ("None", none(model)),
        ("Respondents", respondents),
        (
            "Effective sample size",
            fixed_decimals(results.effective_respondents, 1),
        ),
        (
            "Availability",
            products(&model.availability, "everybody can buy every product"),
        ),
        ("Constants", products(&model.constants, "none")),
        ("Seed", model.seed.to_string()),
        ("Intervals", intervals(model, analyses)),
    ]);
    entries.extend(FORMULAS.map(|(name, formula)| (name, formula.to_owned())));
    entries
}

fn scale(model: &ChoiceModel) -> String {
    let scale = plain_number(model.scale);
    match model.rule.uses_scale() {
        true => scale,
        false => format!("{scale}, no effect with this rule"),
    }
}

fn none(model: &ChoiceModel) -> String {
    match model.none {
        NoneOption::Off => "no None option: everybody chooses a product".to_owned(),
        NoneOption::Surveyed => {
            "chosen by a respondent if no product reaches the utility of None in the survey"
                .to_owned()
        }
        NoneOption::Utility(utility) => format!(
            "an outside option with utility {} for everybody",
            plain_number(utility)
        ),
    }
}

fn intervals(model: &ChoiceModel, analyses: &Analyses) -> String {
    let bootstrap = model.bootstrap();
    format!(
        "90 %, from the 5th to the 95th percentile of {} resamples of {}; both sides of a difference \
         use the same resamples{}",
        count(bootstrap.resamples as usize),
        match model.uncertainty {
            Uncertainty::Respondents => "the respondents",
            Uncertainty::Draws => "the posterior draws",
            Uncertainty::Both => "the respondents, each with a posterior draw",
        },
        match analyses.intervals {
            Some(_) => "",
            None => "; being computed",
        },
    )
}

/// The settings of single products, by their ids; `default` if there are none.
fn products(settings: &[(ProductId, f64)], default: &str) -> String {
    let texts = settings
        .iter()
        .map(|(id, value)| format!("offer {id}: {}", plain_number(*value)));
    let texts: Vec<String> = texts.collect();
    match texts.as_slice() {
        [] => default.to_owned(),
        texts => texts.join(", "),
    }
}
