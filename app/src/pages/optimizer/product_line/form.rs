//! The settings of a search of product lines.

use conjoint::optimizer::line::LineObjective;
use conjoint::study::Offer;
use yew::prelude::*;

use super::{includes_none, request};
use crate::components::{Dispatch, change_view, labelled_select};
use crate::state::{LineOptions, State};

/// A callback that changes the options and sends them to the state.
fn change_options<T: 'static>(
    state: &State,
    dispatch: &Dispatch,
    change: impl Fn(&mut LineOptions, T) + 'static,
) -> Callback<T> {
    let (state, dispatch) = (state.clone(), dispatch.clone());
    Callback::from(move |value| {
        dispatch.dispatch(change_view(&state, |view| change(&mut view.line, value)));
    })
}

/// The text of an objective's option.
pub(super) fn objective_label(objective: LineObjective) -> &'static str {
    match objective {
        LineObjective::Reach => "reach",
        LineObjective::Share => "share",
        LineObjective::Revenue => "revenue",
        LineObjective::Ebit => "EBIT",
    }
}

/// All settings; `candidates` is the number of offers to choose from.
pub(super) fn form(state: &State, dispatch: &Dispatch, candidates: usize) -> Html {
    let (study, options) = (state.study(), &state.view().line);
    let request = request(state);
    let brands: Vec<String> = study.brands().iter().map(|it| it.name.clone()).collect();
    let position = |name: &String| brands.iter().position(|brand| brand == name);
    let brand = options.brand.as_ref().and_then(position);
    let all = AttrValue::from("All offers");
    let brand_options = [all]
        .into_iter()
        .chain(brands.iter().cloned().map(AttrValue::from));
    let brand_options = brand_options.collect();
    let on_brand = change_options(state, dispatch, move |options, index: usize| {
        let name = index.checked_sub(1).and_then(|index| brands.get(index));
        options.brand = name.cloned();
    });
    let sizes = (1..=candidates).map(|size| size.to_string().into());
    let on_size = change_options(state, dispatch, |options, index: usize| {
        options.size = Some(index + 1);
    });
    let objectives = options.objectives(study);
    let objective = objectives.iter().position(|it| *it == request.objective);
    let labels = objectives.iter().map(|it| objective_label(*it).into());
    let on_objective = change_options(state, dispatch, |options, index: usize| {
        options.objective = objectives.get(index).copied().unwrap_or_default();
    });
    let has_none = includes_none(state);
    let toggle_none = change_options(state, dispatch, move |options, _: Event| {
        options.includes_none = Some(!has_none);
    });
    let selected_brand = brand.map_or(0, |place| place + 1);
    html! {
        <>
            <p class="lead">
                { "The offers that should be on the market together: the kept ones and the best of the \
                   others to choose from. Of these, all that are not in the line are withdrawn; all \
                   other offers stay as competitors." }
            </p>
            <div class="controls">
                { labelled_select("Offers to choose from", brand_options, selected_brand, on_brand) }
                { labelled_select("Offers to add", sizes.collect(), request.size - 1, on_size) }
                { labelled_select(
                    "Line objective",
                    labels.collect(),
                    objective.unwrap_or_default(),
                    on_objective,
                ) }
                <label class="choice">
                    <input type="checkbox" checked={has_none} onchange={toggle_none} />
                    { "With None" }
                </label>
            </div>
            { kept_offers(state, dispatch) }
            if candidates == 0 {
                <p class="message" role="status">
                    <span class="error">
                        { "There is no offer to choose from: put offers on the market, or keep fewer." }
                    </span>
                </p>
            }
        </>
    }
}

/// A checkbox for every offer on the market.
fn kept_offers(state: &State, dispatch: &Dispatch) -> Html {
    let offers = state.edits().scenario().offers().iter();
    let checkbox = |offer: &Offer| {
        let id = offer.id.clone();
        let is_kept = state.view().line.kept.contains(&id);
        let name = state.study().name_of(offer);
        let onchange = change_options(state, dispatch, {
            let id = id.clone();
            move |options, _: Event| match is_kept {
                true => options.kept.retain(|other| *other != id),
                false => options.kept.push(id.clone()),
            }
        });
        html! {
            <label key={id.to_string()}>
                <input
                    type="checkbox"
                    aria-label={format!("Keep {name}")}
                    checked={is_kept}
                    {onchange}
                />
                { name }
            </label>
        }
    };
    html! {
        <fieldset class="radios checks">
            <legend>{ "Kept offers" }</legend>
            { for offers.filter(|offer| !offer.withdrawn).map(checkbox) }
        </fieldset>
    }
}
