//! The two kinds of cell: a number that is typed, a level that is chosen.

use yew::prelude::*;

use crate::components::{NumberInput, Select, remark};
use crate::format::outside;
use crate::state::Draft;

/// What there is to know of a cell of either kind.
pub struct Editable<'d> {
    /// The cell's id.
    pub id: AttrValue,
    /// Its accessible name.
    pub label: AttrValue,
    /// The value that counts; empty for an offer without a level.
    pub value: AttrValue,
    /// The study's value, where it is another one.
    pub was: Option<String>,
    /// A text or a level that was refused.
    pub draft: Option<&'d Draft>,
    /// Called with what the user typed or chose.
    pub on_commit: Callback<String>,
}

/// A number, with what it was and what is to be said of it: the id of the input in the row below,
/// where Enter leads, and the surveyed range, where the value lies outside.
pub fn number_cell(cell: Editable, below: AttrValue, range: Option<(f64, f64)>) -> Html {
    let note = range.map(|(low, high)| outside(low, high));
    let fault = cell.draft.map(|draft| draft.message.as_str());
    let (described_by, remark) = remark(&cell.id, fault, note);
    let shown = match cell.draft {
        Some(draft) => draft.text.clone().into(),
        None => cell.value.clone(),
    };
    html! {
        <>
            <NumberInput
                id={cell.id}
                {below}
                label={cell.label}
                class={classes!(cell.was.is_some().then_some("edited"))}
                text={shown}
                restore={cell.value}
                invalid={fault.is_some()}
                {described_by}
                on_commit={cell.on_commit}
            />
            { was(cell.was) }
            { remark }
        </>
    }
}

/// A level, chosen from all of them.
pub fn level_cell(cell: Editable, levels: Vec<AttrValue>) -> Html {
    let chosen = levels.iter().position(|level| *level == cell.value);
    // An offer without a level has an option of its own, which goes when a level is chosen.
    let none = chosen.is_none().then_some(AttrValue::Static("none"));
    let first_level = usize::from(none.is_some());
    let options: Vec<AttrValue> = none.into_iter().chain(levels.iter().cloned()).collect();
    let on_commit = cell.on_commit;
    let on_choose = Callback::from(move |place: usize| {
        let level = place.checked_sub(first_level);
        if let Some(level) = level.and_then(|place| levels.get(place)) {
            on_commit.emit(level.to_string());
        }
    });
    let fault = cell.draft.map(|draft| draft.message.as_str());
    let (described_by, remark) = remark(&cell.id, fault, None);
    html! {
        <>
            <Select
                class={classes!(cell.was.is_some().then_some("edited"))}
                label={cell.label}
                {options}
                selected={chosen.unwrap_or_default()}
                {described_by}
                invalid={fault.is_some()}
                {on_choose}
            />
            { was(cell.was) }
            { remark }
        </>
    }
}

/// What a changed cell was in the study.
fn was(was: Option<String>) -> Html {
    match was.as_deref() {
        None => html! {},
        Some("") => html! { <small class="was">{ "was empty" }</small> },
        Some(was) => html! { <small class="was">{ format!("was {was}") }</small> },
    }
}
