//! The optimizer's settings: the objective, whose objective it is, and costs.

use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest, RequestError, RequestField};
use conjoint::study::Study;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::bounds::bounds_table;
use crate::components::table::cell_message;
use crate::components::{Dispatch, labelled_select};
use crate::format::column_label;
use crate::state::{Action, State};

/// A callback that changes the request and sends it to the state.
pub(super) fn change_request<T: 'static>(
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

/// The errors of the selected fields as one message; `None` if there are none.
pub(super) fn error_message(
    errors: &[RequestError],
    is_selected: impl Fn(RequestField) -> bool,
) -> Option<String> {
    let selected = errors.iter().filter(|error| is_selected(error.field));
    let messages: Vec<String> = selected.map(RequestError::to_string).collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// A text input; leaving it or pressing Enter commits the text.
pub(super) fn text_input(
    id: &str,
    label: AttrValue,
    text: String,
    error: Option<String>,
    note: Option<String>,
    on_commit: Callback<String>,
) -> Html {
    let (described_by, message) = cell_message(id, error.as_deref(), note);
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
                aria-invalid={error.is_some().then_some("true")}
                aria-describedby={described_by}
                value={text}
                {onchange}
            />
            { message }
        </>
    }
}

/// All settings except the attributes to vary.
pub(super) fn settings(state: &State, dispatch: &Dispatch, errors: &[RequestError]) -> Html {
    let (study, request) = (state.study(), state.optimizer());
    let objectives = ObjectiveMeasure::ALL.map(|objective| AttrValue::from(objective.label()));
    let objective = ObjectiveMeasure::ALL
        .iter()
        .position(|it| *it == request.measure)
        .unwrap_or_default();
    let on_objective = change_request(state, dispatch, |request, index: usize| {
        if let Some(objective) = ObjectiveMeasure::ALL.get(index) {
            request.measure = *objective;
        }
    });
    let owners = owners(study);
    let owner = owners.iter().position(|owner| {
        let (name, is_parent) = owner;
        (name, *is_parent) == (&request.beneficiary, request.is_parent)
    });
    let option = |(name, is_parent): &(String, bool)| match is_parent {
        true => AttrValue::from(format!("{name} (all its brands)")),
        false => AttrValue::from(name.clone()),
    };
    // A link may name an owner that the study does not have: an extra option after all others.
    let unknown = owner.is_none().then(|| request.beneficiary.clone().into());
    let options = owners.iter().map(option).chain(unknown).collect();
    let selected = owner.unwrap_or(owners.len());
    let on_owner = change_request(state, dispatch, move |request, index: usize| {
        if let Some((name, is_parent)) = owners.get(index) {
            (request.beneficiary, request.is_parent) = (name.clone(), *is_parent);
        }
    });
    let toggle_answer = change_request(state, dispatch, |request, _: Event| {
        request.includes_price_game = !request.includes_price_game;
    });
    let message = error_message(errors, |field| {
        matches!(
            field,
            RequestField::Measure | RequestField::Beneficiary | RequestField::PriceGame
        )
    });
    html! {
        <>
            <div class="controls">
                { labelled_select("Objective", objectives.to_vec(), objective, on_objective) }
                { labelled_select("Brand or parent", options, selected, on_owner) }
                <label class="choice">
                    <input type="checkbox" checked={request.includes_price_game} onchange={toggle_answer} />
                    { "Competitors respond" }
                </label>
            </div>
            if let Some(message) = message {
                <p class="message" role="status"><span class="error">{ message }</span></p>
            }
            if request.includes_price_game {
                { bounds_table(state, dispatch, errors) }
            }
            if request.measure == ObjectiveMeasure::Ebit {
                { costs(state, dispatch, errors) }
            }
        </>
    }
}

/// All brands, then all parent companies with several brands; the flag marks parent companies.
fn owners(study: &Study) -> Vec<(String, bool)> {
    let brands = study
        .brands()
        .iter()
        .map(|brand| (brand.name.clone(), false));
    let parents = study.parents().enumerate().filter(|(parent, _)| {
        let brands = study.brands().iter();
        brands.filter(|brand| brand.parent == *parent).count() > 1
    });
    brands
        .chain(parents.map(|(_, name)| (name.clone(), true)))
        .collect()
}

/// Separates the costs in their input.
const SEPARATOR: &str = ";";

fn costs(state: &State, dispatch: &Dispatch, errors: &[RequestError]) -> Html {
    let request = state.optimizer();
    let on_commit = change_request(state, dispatch, |request, text: String| {
        let costs = text.split(SEPARATOR).map(str::trim);
        let costs = costs.filter(|cost| !cost.is_empty());
        request.cost_entries = costs.map(str::to_owned).collect();
    });
    let error = error_message(errors, |field| matches!(field, RequestField::Cost(_)));
    let month = column_label(state.study().settings().words.get("month"));
    let currency = match state.study().settings().currency.as_str() {
        "" => String::new(),
        sign => format!(", in {sign}"),
    };
    let note = format!(
        "how much each value adds to the cost of a customer a {month}{currency}; for example \
         range=200:0; range=300:25",
    );
    let text = request.cost_entries.join("; ");
    html! {
        <div class="field wide">
            <span aria-hidden="true">{ "Costs" }</span>
            { text_input("optimizer-costs", "Costs".into(), text, error, Some(note), on_commit) }
        </div>
    }
}
