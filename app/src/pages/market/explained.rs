//! How it is computed: the method of what is on screen, in words and formulas.

use conjoint::choice::{ChoiceModel, NoneOption};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, effective_sample_size};
use yew::prelude::*;

use crate::compute::{Analyses, Live};
use crate::format::{count, fixed_decimals, plain_number};
use crate::text::model::respondents_line;

/// Every part of the method with what it is now.
pub(super) fn explained(live: &Live, analyses: &Analyses) -> Html {
    let facts = live.ask(|simulation| facts(simulation, analyses));
    let fact = |(name, value): (&str, String)| {
        html! { <><dt>{ name.to_owned() }</dt><dd>{ value }</dd></> }
    };
    html! {
        <section aria-labelledby="explained-title" class="explained">
            <h2 id="explained-title">{ "How it is computed" }</h2>
            <dl>{ for facts.into_iter().map(fact) }</dl>
        </section>
    }
}

/// The formulas of figures, with S the shares by the rule, x prices and w weights.
const FIGURES: [(&str, &str); 6] = [
    (
        "Importance",
        "range of an attribute's part-worths / sum of all attributes' ranges, of each respondent, \
         then the mean by w",
    ),
    (
        "Part-worths",
        "u(level) − mean of u over the attribute's levels, of each respondent, then the mean by w",
    ),
    (
        "Willingness to pay",
        "algebraic: the median of (u(level) − u(reference)) / −β, with β the slope of a respondent's \
         part-worths over the price; simulated: the change of price with which S is what it was",
    ),
    (
        "Price elasticity",
        "point: Σ w·∂P[j]/∂x[k] · x[k] / Σ w·P[j], where ∂P[j]/∂x[k] = s·u′(x[k])·P[j]·(1 − P[k]) \
         for j = k, else −s·u′(x[k])·P[j]·P[k]; arc: ΔS[j] / mean S[j] over Δx[k] / mean x[k]",
    ),
    (
        "Demand curve",
        "S[j] at 25 prices over the surveyed range and at the price as it stands",
    ),
    ("Diversion", "(S[k] without j − S[k]) / S[j]"),
];

fn facts(simulation: &Simulation, analyses: &Analyses) -> Vec<(&'static str, String)> {
    let model = simulation.model();
    let bootstrap = Bootstrap::seeded(model.seed);
    let weights = simulation.selected().respondents().weights();
    let effective = effective_sample_size(weights.as_slice());
    let mut facts = vec![
        ("Rule", model.rule.label().to_owned()),
        ("Formula", model.rule.formula().to_owned()),
        ("Scale factor", scale(model)),
        ("None", none(model)),
        ("Respondents", respondents_line(simulation)),
        ("Effective sample size", fixed_decimals(effective, 1)),
        (
            "Availability",
            products(
                &model.availability,
                "every product can be bought by everybody",
            ),
        ),
        ("Constants", products(&model.constants, "none")),
        ("Seed", model.seed.to_string()),
        (
            "Intervals",
            format!(
                "90 %, between the 5th and the 95th percentile of {} resamples of the respondents, \
                 the same for both sides of a difference{}",
                count(bootstrap.resamples as usize),
                match analyses.intervals {
                    Some(_) => "",
                    None => "; being computed",
                },
            ),
        ),
    ];
    if let Some(scale) = simulation.live().error_scale() {
        let told = format!(
            "{} draws a respondent; the errors' scale is {} of the logit's, with which the shares \
             of the study's own offers come closest to the logit's",
            count(model.draws as usize),
            fixed_decimals(scale, 3),
        );
        facts.insert(3, ("Draws", told));
    }
    facts.extend(FIGURES.map(|(name, told)| (name, told.to_owned())));
    facts
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
        NoneOption::Off => "none: everybody takes a product".to_owned(),
        NoneOption::Surveyed => {
            "taken where no product has the utility that the respondent gave it".to_owned()
        }
        NoneOption::Utility(utility) => {
            format!(
                "an outside option of utility {} to everybody",
                plain_number(utility)
            )
        }
    }
}

/// What is set of single products, by their ids.
fn products(list: &[(conjoint::study::ProductId, f64)], nothing: &str) -> String {
    let told = list
        .iter()
        .map(|(id, value)| format!("offer {id}: {}", plain_number(*value)));
    let told: Vec<String> = told.collect();
    match told.as_slice() {
        [] => nothing.to_owned(),
        told => told.join(", "),
    }
}
