//! The parameters of the choice rule, the None option, and which respondents are included.

use conjoint::choice::NoneOption;
use conjoint::index_vec::{AttributeIndex, BrandIndex, SegmentIndex};
use conjoint::stats::bootstrap::Uncertainty;
use yew::prelude::*;

use super::setting_input::labelled_setting_input;
use crate::components::{Dispatch, labelled_select};
use crate::format::column_label;
use crate::state::{Action, OFF, SURVEYED, Setting, State};
use crate::text::model::uncertainty_name;

/// All settings except the rule and those of single products.
pub(super) fn settings(state: &State, dispatch: &Dispatch) -> Html {
    html! {
        <>
            { parameters(state, dispatch) }
            { none_option(state, dispatch) }
            { segments(state, dispatch) }
            { owners(state, dispatch) }
            if let Some(error) = state.selection_error() {
                <p class="message" role="status" id={SELECTION_MESSAGE}>
                    <span class="error">{ error.to_string() }</span>
                </p>
            }
        </>
    }
}

/// The id of the error message of the selection.
const SELECTION_MESSAGE: &str = "selection-message";

/// The parameters of the rule.
fn parameters(state: &State, dispatch: &Dispatch) -> Html {
    let rule = state.model().rule;
    let scale_note = (!rule.uses_scale()).then(|| "no effect with this rule".to_owned());
    let input =
        |setting, label, note| labelled_setting_input(state, dispatch, setting, label, note);
    html! {
        <>
        <div class="controls">
            { input(Setting::Scale, "Scale factor", scale_note) }
            if rule.uses_draws() {
                { input(Setting::Draws, "Draws per respondent", None) }
            }
            { input(Setting::Seed, "Seed", None) }
            if rule.uses_draws() {
                { input(Setting::ErrorScale, "Error scale", Some("empty: fitted".to_owned())) }
            }
            if state.study().has_draws() {
                { uncertainty(state, dispatch) }
            }
        </div>
        if rule.uses_draws() {
            { similar(state, dispatch) }
        }
        </>
    }
}

/// What intervals say, and with it whether figures are means over posterior draws.
fn uncertainty(state: &State, dispatch: &Dispatch) -> Html {
    let names = Uncertainty::ALL.map(|one| AttrValue::from(uncertainty_name(one)));
    let place = Uncertainty::ALL
        .iter()
        .position(|one| *one == state.model().uncertainty);
    let dispatch = dispatch.clone();
    let on_select = Callback::from(move |index: usize| {
        if let Some(one) = Uncertainty::ALL.get(index) {
            let id = one.id().to_owned();
            dispatch.dispatch(Action::SetChoiceModel(Setting::Uncertainty, id));
        }
    });
    labelled_select(
        "Uncertainty",
        names.to_vec(),
        place.unwrap_or_default(),
        on_select,
    )
}

/// Whether there is a None option, and its utility.
fn none_option(state: &State, dispatch: &Dispatch) -> Html {
    let none = state.model().none;
    let is_surveyed = state.study().respondents().none().is_some();
    let is_on = none != NoneOption::Off || state.setup().draft(&Setting::None).is_some();
    let default = if is_surveyed { SURVEYED } else { "0" };
    let set = |text: &'static str| {
        let dispatch = dispatch.clone();
        move || dispatch.dispatch(Action::SetChoiceModel(Setting::None, text.to_owned()))
    };
    let toggle = set(if is_on { OFF } else { default });
    let sources = ["As surveyed", "One utility for all"].map(AttrValue::from);
    let source = usize::from(none != NoneOption::Surveyed);
    let (set_surveyed, set_utility) = (set(SURVEYED), set("0"));
    let on_source = Callback::from(move |index: usize| match index {
        0 => set_surveyed(),
        _ => set_utility(),
    });
    html! {
        <div class="controls">
            <label class="choice">
                <input type="checkbox" checked={is_on} onchange={move |_: Event| toggle()} />
                { "None option" }
            </label>
            if is_on && is_surveyed {
                { labelled_select("None is", sources.to_vec(), source, on_source) }
            }
            if is_on && none != NoneOption::Surveyed {
                { labelled_setting_input(state, dispatch, Setting::None, "Utility of None", None) }
            }
        </div>
    }
}

fn segments(state: &State, dispatch: &Dispatch) -> Html {
    let segments = state.study().segments().enumerate();
    let option = |(segment, name): (SegmentIndex, &String)| {
        (name.clone(), state.setup().includes_segment(segment))
    };
    let group = CheckboxGroup {
        legend: "Segments",
        none_checked: "none ticked: all segments are included",
        options: segments.map(option).collect(),
        setting: Setting::Segment,
    };
    group.view(state, dispatch)
}

fn owners(state: &State, dispatch: &Dispatch) -> Html {
    let brands = state.study().brands();
    let option = |brand: BrandIndex| {
        (
            brands[brand].name.clone(),
            state.setup().includes_owners(brand),
        )
    };
    let owned = brands.indices().filter(|brand| {
        let mut owners = state.study().respondents().owners().iter();
        owners.any(|owner| owner == brand)
    });
    let group = CheckboxGroup {
        legend: "Current brand",
        none_checked: "none ticked: owners of all brands are included",
        options: owned.map(option).collect(),
        setting: Setting::Owner,
    };
    group.view(state, dispatch)
}

/// The attributes in which offers count as similar.
fn similar(state: &State, dispatch: &Dispatch) -> Html {
    let schema = state.study().schema();
    let similar = state.setup().similar_attributes(state.study());
    let option = |attribute: AttributeIndex| {
        let name = schema.attributes()[attribute].name.clone();
        (name, similar.contains(&attribute))
    };
    let attributes = schema.attributes().indices();
    let group = CheckboxGroup {
        legend: "Offers are similar in",
        none_checked: "none ticked: offers do not count as similar",
        options: attributes
            .filter(|index| schema.has_effects(*index))
            .map(option)
            .collect(),
        setting: Setting::Similar,
    };
    group.view(state, dispatch)
}

/// Checkboxes for a setting that is a list of names.
struct CheckboxGroup {
    legend: &'static str,
    /// The note when no box is checked, which includes everyone.
    none_checked: &'static str,
    /// Names, and whether each is checked.
    options: Vec<(String, bool)>,
    setting: Setting,
}

impl CheckboxGroup {
    /// The group; nothing if there is only one option.
    fn view(self, state: &State, dispatch: &Dispatch) -> Html {
        if self.options.len() < 2 {
            return html! {};
        }
        let selects = self.setting != Setting::Similar;
        let is_rejected = selects && state.selection_error().is_some();
        let is_none_checked = self.options.iter().all(|(_, is_checked)| !is_checked);
        let checkbox = |(name, is_checked): (String, bool)| {
            let action = Action::SetChoiceModel(self.setting.clone(), name.clone());
            let dispatch = dispatch.clone();
            let is_invalid = is_checked && is_rejected;
            html! {
                <label key={name.clone()}>
                    <input
                        type="checkbox"
                        checked={is_checked}
                        aria-invalid={is_invalid.then_some("true")}
                        aria-describedby={is_invalid.then_some(SELECTION_MESSAGE)}
                        onchange={move |_: Event| dispatch.dispatch(action.clone())}
                    />
                    { if selects { name } else { column_label(&name) } }
                </label>
            }
        };
        html! {
            <fieldset class="radios checks">
                <legend>{ self.legend }</legend>
                { for self.options.into_iter().map(checkbox) }
                <small>{ if is_none_checked { self.none_checked } else { "" } }</small>
            </fieldset>
        }
    }
}
