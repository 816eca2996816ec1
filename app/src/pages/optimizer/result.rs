//! The result of the optimizer: the best candidates, and the prices after competitors respond.

use conjoint::market::Measure;
use conjoint::optimizer::{
    BeneficiaryOutcome, Candidate, Ending, FinalPrice, ObjectiveMeasure, PriceEquilibrium,
    SearchStrategy,
};
use conjoint::study::Study;
use conjoint::sweep::RangeEdge;
use yew::prelude::*;

use super::Outcome;
use super::price_finder::{edge_text, gain_text, objective_text};
use crate::components::{Dispatch, dispatch_on_click, scroll_area};
use crate::format::{amount, column_label, count, percent, plain_number, short_measure};
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
    let (measure, currency) = (outcome.request.measure, &study.settings().currency);
    let heading = outcome.plan.varying_attributes().iter().map(|varied| {
        let product = study.name_of(&scenario.offers()[varied.product]);
        let column = column_label(&attributes[varied.attribute].name);
        html! { <th scope="col">{ format!("{column} of {product}") }</th> }
    });
    let row = |(index, candidate): (usize, &Candidate)| {
        let rank = index + 1;
        let values = outcome.plan.edits(study, scenario, candidate);
        let edges = outcome.plan.find_edges(candidate);
        let cell = |((_, text), edge): ((String, String), Option<RangeEdge>)| {
            let text = text.parse().map_or(text, plain_number);
            html! { <td>{ text }{ edge_text(edge) }</td> }
        };
        let gain = outcome.gains.get(index);
        let share = gain.map_or(String::new(), |gain| percent(gain.share.mean));
        let gain = gain.map_or(String::new(), |gain| gain_text(measure, gain, currency));
        let candidate_scenario = outcome.plan.apply_candidate(study, scenario, candidate);
        html! {
            <tr key={index}>
                <th scope="row">{ rank }</th>
                { for values.into_iter().zip(edges).map(cell) }
                <td>{ objective_text(outcome.request.measure, candidate.objective_value, currency) }</td>
                <td>{ share }</td>
                <td>{ gain }</td>
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
    let objective = measure.label();
    let rows = html! {
        <table>
            <caption>{ "Best candidates" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "rank" }</th>
                    { for heading }
                    <th scope="col">{ format!("{objective} of {}", outcome.request.beneficiary) }</th>
                    <th scope="col">{ format!("share of {}", outcome.request.beneficiary) }</th>
                    <th scope="col">{ "gain over today" }</th>
                    <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for outcome.found.best.iter().enumerate().map(row) }</tbody>
        </table>
    };
    scroll_area("Best candidates, scrollable", "", rows)
}

/// The best candidate after competitors respond, and their new prices.
fn equilibrium_summary(
    outcome: &Outcome,
    study: &Study,
    index: usize,
    equilibrium: &PriceEquilibrium,
) -> Html {
    let currency = &study.settings().currency;
    let row = |last: &FinalPrice| {
        let offer = outcome.scenario.offers().get(last.product);
        let name = offer.map_or(String::new(), |offer| study.name_of(offer));
        let mut changes = equilibrium.price_changes.iter();
        let change = changes.find(|change| change.product == last.product);
        let before = change.map_or(last.price, |change| change.old_price);
        let [low, high] = [last.bounds.low, last.bounds.high].map(|end| amount(end, currency));
        let edge = last
            .edge
            .map(|edge| format!(", stops at the {}", edge.label()));
        html! {
            <tr key={name.clone()}>
                <th scope="row">{ name }</th>
                <td>{ amount(before, currency) }</td>
                <td>{ amount(last.price, currency) }</td>
                <td>{ format!("{low}–{high}") }{ edge }</td>
            </tr>
        }
    };
    let rows = html! {
        <table>
            <caption>{ "Monthly costs once competitors responded" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "before" }</th>
                    <th scope="col">{ "after" }</th>
                    <th scope="col">{ "bounds" }</th>
                </tr>
            </thead>
            <tbody>{ for equilibrium.final_prices.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <>
            <p>{ describe_equilibrium(outcome, study, index, equilibrium) }</p>
            if !equilibrium.final_prices.is_empty() {
                { scroll_area("Monthly costs once competitors responded, scrollable", "", rows) }
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
        Ending::Equilibrium if equilibrium.stops_at_bounds() => {
            "nobody can gain from another price within its bounds, at which some prices stop"
                .to_owned()
        }
        Ending::Equilibrium => {
            "nobody can gain from another price: the prices converged".to_owned()
        }
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
            let ebit = short_measure(Measure::Ebit, figures.ebit, currency);
            format!("an EBIT of {ebit}")
        }
        ObjectiveMeasure::Revenue | ObjectiveMeasure::Ebit => {
            format!("a share of {}", percent(*share))
        }
    };
    format!(
        "After competitors respond, candidate {} is best: {} of {} is {} instead of {}, with {} \
         instead of {}. After {rounds}, {ending}.",
        index + 1,
        outcome.request.measure.label(),
        outcome.request.beneficiary,
        objective_text(
            outcome.request.measure,
            equilibrium.outcome_after.objective_value,
            currency
        ),
        objective_text(
            outcome.request.measure,
            equilibrium.outcome_before.objective_value,
            currency
        ),
        other(&equilibrium.outcome_after),
        other(&equilibrium.outcome_before),
    )
}
