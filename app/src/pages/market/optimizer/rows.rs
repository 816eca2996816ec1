//! The table of what varies.

use std::rc::Rc;

use conjoint::optimizer::{
    EntryPart, Plan, RequestError, RequestField, VaryEntry, list_surveyed_values,
    suggest_next_entry,
};
use conjoint::study::{Attribute, Study};
use yew::prelude::*;

use super::form::{changing, problems, text_input};
use crate::browser::page;
use crate::components::{Select, remark, scroll};
use crate::compute::Live;
use crate::format::column_label;
use crate::pages::Dispatch;
use crate::pages::sweep::{Product, Written, product_cell, products, range_cell};
use crate::state::State;

/// The parts of a range.
const RANGE: [EntryPart; 3] = [EntryPart::Begin, EntryPart::End, EntryPart::Step];
/// The id of the button that adds a row.
const ADD: &str = "add-variation";

/// What the cells of a row need.
struct Row<'r> {
    state: &'r State,
    dispatch: &'r Dispatch,
    misfits: &'r [RequestError],
    products: &'r Rc<[Product]>,
    /// Counted from 0.
    place: usize,
    entry: VaryEntry,
    /// The surveyed range that the row leaves.
    outside: Option<(f64, f64)>,
}

/// A row an attribute of a product, with what is wrong with a cell.
pub(super) fn table(
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
    misfits: &[RequestError],
    plan: Option<&Plan>,
) -> Html {
    let (study, scenario) = (state.study(), state.edits().scenario());
    let entries = &state.optimizer().vary_entries;
    let products = live.ask(products);
    let outside = plan.map_or(Vec::new(), |plan| plan.find_extrapolated_entries(study));
    let row = |(place, text): (usize, &String)| {
        let entry = VaryEntry::read(study, scenario, text);
        let leaves = outside.iter().any(|(outside, _)| *outside == place);
        let range = attribute_of(study, &entry).and_then(|attribute| attribute.range());
        Row {
            state,
            dispatch,
            misfits,
            products: &products,
            place,
            entry,
            outside: range.filter(|_| leaves),
        }
        .show()
    };
    let next = suggest_next_entry(study, scenario, entries);
    let is_full = next.is_none();
    let add = changing(state, dispatch, move |request, _: MouseEvent| {
        request
            .vary_entries
            .extend(next.as_ref().map(VaryEntry::to_string));
    });
    // Beyond all rows: that there is none, or that there are too many.
    let beyond = problems(misfits, |place| match place {
        RequestField::Vary(row, _) => row >= entries.len(),
        _ => false,
    });
    let rows = html! {
        <table>
            <caption>{ "What varies" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "attribute" }</th>
                    { for RANGE.map(|part| html! { <th scope="col">{ part.name() }</th> }) }
                    <th scope="col"><span class="unseen">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for entries.iter().enumerate().map(row) }</tbody>
        </table>
    };
    html! {
        <div class="editable">
            { scroll("What varies, scrollable", "", rows) }
            if let Some(told) = beyond {
                <p class="fault" role="status">{ told }</p>
            }
            <div class="actions">
                <button
                    type="button"
                    class="quiet"
                    id={ADD}
                    aria-disabled={is_full.then_some("true")}
                    onclick={(!is_full).then_some(add)}
                >
                    { "Add row" }
                </button>
            </div>
        </div>
    }
}

fn attribute_of<'s>(study: &'s Study, entry: &VaryEntry) -> Option<&'s Attribute> {
    let attribute = study.schema().find(&entry.column)?;
    study.schema().attributes().get(attribute)
}

impl Row<'_> {
    fn show(&self) -> Html {
        let number = self.place + 1;
        let product = Written {
            id: self.id("product"),
            label: self.label("product"),
            text: self.entry.id.clone().into(),
            fault: self.fault(EntryPart::Product),
            on_commit: self.committing(|entry, id| entry.id = id),
        };
        let remove = {
            let place = self.place;
            changing(self.state, self.dispatch, move |request, _: MouseEvent| {
                // The row goes with the focus on its button.
                page::focus(ADD);
                if place < request.vary_entries.len() {
                    request.vary_entries.remove(place);
                }
            })
        };
        let is_named = attribute_of(self.state.study(), &self.entry)
            .is_some_and(|attribute| !attribute.is_numeric());
        html! {
            <tr key={self.place}>
                <td>{ product_cell(product, self.products) }</td>
                <td>{ self.attribute() }</td>
                if is_named {
                    <td colspan="3">{ self.levels() }</td>
                } else {
                    { for (0..RANGE.len()).map(|part| html! { <td>{ self.number(part) }</td> }) }
                }
                <td>
                    <button
                        type="button"
                        class="quiet"
                        aria-label={format!("Remove row {number}")}
                        onclick={remove}
                    >
                        { "Remove" }
                    </button>
                </td>
            </tr>
        }
    }

    fn id(&self, what: &str) -> AttrValue {
        format!("vary-{what}-{}", self.place).into()
    }

    fn label(&self, what: &str) -> AttrValue {
        format!("{what} of row {}", self.place + 1).into()
    }

    fn fault(&self, part: EntryPart) -> Option<String> {
        problems(self.misfits, |place| {
            place == RequestField::Vary(self.place, part)
        })
    }

    /// Takes a text over into this entry.
    fn committing(&self, change: impl Fn(&mut VaryEntry, String) + 'static) -> Callback<String> {
        let (place, entry) = (self.place, self.entry.clone());
        changing(self.state, self.dispatch, move |request, text| {
            let mut entry = entry.clone();
            change(&mut entry, text);
            if let Some(own) = request.vary_entries.get_mut(place) {
                *own = entry.to_string();
            }
        })
    }

    /// All attributes but the brand.
    fn attribute(&self) -> Html {
        let study = self.state.study();
        let schema = study.schema();
        let attributes = schema.attributes().enumerate();
        let attributes = attributes.filter(|(index, _)| *index != schema.brand());
        let names: Vec<String> = attributes.map(|(_, it)| it.name.clone()).collect();
        let chosen = names.iter().position(|name| *name == self.entry.column);
        let unknown = chosen.is_none().then(|| self.entry.column.clone().into());
        let options = names.iter().map(|name| AttrValue::from(column_label(name)));
        let options: Vec<AttrValue> = options.chain(unknown).collect();
        let selected = chosen.unwrap_or(names.len());
        let commit = {
            let study = study.clone();
            self.committing(move |entry, column| {
                entry.column = column;
                entry.values =
                    attribute_of(&study, entry).map_or(String::new(), list_surveyed_values);
            })
        };
        let on_choose = Callback::from(move |place: usize| {
            if let Some(name) = names.get(place) {
                commit.emit(name.clone());
            }
        });
        let fault = self.fault(EntryPart::Attribute);
        let (described_by, remark) = remark(&self.id("attribute"), fault.as_deref(), None);
        html! {
            <>
                <Select
                    label={self.label("attribute")}
                    {options}
                    {selected}
                    {described_by}
                    invalid={fault.is_some()}
                    {on_choose}
                />
                { remark }
            </>
        }
    }

    /// A number of the range.
    fn number(&self, place: usize) -> Html {
        let Some(part) = RANGE.get(place) else {
            return html! {};
        };
        let written = Written {
            id: self.id(part.name()),
            label: self.label(part.name()),
            text: parts(&self.entry.values)[place].clone().into(),
            fault: self.fault(*part),
            on_commit: self.committing(move |entry, text| {
                let mut parts = parts(&entry.values);
                // A text with the sign between them would be several.
                parts[place] = text.replace(':', " ");
                entry.values = parts.join(":");
            }),
        };
        let below = format!("vary-{}-{}", part.name(), self.place + 1);
        // Told once a range, where it begins.
        let outside = self.outside.filter(|_| place == 0);
        range_cell(written, below.into(), outside)
    }

    fn levels(&self) -> Html {
        let known = attribute_of(self.state.study(), &self.entry).map(list_surveyed_values);
        let on_commit = self.committing(|entry, levels| entry.values = levels);
        text_input(
            &self.id("levels"),
            self.label("levels"),
            self.entry.values.clone(),
            self.fault(EntryPart::Levels),
            known.map(|known| format!("of {}", known.replace(',', ", "))),
            on_commit,
        )
    }
}

/// The three texts of a range, whatever was written.
fn parts(values: &str) -> [String; 3] {
    let mut parts = values.splitn(3, ':').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}
