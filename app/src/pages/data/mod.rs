//! Data: which study is open, how one of the reader's own takes its place, and saved scenarios.

mod about;
mod columns;
mod open;
mod problems;
mod scenarios;
mod studies;

use std::rc::Rc;

use yew::prelude::*;

use super::Dispatch;
use crate::hooks::{Live, Studies};
use crate::load::Loaded;
use crate::state::State;
use about::About;
use open::Open;
use scenarios::Scenarios;
use studies::StudyList;

/// Properties of the page.
#[derive(Properties, PartialEq)]
pub struct DataPageProps {
    /// The study that is open.
    pub loaded: Rc<Loaded>,
    /// All of them, and what can be done with them.
    pub studies: Studies,
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// What follows from it.
    pub live: Live,
}

/// The page.
#[component]
pub fn DataPage(props: &DataPageProps) -> Html {
    let DataPageProps {
        loaded,
        studies,
        state,
        dispatch,
        live,
    } = props;
    html! {
        <div class="data-page">
            <Open studies={studies.clone()} />
            <About loaded={Rc::clone(loaded)} />
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
