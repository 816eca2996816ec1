//! Data: the open study, opening another one, the studies of this browser, saved scenarios.

mod about;
mod importer_place;
mod scenarios;
mod studies;

use std::rc::Rc;

use yew::prelude::*;

use crate::components::Dispatch;
use crate::components::scenarios::SavedState;
use crate::compute::load::Loaded;
use crate::compute::{Live, Studies};
use crate::state::State;
use about::about;
use importer_place::ImporterPlace;
use scenarios::Scenarios;
use studies::StudyList;

/// The page.
pub fn data_page(
    loaded: &Rc<Loaded>,
    studies: &Studies,
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
    saved: &UseReducerHandle<SavedState>,
) -> Html {
    html! {
        <div class="data-page">
            <ImporterPlace dispatch={dispatch.clone()} />
            { about(loaded) }
            <StudyList studies={studies.clone()} />
            <Scenarios
                key={state.digest()}
                state={state.clone()}
                dispatch={dispatch.clone()}
                live={live.clone()}
                saved={saved.clone()}
            />
        </div>
    }
}
