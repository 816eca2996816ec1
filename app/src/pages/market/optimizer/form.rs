//! What the optimizer looks for, and whose.

use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest, RequestError, RequestField};
use conjoint::study::Study;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::{choice, remark};
use crate::format::column_label;
use crate::pages::Dispatch;
use crate::state::{Action, State};

/// Sends a request that differs by one change.
pub(super) fn changing<T: 'static>(
    state: &State,
    dispatch: &Dispatch,
    change: impl Fn(&mut OptimizerRequest, T) + 'static,
) -> Callback<T> {
    let (request, dispatch) = (state.optimizer().clone(), dispatch.clone());
    Callback::from(move |value| {
        let mut request = OptimizerRequest::clone(&request);
        change(&mut request, value);
        dispatch.dispatch(Action::Optimize(request));
    })
}

/// What is wrong at the places that `is_meant` means; `None` where nothing is.
pub(super) fn problems(
    misfits: &[RequestError],
    is_meant: impl Fn(RequestField) -> bool,
) -> Option<String> {
    let meant = misfits.iter().filter(|misfit| is_meant(misfit.field));
    let told: Vec<String> = meant.map(RequestError::to_string).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// A text with its name before it: committed by leaving it or with Enter.
pub(super) fn text_input(
    id: &str,
    label: AttrValue,
    text: String,
    fault: Option<String>,
    note: Option<String>,
    on_commit: Callback<String>,
) -> Html {
    let (described_by, remark) = remark(id, fault.as_deref(), note);
    let onchange = on_commit.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.map_or(String::new(), |input| input.value())
    });
    html! {
        <>
            <input
                type="text"
                autocomplete="off"
                id={id.to_owned()}
                aria-label={label}
                aria-invalid={fault.is_some().then_some("true")}
                aria-describedby={described_by}
                value={text}
                {onchange}
            />
            { remark }
        </>
    }
}

/// All settings but what varies.
pub(super) fn settings(state: &State, dispatch: &Dispatch, misfits: &[RequestError]) -> Html {
    let (study, request) = (state.study(), state.optimizer());
    let objectives = ObjectiveMeasure::ALL.map(|objective| AttrValue::from(objective.label()));
    let place = ObjectiveMeasure::ALL
        .iter()
        .position(|it| *it == request.measure);
    let on_objective = changing(state, dispatch, |request, place: usize| {
        if let Some(objective) = ObjectiveMeasure::ALL.get(place) {
            request.measure = *objective;
        }
    });
    let owners = owners(study);
    let owner = owners.iter().position(|owner| {
        let (name, parent) = owner;
        (name, *parent) == (&request.beneficiary, request.is_parent)
    });
    let option = |(name, parent): &(String, bool)| match parent {
        true => AttrValue::from(format!("{name} (all its brands)")),
        false => AttrValue::from(name.clone()),
    };
    // One that a link names and the study does not have, behind all others.
    let unknown = owner.is_none().then(|| request.beneficiary.clone().into());
    let options = owners.iter().map(option).chain(unknown).collect();
    let selected = owner.unwrap_or(owners.len());
    let on_owner = changing(state, dispatch, move |request, place: usize| {
        if let Some((name, parent)) = owners.get(place) {
            (request.beneficiary, request.is_parent) = (name.clone(), *parent);
        }
    });
    let on_answer = changing(state, dispatch, |request, _: Event| {
        request.includes_price_game = !request.includes_price_game;
    });
    let told = problems(misfits, |place| {
        matches!(
            place,
            RequestField::Measure | RequestField::Beneficiary | RequestField::PriceGame
        )
    });
    html! {
        <>
            <div class="controls">
                { choice("Objective", objectives.to_vec(), place.unwrap_or_default(), on_objective) }
                { choice("Brand or parent", options, selected, on_owner) }
                <label class="choice">
                    <input type="checkbox" checked={request.includes_price_game} onchange={on_answer} />
                    { "Competitors answer" }
                </label>
            </div>
            if let Some(told) = told {
                <p class="message" role="status"><span class="fault">{ told }</span></p>
            }
            if request.measure == ObjectiveMeasure::Ebit {
                { costs(state, dispatch, misfits) }
            }
        </>
    }
}

/// Every brand, then the parents of several.
fn owners(study: &Study) -> Vec<(String, bool)> {
    let brands = study
        .brands()
        .iter()
        .map(|brand| (brand.name.clone(), false));
    let parents = study.parents().enumerate().filter(|(parent, _)| {
        let own = study
            .brands()
            .iter()
            .filter(|brand| brand.parent == *parent);
        own.count() > 1
    });
    brands
        .chain(parents.map(|(_, name)| (name.clone(), true)))
        .collect()
}

/// What parts the costs in their input.
const PARTS: &str = ";";

fn costs(state: &State, dispatch: &Dispatch, misfits: &[RequestError]) -> Html {
    let request = state.optimizer();
    let on_commit = changing(state, dispatch, |request, text: String| {
        let costs = text.split(PARTS).map(str::trim);
        let costs = costs.filter(|cost| !cost.is_empty());
        request.cost_entries = costs.map(str::to_owned).collect();
    });
    let fault = problems(misfits, |place| matches!(place, RequestField::Cost(_)));
    let month = column_label(state.study().settings().words.get("month"));
    let note = format!(
        "what values add to what a customer costs a {month}, in {}: as range=200:0; range=300:25",
        state.study().settings().currency,
    );
    let text = request.cost_entries.join("; ");
    html! {
        <div class="field wide">
            <span aria-hidden="true">{ "Costs" }</span>
            { text_input("optimizer-costs", "Costs".into(), text, fault, Some(note), on_commit) }
        </div>
    }
}
