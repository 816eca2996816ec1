//! Data: which study is open, how one of the reader's own takes its place, and saved scenarios.

mod about;
mod columns;
mod open;
mod problems;
mod scenarios;
mod studies;

use std::rc::Rc;

use yew::prelude::*;

use crate::components::Dispatch;
use crate::compute::load::Loaded;
use crate::compute::{Live, Studies};
use crate::state::State;
use about::about;
use open::Open;
use scenarios::Scenarios;
use studies::StudyList;

/// The page.
pub fn data_page(
    loaded: &Rc<Loaded>,
    studies: &Studies,
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
) -> Html {
    html! {
        <div class="data-page">
            <Open studies={studies.clone()} />
            { about(loaded) }
            <StudyList studies={studies.clone()} />
            <Scenarios
                key={state.digest()}
                state={state.clone()}
                dispatch={dispatch.clone()}
                live={live.clone()}
            />
        </div>
    }
}
