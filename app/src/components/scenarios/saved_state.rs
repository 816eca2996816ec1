//! The saved scenarios and the notice about the last action: a pure reducer.

use std::rc::Rc;

use conjoint::simulation::scenario::{SavedScenario, SavedScenarios};
use yew::Reducible;

use crate::text::scenarios as texts;

/// The saved scenarios of a study.
#[derive(Clone, Default, PartialEq)]
pub struct SavedState {
    /// The scenarios, as they are stored.
    pub list: Rc<SavedScenarios>,
    /// Whether the list has changes to store.
    pub is_changed: bool,
    /// The notice about the last action.
    pub notice: Option<Notice>,
    /// Why the browser does not store the scenarios.
    pub storage_error: Option<String>,
    /// Why the stored scenarios could not be read. They are not overwritten then.
    pub read_error: Option<String>,
}

/// A notice about an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The action succeeded or failed.
    Message(Result<String, String>),
    /// The name exists already; offers to replace that scenario with this one.
    NameExists(SavedScenario),
    /// A scenario was deleted; offers to restore it at its index.
    Deleted(usize, SavedScenario),
}

/// An action on the saved scenarios.
pub enum ScenarioAction {
    /// Save a scenario, unless its name exists.
    Save(SavedScenario),
    /// Do what the notice offers.
    AcceptOffer,
    /// Save a copy under a new name.
    Duplicate(SavedScenario),
    /// Delete the scenario with this name.
    Delete(String),
    /// Add the scenarios that do not exist yet, with the title of their study if it is another.
    Import(Vec<SavedScenario>, Option<String>),
    /// Show a message.
    Notify(Result<String, String>),
    /// Take over the list that another window has stored.
    Reload(SavedScenarios),
    /// Record that the list was stored, or why not.
    SetStored(Option<String>),
}

impl SavedState {
    /// Changes the list; `change` returns the notice.
    fn edit(&mut self, change: &mut dyn FnMut(&mut SavedScenarios) -> Option<Notice>) {
        self.is_changed = true;
        self.notice = change(Rc::make_mut(&mut self.list));
    }

    fn delete(&mut self, name: &str) {
        if let Some(index) = self.list.position(name) {
            self.edit(&mut |list| Some(Notice::Deleted(index, list.scenarios.remove(index))));
        }
    }

    /// Does what the notice offers.
    fn accept_offer(&mut self) {
        match self.notice.take() {
            Some(Notice::NameExists(saved)) => self.edit(&mut |list| {
                let other = list
                    .scenarios
                    .iter_mut()
                    .find(|other| other.name == saved.name);
                match other {
                    Some(other) => other.clone_from(&saved),
                    None => list.scenarios.push(saved.clone()),
                }
                None
            }),
            Some(Notice::Deleted(index, saved)) => self.insert(index, saved),
            _ => {}
        }
    }

    /// Inserts a scenario, under a new name if its name exists.
    fn insert(&mut self, index: usize, mut saved: SavedScenario) {
        saved.name = self.list.free_name(&saved.name);
        self.edit(&mut |list| {
            let index = index.min(list.scenarios.len());
            list.scenarios.insert(index, saved.clone());
            None
        });
    }

    fn append(&mut self, saved: SavedScenario) {
        self.insert(usize::MAX, saved);
    }

    fn import(&mut self, scenarios: Vec<SavedScenario>, other_study: Option<&str>) {
        let (before, all) = (self.list.scenarios.len(), scenarios.len());
        for saved in scenarios {
            if !self.list.scenarios.contains(&saved) {
                self.append(saved);
            }
        }
        let imported = self.list.scenarios.len() - before;
        let message = texts::import_summary(imported, all - imported, other_study);
        self.notice = Some(Notice::Message(Ok(message)));
    }

    fn reload(&mut self, list: SavedScenarios) {
        // Without storage, the scenarios exist in this window only and must not be lost.
        if self.storage_error.is_some() {
            return;
        }
        let study = self.list.study.clone();
        self.list = Rc::new(SavedScenarios { study, ..list });
        self.is_changed = false;
    }
}

impl Reducible for SavedState {
    type Action = ScenarioAction;

    fn reduce(self: Rc<Self>, action: ScenarioAction) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match action {
            ScenarioAction::Save(saved) if next.list.position(&saved.name).is_some() => {
                next.notice = Some(Notice::NameExists(saved));
            }
            ScenarioAction::Save(saved) => {
                let message = texts::scenario_saved(&saved.name);
                next.append(saved);
                next.notice = Some(Notice::Message(Ok(message)));
            }
            ScenarioAction::AcceptOffer => next.accept_offer(),
            ScenarioAction::Duplicate(saved) => {
                let index = next.list.position(&saved.name);
                next.insert(index.map_or(usize::MAX, |index| index + 1), saved);
            }
            ScenarioAction::Delete(name) => next.delete(&name),
            ScenarioAction::Import(scenarios, other_study) => {
                next.import(scenarios, other_study.as_deref());
            }
            ScenarioAction::Notify(message) => next.notice = Some(Notice::Message(message)),
            ScenarioAction::Reload(list) => next.reload(list),
            ScenarioAction::SetStored(error) => {
                next.storage_error = error;
                next.is_changed = false;
            }
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::simulation::scenario::EditList;

    fn saved(name: &str, withdrawn: &str) -> SavedScenario {
        SavedScenario {
            name: name.to_owned(),
            edits: EditList {
                withdraw: vec![withdrawn.to_owned()],
                ..EditList::default()
            },
            model: None,
        }
    }

    fn reduce_all(actions: impl IntoIterator<Item = ScenarioAction>) -> Rc<SavedState> {
        let empty = Rc::new(SavedState::default());
        actions.into_iter().fold(empty, Reducible::reduce)
    }

    fn names(state: &SavedState) -> Vec<&str> {
        let scenarios = state.list.scenarios.iter();
        scenarios.map(|saved| saved.name.as_str()).collect()
    }

    fn save_a_and_b() -> [ScenarioAction; 2] {
        [
            ScenarioAction::Save(saved("A", "1")),
            ScenarioAction::Save(saved("B", "2")),
        ]
    }

    #[test]
    fn an_existing_scenario_is_replaced_only_on_request() {
        let save_again = ScenarioAction::Save(saved("A", "3"));
        let state = reduce_all(save_a_and_b().into_iter().chain([save_again]));
        assert_eq!(state.list.scenarios[0], saved("A", "1"));
        assert_eq!(state.notice, Some(Notice::NameExists(saved("A", "3"))));
        let state = state.reduce(ScenarioAction::AcceptOffer);
        assert_eq!(state.list.scenarios[0], saved("A", "3"));
        assert_eq!((names(&state), &state.notice), (vec!["A", "B"], &None));
        // Without an offer, accepting changes nothing.
        let state = state.reduce(ScenarioAction::AcceptOffer);
        assert_eq!(names(&state), ["A", "B"]);
    }

    #[test]
    fn a_deleted_scenario_is_restored_at_its_place() {
        let actions = [ScenarioAction::Delete("A".to_owned())];
        let state = reduce_all(save_a_and_b().into_iter().chain(actions));
        assert_eq!(names(&state), ["B"]);
        let restored = Rc::clone(&state).reduce(ScenarioAction::AcceptOffer);
        assert_eq!(names(&restored), ["A", "B"]);
        // Meanwhile another window may have used the name and deleted other scenarios.
        let state = reduce_all([
            ScenarioAction::Save(saved("A", "1")),
            ScenarioAction::Delete("A".to_owned()),
            ScenarioAction::Reload(SavedScenarios {
                scenarios: vec![saved("A", "2")],
                ..SavedScenarios::default()
            }),
            ScenarioAction::AcceptOffer,
        ]);
        assert_eq!(names(&state), ["A (2)", "A"]);
    }

    #[test]
    fn copies_and_imports_get_unique_names() {
        let imported = vec![saved("A", "1"), saved("B", "3"), saved("C", "4")];
        let actions = [
            ScenarioAction::Duplicate(saved("A", "1")),
            ScenarioAction::Import(imported, None),
        ];
        let state = reduce_all(save_a_and_b().into_iter().chain(actions));
        assert_eq!(names(&state), ["A", "A (2)", "B", "B (2)", "C"]);
        let message = texts::import_summary(2, 1, None);
        assert_eq!(state.notice, Some(Notice::Message(Ok(message))));
        assert!(state.is_changed);
        assert!(!state.reduce(ScenarioAction::SetStored(None)).is_changed);
    }
}
