//! Sending actions to the state.

use yew::prelude::*;

use crate::state::{Action, State, View};

/// Sends actions to the dashboard's state.
pub type Dispatch = UseReducerDispatcher<State>;

/// A click handler that sends an action.
pub fn dispatch_on_click(dispatch: &Dispatch, action: Action) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.dispatch(action.clone()))
}

/// An action that changes the view options of a state.
pub fn change_view(state: &State, change: impl FnOnce(&mut View)) -> Action {
    let mut view = state.view().clone();
    change(&mut view);
    Action::Show(view)
}
