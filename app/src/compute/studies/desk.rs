//! Which study is open, and what is being opened: a pure reducer.

use std::collections::BTreeMap;
use std::rc::Rc;

use worker::messages::{Kept, Refusal};
use yew::Reducible;

use crate::browser::pick::Picked;
use crate::compute::load::{Load, Loaded, Progress};

/// How far the opening of files has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// Nothing is being opened.
    Idle,
    /// Files are being read: in words, and as a fraction where that is known.
    Reading(String, Option<f64>),
    /// They are no study that can be used.
    Refused(Rc<Attempt>),
    /// The reader has ended it.
    Cancelled,
    /// Why they could not be read at all.
    Failed(String),
    /// This study was opened.
    Opened(Rc<Kept>),
}

/// Files that were refused, so that they can be tried again under other names of columns.
#[derive(Debug, PartialEq)]
pub struct Attempt {
    /// What is wrong with them.
    pub refusal: Refusal,
    /// The files.
    pub picked: Rc<Picked>,
    /// The names of columns under which they were tried.
    pub columns: BTreeMap<String, String>,
}

/// Which study is open, and what is being opened.
#[derive(Clone, PartialEq)]
pub(super) struct Desk {
    /// The digest of the study that is shown, or is on its way; none for the server's.
    pub(super) which: Option<String>,
    pub(super) load: Load,
    /// The studies that are kept.
    pub(super) shelf: Rc<[Kept]>,
    pub(super) opening: Opening,
    /// What a change of the list of studies met.
    pub(super) fault: Option<String>,
    /// How many studies were asked for: the answer to an older question is not heard.
    turn: usize,
}

/// What happens.
pub(super) enum Step {
    /// Another study is to be shown, and is being loaded, as the so manieth.
    Turn(Option<String>, usize),
    /// The study of that turn has come so far.
    Load(usize, Load),
    /// A study was opened from files.
    Opened(Rc<Kept>, Rc<Loaded>),
    /// An opening has come so far.
    Opening(Opening),
    /// The list is this one.
    Shelf(Vec<Kept>),
    /// The list could not be changed.
    StudyError(String),
}

impl Desk {
    /// A desk before the study of the first turn has come.
    pub(super) fn new(which: Option<String>, shelf: Vec<Kept>) -> Self {
        Self {
            load: beginning(&which),
            which,
            shelf: shelf.into(),
            opening: Opening::Idle,
            fault: None,
            turn: 0,
        }
    }
}

/// A study of which nothing has come yet.
fn beginning(which: &Option<String>) -> Load {
    match which {
        None => Load::Loading(Progress::default()),
        Some(_) => Load::Reading("Reading the study".to_owned(), None),
    }
}

impl Reducible for Desk {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match step {
            Step::Turn(which, turn) => {
                next.load = beginning(&which);
                next.which = which;
                next.opening = Opening::Idle;
                next.fault = None;
                next.turn = turn;
            }
            Step::Load(turn, load) if turn == self.turn => next.load = load,
            Step::Load(..) => return self,
            Step::Opened(kept, loaded) => {
                next.which = Some(kept.digest.clone());
                next.load = Load::Ready(loaded);
                next.opening = Opening::Opened(kept);
                next.fault = None;
                // What was still on its way is not wanted any more.
                next.turn = usize::MAX;
            }
            Step::Opening(opening) => next.opening = opening,
            Step::Shelf(shelf) => {
                next.shelf = shelf.into();
                next.fault = None;
            }
            Step::StudyError(reason) => next.fault = Some(reason),
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: impl IntoIterator<Item = Step>) -> Rc<Desk> {
        let first = Rc::new(Desk::new(None, Vec::new()));
        steps.into_iter().fold(first, Reducible::reduce)
    }

    fn read(done: usize) -> Load {
        Load::Loading(Progress { done, total: 8 })
    }

    #[test]
    fn an_older_question_is_not_answered_any_more() {
        let own = Some("0123".to_owned());
        let turned = after([Step::Turn(own.clone(), 1), Step::Load(0, read(8))]);
        assert!(turned.which == own && turned.load == beginning(&own));
        let back = after([
            Step::Turn(own, 1),
            Step::Turn(None, 2),
            Step::Load(1, read(3)),
            Step::Load(2, read(5)),
        ]);
        assert!(back.which.is_none() && back.load == read(5));
    }

    #[test]
    fn another_study_ends_what_was_told_of_an_opening() {
        let reading = Opening::Reading("Checking".to_owned(), Some(0.5));
        let desk = after([
            Step::Opening(reading),
            Step::StudyError("no room".to_owned()),
            Step::Turn(None, 1),
        ]);
        assert_eq!((&desk.opening, &desk.fault), (&Opening::Idle, &None));
    }
}
