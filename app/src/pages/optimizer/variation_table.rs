//! The table of the attributes to vary.

use std::rc::Rc;

use conjoint::optimizer::{
    EntryPart, OptimizerError, Plan, RequestError, RequestField, VaryEntry, list_surveyed_values,
    suggest_next_entry,
};
use conjoint::study::{Attribute, Study};
use conjoint::sweep::SweepError;
use yew::prelude::*;

use super::form::{change_request, error_message, text_input};
use crate::browser::page;
use crate::components::table::{
    EditableCell, NumberOptions, ProductOption, cell_message, product_cell, product_options,
    ranged_number_cell,
};
use crate::components::{Dispatch, Select, scroll_area};
use crate::format::column_label;
use crate::state::State;
use crate::text::messages;

/// The parts of a range.
const RANGE: [EntryPart; 3] = [EntryPart::Begin, EntryPart::End, EntryPart::Step];
/// The id of the button that adds a row.
const ADD_BUTTON: &str = "add-variation";

/// A row of the table.
struct Row<'r> {
    state: &'r State,
    dispatch: &'r Dispatch,
    errors: &'r [RequestError],
    products: &'r Rc<[ProductOption]>,
    /// From 0.
    index: usize,
    entry: VaryEntry,
    /// The surveyed range, if the row's range leaves it.
    outside: Option<(f64, f64)>,
}

/// One row per attribute of a product, with errors.
pub(super) fn variation_table(
    state: &State,
    dispatch: &Dispatch,
    errors: &[RequestError],
    plan: Option<&Plan>,
) -> Html {
    let (study, scenario) = (state.study(), state.edits().scenario());
    let entries = &state.optimizer().vary_entries;
    let products = product_options(study, scenario);
    let outside = plan.map_or(Vec::new(), |plan| plan.find_extrapolated_entries());
    let row = |(index, text): (usize, &String)| {
        let entry = VaryEntry::read(study, scenario, text);
        let is_outside = outside.iter().any(|(row, _)| *row == index);
        let range = find_attribute(study, &entry).and_then(|attribute| attribute.range());
        Row {
            state,
            dispatch,
            errors,
            products: &products,
            index,
            entry,
            outside: range.filter(|_| is_outside),
        }
        .view()
    };
    let next = suggest_next_entry(study, scenario, entries);
    let is_full = next.is_none();
    let add = change_request(state, dispatch, move |request, _: MouseEvent| {
        request
            .vary_entries
            .extend(next.as_ref().map(VaryEntry::to_string));
    });
    // Errors that belong to no row: the table is empty, or has too many rows.
    let general_error = error_message(errors, |field| match field {
        RequestField::Vary(row, _) => row >= entries.len(),
        _ => false,
    });
    let rows = html! {
        <table>
            <caption>{ "What varies" }</caption>
            { heading() }
            <tbody>{ for entries.iter().enumerate().map(row) }</tbody>
        </table>
    };
    html! {
        <div class="editable">
            { scroll_area("What varies, scrollable", "", rows) }
            if let Some(message) = general_error {
                <p class="error" role="status">{ message }</p>
            }
            <div class="actions">
                <button
                    type="button"
                    class="quiet"
                    id={ADD_BUTTON}
                    aria-disabled={is_full.then_some("true")}
                    onclick={(!is_full).then_some(add)}
                >
                    { "Add row" }
                </button>
            </div>
        </div>
    }
}

fn heading() -> Html {
    html! {
        <thead>
            <tr>
                <th scope="col">{ "product" }</th>
                <th scope="col">{ "attribute" }</th>
                { for RANGE.map(|part| html! { <th scope="col">{ part.name() }</th> }) }
                <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
            </tr>
        </thead>
    }
}

fn find_attribute<'s>(study: &'s Study, entry: &VaryEntry) -> Option<&'s Attribute> {
    let attribute = study.schema().find(&entry.column)?;
    study.schema().attributes().get(attribute)
}

impl Row<'_> {
    fn view(&self) -> Html {
        let number = self.index + 1;
        let remove = {
            let index = self.index;
            change_request(self.state, self.dispatch, move |request, _: MouseEvent| {
                // The focused button disappears with its row.
                page::focus(ADD_BUTTON);
                if index < request.vary_entries.len() {
                    request.vary_entries.remove(index);
                }
            })
        };
        let has_named_levels = find_attribute(self.state.study(), &self.entry)
            .is_some_and(|attribute| !attribute.is_numeric());
        html! {
            <tr key={self.index}>
                <td>{ self.product() }</td>
                <td>{ self.attribute() }</td>
                if has_named_levels {
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

    fn id(&self, column: &str) -> AttrValue {
        format!("vary-{column}-{}", self.index).into()
    }

    fn label(&self, column: &str) -> AttrValue {
        format!("{column} of row {}", self.index + 1).into()
    }

    fn error(&self, part: EntryPart) -> Option<String> {
        error_message(self.errors, |field| {
            field == RequestField::Vary(self.index, part)
        })
    }

    /// A cell of the row, whose committed text is passed to `change`.
    fn cell(
        &self,
        part: EntryPart,
        column: &str,
        text: String,
        change: impl Fn(&mut VaryEntry, String) + 'static,
    ) -> EditableCell {
        let text = AttrValue::from(text);
        EditableCell {
            id: self.id(column),
            label: self.label(column),
            value: text.clone(),
            text,
            original: None,
            error: self.error(part),
            on_commit: self.change_entry(change),
        }
    }

    /// Changes this row's entry with a committed text.
    fn change_entry(&self, change: impl Fn(&mut VaryEntry, String) + 'static) -> Callback<String> {
        let (index, entry) = (self.index, self.entry.clone());
        change_request(self.state, self.dispatch, move |request, text| {
            let mut entry = entry.clone();
            change(&mut entry, text);
            if let Some(current) = request.vary_entries.get_mut(index) {
                *current = entry.to_string();
            }
        })
    }

    fn product(&self) -> Html {
        let id = self.entry.id.clone();
        let cell = self.cell(EntryPart::Product, "product", id, |entry, id| entry.id = id);
        product_cell(cell, self.products)
    }

    /// A select of all attributes except the brand.
    fn attribute(&self) -> Html {
        let study = self.state.study();
        let schema = study.schema();
        let attributes = schema.attributes().enumerate();
        let attributes = attributes.filter(|(index, _)| *index != schema.brand());
        let names: Vec<String> = attributes.map(|(_, it)| it.name.clone()).collect();
        let known = names.iter().position(|name| *name == self.entry.column);
        let unknown = known.is_none().then(|| self.entry.column.clone().into());
        let options = names.iter().map(|name| AttrValue::from(column_label(name)));
        let options: Vec<AttrValue> = options.chain(unknown).collect();
        let selected = known.unwrap_or(names.len());
        let commit = {
            let study = study.clone();
            self.change_entry(move |entry, column| {
                entry.column = column;
                entry.values =
                    find_attribute(&study, entry).map_or(String::new(), list_surveyed_values);
            })
        };
        let on_select = Callback::from(move |index: usize| {
            if let Some(name) = names.get(index) {
                commit.emit(name.clone());
            }
        });
        let error = self.error(EntryPart::Attribute);
        let (described_by, message) = cell_message(&self.id("attribute"), error.as_deref(), None);
        html! {
            <>
                <Select
                    label={self.label("attribute")}
                    {options}
                    {selected}
                    {described_by}
                    invalid={error.is_some()}
                    {on_select}
                />
                { message }
            </>
        }
    }

    /// A number of the range.
    fn number(&self, index: usize) -> Html {
        let Some(part) = RANGE.get(index) else {
            return html! {};
        };
        let text = split_range(&self.entry.values)[index].clone();
        let cell = self.cell(*part, part.name(), text, move |entry, text| {
            let mut parts = split_range(&entry.values);
            // A colon in the text would split it into several parts.
            parts[index] = text.replace(':', " ");
            entry.values = parts.join(":");
        });
        let below = format!("vary-{}-{}", part.name(), self.index + 1);
        // The note is shown once per range, under its first number.
        let outside = self.outside.filter(|_| index == 0);
        let note = outside.map(|(low, high)| messages::outside_surveyed_range(low, high));
        let mut errors = self.errors.iter();
        let proposal = errors.find_map(|error| match error.error {
            OptimizerError::Range(SweepError::StepUneven { nearest, .. })
                if error.field == RequestField::Vary(self.index, *part) =>
            {
                Some(nearest)
            }
            _ => None,
        });
        let options = NumberOptions {
            proposal,
            ..NumberOptions::default()
        };
        ranged_number_cell(cell, below.into(), note, options)
    }

    fn levels(&self) -> Html {
        let known = find_attribute(self.state.study(), &self.entry).map(list_surveyed_values);
        let on_commit = self.change_entry(|entry, levels| entry.values = levels);
        text_input(
            &self.id("levels"),
            self.label("levels"),
            self.entry.values.clone(),
            self.error(EntryPart::Levels),
            known.map(|known| format!("levels: {}", known.replace(',', ", "))),
            on_commit,
        )
    }
}

/// The three texts of a range `begin:end:step`; those that are missing are empty.
fn split_range(values: &str) -> [String; 3] {
    let mut parts = values.splitn(3, ':').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}
