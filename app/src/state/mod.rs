//! What the user did: a pure reducer, tested without a page.
//!
//! The state holds edits and choices only. What follows from them is computed by the model, and
//! what it looks like by the components.

mod edits;
mod link;
mod sweep;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use conjoint::indexed::{AttributeIndex, ProductIndex};
use conjoint::scenario::ProductId;
use conjoint::study::Study;
use yew::Reducible;

pub use edits::{Draft, Edits};
pub use link::digest_in;
pub use sweep::{Analysis, Kind, LockstepView, RELATIVES, Row, Sweep, SweepAction};
pub use view::{Page, Tiers, View};

/// The state of the whole dashboard.
#[derive(Debug, Clone)]
pub struct State {
    study: Arc<Study>,
    edits: Rc<Edits>,
    page: Page,
    view: View,
    sweep: Rc<Sweep>,
    /// What a link asked for that this study does not have.
    unknown: Vec<String>,
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
    /// Went to a page.
    Go(Page),
    /// Chose what is shown.
    Show(View),
    /// Worked on the page "Attribute Sweep".
    Sweep(SweepAction),
    /// Opened a link, or went back to where an address was before.
    Open(String),
}

impl State {
    /// The state that an address's fragment holds, on this study.
    pub fn open(study: Arc<Study>, fragment: &str) -> Self {
        let link::Opened {
            edits,
            page,
            view,
            sweep,
            unknown,
        } = link::read(&study, fragment);
        Self {
            study,
            edits: Rc::new(edits),
            page,
            view,
            sweep: Rc::new(sweep),
            unknown,
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

    /// What a link asked for that this study does not have, in words.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
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
        let mut sweep = Rc::clone(&self.sweep);
        if !gone.is_empty() {
            Rc::make_mut(&mut sweep).forget(&gone);
        }
        Self {
            edits: Rc::new(edits),
            view,
            sweep,
            ..self.clone()
        }
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
            Action::Go(page) => Self {
                page,
                ..Self::clone(&self)
            },
            Action::Sweep(action) => {
                let mut sweep = Sweep::clone(&self.sweep);
                sweep.apply(&self.study, action);
                Self {
                    sweep: Rc::new(sweep),
                    ..Self::clone(&self)
                }
            }
            Action::Show(view) => Self {
                view,
                ..Self::clone(&self)
            },
            Action::Open(fragment) => Self::open(Arc::clone(&self.study), &fragment),
        };
        Rc::new(next)
    }
}

impl PartialEq for State {
    /// Studies are equal when they are the same one: comparing part-worths would cost too much.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.study, &other.study)
            && self.edits == other.edits
            && self.page == other.page
            && self.view == other.view
            && self.sweep == other.sweep
            && self.unknown == other.unknown
    }
}

#[cfg(test)]
mod tests;
