//! The result of the optimizer: the best candidates, and the prices after competitors respond.

use conjoint::market::Measure;
use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, ObjectiveMeasure, PriceChange, PriceEquilibrium,
    SearchStrategy,
};
use conjoint::study::Study;
use yew::prelude::*;

use super::Outcome;
use crate::components::{Dispatch, dispatch_on_click, scroll_area};
use crate::format::{amount, column_label, count, measure_value, percent, plain_number};
use crate::state::{Action, State};

/// The best candidates, and the best of them after competitors respond.
pub(super) fn result(outcome: &Outcome, state: &State, dispatch: &Dispatch) -> Html {
    let found = &outcome.found;
    let candidates = count(outcome.plan.candidate_count() as usize);
    let evaluated = count(found.evaluated_count as usize);
    let method = match found.strategy {
        SearchStrategy::Exhaustive => format!("All {candidates} candidates were computed."),
        SearchStrategy::Search => format!(
            "The search computed {evaluated} of {candidates} candidates: coordinate ascent, then a \
             genetic algorithm with seed {}.",
            outcome.model.seed,
        ),
    };
    let is_stale = outcome.is_stale(state);
    let class = classes!("best", is_stale.then_some("stale"));
    html! {
        <div {class}>
            <p role="status">
                { method }
                if is_stale {
                    { " The request, the choice model or the offers have changed since: run it again." }
                }
            </p>
            { candidate_table(outcome, state, dispatch) }
            <p class="note">{ &outcome.model_line }</p>
            if let Some((index, equilibrium)) = &outcome.equilibrium {
                { equilibrium_summary(outcome, state.study(), *index, equilibrium) }
            }
        </div>
    }
}

/// One row per candidate, with a button that loads it.
fn candidate_table(outcome: &Outcome, state: &State, dispatch: &Dispatch) -> Html {
    let (study, scenario) = (state.study(), &outcome.scenario);
    let attributes = study.schema().attributes();
    let heading = outcome.plan.varying_attributes().iter().map(|varied| {
        let product = study.name_of(&scenario.offers()[varied.product]);
        let column = column_label(&attributes[varied.attribute].name);
        html! { <th scope="col">{ format!("{column} of {product}") }</th> }
    });
    let row = |(index, candidate): (usize, &Candidate)| {
        let rank = index + 1;
        let values = outcome.plan.edits(study, scenario, candidate);
        let cell = |(_, text): (String, String)| match text.parse() {
            Ok(number) => html! { <td>{ plain_number(number) }</td> },
            Err(_) => html! { <td>{ text }</td> },
        };
        let candidate_scenario = outcome.plan.apply_candidate(study, scenario, candidate);
        html! {
            <tr key={index}>
                <th scope="row">{ rank }</th>
                { for values.into_iter().map(cell) }
                <td>{ format_objective(outcome, study, candidate.objective_value) }</td>
                <td>
                    <button
                        type="button"
                        class="quiet"
                        aria-label={format!("Load candidate {rank}")}
                        onclick={dispatch_on_click(dispatch, Action::Load(candidate_scenario, None))}
                    >
                        { "Load" }
                    </button>
                </td>
            </tr>
        }
    };
    let objective = outcome.request.measure.label();
    let rows = html! {
        <table>
            <caption>{ "Best candidates" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "rank" }</th>
                    { for heading }
                    <th scope="col">{ format!("{objective} of {}", outcome.request.beneficiary) }</th>
                    <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for outcome.found.best.iter().enumerate().map(row) }</tbody>
        </table>
    };
    scroll_area("Best candidates, scrollable", "", rows)
}

/// A value of the objective with its unit.
fn format_objective(outcome: &Outcome, study: &Study, value: f64) -> String {
    let currency = &study.settings().currency;
    match outcome.request.measure {
        ObjectiveMeasure::Share => percent(value),
        ObjectiveMeasure::Revenue => measure_value(Measure::Revenue, value, currency),
        ObjectiveMeasure::Ebit => measure_value(Measure::Ebit, value, currency),
    }
}

/// The best candidate after competitors respond, and their new prices.
fn equilibrium_summary(
    outcome: &Outcome,
    study: &Study,
    index: usize,
    equilibrium: &PriceEquilibrium,
) -> Html {
    let currency = &study.settings().currency;
    let row = |change: &PriceChange| {
        let offer = outcome.scenario.offers().get(change.product);
        let name = offer.map_or(String::new(), |offer| study.name_of(offer));
        html! {
            <tr key={name.clone()}>
                <th scope="row">{ name }</th>
                <td>{ amount(change.old_price, currency) }</td>
                <td>{ amount(change.new_price, currency) }</td>
            </tr>
        }
    };
    let rows = html! {
        <table>
            <caption>{ "Monthly costs once competitors answered" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "before" }</th>
                    <th scope="col">{ "after" }</th>
                </tr>
            </thead>
            <tbody>{ for equilibrium.price_changes.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <>
            <p>{ describe_equilibrium(outcome, study, index, equilibrium) }</p>
            if !equilibrium.price_changes.is_empty() {
                { scroll_area("Monthly costs once competitors answered, scrollable", "", rows) }
            }
        </>
    }
}

/// Which candidate is best after competitors respond, and how the price changes ended.
fn describe_equilibrium(
    outcome: &Outcome,
    study: &Study,
    index: usize,
    equilibrium: &PriceEquilibrium,
) -> String {
    let rounds = match equilibrium.rounds {
        1 => "1 round".to_owned(),
        rounds => format!("{} rounds", count(rounds)),
    };
    let ending = match equilibrium.ending {
        Ending::Equilibrium => "nobody can gain from another price".to_owned(),
        Ending::Cycle(back) => format!("the prices of {back} rounds earlier return: a cycle"),
        Ending::Unsettled => "the prices have not settled".to_owned(),
    };
    let currency = &study.settings().currency;
    // A price trades share against EBIT: whichever is not the objective is shown as well.
    let other = |BeneficiaryOutcome { share, figures, .. }: &BeneficiaryOutcome| match outcome
        .request
        .measure
    {
        ObjectiveMeasure::Share => {
            let ebit = measure_value(Measure::Ebit, figures.ebit, currency);
            format!("an EBIT of {ebit}")
        }
        ObjectiveMeasure::Revenue | ObjectiveMeasure::Ebit => {
            format!("a share of {}", percent(*share))
        }
    };
    format!(
        "After competitors answer, candidate {} is best: {} of {} is {} instead of {}, with {} \
         instead of {}. After {rounds}, {ending}.",
        index + 1,
        outcome.request.measure.label(),
        outcome.request.beneficiary,
        format_objective(outcome, study, equilibrium.outcome_after.objective_value),
        format_objective(outcome, study, equilibrium.outcome_before.objective_value),
        other(&equilibrium.outcome_after),
        other(&equilibrium.outcome_before),
    )
}
