//! What every page that shows results is given.

use std::rc::Rc;

use yew::prelude::*;

use super::Dispatch;
use crate::compute::Live;
use crate::compute::load::Loaded;
use crate::state::State;

/// Properties of a page that shows results, and of components with the same inputs.
#[derive(Clone, Properties, PartialEq)]
pub struct PageProps {
    /// The open study.
    pub loaded: Rc<Loaded>,
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers.
    pub live: Live,
}
