//! A setting of the method as an input.

use yew::prelude::*;

use crate::components::{NumberInput, remark};
use crate::format::reader_separators;
use crate::pages::Dispatch;
use crate::state::{Action, Setting, State};

/// An input without a visible name: its id, that of the input below, where Enter leads, and what
/// else there is to know of it.
pub(super) fn input(
    state: &State,
    dispatch: &Dispatch,
    setting: Setting,
    label: String,
    [id, below]: [AttrValue; 2],
    note: Option<String>,
) -> Html {
    let setup = state.setup();
    let value = AttrValue::from(reader_separators().localize(&setup.text(&setting)));
    let draft = setup.draft(&setting);
    let text = draft.map_or(value.clone(), |draft| draft.text.clone().into());
    let fault = draft.map(|draft| draft.message.as_str());
    let (described_by, remark) = remark(&id, fault, note);
    let on_commit = {
        let dispatch = dispatch.clone();
        Callback::from(move |text| dispatch.dispatch(Action::SetChoiceModel(setting.clone(), text)))
    };
    html! {
        <>
            <NumberInput
                {id}
                {below}
                {label}
                {text}
                restore={value}
                invalid={fault.is_some()}
                {described_by}
                {on_commit}
            />
            { remark }
        </>
    }
}

/// The same with its name before it.
pub(super) fn field(
    state: &State,
    dispatch: &Dispatch,
    setting: Setting,
    label: &'static str,
    note: Option<String>,
) -> Html {
    let id = AttrValue::from(format!("method-{}", setting.key()));
    html! {
        <div class="field">
            <span aria-hidden="true">{ label }</span>
            { input(state, dispatch, setting, label.to_owned(), [id.clone(), id], note) }
        </div>
    }
}
