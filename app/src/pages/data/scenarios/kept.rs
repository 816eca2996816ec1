//! The study's scenarios, as this browser keeps them.

use std::rc::Rc;

use conjoint::scenario::{SavedScenarios, StudyName};
use yew::prelude::*;

use crate::js::storage;
use crate::state::State;
use crate::words::faults;

/// The scenarios, and whether the browser keeps them.
#[derive(Clone, PartialEq)]
pub(super) struct Kept {
    pub(super) list: Rc<SavedScenarios>,
    /// Why the browser does not keep them.
    pub(super) fault: Option<String>,
}

/// The scenarios, and the way to change them.
#[derive(Clone, PartialEq)]
pub(super) struct Keeper(UseStateHandle<Kept>);

/// The scenarios of the state's study; a component that shows another study's is another one.
#[hook]
pub(super) fn use_kept(state: &State) -> Keeper {
    let study = StudyName {
        title: state.study().settings().title.clone(),
        digest: state.digest().to_owned(),
    };
    Keeper(use_state(|| {
        let read = read(&study.digest);
        let fault = read.as_ref().err().cloned();
        let mut list = read.ok().flatten().unwrap_or_default();
        list.study = study;
        let list = Rc::new(list);
        Kept { list, fault }
    }))
}

impl Keeper {
    /// The scenarios as they were when the page was rendered.
    pub(super) fn kept(&self) -> &Kept {
        &self.0
    }

    /// Changes the scenarios as they are now: another window may have changed them too.
    pub(super) fn change(&self, change: impl FnOnce(&mut SavedScenarios)) {
        let Kept { list, fault } = &*self.0;
        let now = match fault {
            None => read(&list.study.digest).ok().flatten(),
            Some(_) => None,
        };
        let mut now = SavedScenarios {
            study: list.study.clone(),
            ..now.unwrap_or_else(|| SavedScenarios::clone(list))
        };
        change(&mut now);
        let written = storage::write(&name(&now.study.digest), &now.write());
        self.0.set(Kept {
            list: Rc::new(now),
            fault: written.err().map(|reason| faults::unkept(&reason)),
        });
    }
}

fn read(digest: &str) -> Result<Option<SavedScenarios>, String> {
    let text = storage::read(&name(digest)).map_err(|reason| faults::unkept(&reason))?;
    let list = text.map(|text| SavedScenarios::read(&text)).transpose();
    list.map_err(|error| faults::unkept(&error.to_string()))
}

/// The name that a study's scenarios are kept under.
fn name(digest: &str) -> String {
    format!("scenarios-{digest}")
}
