//! What there is to say of a cell.

use yew::prelude::*;

/// What is wrong with the cell of that id, and what else there is to know of it, in an element
/// whose own id comes first; nothing where there is nothing to say.
pub fn remark(
    of: &str,
    fault: Option<&str>,
    note: Option<String>,
) -> (Option<AttrValue>, Option<Html>) {
    if fault.is_none() && note.is_none() {
        return (None, None);
    }
    let id = AttrValue::from(format!("{of}-message"));
    let remark = html! {
        <small id={id.clone()} class="message" role="status">
            if let Some(fault) = fault {
                <span class="fault">{ fault }</span>
            }
            if let Some(note) = note {
                <span>{ note }</span>
            }
        </small>
    };
    (Some(id), Some(remark))
}
