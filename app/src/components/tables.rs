//! The tables that the page shows, for whoever takes all of them along.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use conjoint::stats::quantile::sorted;
use web_sys::Node;
use yew::prelude::*;

use crate::charts::DataTable;

/// A table of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its figure's title.
    pub title: AttrValue,
    /// What the figure shows now, in words; may be empty.
    pub about: AttrValue,
    /// Its numbers.
    pub table: Rc<DataTable>,
}

struct Entry {
    element: NodeRef,
    tables: Callback<(), Vec<Listed>>,
}

thread_local! {
    /// In the order in which they came to the page.
    static ENTRIES: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Lists tables for as long as their element is on the page. They are asked for when somebody wants
/// them.
#[hook]
pub fn use_listed(element: &NodeRef, tables: Callback<(), Vec<Listed>>) {
    let element = element.clone();
    use_effect(move || {
        let entry = Entry {
            element: element.clone(),
            tables,
        };
        ENTRIES.with_borrow_mut(|entries| entries.push(entry));
        move || ENTRIES.with_borrow_mut(|entries| entries.retain(|it| it.element != element))
    });
}

/// All tables, in their order on the page.
pub fn listed() -> Vec<Listed> {
    let entries = ENTRIES.with_borrow(|entries| {
        let found = entries.iter();
        let found = found.filter_map(|entry| Some((entry.element.get()?, entry.tables.clone())));
        found.collect::<Vec<_>>()
    });
    let entries = sorted(entries, |(one, _), (other, _)| place(one, other));
    entries
        .into_iter()
        .flat_map(|(_, tables)| tables.emit(()))
        .collect()
}

/// Which of two elements comes first.
fn place(one: &Node, other: &Node) -> Ordering {
    match one.compare_document_position(other) & Node::DOCUMENT_POSITION_FOLLOWING {
        0 => Ordering::Greater,
        _ => Ordering::Less,
    }
}
