//! The sweep of the page "Attribute Sweep": computed at once where that is quick, else in a worker.
//!
//! A table is checked against the offers. A valid one is computed ([`Swept`]) unless its figures are
//! known. The last figures of each table are remembered, so that they stay drawn until there are others.

use std::rc::Rc;

use conjoint::sweep::{ExtrapolatedRow, RowError};
use worker::protocol::{Progress, Request, Response, SimulationInput};
use yew::prelude::*;

use super::Live;
use super::client::{PendingRequest, WorkerEvent, send_about};
use super::load::Loaded;
use super::sweep::{CheckedTable, request_table};
use super::sweep_memory::{Memory, Start, Swept};
use crate::browser::timing;
use crate::state::{Kind, Row, State};

/// As much as is computed on the page's own thread, as [`CheckedTable::work`] counts it: some 15 ms on a
/// desktop computer, so that a slow one stays below 50 ms.
const ON_THE_PAGE: u64 = 2_000_000;

/// How the figures relate to the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Status {
    /// They are those of the table.
    Current,
    /// The table has cells that are wrong.
    Invalid,
    /// A worker has done some of all steps: how many, of how many.
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
    pub errors: Rc<[RowError]>,
    /// Rows that leave the surveyed range, where no cell is wrong.
    pub outside: Rc<[ExtrapolatedRow]>,
    /// The last figures of this table; they may be older than it is.
    pub shown: Option<Rc<Swept>>,
    /// How these figures relate to the table.
    pub status: Status,
    /// Ends a computation.
    pub cancel: Callback<()>,
    /// Begins it again.
    pub compute: Callback<()>,
}

impl Sweeping {
    /// Whether the figures shown are older than the table.
    pub fn is_stale(&self) -> bool {
        self.status != Status::Current
    }
}

/// A table and the offers, looked at by the model.
enum Checked {
    Invalid(Rc<[RowError]>),
    Usable {
        outside: Rc<[ExtrapolatedRow]>,
        sweep: Ready,
    },
}

/// What comes of a table that can be used.
enum Ready {
    /// Its figures are there.
    Quick(Rc<Swept>),
    /// They are for the worker to compute.
    Long(Rc<Long>),
}

/// A sweep that takes long, and what it starts from.
struct Long {
    table: CheckedTable,
    start: Rc<Start>,
}

impl PartialEq for Long {
    /// Equal to itself only: every table that was checked is computed.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// How far the worker has come.
#[derive(Clone)]
enum RunState {
    /// This many steps are done.
    Running(usize),
    Done(Rc<Swept>),
    Cancelled,
    Failed(String),
}

/// A sweep that a worker computes.
struct BackgroundSweep {
    run: RunState,
    /// Ends the computation.
    cancel: Callback<()>,
    /// Begins it again.
    compute: Callback<()>,
}

/// Has a worker compute the sweep, if there is one. A newer sweep, and leaving the page, end an older
/// one.
#[hook]
fn use_background_sweep(
    loaded: &Rc<Loaded>,
    state: &State,
    long: Option<Rc<Long>>,
) -> BackgroundSweep {
    // With the sweep that it is about: that of an older one says nothing.
    let last = use_state(|| None::<(Rc<Long>, RunState)>);
    let attempt = use_state(|| 0_usize);
    let pending = use_mut_ref(|| None::<PendingRequest>);
    {
        let source = loaded.source.clone();
        let table = request_table(state.sweep().kind(), state.sweep().table());
        let (last, pending) = (last.setter(), Rc::clone(&pending));
        use_effect_with((long.clone(), *attempt), move |(long, _)| {
            if let Some(long) = long {
                let set = {
                    let long = Rc::clone(long);
                    move |run| last.set(Some((Rc::clone(&long), run)))
                };
                set(RunState::Running(0));
                let start = Rc::clone(&long.start);
                let listen = move |event| {
                    if let Some(run) = run_after(event, &start) {
                        set(run);
                    }
                };
                let input = SimulationInput {
                    study: source.digest.to_string(),
                    scenario: long.start.scenario.clone(),
                    model: long.start.model.clone(),
                };
                let sent = send_about(&source, Request::Sweep(input, table), listen);
                drop(pending.replace(Some(sent)));
            }
            move || drop(pending.take())
        });
    }
    let run = match (&*last, &long) {
        (Some((of, run)), Some(long)) if of == long => run.clone(),
        _ => RunState::Running(0),
    };
    let cancel = {
        let last = last.setter();
        Callback::from(move |()| {
            drop(pending.take());
            last.set(long.clone().map(|long| (long, RunState::Cancelled)));
        })
    };
    let compute = Callback::from(move |()| attempt.set(*attempt + 1));
    BackgroundSweep {
        run,
        cancel,
        compute,
    }
}

/// How far the worker has come after an event; `None` for one that does not belong to a sweep.
fn run_after(event: WorkerEvent, start: &Rc<Start>) -> Option<RunState> {
    match event {
        WorkerEvent::Progress(Progress::Steps(done)) => Some(RunState::Running(done)),
        WorkerEvent::Response(Response::Swept(result), _) => Some(RunState::Done(Rc::new(Swept {
            outcome: result.into(),
            start: Rc::clone(start),
        }))),
        WorkerEvent::Failed(error) => Some(RunState::Failed(error.to_string())),
        WorkerEvent::Progress(_) | WorkerEvent::Response(..) => None,
    }
}

/// The figures of the table that the state holds, at the edited offers.
#[hook]
pub fn use_sweep(loaded: &Rc<Loaded>, live: &Live, state: &State, memory: &Memory) -> Sweeping {
    let (kind, table) = (state.sweep().kind(), state.sweep().table());
    let checked = {
        let memory = memory.clone();
        use_memo((live.clone(), kind, table.to_vec()), move |asked| {
            check(asked, &memory)
        })
    };
    let long = match &*checked {
        Checked::Usable {
            sweep: Ready::Long(long),
            ..
        } => Some(Rc::clone(long)),
        _ => None,
    };
    let background = use_background_sweep(loaded, state, long);

    let (errors, outside) = match &*checked {
        Checked::Invalid(errors) => (Rc::clone(errors), Rc::default()),
        Checked::Usable { outside, .. } => (Rc::default(), Rc::clone(outside)),
    };
    let (status, fresh) = match &*checked {
        Checked::Invalid(_) => (Status::Invalid, None),
        Checked::Usable { sweep, .. } => match sweep {
            Ready::Quick(swept) => (Status::Current, Some(Rc::clone(swept))),
            Ready::Long(long) => match background.run {
                RunState::Running(done) => (Status::Computing(done, long.table.steps()), None),
                RunState::Done(swept) => (Status::Current, Some(swept)),
                RunState::Cancelled => (Status::Cancelled, None),
                RunState::Failed(reason) => (Status::Failed(reason), None),
            },
        },
    };
    if let Some(fresh) = &fresh {
        memory.keep(kind, table, fresh);
    }
    let shown = memory.last(kind);
    Sweeping {
        errors,
        outside,
        shown,
        status,
        cancel: background.cancel,
        compute: background.compute,
    }
}

fn check((live, kind, table): &(Live, Kind, Vec<Row>), memory: &Memory) -> Checked {
    live.check(|simulation| {
        let checked = match CheckedTable::read(simulation, *kind, table) {
            Ok(checked) => checked,
            Err(errors) => return Checked::Invalid(errors.into()),
        };
        let outside = checked.find_extrapolated_rows(simulation.selected()).into();
        let known = memory.find_exact(*kind, table, simulation.scenario(), simulation.model());
        let sweep = match known {
            Some(swept) => Ready::Quick(swept),
            None if live.is_local() && checked.work(simulation) <= ON_THE_PAGE => {
                let outcome = timing::measure("sweep", || checked.run(simulation));
                let start = Start::new(live);
                Ready::Quick(Rc::new(Swept { outcome, start }))
            }
            None => Ready::Long(Rc::new(Long {
                table: checked,
                start: Start::new(live),
            })),
        };
        Checked::Usable { outside, sweep }
    })
}
