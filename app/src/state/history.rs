//! Undo and redo: of the offers, of the choice model, and of the sweeps' tables.

use std::rc::Rc;

use super::{Edits, Setup, Sweep};

/// The largest number of edits that can be undone.
const MAX_LENGTH: usize = 100;

/// What Undo restores.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) edits: Rc<Edits>,
    pub(super) setup: Rc<Setup>,
    /// Only its tables: how they are shown is not an edit.
    pub(super) sweep: Rc<Sweep>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.edits == other.edits
            && self.setup == other.setup
            && self.sweep.has_same_tables(&other.sweep)
    }
}

/// The moments before the present one, and those that were undone; the nearest is the last.
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

    /// Records the moment before an edit. What was undone can then no longer be redone.
    pub(super) fn record(&mut self, before: Moment) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > MAX_LENGTH {
            self.past.remove(0);
        }
    }

    /// Records that a link was opened. If it leads to the nearest moment of the past or the future,
    /// as the browser's Back and Forward do, this undoes or redoes; otherwise it is an edit.
    pub(super) fn record_link(&mut self, before: Moment, now: &Moment) {
        if self.past.last() == Some(now) {
            self.undo(before);
        } else if self.future.last() == Some(now) {
            self.redo(before);
        } else {
            self.record(before);
        }
    }

    /// The moment before the last edit.
    pub(super) fn undo(&mut self, now: Moment) -> Option<Moment> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The moment that was undone last.
    pub(super) fn redo(&mut self, now: Moment) -> Option<Moment> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}
