//! What the user can do, and what it does to the state.

use std::rc::Rc;

use conjoint::choice::{ChoiceModel, ChoiceModelError};
use conjoint::index_vec::{AttributeIndex, ProductIndex, SegmentIndex};
use conjoint::optimizer::OptimizerRequest;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::{ProductId, Study};
use yew::Reducible;

use super::history::History;
use super::{Edits, Page, Setting, Setup, State, SweepAction, View};

/// Something that the user did.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Committed a text as a value of an offer.
    Set(ProductIndex, AttributeIndex, String),
    /// Committed a text for each of several offers as values of the same attribute.
    SetColumn(AttributeIndex, Vec<(ProductIndex, String)>),
    /// Withdrew an offer from the market, or offered it again.
    Withdraw(ProductIndex, bool),
    /// Added a copy of an offer.
    Add(ProductIndex),
    /// Removed an added offer.
    Remove(ProductIndex),
    /// Reset all edits of an offer.
    Reset(ProductIndex),
    /// Reset all edits.
    ResetAll,
    /// Loaded a scenario, and its choice model if it has one.
    Load(Scenario, Option<ChoiceModel>),
    /// Undid the last edit.
    Undo,
    /// Redid the edit that was undone last.
    Redo,
    /// Went to a page.
    Go(Page),
    /// Changed what is shown.
    Show(View),
    /// Worked on the page "Attribute Sweep".
    Sweep(SweepAction),
    /// Committed a text as a setting of the choice model.
    SetChoiceModel(Setting, String),
    /// Selected only this segment's respondents, or all respondents.
    SelectSegment(Option<SegmentIndex>),
    /// Took over the market's shares of a calibration.
    SetTargets(Vec<(ProductId, f64)>),
    /// Took over the constants of a calibration.
    ApplyConstants(Vec<(ProductId, f64)>),
    /// Reset the choice model to its defaults.
    ResetChoiceModel,
    /// Changed what the optimizer should do.
    Optimize(OptimizerRequest),
    /// Opened a link, or went back to an earlier address.
    Open(String),
    /// Chose this study instead of the link of another.
    DismissForeignLink,
    /// Chose this study with the edits of the link of another.
    AdoptForeignLink,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = match action {
            Action::Set(product, attribute, text) => {
                self.edit_offers(|edits, study| edits.set(study, product, attribute, &text))
            }
            Action::SetColumn(attribute, entries) => self.edit_offers(|edits, study| {
                for (product, text) in &entries {
                    edits.set(study, *product, attribute, text);
                }
            }),
            Action::Withdraw(product, withdrawn) => {
                self.edit_offers(|edits, study| edits.withdraw(study, product, withdrawn))
            }
            Action::Add(product) => self.edit_offers(|edits, study| edits.add(study, product)),
            Action::Remove(product) => self.edit_offers(|edits, _| edits.remove(product)),
            Action::Reset(product) => self.edit_offers(|edits, study| edits.reset(study, product)),
            Action::ResetAll => self.edit_offers(|edits, study| *edits = Edits::new(study)),
            Action::Load(scenario, model) => self.edit(|snapshot, study| {
                // A file may have numbers that the model refuses.
                if let Some(model) = model.filter(|model| is_usable(model, study)) {
                    snapshot.setup_mut().load(study, model);
                }
                snapshot.edit(study, |edits, _| *edits = Edits::from(scenario));
            }),
            Action::Undo => self.travel(History::undo),
            Action::Redo => self.travel(History::redo),
            Action::Go(page) => self.show(|snapshot| snapshot.page = page),
            Action::Show(view) => self.show(|snapshot| snapshot.view = view),
            Action::Optimize(request) => self.show(|snapshot| snapshot.optimizer = request.into()),
            Action::Sweep(action) => {
                self.edit(|snapshot, study| snapshot.sweep_mut().apply(study, action))
            }
            Action::SetChoiceModel(setting, text) => self.edit(|snapshot, study| {
                // The page offers only names that the study has.
                let _ = snapshot.setup_mut().enter(study, setting, &text);
            }),
            Action::SelectSegment(segment) => {
                self.edit(|snapshot, _| snapshot.setup_mut().select_segment(segment))
            }
            Action::SetTargets(targets) => {
                self.edit(|snapshot, _| snapshot.setup_mut().set_targets(targets))
            }
            Action::ApplyConstants(constants) => {
                self.edit(|snapshot, study| snapshot.setup_mut().calibrate(study, &constants))
            }
            Action::ResetChoiceModel => self.edit(|snapshot, study| {
                *snapshot.setup_mut() = Setup::new(study);
            }),
            Action::Open(fragment) => self.open_link(&self.digest, &fragment),
            Action::DismissForeignLink => Self {
                foreign: None,
                ..Self::clone(&self)
            },
            // The whole link, with its page.
            Action::AdoptForeignLink => self.open_link("", &self.fragment()),
        };
        Rc::new(next)
    }
}

/// Whether the settings are valid for the study; the selection may include nobody.
fn is_usable(model: &ChoiceModel, study: &Study) -> bool {
    matches!(
        model.check(study),
        Ok(()) | Err(ChoiceModelError::NoRespondents)
    )
}
