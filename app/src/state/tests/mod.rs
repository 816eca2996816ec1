//! The reducer and its links, by topic; the helpers here are shared.

mod choice_model;
mod history;
mod line;
mod links;
mod offers;
mod optimizer;
mod previous_links;
mod sweep;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::index_vec::ProductIndex;
use conjoint::sample_study::{Sample, generate};
use yew::Reducible;

use super::{Action, State};

pub(super) fn start() -> Rc<State> {
    let study = generate(&Sample {
        seed: 1,
        respondents: vec![("Gen X".to_owned(), 5)],
    });
    Rc::new(State::open(Arc::new(study.unwrap()), "", ""))
}

pub(super) fn two_segments() -> Rc<State> {
    let segments = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 5));
    let study = generate(&Sample {
        seed: 1,
        respondents: segments.to_vec(),
    });
    Rc::new(State::open(Arc::new(study.unwrap()), "", ""))
}

/// A state of a study whose digest is known.
pub(super) fn open_with_digest(digest: &str, fragment: &str) -> Rc<State> {
    let study = Arc::clone(start().study());
    Rc::new(State::open(study, digest, fragment))
}

pub(super) fn after(state: &Rc<State>, actions: impl IntoIterator<Item = Action>) -> Rc<State> {
    actions
        .into_iter()
        .fold(Rc::clone(state), |state, action| state.reduce(action))
}

pub(super) fn product(state: &State, id: &str) -> ProductIndex {
    state.edits().scenario().find(id).unwrap()
}

pub(super) fn set(state: &State, id: &str, column: &str, text: &str) -> Action {
    let attribute = state.study().schema().find(column).unwrap();
    Action::Set(product(state, id), attribute, text.to_owned())
}

pub(super) fn reopened(state: &State) -> State {
    State::open(Arc::clone(state.study()), state.digest(), &state.fragment())
}

/// The fields of the link that the study has nothing for, as `key value`.
pub(super) fn unknown_fields(state: &State) -> Vec<String> {
    let fields = state.unknown_fields().iter();
    let texts = fields.map(|field| format!("{} {}", field.key, field.value));
    texts.collect()
}
