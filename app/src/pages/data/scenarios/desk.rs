//! What is done with scenarios, and what there is to say about it: a pure reducer.

use std::rc::Rc;

use conjoint::simulation::scenario::{SavedScenario, SavedScenarios};
use yew::Reducible;

use crate::text::scenarios as texts;

/// So many are compared.
const MOST: usize = 4;

/// The study's scenarios.
#[derive(Clone, Default)]
pub(super) struct Desk {
    /// As they are to be kept.
    pub(super) list: Rc<SavedScenarios>,
    /// Whether they were changed here, and are to be kept.
    pub(super) is_changed: bool,
    /// The names of those that are compared.
    pub(super) compared: Vec<String>,
    /// What there is to say about what was done last.
    pub(super) notice: Option<Notice>,
    /// Why the browser does not keep them.
    pub(super) unkept: Option<String>,
    /// Why what it keeps cannot be read; it is left as it is.
    pub(super) unread: Option<String>,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Notice {
    /// It is done, or it cannot be.
    Told(Result<String, String>),
    /// Another scenario has the name.
    Taken(SavedScenario),
    /// A scenario was deleted from its place.
    Deleted(usize, SavedScenario),
}

/// What is done.
pub(super) enum Act {
    /// Saves a scenario, unless another has its name.
    Save(SavedScenario),
    /// Does what the notice offers: replaces the other of the name, or brings back what was deleted.
    Follow,
    /// Saves a copy under a name of its own.
    Duplicate(SavedScenario),
    /// Deletes the one of that name.
    Delete(String),
    /// Compares the one of that name, or no longer.
    Compare(String),
    /// Adds those that are not there yet, of a study of that title where it is another one.
    Take(Vec<SavedScenario>, Option<String>),
    /// Says something.
    Tell(Result<String, String>),
    /// Sees what another window has changed.
    See(SavedScenarios),
    /// The browser keeps them, or does not.
    Keep(Option<String>),
}

impl Desk {
    /// Changes the scenarios, and says what there is to say.
    fn changed(&mut self, change: &mut dyn FnMut(&mut SavedScenarios) -> Option<Notice>) {
        self.is_changed = true;
        self.notice = change(Rc::make_mut(&mut self.list));
    }

    fn compare(&mut self, name: String) {
        self.notice = None;
        if let Some(place) = self.compared.iter().position(|other| *other == name) {
            self.compared.remove(place);
        } else if self.compared.len() < MOST {
            self.compared.push(name);
        } else {
            self.notice = Some(Notice::Told(Err(texts::comparison_full(MOST, &name))));
        }
    }

    fn delete(&mut self, name: &str) {
        if let Some(place) = self.list.position(name) {
            self.compared.retain(|other| other != name);
            self.changed(&mut |list| Some(Notice::Deleted(place, list.scenarios.remove(place))));
        }
    }

    /// Does what the notice offers.
    fn follow(&mut self) {
        match self.notice.take() {
            Some(Notice::Taken(saved)) => self.changed(&mut |list| {
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
            Some(Notice::Deleted(place, saved)) => self.add(place, saved),
            _ => {}
        }
    }

    /// Puts a scenario in a place, under a name of its own.
    fn add(&mut self, place: usize, mut saved: SavedScenario) {
        saved.name = self.list.free_name(&saved.name);
        self.changed(&mut |list| {
            let place = place.min(list.scenarios.len());
            list.scenarios.insert(place, saved.clone());
            None
        });
    }
}

impl Reducible for Desk {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match act {
            Act::Save(saved) if next.list.position(&saved.name).is_some() => {
                next.notice = Some(Notice::Taken(saved));
            }
            Act::Save(saved) => {
                let told = texts::scenario_saved(&saved.name);
                next.add(usize::MAX, saved);
                next.notice = Some(Notice::Told(Ok(told)));
            }
            Act::Follow => next.follow(),
            Act::Duplicate(saved) => {
                let place = next.list.position(&saved.name);
                next.add(place.map_or(usize::MAX, |place| place + 1), saved);
            }
            Act::Delete(name) => next.delete(&name),
            Act::Compare(name) => next.compare(name),
            Act::Take(scenarios, other) => {
                let (before, all) = (next.list.scenarios.len(), scenarios.len());
                for saved in scenarios {
                    if !next.list.scenarios.contains(&saved) {
                        next.add(usize::MAX, saved);
                    }
                }
                let taken = next.list.scenarios.len() - before;
                let told = texts::import_summary(taken, all - taken, other.as_deref());
                next.notice = Some(Notice::Told(Ok(told)));
            }
            Act::Tell(told) => next.notice = Some(Notice::Told(told)),
            // Those that this window alone has are not to be lost.
            Act::See(_) if self.unkept.is_some() => {}
            Act::See(list) => {
                let study = self.list.study.clone();
                next.list = Rc::new(SavedScenarios { study, ..list });
                next.is_changed = false;
                let there = |name: &String| next.list.position(name).is_some();
                next.compared.retain(there);
            }
            Act::Keep(unkept) => {
                next.unkept = unkept;
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
        }
    }

    fn after(acts: impl IntoIterator<Item = Act>) -> Rc<Desk> {
        let none = Rc::new(Desk::default());
        acts.into_iter().fold(none, Reducible::reduce)
    }

    fn names(desk: &Desk) -> Vec<&str> {
        let scenarios = desk.list.scenarios.iter();
        scenarios.map(|saved| saved.name.as_str()).collect()
    }

    fn two() -> [Act; 2] {
        [Act::Save(saved("A", "1")), Act::Save(saved("B", "2"))]
    }

    #[test]
    fn a_name_that_is_taken_is_replaced_when_the_reader_wants() {
        let desk = after(two().into_iter().chain([Act::Save(saved("A", "3"))]));
        assert_eq!(desk.list.scenarios[0], saved("A", "1"));
        assert_eq!(desk.notice, Some(Notice::Taken(saved("A", "3"))));
        let desk = desk.reduce(Act::Follow);
        assert_eq!(desk.list.scenarios[0], saved("A", "3"));
        assert_eq!((names(&desk), &desk.notice), (vec!["A", "B"], &None));
        // Nothing is offered any more.
        assert_eq!(names(&desk.reduce(Act::Follow)), ["A", "B"]);
    }

    #[test]
    fn what_was_deleted_comes_back_to_its_place() {
        let acts = [Act::Compare("A".to_owned()), Act::Delete("A".to_owned())];
        let desk = after(two().into_iter().chain(acts));
        assert_eq!(names(&desk), ["B"]);
        assert!(desk.compared.is_empty());
        let back = Rc::clone(&desk).reduce(Act::Follow);
        assert_eq!(names(&back), ["A", "B"]);
        // Another may have the name by then, and another window may have deleted more.
        let desk = after([
            Act::Save(saved("A", "1")),
            Act::Delete("A".to_owned()),
            Act::See(SavedScenarios {
                scenarios: vec![saved("A", "2")],
                ..SavedScenarios::default()
            }),
            Act::Follow,
        ]);
        assert_eq!(names(&desk), ["A (2)", "A"]);
    }

    #[test]
    fn copies_and_imports_have_names_of_their_own() {
        let acts = [
            Act::Duplicate(saved("A", "1")),
            Act::Take(
                vec![saved("A", "1"), saved("B", "3"), saved("C", "4")],
                None,
            ),
        ];
        let desk = after(two().into_iter().chain(acts));
        assert_eq!(names(&desk), ["A", "A (2)", "B", "B (2)", "C"]);
        let told = "2 scenarios were taken in. There already: 1.".to_owned();
        assert_eq!(desk.notice, Some(Notice::Told(Ok(told))));
        assert!(desk.is_changed);
        assert!(!desk.reduce(Act::Keep(None)).is_changed);
    }

    #[test]
    fn four_are_compared_and_no_more() {
        let compare = ["A", "B", "C", "D", "E"].map(|name| Act::Compare(name.to_owned()));
        let desk = after(compare);
        assert_eq!(desk.compared, ["A", "B", "C", "D"]);
        let told = "4 scenarios are compared already; leave one out before you take “E” in.";
        let told = Notice::Told(Err(told.to_owned()));
        assert_eq!(desk.notice, Some(told));
        let acts = ["B", "E"].map(|name| Act::Compare(name.to_owned()));
        let desk = acts.into_iter().fold(desk, Reducible::reduce);
        assert_eq!(desk.compared, ["A", "C", "D", "E"]);
        assert_eq!(desk.notice, None);
    }
}
