//! Which study is shown: a pure reducer.

use std::rc::Rc;

use worker::protocol::StoredStudy;
use yew::Reducible;

use crate::compute::load::{Load, Loaded, Progress};

/// Which study is shown, and which ones are stored.
#[derive(Clone, PartialEq)]
pub(super) struct StudiesState {
    /// The digest of the study that is shown or loading; `None` for the server's.
    pub(super) digest: Option<String>,
    pub(super) load: Load,
    /// The stored studies.
    pub(super) stored: Rc<[StoredStudy]>,
    /// Why the last change of the list of studies failed.
    pub(super) failure: Option<String>,
    /// The number of the last switch to another study: what an older one loads is dropped.
    switch: usize,
}

/// What happens.
pub(super) enum Step {
    /// Another study is to be shown, and is loading; the number of this switch.
    Switch(Option<String>, usize),
    /// How far the study of that switch has come.
    Load(usize, Load),
    /// The study with this digest was opened from files.
    Opened(String, Rc<Loaded>),
    /// The list of stored studies has changed.
    Stored(Vec<StoredStudy>),
    /// The list could not be changed.
    Failed(String),
}

impl StudiesState {
    /// The state before anything of the first study has arrived.
    pub(super) fn new(digest: Option<String>, stored: Vec<StoredStudy>) -> Self {
        Self {
            load: first_load(&digest),
            digest,
            stored: stored.into(),
            failure: None,
            switch: 0,
        }
    }
}

/// A study of which nothing has arrived.
fn first_load(digest: &Option<String>) -> Load {
    match digest {
        None => Load::Loading(Progress::default()),
        Some(_) => Load::Reading("Reading the study".to_owned(), None),
    }
}

impl Reducible for StudiesState {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match step {
            Step::Switch(digest, switch) => {
                next.load = first_load(&digest);
                next.digest = digest;
                next.failure = None;
                next.switch = switch;
            }
            Step::Load(switch, load) if switch == self.switch => next.load = load,
            Step::Load(..) => return self,
            Step::Opened(digest, loaded) => {
                next.digest = Some(digest);
                next.load = Load::Ready(loaded);
                next.failure = None;
                // What is still loading is no longer wanted.
                next.switch = usize::MAX;
            }
            Step::Stored(stored) => {
                next.stored = stored.into();
                next.failure = None;
            }
            Step::Failed(reason) => next.failure = Some(reason),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: impl IntoIterator<Item = Step>) -> Rc<StudiesState> {
        let first = Rc::new(StudiesState::new(None, Vec::new()));
        steps.into_iter().fold(first, Reducible::reduce)
    }

    fn loading(done: usize) -> Load {
        Load::Loading(Progress { done, total: 8 })
    }

    #[test]
    fn what_an_older_switch_loads_is_dropped() {
        let stored = Some("0123".to_owned());
        let switched = after([Step::Switch(stored.clone(), 1), Step::Load(0, loading(8))]);
        assert!(switched.digest == stored && switched.load == first_load(&stored));
        let back = after([
            Step::Switch(stored, 1),
            Step::Switch(None, 2),
            Step::Load(1, loading(3)),
            Step::Load(2, loading(5)),
        ]);
        assert!(back.digest.is_none() && back.load == loading(5));
    }

    #[test]
    fn a_switch_removes_what_was_said_about_the_list() {
        let state = after([Step::Failed("no room".to_owned()), Step::Switch(None, 1)]);
        assert_eq!(state.failure, None);
    }
}
