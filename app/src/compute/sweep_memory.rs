//! The sweeps that were computed, which stay drawn until there are others.

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::choice::ChoiceModel;
use conjoint::simulation::scenario::Scenario;

use super::Live;
use super::sweep::Outcome;
use crate::state::{Kind, Row, State};

/// A sweep that was computed, and the offers that it started from.
#[derive(Debug)]
pub struct Swept {
    /// What it gives.
    pub outcome: Outcome,
    /// What it started from.
    pub start: Rc<Start>,
}

/// What a sweep starts from.
#[derive(Debug)]
pub struct Start {
    /// The offers, which name the products.
    pub scenario: Scenario,
    /// How respondents choose, and who counts.
    pub model: ChoiceModel,
    /// How many respondents the model includes.
    pub respondents: usize,
}

impl Start {
    /// The newest offers and choice model.
    pub(super) fn new(live: &Live) -> Rc<Self> {
        Rc::new(Self {
            scenario: live.market.scenario.clone(),
            model: live.market.model.clone(),
            respondents: live.market.results.respondents,
        })
    }
}

impl PartialEq for Swept {
    /// Equal to itself only: comparing every figure would cost too much.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The last figures of each table, and the rows that they are of; for as long as the dashboard,
/// whatever page is looked at.
#[derive(Clone, Default)]
pub struct Memory(Rc<RefCell<Vec<Remembered>>>);

struct Remembered {
    kind: Kind,
    table: Vec<Row>,
    swept: Rc<Swept>,
}

impl PartialEq for Memory {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Memory {
    /// Whether the last figures of the state's table are up to date.
    pub fn is_current(&self, state: &State) -> bool {
        let (sweep, offers) = (state.sweep(), state.edits().scenario());
        let swept = self.find_exact(sweep.kind(), sweep.table(), offers, state.model());
        swept.is_some()
    }

    /// The last figures of a table.
    pub(super) fn last(&self, kind: Kind) -> Option<Rc<Swept>> {
        self.find(|remembered| remembered.kind == kind)
    }

    /// The figures of a table with these rows, at these offers and by this method, if they are the
    /// last ones.
    pub(super) fn find_exact(
        &self,
        kind: Kind,
        table: &[Row],
        scenario: &Scenario,
        model: &ChoiceModel,
    ) -> Option<Rc<Swept>> {
        self.find(|remembered| {
            let start = &remembered.swept.start;
            remembered.kind == kind
                && remembered.table == table
                && start.scenario == *scenario
                && start.model == *model
        })
    }

    fn find(&self, is_meant: impl Fn(&Remembered) -> bool) -> Option<Rc<Swept>> {
        let remembered = self.0.borrow();
        let found = remembered.iter().find(|remembered| is_meant(remembered));
        found.map(|remembered| Rc::clone(&remembered.swept))
    }

    /// Keeps the figures of a table in place of its last ones.
    pub(super) fn keep(&self, kind: Kind, table: &[Row], swept: &Rc<Swept>) {
        let mut all = self.0.borrow_mut();
        all.retain(|remembered| remembered.kind != kind);
        all.push(Remembered {
            kind,
            table: table.to_vec(),
            swept: Rc::clone(swept),
        });
    }
}
