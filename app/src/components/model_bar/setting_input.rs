//! An input for a setting of the choice model.

use yew::prelude::*;

use crate::components::Dispatch;
use crate::components::table::{EditableCell, number_cell};
use crate::format::reader_separators;
use crate::state::{Action, Setting, State};
use crate::text::messages;

/// An input without a visible label. `ids` are those of the input and of the input below, to which
/// Enter moves the focus; `note` is shown under the input.
pub(super) fn setting_input(
    state: &State,
    dispatch: &Dispatch,
    setting: Setting,
    label: String,
    ids: [AttrValue; 2],
    note: Option<String>,
) -> Html {
    let setup = state.setup();
    let value = AttrValue::from(reader_separators().localize(&setup.text(&setting)));
    let draft = setup.draft(&setting);
    let [id, below] = ids;
    let cell = EditableCell {
        id,
        label: label.into(),
        text: draft.map_or(value.clone(), |draft| draft.text.clone().into()),
        value,
        original: None,
        error: draft.map(|draft| messages::setting_error(&draft.error)),
        on_commit: {
            let dispatch = dispatch.clone();
            Callback::from(move |text| {
                dispatch.dispatch(Action::SetChoiceModel(setting.clone(), text))
            })
        },
    };
    number_cell(cell, below, note)
}

/// An input with a visible label in front of it.
pub(super) fn labelled_setting_input(
    state: &State,
    dispatch: &Dispatch,
    setting: Setting,
    label: &'static str,
    note: Option<String>,
) -> Html {
    let id = AttrValue::from(format!("method-{}", setting.key()));
    let ids = [id.clone(), id];
    html! {
        <div class="field">
            <span aria-hidden="true">{ label }</span>
            { setting_input(state, dispatch, setting, label.to_owned(), ids, note) }
        </div>
    }
}
