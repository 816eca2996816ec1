//! The tables that the page shows, for whoever takes all of them along.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use conjoint::order::sorted;
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
    title: AttrValue,
    about: AttrValue,
    table: Callback<(), Rc<DataTable>>,
}

thread_local! {
    /// In the order in which they came to the page.
    static ENTRIES: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Lists a table for as long as its element is on the page. It is asked for when somebody wants it.
#[hook]
pub fn use_listed(
    element: &NodeRef,
    title: &AttrValue,
    about: AttrValue,
    table: Callback<(), Rc<DataTable>>,
) {
    let (element, title) = (element.clone(), title.clone());
    use_effect(move || {
        let entry = Entry {
            element: element.clone(),
            title,
            about,
            table,
        };
        ENTRIES.with_borrow_mut(|entries| entries.push(entry));
        move || ENTRIES.with_borrow_mut(|entries| entries.retain(|it| it.element != element))
    });
}

/// All tables, in their order on the page.
pub fn listed() -> Vec<Listed> {
    let entries = ENTRIES.with_borrow(|entries| {
        let found = entries.iter().filter_map(|entry| {
            let told = (entry.title.clone(), entry.about.clone());
            Some((entry.element.get()?, told, entry.table.clone()))
        });
        found.collect::<Vec<_>>()
    });
    let entries = sorted(entries, |(one, ..), (other, ..)| place(one, other));
    let listed = entries
        .into_iter()
        .map(|(_, (title, about), table)| Listed {
            title,
            about,
            table: table.emit(()),
        });
    listed.collect()
}

/// Which of two elements comes first.
fn place(one: &Node, other: &Node) -> Ordering {
    match one.compare_document_position(other) & Node::DOCUMENT_POSITION_FOLLOWING {
        0 => Ordering::Greater,
        _ => Ordering::Less,
    }
}
