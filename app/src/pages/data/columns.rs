//! Which column is which, where files have other names for them.

use std::collections::BTreeMap;
use std::rc::Rc;

use conjoint::stats::quantile::sorted;
use yew::prelude::*;

use crate::components::labelled_select;
use crate::compute::{Attempt, Studies};

/// The columns that the model knows by name, and what they are.
const COLUMNS: [(&str, &str); 8] = [
    ("id", "id of a respondent or offer"),
    ("segment", "segment of a respondent"),
    ("current brand", "brand that a respondent has today"),
    ("brand", "brand of an offer"),
    ("model", "model of an offer"),
    ("monthly_cost", "cost a month"),
    ("upfront_cost", "cost at signing"),
    ("term", "length in months"),
];

/// Properties of [`Columns`].
#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    /// What can be done with studies.
    pub studies: Studies,
    /// The files that were refused.
    pub attempt: Rc<Attempt>,
}

/// A select a column; what is chosen is kept in the study's own `study.json`.
#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let ColumnsProps { studies, attempt } = props;
    let chosen = use_state(|| attempt.columns.clone());
    let names = attempt.refusal.headers.values().flatten().collect();
    let mut names: Vec<&String> = sorted(names, Ord::cmp);
    names.dedup();
    if names.is_empty() {
        return html! {};
    }
    let row = |(column, what): &(&'static str, &'static str)| {
        let own = AttrValue::from(format!("{column} (its own name)"));
        let options: Vec<AttrValue> = std::iter::once(own)
            .chain(names.iter().map(|name| AttrValue::from((*name).clone())))
            .collect();
        let place = |name: &String| names.iter().position(|other| *other == name);
        let selected = chosen.get(*column).and_then(place);
        let selected = selected.map_or(0, |place| place + 1);
        let on_select = {
            let (column, chosen) = (*column, chosen.clone());
            let names: Vec<String> = names.iter().map(|name| (*name).clone()).collect();
            Callback::from(move |place: usize| {
                let mut columns = BTreeMap::clone(&chosen);
                // Without a name, what the study's own file says of the column goes too.
                let name = place.checked_sub(1).and_then(|place| names.get(place));
                columns.insert(column.to_owned(), name.cloned().unwrap_or_default());
                chosen.set(columns);
            })
        };
        html! {
            <li>
                { labelled_select(format!("Column for {column}"), options, selected, on_select) }
                <small>{ *what }</small>
            </li>
        }
    };
    let again = {
        let (studies, picked) = (studies.clone(), Rc::clone(&attempt.picked));
        let chosen = chosen.clone();
        Callback::from(move |_: MouseEvent| {
            studies.open(Rc::clone(&picked), BTreeMap::clone(&chosen));
        })
    };
    html! {
        <details class="columns" open={!attempt.columns.is_empty()}>
            <summary>{ "The files have other names for these columns" }</summary>
            <ul>{ for COLUMNS.iter().map(row) }</ul>
            <button type="button" class="quiet" onclick={again}>{ "Check again" }</button>
        </details>
    }
}
