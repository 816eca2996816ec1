//! What the user did: a pure reducer, tested without a page.
//!
//! The state holds edits and choices only. What follows from them is computed by the model, and
//! what it looks like by the components.

mod edits;
mod history;
mod link;
mod optimizer;
mod setup;
mod sweep;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::optimizer::OptimizerRequest;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;
use conjoint::study::Study;
use yew::Reducible;

use history::{History, Moment};

pub use edits::{Draft, Edits};
pub use link::{ForeignLink, digest_in, study_field};
pub use setup::{OFF, SURVEYED, Setting, Setup};
pub use sweep::{Analysis, Kind, LockstepView, RELATIVES, Row, Sweep, SweepAction};
pub use view::{Page, Tiers, View};

/// The state of the whole dashboard.
#[derive(Debug, Clone)]
pub struct State {
    study: Arc<Study>,
    /// The study's digest; empty where nobody asks for it.
    digest: Rc<str>,
    edits: Rc<Edits>,
    setup: Rc<Setup>,
    page: Page,
    view: View,
    sweep: Rc<Sweep>,
    optimizer: Rc<OptimizerRequest>,
    /// What a link asked for that this study does not have.
    unknown: Vec<String>,
    /// A link of another study, which shows nothing of this one.
    foreign: Option<Rc<ForeignLink>>,
    history: Rc<History>,
}

/// Something that the user did.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Committed a text as the value of an offer.
    Set(ProductIndex, AttributeIndex, String),
    /// Took an offer from the market, or brought it back.
    Withdraw(ProductIndex, bool),
    /// Added a copy of an offer.
    Add(ProductIndex),
    /// Took an added offer away.
    Remove(ProductIndex),
    /// Undid all edits of an offer.
    Reset(ProductIndex),
    /// Undid all edits.
    ResetAll,
    /// Took up a saved scenario.
    Load(Scenario),
    /// Took back the last edit.
    Undo,
    /// Made the edit again that was taken back last.
    Redo,
    /// Went to a page.
    Go(Page),
    /// Chose what is shown.
    Show(View),
    /// Worked on the page "Attribute Sweep".
    Sweep(SweepAction),
    /// Committed a text as a setting of the method.
    SetChoiceModel(Setting, String),
    /// Took over the constants of a calibration.
    ApplyConstants(Vec<(ProductId, f64)>),
    /// Wants the method that is there at first.
    ResetChoiceModel,
    /// Asked the optimizer for something else.
    Optimize(OptimizerRequest),
    /// Opened a link, or went back to where an address was before.
    Open(String),
    /// Wants this study in place of a link of another.
    Dismiss,
    /// Wants this study with the edits of a link of another.
    Adopt,
}

impl State {
    /// The state that an address's fragment holds, on this study, whose digest goes into its links.
    /// With an empty digest it has none, and takes every link as its own.
    pub fn open(study: Arc<Study>, digest: &str, fragment: &str) -> Self {
        let foreign = link::read_foreign(&study, digest, fragment);
        let opened = foreign.unwrap_or_else(|| link::read(&study, fragment));
        let link::Opened {
            edits,
            setup,
            page,
            view,
            sweep,
            optimizer,
            unknown,
            foreign,
        } = opened;
        Self {
            study,
            digest: Rc::from(digest),
            edits: Rc::new(edits),
            setup: Rc::new(setup),
            page,
            view,
            sweep: Rc::new(sweep),
            optimizer: Rc::new(optimizer),
            unknown,
            foreign: foreign.map(Rc::new),
            history: Rc::default(),
        }
    }

    /// The fragment from which [`State::open`] makes this state again.
    pub fn fragment(&self) -> String {
        link::write(self)
    }

    /// The same of this state on another page.
    pub fn link_to(&self, page: Page) -> String {
        let there = Self {
            page,
            ..self.clone()
        };
        there.fragment()
    }

    /// The study.
    pub fn study(&self) -> &Arc<Study> {
        &self.study
    }

    /// What was changed about the offers.
    pub fn edits(&self) -> &Rc<Edits> {
        &self.edits
    }

    /// The method as it was set up.
    pub fn setup(&self) -> &Rc<Setup> {
        &self.setup
    }

    /// How respondents are taken to choose, and whose choices count.
    pub fn model(&self) -> &ChoiceModel {
        self.setup.model()
    }

    /// The page that is looked at.
    pub fn page(&self) -> Page {
        self.page
    }

    /// What "Product Attractiveness" shows.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What "Attribute Sweep" sweeps and shows.
    pub fn sweep(&self) -> &Rc<Sweep> {
        &self.sweep
    }

    /// What the optimizer is asked for.
    pub fn optimizer(&self) -> &Rc<OptimizerRequest> {
        &self.optimizer
    }

    /// What a link asked for that this study does not have, in words.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The study's digest.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The link of another study that was opened in place of this one's figures.
    pub fn foreign(&self) -> Option<&ForeignLink> {
        self.foreign.as_deref()
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        self.history.has_past()
    }

    /// Whether there is an edit to make again.
    pub fn can_redo(&self) -> bool {
        self.history.has_future()
    }

    fn moment(&self) -> Moment {
        Moment {
            edits: Rc::clone(&self.edits),
            setup: Rc::clone(&self.setup),
            sweep: Rc::clone(&self.sweep),
        }
    }

    /// The state at other edits of its history.
    fn travelled(&self, step: fn(&mut History, Moment) -> Option<Moment>) -> Self {
        let mut next = self.clone();
        if let Some(moment) = step(Rc::make_mut(&mut next.history), self.moment()) {
            next.view.forget_missing(moment.edits.scenario());
            Rc::make_mut(&mut next.sweep).take_tables_of(&moment.sweep);
            next.edits = moment.edits;
            next.setup = moment.setup;
            next.foreign = None;
            // Of a link that is not what is shown any more.
            next.unknown.clear();
        }
        next
    }

    /// The state of another fragment, with this one's history.
    fn opened(&self, digest: &str, fragment: &str) -> Self {
        let mut next = Self {
            digest: Rc::clone(&self.digest),
            history: Rc::clone(&self.history),
            ..Self::open(Arc::clone(&self.study), digest, fragment)
        };
        let (before, now) = (self.moment(), next.moment());
        if before != now {
            let history = Rc::make_mut(&mut next.history);
            match next.foreign {
                // Its own edits are not seen, so that it leads to none of before.
                Some(_) => history.note(before),
                None => history.note_opened(before, &now),
            }
        }
        next
    }

    /// The same state, with what was edited to come to it in its history.
    fn noted(mut self, before: &Self) -> Self {
        let moment = before.moment();
        if moment != self.moment() {
            Rc::make_mut(&mut self.history).note(moment);
            self.foreign = None;
        }
        self
    }

    fn edited(&self, edit: impl FnOnce(&mut Edits, &Study)) -> Self {
        let mut edits = Edits::clone(&self.edits);
        edit(&mut edits, &self.study);
        let mut view = self.view.clone();
        view.forget_missing(edits.scenario());
        let before = self.edits.scenario().offers().iter();
        let gone: Vec<&ProductId> = before
            .map(|offer| &offer.id)
            .filter(|id| edits.scenario().find(id.as_str()).is_none())
            .collect();
        let (mut sweep, mut setup) = (Rc::clone(&self.sweep), Rc::clone(&self.setup));
        if !gone.is_empty() {
            Rc::make_mut(&mut sweep).forget(&gone);
            Rc::make_mut(&mut setup).forget(&gone);
        }
        let next = Self {
            edits: Rc::new(edits),
            setup,
            view,
            sweep,
            ..self.clone()
        };
        next.noted(self)
    }

    fn set_up(&self, change: impl FnOnce(&mut Setup, &Study)) -> Self {
        let mut next = self.clone();
        change(Rc::make_mut(&mut next.setup), &self.study);
        next.noted(self)
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = match action {
            Action::Set(product, attribute, text) => {
                self.edited(|edits, study| edits.set(study, product, attribute, &text))
            }
            Action::Withdraw(product, withdrawn) => {
                self.edited(|edits, study| edits.withdraw(study, product, withdrawn))
            }
            Action::Add(product) => self.edited(|edits, study| edits.add(study, product)),
            Action::Remove(product) => self.edited(|edits, _| edits.remove(product)),
            Action::Reset(product) => self.edited(|edits, study| edits.reset(study, product)),
            Action::ResetAll => self.edited(|edits, study| *edits = Edits::none(study)),
            Action::Load(scenario) => self.edited(|edits, _| *edits = Edits::from(scenario)),
            Action::Undo => self.travelled(History::back),
            Action::Redo => self.travelled(History::forth),
            Action::Go(page) => Self {
                page,
                ..Self::clone(&self)
            },
            Action::Sweep(action) => {
                let mut sweep = Sweep::clone(&self.sweep);
                sweep.apply(&self.study, action);
                let next = Self {
                    sweep: Rc::new(sweep),
                    ..Self::clone(&self)
                };
                next.noted(&self)
            }
            Action::SetChoiceModel(setting, text) => self.set_up(|setup, study| {
                // The page offers no name that the study does not have.
                let _ = setup.enter(study, setting, &text);
            }),
            Action::ApplyConstants(constants) => {
                self.set_up(|setup, study| setup.calibrate(study, &constants))
            }
            Action::ResetChoiceModel => self.set_up(|setup, _| *setup = Setup::default()),
            Action::Optimize(request) => Self {
                optimizer: Rc::new(request),
                ..Self::clone(&self)
            },
            Action::Show(view) => Self {
                view,
                ..Self::clone(&self)
            },
            Action::Open(fragment) => self.opened(&self.digest, &fragment),
            Action::Dismiss => Self {
                foreign: None,
                ..Self::clone(&self)
            },
            // As it stands in the address, page and all.
            Action::Adopt => self.opened("", &self.fragment()),
        };
        Rc::new(next)
    }
}

impl PartialEq for State {
    /// Studies are equal when they are the same one: comparing part-worths would cost too much.
    /// How a state was come by shows in nothing that is made of it.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
            && self.edits == other.edits
            && self.setup == other.setup
            && self.page == other.page
            && self.view == other.view
            && self.sweep == other.sweep
            && self.optimizer == other.optimizer
            && self.unknown == other.unknown
            && self.foreign == other.foreign
    }
}

#[cfg(test)]
mod tests;
