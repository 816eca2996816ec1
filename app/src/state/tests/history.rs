//! Undo and redo.

use std::rc::Rc;

use conjoint::simulation::scenario::{Scenario, Verb};
use conjoint::study::ProductId;

use super::sweep::set_text;
use super::{after, product, reopened, set, start};
use crate::state::{Action, Analysis, Page, State, SweepAction, View};

#[test]
fn edits_can_be_undone_and_redone() {
    let start = start();
    let dearer = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let broken = after(&dearer, [set(&start, "9", "term", "x")]);
    let swept = after(&broken, [set_text(0, 1, "439")]);
    let reset = after(&swept, [Action::ResetAll]);
    let states = [&start, &dearer, &broken, &swept, &reset];
    let mut state = Rc::clone(&reset);
    for before in states.iter().rev().skip(1) {
        assert!(state.can_undo());
        state = after(&state, [Action::Undo]);
        assert_eq!(state, **before);
    }
    assert!(!state.can_undo());
    assert_eq!(after(&state, [Action::Undo]), start);
    for next in &states[1..] {
        assert!(state.can_redo());
        state = after(&state, [Action::Redo]);
        assert_eq!(state, **next);
    }
    assert!(!state.can_redo());

    // An edit leaves nothing to be done again; what is no edit, or changes nothing, leaves all.
    let undone = after(&reset, [Action::Undo]);
    let looked = after(
        &undone,
        [
            Action::Go(Page::Sweep),
            Action::Sweep(SweepAction::Analyze(Analysis::Grid)),
            set(&start, "9", "monthly_cost", "449"),
        ],
    );
    assert!(looked.can_redo());
    assert_eq!(looked.page(), after(&looked, [Action::Undo]).page());
    let other = after(&undone, [Action::Withdraw(product(&start, "3"), true)]);
    assert!(!other.can_redo());
    assert_eq!(after(&other, [Action::Undo]), undone);
}

#[test]
fn undo_deselects_offers_that_are_gone() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let view = View {
        selected_product: Some(ProductId::from("14".to_owned())),
        ..View::default()
    };
    let choose = Action::Sweep(SweepAction::Product(0, "14".to_owned()));
    let looking = after(&added, [choose, Action::Show(view)]);
    assert_eq!(after(&looking, [Action::Undo, Action::Undo]), start);
}

#[test]
fn the_back_button_undoes_and_opening_another_link_can_be_undone() {
    let start = start();
    let dearer = after(&start, [set(&start, "9", "monthly_cost", "449")]);
    let open = |state: &State| Action::Open(state.fragment());
    let back = after(&dearer, [open(&start)]);
    assert!(!back.can_undo() && back.can_redo());
    let forward = after(&back, [open(&dearer)]);
    assert!(forward.can_undo() && !forward.can_redo());
    assert_eq!(forward, dearer);

    let other = after(&start, [Action::Withdraw(product(&start, "3"), true)]);
    let linked = after(&dearer, [open(&other)]);
    assert_eq!(linked, other);
    assert_eq!(after(&linked, [Action::Undo]), dearer);
}

#[test]
fn the_history_is_limited_to_100_edits() {
    let start = start();
    let edits = (0..150).map(|cost| set(&start, "9", "monthly_cost", &(200 + cost).to_string()));
    let edited = after(&start, edits);
    let undone = after(&edited, std::iter::repeat_n(Action::Undo, 150));
    let expected = after(&start, [set(&start, "9", "monthly_cost", "249")]);
    assert_eq!(undone, expected);
}

#[test]
fn a_saved_scenario_is_an_edit() {
    let start = start();
    let broken = after(&start, [set(&start, "9", "term", "x")]);
    let mut scenario = Scenario::baseline(start.study());
    scenario.edit(start.study(), Verb::Withdraw, "3").unwrap();
    let loaded = after(&broken, [Action::Load(scenario.clone(), None)]);
    assert_eq!(*loaded.edits().scenario(), scenario);
    assert_eq!(reopened(&loaded), *loaded);
    assert_eq!(after(&loaded, [Action::Undo]), broken);
}
