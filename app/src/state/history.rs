//! What can be undone and done again: edits of the offers, of the method, and of the sweeps' tables.

use std::rc::Rc;

use super::{Edits, Setup, Sweep};

/// So many edits can be undone.
const MOST: usize = 100;

/// The edits as they were at one time.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) edits: Rc<Edits>,
    pub(super) setup: Rc<Setup>,
    /// Of which the tables count, and not how they are looked at.
    pub(super) sweep: Rc<Sweep>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.edits == other.edits
            && self.setup == other.setup
            && self.sweep.has_tables_of(&other.sweep)
    }
}

/// The edits before those that are seen, and those that were undone, the nearest last.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
}

impl History {
    pub(super) fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn has_future(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes note of an edit: what was undone before it cannot be done again.
    pub(super) fn note(&mut self, before: Moment) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// Takes note of an address that was opened. One that leads to the edits before or after, as
    /// the browser's Back and Forward do, undoes and redoes; any other is an edit.
    pub(super) fn note_opened(&mut self, before: Moment, now: &Moment) {
        if self.past.last() == Some(now) {
            self.back(before);
        } else if self.future.last() == Some(now) {
            self.forth(before);
        } else {
            self.note(before);
        }
    }

    /// The edits before these.
    pub(super) fn back(&mut self, now: Moment) -> Option<Moment> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The edits that were undone last.
    pub(super) fn forth(&mut self, now: Moment) -> Option<Moment> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}
