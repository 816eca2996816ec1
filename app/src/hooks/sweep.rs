//! What follows from a sweep's table: computed at once where that is quick, else in a worker.

use std::rc::Rc;

use conjoint::scenario::Scenario;
use conjoint::sweep::{Outside, RowFault};
use yew::prelude::*;

use super::Live;
use super::background::{Long, Phase, use_background};
use crate::js::timing;
use crate::load::Loaded;
use crate::state::{Kind, Row, State};
use crate::sweep::{Outcome, Plan};

/// As much as is computed on the page's own thread, as [`Plan::work`] counts it: some 15 ms on a
/// desktop computer, so that a slow one stays below 50 ms.
const ON_THE_PAGE: u64 = 2_000_000;

/// A sweep that was computed, and the offers that it started from.
#[derive(Debug)]
pub struct Swept {
    /// What it gives.
    pub outcome: Outcome,
    /// The offers, which name the products.
    pub scenario: Rc<Scenario>,
}

impl PartialEq for Swept {
    /// Equal to itself alone: comparing every figure would cost too much.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// How the figures stand to the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// They are the table's.
    Current,
    /// The table has cells that are wrong.
    Faulty,
    /// A worker has done so many of so many steps.
    Computing(usize, usize),
    /// The user ended the computation.
    Cancelled,
    /// Why the worker gave up.
    Failed(String),
}

/// A sweep's table, checked, and the figures to show.
#[derive(Clone, PartialEq)]
pub struct Sweeping {
    /// Every cell that is wrong.
    pub faults: Rc<[RowFault]>,
    /// Rows that leave the surveyed range, where no cell is wrong.
    pub outside: Rc<[Outside]>,
    /// The last figures of this table; they may be older than it is.
    pub shown: Option<Rc<Swept>>,
    /// How these figures stand to the table.
    pub status: Status,
    /// Ends a computation.
    pub cancel: Callback<()>,
    /// Begins it again.
    pub compute: Callback<()>,
}

impl Sweeping {
    /// Whether the figures shown are not those of the table as it stands.
    pub fn is_older(&self) -> bool {
        self.status != Status::Current
    }
}

/// A table and the offers, looked at by the model.
enum Checked {
    Faulty(Rc<[RowFault]>),
    Usable {
        outside: Rc<[Outside]>,
        sweep: Ready,
    },
}

/// A sweep that can be computed, or was.
enum Ready {
    Quick(Rc<Swept>),
    Long(Rc<Long>),
}

/// The figures of the table that the state holds, at the edited offers.
#[hook]
pub fn use_sweep(loaded: &Rc<Loaded>, live: &Live, state: &State) -> Sweeping {
    let (kind, table) = (state.sweep().kind(), state.sweep().table().to_vec());
    let checked = use_memo((live.clone(), kind, table), check);
    let long = match &*checked {
        Checked::Usable {
            sweep: Ready::Long(long),
            ..
        } => Some(Rc::clone(long)),
        _ => None,
    };
    let background = use_background(loaded, state, long);

    let (faults, outside) = match &*checked {
        Checked::Faulty(faults) => (Rc::clone(faults), Rc::default()),
        Checked::Usable { outside, .. } => (Rc::default(), Rc::clone(outside)),
    };
    let (status, fresh) = match &*checked {
        Checked::Faulty(_) => (Status::Faulty, None),
        Checked::Usable { sweep, .. } => match sweep {
            Ready::Quick(swept) => (Status::Current, Some(Rc::clone(swept))),
            Ready::Long(long) => match background.phase {
                Phase::Running(done) => (Status::Computing(done, long.plan.steps()), None),
                Phase::Done(swept) => (Status::Current, Some(swept)),
                Phase::Cancelled => (Status::Cancelled, None),
                Phase::Failed(reason) => (Status::Failed(reason), None),
            },
        },
    };
    // The last figures of each table stay drawn until it has others.
    let last = use_mut_ref(|| Kind::ALL.map(|kind| (kind, None::<Rc<Swept>>)));
    let shown = {
        let mut last = last.borrow_mut();
        let mine = last.iter_mut().find(|(other, _)| *other == kind);
        mine.and_then(|(_, shown)| {
            *shown = fresh.or(shown.take());
            shown.clone()
        })
    };
    Sweeping {
        faults,
        outside,
        shown,
        status,
        cancel: background.cancel,
        compute: background.compute,
    }
}

fn check((live, kind, table): &(Live, Kind, Vec<Row>)) -> Checked {
    live.ask(|simulation| {
        let plan = match Plan::read(simulation, *kind, table) {
            Ok(plan) => plan,
            Err(faults) => return Checked::Faulty(faults.into()),
        };
        let scenario = Rc::new(simulation.scenario().clone());
        Checked::Usable {
            outside: plan.outside(simulation.study()).into(),
            sweep: if plan.work(simulation) <= ON_THE_PAGE {
                let outcome = timing::measure("sweep", || plan.run(simulation));
                Ready::Quick(Rc::new(Swept { outcome, scenario }))
            } else {
                Ready::Long(Rc::new(Long { plan, scenario }))
            },
        }
    })
}
