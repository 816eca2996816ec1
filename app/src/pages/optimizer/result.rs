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
use super::best::{best_row, best_table, result_view};
use super::price_finder::{edge_text, gain_text, objective_text};
use crate::components::{Dispatch, scroll_area};
use crate::format::{amount, column_label, count, percent, plain_number, short_measure};
use crate::state::State;

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
    let outdated = outcome.is_stale(state).then_some("run it again.");
    let content = html! {
        <>
            { candidate_table(outcome, state, dispatch) }
            <p class="note">{ &outcome.model_line }</p>
            if let Some((index, equilibrium)) = &outcome.equilibrium {
                { equilibrium_summary(outcome, state.study(), *index, equilibrium) }
            }
        </>
    };
    result_view(&method, outdated, content)
}

/// One row per candidate, with a button that loads it.
fn candidate_table(outcome: &Outcome, state: &State, dispatch: &Dispatch) -> Html {
    let (study, scenario) = (state.study(), &outcome.scenario);
    let attributes = study.schema().attributes();
    let (measure, currency) = (outcome.request.measure, &study.settings().currency);
    let varied = outcome.plan.varying_attributes().iter().map(|varied| {
        let product = study.name_of(&scenario.offers()[varied.product]);
        let column = column_label(&attributes[varied.attribute].name);
        format!("{column} of {product}")
    });
    let row = |(index, candidate): (usize, &Candidate)| {
        let values = outcome.plan.edits(study, scenario, candidate);
        let edges = outcome.plan.find_edges(candidate);
        let value = |((_, text), edge): ((String, String), Option<RangeEdge>)| {
            let text = text.parse().map_or(text, plain_number);
            html! { <>{ text }{ edge_text(edge) }</> }
        };
        let gain = outcome.gains.get(index);
        let figures = [
            objective_text(measure, candidate.objective_value, currency),
            gain.map_or(String::new(), |gain| percent(gain.share.mean)),
            gain.map_or(String::new(), |gain| gain_text(measure, gain, currency)),
        ];
        let cells = values.into_iter().zip(edges).map(value);
        let cells = cells.chain(figures.map(|text| html! { text })).collect();
        let offers = outcome.plan.apply_candidate(study, scenario, candidate);
        best_row(index + 1, cells, dispatch, ("Load", "candidate", offers))
    };
    let beneficiary = &outcome.request.beneficiary;
    let figures = [
        format!("{} of {beneficiary}", measure.label()),
        format!("share of {beneficiary}"),
        "gain over today".to_owned(),
    ];
    let rows: Html = outcome.found.best.iter().enumerate().map(row).collect();
    best_table("Best candidates", varied.chain(figures).collect(), rows)
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
