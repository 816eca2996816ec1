//! Which column is which, in files that use other column names.

use std::collections::BTreeMap;
use std::rc::Rc;

use conjoint::stats::sort::stable_sort;
use yew::prelude::*;

use super::opening::{Attempt, Opener};
use crate::components::labelled_select;

/// The columns that a study needs, and what they contain.
const COLUMNS: [(&str, &str); 8] = [
    ("id", "id of a respondent or offer"),
    ("segment", "segment of a respondent"),
    ("current brand", "brand that a respondent owns today"),
    ("brand", "brand of an offer"),
    ("model", "model of an offer"),
    ("monthly_cost", "cost per month"),
    ("upfront_cost", "cost at signing"),
    ("term", "length in months"),
];

/// Properties of [`ColumnNames`].
#[derive(Properties, PartialEq)]
pub struct ColumnNamesProps {
    /// What opens the files.
    pub opener: Opener,
    /// The files that were rejected.
    pub attempt: Rc<Attempt>,
}

/// A select per column. The names are stored in the study's `study.json`.
#[component]
pub fn ColumnNames(props: &ColumnNamesProps) -> Html {
    let ColumnNamesProps { opener, attempt } = props;
    let chosen = use_state(|| attempt.columns.clone());
    let names = attempt.refusal.headers.values().flatten().collect();
    let mut names: Vec<&String> = stable_sort(names, Ord::cmp);
    names.dedup();
    if names.is_empty() {
        return html! {};
    }
    let row = |(column, description): &(&'static str, &'static str)| {
        html! {
            <li>
                { column_select(column, &names, &chosen) }
                <small>{ *description }</small>
            </li>
        }
    };
    let retry = {
        let (opener, picked) = (opener.clone(), Rc::clone(&attempt.picked));
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| {
            opener.open(Rc::clone(&picked), BTreeMap::clone(&chosen));
        })
    };
    html! {
        <details class="columns" open={!attempt.columns.is_empty()}>
            <summary>{ "The files have other names for these columns" }</summary>
            <ul>{ for COLUMNS.iter().map(row) }</ul>
            <button type="button" class="quiet" onclick={retry}>{ "Check again" }</button>
        </details>
    }
}

/// A select of the name that the files use for a column.
fn column_select(
    column: &'static str,
    names: &[&String],
    chosen: &UseStateHandle<BTreeMap<String, String>>,
) -> Html {
    let unchanged = AttrValue::from(format!("{column} (unchanged)"));
    let options: Vec<AttrValue> = std::iter::once(unchanged)
        .chain(names.iter().map(|name| AttrValue::from((*name).clone())))
        .collect();
    let index_of = |name: &String| names.iter().position(|other| *other == name);
    let selected = chosen.get(column).and_then(index_of);
    let selected = selected.map_or(0, |index| index + 1);
    let on_select = {
        let chosen = chosen.clone();
        let names: Vec<String> = names.iter().map(|name| (*name).clone()).collect();
        Callback::from(move |index: usize| {
            let mut columns = BTreeMap::clone(&chosen);
            // An empty name also overrides a name in the files' own study.json.
            let name = index.checked_sub(1).and_then(|index| names.get(index));
            columns.insert(column.to_owned(), name.cloned().unwrap_or_default());
            chosen.set(columns);
        })
    };
    labelled_select(format!("Column for {column}"), options, selected, on_select)
}
