//! What the user did: a pure reducer, tested without a page.
//!
//! The state contains edits and choices only. The model computes what follows from them, and the
//! components decide what it looks like. Errors are types; `text` has their sentences.

mod action;
mod edits;
mod history;
mod line;
mod link;
mod setup;
mod snapshot;
mod sweep;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::{ChoiceModel, ChoiceModelError};
use conjoint::optimizer::OptimizerRequest;
use conjoint::simulation::scenario::SavedScenario;
use conjoint::study::Study;

use history::{History, Moment};
use snapshot::Snapshot;

pub use action::Action;
pub use edits::{CellDraft, Draft, Edits};
pub use line::LineOptions;
pub use link::{ForeignLink, UnknownField, find_digest, study_field};
pub use setup::{OFF, SURVEYED, Setting, SettingDraft, SettingError, Setup};
pub use sweep::{Analysis, CHANGE_UNITS, Kind, LockstepView, Row, Sweep, SweepAction};
pub use view::{MAX_COMPARED, Page, Tiers, View};

/// The state of the whole dashboard.
#[derive(Debug, Clone)]
pub struct State {
    study: Arc<Study>,
    /// The study's digest, for links; may be empty.
    digest: Rc<str>,
    snapshot: Snapshot,
    /// Derived from the snapshot's settings.
    model: Rc<ChoiceModel>,
    /// Fields of the link that this study has nothing for.
    unknown: Rc<[UnknownField]>,
    /// A link of another study, which shows nothing of this one.
    foreign: Option<Rc<ForeignLink>>,
    history: Rc<History>,
}

impl State {
    /// The state that a fragment restores. Its links carry the study's `digest`; with an empty
    /// digest they carry none, and links of every study are accepted.
    pub fn open(study: Arc<Study>, digest: &str, fragment: &str) -> Self {
        let opened = link::read(&study, digest, fragment);
        let model = Rc::new(opened.snapshot.setup.choice_model(&study));
        Self {
            study,
            digest: Rc::from(digest),
            snapshot: opened.snapshot,
            model,
            unknown: opened.unknown.into(),
            foreign: opened.foreign.map(Rc::new),
            history: Rc::default(),
        }
    }

    /// The fragment that restores this state with [`State::open`].
    pub fn fragment(&self) -> String {
        link::write(self)
    }

    /// The fragment of this state on another page.
    pub fn link_to(&self, page: Page) -> String {
        let mut other = self.clone();
        other.snapshot.page = page;
        other.fragment()
    }

    /// The study.
    pub fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// The edits of the offers.
    pub fn edits(&self) -> &Rc<Edits> {
        &self.snapshot.edits
    }

    /// The settings of the choice model.
    pub fn setup(&self) -> &Rc<Setup> {
        &self.snapshot.setup
    }

    /// How respondents choose, and who is included. It passes [`ChoiceModel::check`].
    pub fn model(&self) -> &ChoiceModel {
        &self.model
    }

    /// What the figures follow from, under a name: the offers, and the choice model as entered.
    pub fn save_as(&self, name: &str) -> SavedScenario {
        let scenario = self.edits().scenario();
        let model = self.setup().entered_for(&self.study);
        SavedScenario::new(&self.study, name, scenario, &model)
    }

    /// Why the selected segments and owners are not in use: they include nobody.
    pub fn selection_error(&self) -> Option<ChoiceModelError> {
        let setup = self.setup();
        let is_used =
            setup.segments() == self.model.segments && setup.owners() == self.model.owners;
        (!is_used).then_some(ChoiceModelError::NoRespondents)
    }

    /// The settings of the choice model that are not at their defaults, as a link's keys and values.
    pub fn choice_model_fields(&self) -> Vec<(&'static str, String)> {
        link::choice_model_fields(&self.snapshot, &self.study)
    }

    /// The current page.
    pub fn page(&self) -> Page {
        self.snapshot.page
    }

    /// The options of the pages that show results.
    pub fn view(&self) -> &View {
        &self.snapshot.view
    }

    /// What "Attribute Sweep" sweeps and shows.
    pub fn sweep(&self) -> &Rc<Sweep> {
        &self.snapshot.sweep
    }

    /// What the optimizer should do.
    pub fn optimizer(&self) -> &Rc<OptimizerRequest> {
        &self.snapshot.optimizer
    }

    /// Fields of the link that this study has nothing for.
    pub fn unknown_fields(&self) -> &[UnknownField] {
        &self.unknown
    }

    /// The study's digest.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The link of another study that was opened; the page then shows no figures of this one.
    pub fn foreign_link(&self) -> Option<&ForeignLink> {
        self.foreign.as_deref()
    }

    /// Whether there is an edit to undo.
    pub fn can_undo(&self) -> bool {
        self.history.has_past()
    }

    /// Whether there is an edit to redo.
    pub fn can_redo(&self) -> bool {
        self.history.has_future()
    }

    /// Derives what follows from the snapshot. To be called after every change of its settings.
    fn derive_model(&mut self) {
        self.model = Rc::new(self.snapshot.setup.choice_model(&self.study));
    }

    /// The state after a change of the snapshot that is not an edit.
    fn show(&self, change: impl FnOnce(&mut Snapshot)) -> Self {
        let mut next = self.clone();
        change(&mut next.snapshot);
        next
    }

    /// The state after a change of the snapshot that Undo can undo.
    fn edit(&self, change: impl FnOnce(&mut Snapshot, &Study)) -> Self {
        let mut next = self.clone();
        change(&mut next.snapshot, &next.study);
        let before = self.snapshot.moment();
        if before != next.snapshot.moment() {
            Rc::make_mut(&mut next.history).record(before);
            next.foreign = None;
            next.derive_model();
        }
        next
    }

    /// The state after an edit of the offers.
    fn edit_offers(&self, edit: impl FnOnce(&mut Edits, &Study)) -> Self {
        self.edit(|snapshot, study| snapshot.edit(study, edit))
    }

    /// The state at another moment of its history, if there is one.
    fn travel(&self, step: fn(&mut History, Moment) -> Option<Moment>) -> Self {
        let mut next = self.clone();
        if let Some(moment) = step(Rc::make_mut(&mut next.history), self.snapshot.moment()) {
            next.snapshot.restore(moment);
            next.foreign = None;
            // They belong to a link that is no longer shown.
            next.unknown = Rc::default();
            next.derive_model();
        }
        next
    }

    /// The state of another fragment, with this state's history.
    fn open_link(&self, digest: &str, fragment: &str) -> Self {
        let mut next = Self {
            digest: Rc::clone(&self.digest),
            history: Rc::clone(&self.history),
            ..Self::open(Arc::clone(&self.study), digest, fragment)
        };
        let (before, now) = (self.snapshot.moment(), next.snapshot.moment());
        if before != now {
            let history = Rc::make_mut(&mut next.history);
            match next.foreign {
                // The edits of a foreign link are not shown, so that it cannot lead back to any.
                Some(_) => history.record(before),
                None => history.record_link(before, &now),
            }
        }
        next
    }
}

impl PartialEq for State {
    /// Studies are equal if they are the same one, because comparing part-worths would cost too
    /// much. The history does not count: nothing that is drawn depends on it.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
            && self.snapshot == other.snapshot
            && self.unknown == other.unknown
            && self.foreign == other.foreign
    }
}

#[cfg(test)]
mod tests;
