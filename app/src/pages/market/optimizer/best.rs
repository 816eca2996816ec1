//! What the optimizer found: the best candidates, and what competitors answer.

use conjoint::market::Measure;
use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, ObjectiveMeasure, PriceChange, PriceEquilibrium,
    SearchStrategy,
};
use conjoint::study::Study;
use yew::prelude::*;

use super::Outcome;
use crate::components::scroll;
use crate::format::{amount, column_label, count, measure_value, percent, plain_number};
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, State};

/// The candidates, and which of them is best once competitors answer.
pub(super) fn outcome_of(outcome: &Outcome, state: &State, dispatch: &Dispatch) -> Html {
    let found = &outcome.found;
    let candidates = count(outcome.plan.candidate_count() as usize);
    let evaluated = count(found.evaluated_count as usize);
    let how = match found.strategy {
        SearchStrategy::Exhaustive => format!("All {candidates} candidates were computed."),
        SearchStrategy::Search => format!(
            "A search computed {evaluated} of {candidates} candidates: coordinate ascents, then a \
             genetic algorithm, with seed {}.",
            outcome.model.seed,
        ),
    };
    let older = outcome.is_older(state);
    let class = classes!("best", older.then_some("older"));
    html! {
        <div {class}>
            <p role="status">
                { how }
                if older {
                    { " What is asked for, the method or the offers have changed since: run it again." }
                }
            </p>
            { candidates_of(outcome, state, dispatch) }
            <p class="note">{ &outcome.by }</p>
            if let Some((place, answer)) = &outcome.answer {
                { answered(outcome, state.study(), *place, answer) }
            }
        </div>
    }
}

/// A row a candidate, with a button that loads it.
fn candidates_of(outcome: &Outcome, state: &State, dispatch: &Dispatch) -> Html {
    let (study, scenario) = (state.study(), &outcome.scenario);
    let attributes = study.schema().attributes();
    let heading = outcome.plan.varying_attributes().iter().map(|varied| {
        let product = study.name_of(&scenario.offers()[varied.product]);
        let column = column_label(&attributes[varied.attribute].name);
        html! { <th scope="col">{ format!("{column} of {product}") }</th> }
    });
    let row = |(place, candidate): (usize, &Candidate)| {
        let rank = place + 1;
        let values = outcome.plan.edits(study, scenario, candidate);
        let value = |(_, text): (String, String)| match text.parse() {
            Ok(number) => html! { <td>{ plain_number(number) }</td> },
            Err(_) => html! { <td>{ text }</td> },
        };
        let loaded = outcome.plan.apply_candidate(study, scenario, candidate);
        html! {
            <tr key={place}>
                <th scope="row">{ rank }</th>
                { for values.into_iter().map(value) }
                <td>{ told(outcome, study, candidate.objective_value) }</td>
                <td>
                    <button
                        type="button"
                        class="quiet"
                        aria-label={format!("Load candidate {rank}")}
                        onclick={dispatching(dispatch, Action::Load(loaded))}
                    >
                        { "Load" }
                    </button>
                </td>
            </tr>
        }
    };
    let rows = html! {
        <table>
            <caption>{ "Best candidates" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "rank" }</th>
                    { for heading }
                    <th scope="col">
                        { format!("{} of {}", outcome.request.measure.label(), outcome.request.beneficiary) }
                    </th>
                    <th scope="col"><span class="unseen">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for outcome.found.best.iter().enumerate().map(row) }</tbody>
        </table>
    };
    scroll("Best candidates, scrollable", "", rows)
}

/// An objective in its unit.
fn told(outcome: &Outcome, study: &Study, objective: f64) -> String {
    let currency = &study.settings().currency;
    match outcome.request.measure {
        ObjectiveMeasure::Share => percent(objective),
        ObjectiveMeasure::Revenue => measure_value(Measure::Revenue, objective, currency),
        ObjectiveMeasure::Ebit => measure_value(Measure::Ebit, objective, currency),
    }
}

/// Which candidate is best then, how the prices came to rest, and which moved.
fn answered(outcome: &Outcome, study: &Study, place: usize, answer: &PriceEquilibrium) -> Html {
    let rounds = match answer.rounds {
        1 => "1 round".to_owned(),
        rounds => format!("{} rounds", count(rounds)),
    };
    let ending = match answer.ending {
        Ending::Equilibrium => "nobody gains by another price any more".to_owned(),
        Ending::Cycle(back) => format!("the prices of {back} rounds before came again: a cycle"),
        Ending::Unsettled => "the prices had not settled".to_owned(),
    };
    let whose = &outcome.request.beneficiary;
    let currency = &study.settings().currency;
    // Beside the objective, the other of the two that a price is torn between.
    let other = |BeneficiaryOutcome { share, figures, .. }: &BeneficiaryOutcome| match outcome
        .request
        .measure
    {
        ObjectiveMeasure::Share => format!(
            "an EBIT of {}",
            measure_value(Measure::Ebit, figures.ebit, currency)
        ),
        ObjectiveMeasure::Revenue | ObjectiveMeasure::Ebit => {
            format!("a share of {}", percent(*share))
        }
    };
    let words = format!(
        "Once competitors answer, candidate {} is best: {} of {whose} is {} instead of {}, with {} \
         instead of {}. After {rounds} {ending}.",
        place + 1,
        outcome.request.measure.label(),
        told(outcome, study, answer.outcome_after.objective_value),
        told(outcome, study, answer.outcome_before.objective_value),
        other(&answer.outcome_after),
        other(&answer.outcome_before),
    );
    let row = |moved: &PriceChange| {
        let offer = outcome.scenario.offers().get(moved.product);
        let name = offer.map_or(String::new(), |offer| study.name_of(offer));
        html! {
            <tr key={name.clone()}>
                <th scope="row">{ name }</th>
                <td>{ amount(moved.old_price, currency) }</td>
                <td>{ amount(moved.new_price, currency) }</td>
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
            <tbody>{ for answer.price_changes.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <>
            <p>{ words }</p>
            if !answer.price_changes.is_empty() {
                { scroll("Monthly costs once competitors answered, scrollable", "", rows) }
            }
        </>
    }
}
