//! The state in the page's address, so that reload, Back and a shared link restore it.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::fragment;
use crate::compute::load::Origin;
use crate::state::{Action, State, study_field};

/// Writes every change of the state into the address, and reads the state from it after Back.
#[hook]
pub fn use_address(state: &UseReducerHandle<State>, origin: Origin) {
    // A state that came from the address must not become a new entry of the history.
    let is_restored = use_memo((), |()| Rc::new(Cell::new(true)));
    {
        let is_restored = Rc::clone(&is_restored);
        let fragment = state.fragment();
        // Runs after every change, even one that keeps the fragment: the restored state is gone
        // then, too.
        use_effect(move || {
            if is_restored.replace(false) {
                fragment::replace(&fragment);
            } else {
                fragment::push(&fragment);
            }
        });
    }
    // The server's study may change before the next visit; one that this browser stores does not.
    let field = (origin == Origin::Server).then(|| study_field(state.digest()));
    use_effect_with(field, |field| {
        fragment::set_shown_study(field.clone().unwrap_or_default());
    });
    let dispatcher = state.dispatcher();
    use_effect_with((), move |()| {
        let listener = fragment::on_change(move |fragment| {
            is_restored.set(true);
            dispatcher.dispatch(Action::Open(fragment));
        });
        move || drop(listener)
    });
}
