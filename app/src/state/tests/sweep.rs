//! The page "Attribute Sweep".

use std::sync::Arc;

use conjoint::sweep::{ChangeUnit, Cost};

use super::{after, product, reopened, start, unknown_fields};
use crate::state::{Action, Analysis, Kind, LockstepView, Page, Row, State, SweepAction};

pub(super) fn set_text(row: usize, column: usize, text: &str) -> Action {
    Action::Sweep(SweepAction::Text(row, column, text.to_owned()))
}

#[test]
fn each_sweep_keeps_its_own_table() {
    let start = start();
    let sweep = |action| Action::Sweep(action);
    let edited = after(
        &start,
        [
            set_text(0, 1, "44g"),
            sweep(SweepAction::Attribute(Cost::Upfront)),
            set_text(1, 2, "100"),
            sweep(SweepAction::Analyze(Analysis::Grid)),
            sweep(SweepAction::Remove(0)),
            // Nothing happens in a row that is not there.
            set_text(7, 0, "1"),
            sweep(SweepAction::Remove(7)),
        ],
    );
    let texts = |kind, row: usize| edited.sweep().table_of(kind)[row].texts.clone();
    let lockstep = |cost| Kind::Lockstep(cost);
    assert_eq!(
        texts(lockstep(Cost::Monthly), 0),
        ["399", "44g", "20", "399"]
    );
    assert_eq!(
        texts(lockstep(Cost::Upfront), 1),
        ["4940", "5740", "100", "5740"]
    );
    assert_eq!(edited.sweep().table().len(), 1);
    assert_eq!(edited.sweep().table()[0].product, "8");

    let restored = after(&edited, [sweep(SweepAction::Restore)]);
    assert_eq!(restored.sweep().table(), start.sweep().table_of(Kind::Grid));
    assert_eq!(
        restored.sweep().table_of(lockstep(Cost::Monthly))[0].texts[1],
        "44g"
    );
}

#[test]
fn a_link_restores_the_sweep() {
    let start = start();
    assert_eq!(start.fragment(), "page=simulator");
    let sweep = |action| Action::Sweep(action);
    let row = Row {
        product: "a:b".to_owned(),
        texts: vec![
            "1:2".to_owned(),
            String::new(),
            "+5 %".to_owned(),
            "=&".to_owned(),
        ],
    };
    let edited = after(
        &start,
        [
            Action::Go(Page::Sweep),
            set_text(0, 1, "439"),
            sweep(SweepAction::Add(row)),
            sweep(SweepAction::Product(1, "13".to_owned())),
            sweep(SweepAction::Attribute(Cost::Upfront)),
            sweep(SweepAction::View(LockstepView::ALL[3])),
            sweep(SweepAction::Point(2)),
            sweep(SweepAction::Analyze(Analysis::Grid)),
            sweep(SweepAction::ChangeUnit(ChangeUnit::Percentage)),
            sweep(SweepAction::Remove(1)),
            sweep(SweepAction::Remove(0)),
        ],
    );
    assert!(edited.sweep().table().is_empty());
    assert!(
        edited
            .fragment()
            .contains("&monthly=9%3A399%3A439%3A20%3A399&")
    );
    assert_eq!(reopened(&edited), *edited);
}

#[test]
fn unknown_fields_of_the_sweep_are_reported() {
    let start = start();
    let opened = |fragment| State::open(Arc::clone(start.study()), "", fragment);
    let state = opened("page=9&analysis=both&point=0&view=x&monthly=9:1:2&attribute=term");
    let asked = [
        "page 9",
        "analysis both",
        "point 0",
        "view x",
        "monthly 9:1:2",
        "attribute term",
    ];
    assert_eq!(unknown_fields(&state), asked);
}

#[test]
fn a_row_forgets_an_offer_that_is_gone() {
    let start = start();
    let added = after(&start, [Action::Add(product(&start, "9"))]);
    let choose = Action::Sweep(SweepAction::Product(0, "14".to_owned()));
    let swept = after(&added, [choose]);
    assert_eq!(swept.sweep().table()[0].product, "14");
    let copy = product(&swept, "14");
    let again = after(
        &swept,
        [Action::Remove(copy), Action::Add(product(&start, "3"))],
    );
    assert_eq!(again.edits().scenario().offers()[copy].id.as_str(), "14");
    assert_eq!(again.sweep().table()[0].product, "");
    assert_eq!(again.sweep().table()[1], start.sweep().table()[1]);
    assert_eq!(reopened(&again), *again);
}
