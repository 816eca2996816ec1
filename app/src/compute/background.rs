//! A sweep that takes long, computed by a worker while the page goes on.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use conjoint::study::Study;
use yew::prelude::*;

use super::Swept;
use super::use_sweep::Start;
use crate::compute::load::Loaded;
use crate::compute::request;
use crate::compute::sweep::CheckedTable;
use crate::compute::thread::Running;
use crate::compute::worker::{self, Answer};
use crate::state::State;

/// How often the progress is told, at most.
const TOLD: usize = 50;

/// A sweep that takes long, and what it starts from.
pub(super) struct Long {
    pub(super) table: CheckedTable,
    pub(super) start: Rc<Start>,
}

impl PartialEq for Long {
    /// Equal to itself alone: every table that was checked is computed.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// How far the worker is.
#[derive(Clone)]
pub(super) enum Phase {
    /// So many steps are done.
    Running(usize),
    Done(Rc<Swept>),
    Cancelled,
    Failed(String),
}

/// A sweep in a worker's hands.
pub(super) struct Background {
    pub(super) phase: Phase,
    /// Ends the computation.
    pub(super) cancel: Callback<()>,
    /// Begins it again.
    pub(super) compute: Callback<()>,
}

/// Computes the sweep, if there is one; a newer sweep, and leaving the page, end an older one.
#[hook]
pub(super) fn use_background(
    loaded: &Rc<Loaded>,
    state: &State,
    long: Option<Rc<Long>>,
) -> Background {
    // Each phase with the sweep that it is of: an older one's says nothing.
    let told = use_state(|| None::<(Rc<Long>, Phase)>);
    let attempt = use_state(|| 0_usize);
    let running = use_mut_ref(|| None::<Running>);
    {
        let (files, state) = (Rc::clone(&loaded.files), state.clone());
        let (told, running) = (told.setter(), Rc::clone(&running));
        use_effect_with((long.clone(), *attempt), move |(long, _)| {
            if let Some(long) = long {
                let tell = {
                    let long = Rc::clone(long);
                    move |phase| told.set(Some((Rc::clone(&long), phase)))
                };
                tell(Phase::Running(0));
                let study = Arc::clone(state.study());
                let answered = answering(study, Rc::clone(long), tell.clone());
                match worker::request(&files, &request::of_sweep(&state), answered) {
                    Ok(began) => drop(running.replace(Some(began))),
                    Err(reason) => tell(Phase::Failed(reason)),
                }
            }
            move || drop(running.take())
        });
    }
    let phase = match (&*told, &long) {
        (Some((of, phase)), Some(long)) if of == long => phase.clone(),
        _ => Phase::Running(0),
    };
    let cancel = {
        let told = told.setter();
        Callback::from(move |()| {
            drop(running.take());
            told.set(long.clone().map(|long| (long, Phase::Cancelled)));
        })
    };
    let compute = Callback::from(move |()| attempt.set(*attempt + 1));
    Background {
        phase,
        cancel,
        compute,
    }
}

/// Puts a worker's answers together and tells how far it is.
fn answering(study: Arc<Study>, long: Rc<Long>, tell: impl Fn(Phase)) -> impl Fn(Answer) {
    let steps = long.table.steps().max(1);
    let heard = RefCell::new((Vec::new(), 0_usize));
    move |answer| match answer {
        Answer::Numbers(block) => {
            let (numbers, done) = &mut *heard.borrow_mut();
            numbers.extend(block);
            *done += 1;
            if *done * TOLD / steps != (*done - 1) * TOLD / steps {
                tell(Phase::Running(*done));
            }
        }
        Answer::Done => {
            let (numbers, _) = &*heard.borrow();
            tell(match long.table.outcome(&study, numbers) {
                Some(outcome) => Phase::Done(Rc::new(Swept {
                    outcome,
                    start: Rc::clone(&long.start),
                })),
                None => Phase::Failed("the worker's answer is incomplete".to_owned()),
            });
        }
        Answer::Failed(reason) => tell(Phase::Failed(reason)),
    }
}
