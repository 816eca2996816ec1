//! Undo and redo by the keyboard.

use yew::prelude::*;

use crate::browser::keys;
use crate::state::{Action, State};

/// Undoes and redoes when the reader presses the keys for it.
#[hook]
pub fn use_undo(state: &UseReducerHandle<State>) {
    let dispatcher = state.dispatcher();
    use_effect_with((), move |()| {
        let listeners = keys::on_undo(move |undo| {
            dispatcher.dispatch(if undo { Action::Undo } else { Action::Redo });
        });
        move || drop(listeners)
    });
}
