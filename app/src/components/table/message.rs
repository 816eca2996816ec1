//! The message under a cell.

use yew::prelude::*;

/// The element under the cell with the id `cell_id` that shows an error and a note, and its id,
/// for the cell's `aria-describedby`; nothing when there is neither.
///
/// Nothing is an empty node too: if it had no place among its siblings, the input before it would be
/// replaced when a message comes, and lose the focus.
pub fn cell_message(
    cell_id: &str,
    error: Option<&str>,
    note: Option<String>,
) -> (Option<AttrValue>, Html) {
    if error.is_none() && note.is_none() {
        return (None, Html::default());
    }
    let id = AttrValue::from(format!("{cell_id}-message"));
    let message = html! {
        <small id={id.clone()} class="message" role="status">
            if let Some(error) = error {
                <span class="error">{ error }</span>
            }
            if let Some(note) = note {
                <span>{ note }</span>
            }
        </small>
    };
    (Some(id), message)
}
