//! The state in the address: reload, Back and a sent link restore it.

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::fragment;
use crate::compute::load::Origin;
use crate::state::{Action, State, study_field};

/// Writes every change of the state into the address, and takes over what Back brings.
#[hook]
pub fn use_address(state: &UseReducerHandle<State>, origin: Origin) {
    // What the address held already is not to be gone back to.
    let restored = use_memo((), |()| Rc::new(Cell::new(true)));
    {
        let restored = Rc::clone(&restored);
        let now = state.fragment();
        // After every change, one that leaves the fragment as it was among them: what was
        // restored is behind us then.
        use_effect(move || {
            if restored.replace(false) {
                fragment::replace(&now);
            } else {
                fragment::push(&now);
            }
        });
    }
    // The server may have another study by the next time; what is kept here stays the same.
    let released = (origin == Origin::Server).then(|| study_field(state.digest()));
    use_effect_with(released, |field| {
        fragment::own(field.clone().unwrap_or_default());
    });
    let dispatcher = state.dispatcher();
    use_effect_with((), move |()| {
        let listener = fragment::on_change(move |now| {
            restored.set(true);
            dispatcher.dispatch(Action::Open(now));
        });
        move || drop(listener)
    });
}
