//! Undo and redo with the keyboard.

use yew::prelude::*;

use crate::browser::keys;
use crate::state::{Action, State};

/// Undoes and redoes edits on the usual key combinations.
#[hook]
pub fn use_undo(state: &UseReducerHandle<State>) {
    let dispatcher = state.dispatcher();
    use_effect_with((), move |()| {
        let listeners = keys::on_undo(move |is_undo| {
            dispatcher.dispatch(if is_undo { Action::Undo } else { Action::Redo });
        });
        move || drop(listeners)
    });
}
