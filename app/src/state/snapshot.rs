//! Everything that a link restores.

use std::rc::Rc;

use conjoint::optimizer::{OptimizerRequest, suggest_request};
use conjoint::study::Study;

use super::history::Moment;
use super::{Edits, Page, Setup, Sweep, View};

/// The page, the edits and every option. Parts are shared, so that a copy is cheap and components
/// can tell by the pointer whether a part changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Snapshot {
    pub(super) page: Page,
    pub(super) edits: Rc<Edits>,
    pub(super) setup: Rc<Setup>,
    pub(super) view: View,
    pub(super) sweep: Rc<Sweep>,
    pub(super) optimizer: Rc<OptimizerRequest>,
}

impl Snapshot {
    /// What a link without fields restores: every default.
    pub(super) fn new(study: &Study) -> Self {
        Self {
            page: Page::default(),
            edits: Rc::new(Edits::new(study)),
            setup: Rc::new(Setup::new(study)),
            view: View::default(),
            sweep: Rc::new(Sweep::new(study)),
            optimizer: Rc::new(suggest_request(study)),
        }
    }

    /// The parts that Undo restores.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            edits: Rc::clone(&self.edits),
            setup: Rc::clone(&self.setup),
            sweep: Rc::clone(&self.sweep),
        }
    }

    /// Restores the parts that Undo restores; how the sweep is shown stays.
    pub(super) fn restore(&mut self, moment: Moment) {
        self.view.forget_missing(moment.edits.scenario());
        self.sweep_mut().copy_tables(&moment.sweep);
        self.edits = moment.edits;
        self.setup = moment.setup;
    }

    /// Edits the offers. Products that are gone are removed from the other parts, which must not
    /// apply to another product that gets the same id.
    pub(super) fn edit(&mut self, study: &Study, edit: impl FnOnce(&mut Edits, &Study)) {
        let before = self.edits.scenario().clone();
        edit(self.edits_mut(), study);
        let after = self.edits.scenario();
        self.view.forget_missing(after);
        let ids = before.offers().iter().map(|offer| &offer.id);
        let gone: Vec<_> = ids.filter(|id| after.find(id.as_str()).is_none()).collect();
        if !gone.is_empty() {
            self.sweep_mut().forget(&gone);
            self.setup_mut().forget(&gone);
        }
    }

    pub(super) fn edits_mut(&mut self) -> &mut Edits {
        Rc::make_mut(&mut self.edits)
    }

    pub(super) fn setup_mut(&mut self) -> &mut Setup {
        Rc::make_mut(&mut self.setup)
    }

    pub(super) fn sweep_mut(&mut self) -> &mut Sweep {
        Rc::make_mut(&mut self.sweep)
    }

    pub(super) fn optimizer_mut(&mut self) -> &mut OptimizerRequest {
        Rc::make_mut(&mut self.optimizer)
    }
}
