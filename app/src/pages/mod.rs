//! The pages, a folder each.

pub mod attractiveness;
pub mod by_method;
pub mod data;
pub mod edited;
pub mod foreign;
pub mod market;
pub mod sweep;
pub mod workbook;

use yew::prelude::*;

use crate::state::{Action, State};

/// Where a component sends what the user did.
pub type Dispatch = UseReducerDispatcher<State>;

/// A button's reaction: to send an action.
pub fn dispatching(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}
