//! Fields of the offers: their edits, and texts that could not be used.

use std::rc::Rc;

use conjoint::simulation::scenario::{EditList, Verb};
use conjoint::study::Study;

use super::field::LinkField;
use crate::state::Snapshot;

pub(super) const FIELDS: [LinkField; 4] = [
    // `add=14:9` adds offer 14, a copy of 9.
    LinkField::new(
        "add",
        |snapshot, study, text| snapshot.edits_mut().enter(study, Verb::Add, text),
        |snapshot, study| edits(snapshot, study).add,
    ),
    // `set=9.monthly_cost=449` gives offer 9 another value.
    LinkField::new("set", enter_cell, |snapshot, study| {
        edits(snapshot, study).set
    }),
    LinkField::new(
        "withdraw",
        |snapshot, study, text| snapshot.edits_mut().enter(study, Verb::Withdraw, text),
        |snapshot, study| edits(snapshot, study).withdraw,
    ),
    // `draft=9.term=x` restores a text that could not be used.
    LinkField::new("draft", enter_cell, |snapshot, study| {
        let drafts = snapshot.edits.drafts();
        let text = drafts.map(|(id, attribute, draft)| {
            let column = &study.schema().attributes()[attribute].name;
            format!("{id}.{column}={}", draft.text)
        });
        text.collect()
    }),
];

fn enter_cell(snapshot: &mut Snapshot, study: &Study, text: &str) -> Option<()> {
    let edits = Rc::make_mut(&mut snapshot.edits);
    let (product, attribute, text) = edits.scenario().find_cell(study, text)?;
    edits.set(study, product, attribute, text);
    Some(())
}

fn edits(snapshot: &Snapshot, study: &Study) -> EditList {
    EditList::from_scenario(study, snapshot.edits.scenario())
}
