//! The numbers of everything that the page shows, for the Excel workbook.

use std::cell::RefCell;
use std::cmp::Ordering;

use conjoint::report::Table;
use conjoint::stats::sort::stable_sort;
use web_sys::Node;
use yew::prelude::*;

/// An element that registered tables.
struct Entry {
    element: NodeRef,
    get_tables: Callback<(), Vec<Table>>,
}

thread_local! {
    /// In order of registration.
    static ENTRIES: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
}

/// Registers the tables of an element for as long as it is on the page. `get_tables` is called
/// only when the tables are exported.
#[hook]
pub fn use_figure_tables(element: &NodeRef, get_tables: Callback<(), Vec<Table>>) {
    let element = element.clone();
    use_effect(move || {
        let entry = Entry {
            element: element.clone(),
            get_tables,
        };
        ENTRIES.with_borrow_mut(|entries| entries.push(entry));
        move || ENTRIES.with_borrow_mut(|entries| entries.retain(|it| it.element != element))
    });
}

/// The tables of all registered elements, in the order of the elements on the page.
pub fn collect_tables() -> Vec<Table> {
    let entries = ENTRIES.with_borrow(|entries| {
        let mounted = entries
            .iter()
            .filter_map(|entry| Some((entry.element.get()?, entry.get_tables.clone())));
        mounted.collect::<Vec<_>>()
    });
    let entries = stable_sort(entries, |(a, _), (b, _)| compare_position(a, b));
    entries
        .into_iter()
        .flat_map(|(_, get_tables)| get_tables.emit(()))
        .collect()
}

/// Orders two elements by their position in the document.
fn compare_position(a: &Node, b: &Node) -> Ordering {
    match a.compare_document_position(b) & Node::DOCUMENT_POSITION_FOLLOWING {
        0 => Ordering::Greater,
        _ => Ordering::Less,
    }
}
