//! The choice rule, None, and who counts.

use conjoint::choice::{NoneOption, Rule};
use conjoint::index_vec::{BrandIndex, SegmentIndex};
use yew::prelude::*;

use super::field::field;
use crate::components::{choice, idle_button};
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, OFF, SURVEYED, Setting, State};

/// All settings but those of single products, and how far what follows from them is.
pub(super) fn controls(state: &State, dispatch: &Dispatch, status: Html) -> Html {
    let model = state.model();
    let rules = Rule::ALL.map(|rule| AttrValue::from(rule.label()));
    let place = Rule::ALL.iter().position(|rule| *rule == model.rule);
    let on_rule = {
        let dispatch = dispatch.clone();
        Callback::from(move |place: usize| {
            if let Some(rule) = Rule::ALL.get(place) {
                dispatch.dispatch(Action::SetChoiceModel(Setting::Rule, rule.id().to_owned()));
            }
        })
    };
    let of_scale = (!model.rule.uses_scale()).then(|| "no effect with this rule".to_owned());
    let reset = dispatching(dispatch, Action::ResetChoiceModel);
    html! {
        <>
            <h2>{ "Choice rule" }</h2>
            <div class="controls">
                { choice("Rule", rules.to_vec(), place.unwrap_or_default(), on_rule) }
                { field(state, dispatch, Setting::Scale, "Scale factor", of_scale) }
                if model.rule.uses_draws() {
                    { field(state, dispatch, Setting::Draws, "Draws per respondent", None) }
                }
                { field(state, dispatch, Setting::Seed, "Seed", None) }
            </div>
            { none(state, dispatch) }
            { segments(state, dispatch) }
            { owners(state, dispatch) }
            if let Some(draft) = state.setup().draft(&Setting::Segment) {
                <p class="message" role="status" id={SELECTION}>
                    <span class="fault">{ &draft.message }</span>
                </p>
            }
            <div class="actions">
                { idle_button(None, "Reset method", state.setup().is_changed(), reset) }
                { status }
            </div>
        </>
    }
}

/// The id of what is wrong with the selection.
const SELECTION: &str = "selection-message";

/// Whether there is None, and how much it is to the respondents.
fn none(state: &State, dispatch: &Dispatch) -> Html {
    let none = state.model().none;
    let is_surveyed = state.study().respondents().none().is_some();
    let is_on = none != NoneOption::Off || state.setup().draft(&Setting::None).is_some();
    let first = if is_surveyed { SURVEYED } else { "0" };
    let send = |text: &'static str| {
        let dispatch = dispatch.clone();
        move || dispatch.dispatch(Action::SetChoiceModel(Setting::None, text.to_owned()))
    };
    let toggle = send(if is_on { OFF } else { first });
    let kinds = ["As surveyed", "One utility for all"].map(AttrValue::from);
    let kind = usize::from(none != NoneOption::Surveyed);
    let (surveyed, utility) = (send(SURVEYED), send("0"));
    let on_kind = Callback::from(move |place: usize| match place {
        0 => surveyed(),
        _ => utility(),
    });
    html! {
        <div class="controls">
            <label class="choice">
                <input type="checkbox" checked={is_on} onchange={move |_: Event| toggle()} />
                { "None option" }
            </label>
            if is_on && is_surveyed {
                { choice("None is", kinds.to_vec(), kind, on_kind) }
            }
            if is_on && none != NoneOption::Surveyed {
                { field(state, dispatch, Setting::None, "Utility of None", None) }
            }
        </div>
    }
}

fn segments(state: &State, dispatch: &Dispatch) -> Html {
    let segments = state.study().segments().enumerate();
    let ticked = |(segment, name): (SegmentIndex, &String)| {
        (name.clone(), state.setup().includes_segment(segment))
    };
    let options = segments.map(ticked).collect();
    checks(
        state,
        "Segments",
        "all segments",
        options,
        Setting::Segment,
        dispatch,
    )
}

fn owners(state: &State, dispatch: &Dispatch) -> Html {
    let brands = state.study().brands();
    let ticked = |brand: BrandIndex| {
        (
            brands[brand].name.clone(),
            state.setup().includes_owners(brand),
        )
    };
    let owned = brands.indices().filter(|brand| {
        let mut owners = state.study().respondents().owners().iter();
        owners.any(|owner| owner == brand)
    });
    let options = owned.map(ticked).collect();
    checks(
        state,
        "Current brand",
        "all brands",
        options,
        Setting::Owner,
        dispatch,
    )
}

/// A checkbox a name; none ticked is all.
fn checks(
    state: &State,
    legend: &'static str,
    all: &'static str,
    options: Vec<(String, bool)>,
    setting: Setting,
    dispatch: &Dispatch,
) -> Html {
    if options.len() < 2 {
        return html! {};
    }
    let refused = state.setup().draft(&Setting::Segment).is_some();
    let nobody = options.iter().all(|(_, ticked)| !ticked);
    let check = |(name, checked): (String, bool)| {
        let act = Action::SetChoiceModel(setting.clone(), name.clone());
        let dispatch = dispatch.clone();
        html! {
            <label key={name.clone()}>
                <input
                    type="checkbox"
                    {checked}
                    aria-invalid={(checked && refused).then_some("true")}
                    aria-describedby={(checked && refused).then_some(SELECTION)}
                    onchange={move |_: Event| dispatch.dispatch(act.clone())}
                />
                { name }
            </label>
        }
    };
    html! {
        <fieldset class="radios checks">
            <legend>{ legend }</legend>
            { for options.into_iter().map(check) }
            <small>{ if nobody { format!("none ticked: {all} count") } else { String::new() } }</small>
        </fieldset>
    }
}
