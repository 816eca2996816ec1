//! A row of the table of offers.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::study::{Cell, Levels, Study};
use yew::prelude::*;

use crate::browser::page;
use crate::components::table::{
    EditableCell, NumberOptions, level_cell, ranged_number_cell, row_heading,
};
use crate::components::{Dispatch, dispatch_on_click, quiet_button};
use crate::format::{cell_text, column_label, read_entry};
use crate::state::{Action, CellDraft, Edits};
use crate::text::messages;

/// Properties of [`OfferRow`].
#[derive(Properties)]
pub struct OfferRowProps {
    /// The offer's index.
    pub product: ProductIndex,
    /// All offers in the order of the rows: Enter moves down, and so does a pasted column.
    pub column: Rc<[ProductIndex]>,
    /// The offer as edited.
    pub offer: OfferView,
    /// The study.
    pub study: Arc<Study>,
    /// Where edits are sent.
    pub dispatch: Dispatch,
}

impl PartialEq for OfferRowProps {
    fn eq(&self, other: &Self) -> bool {
        self.product == other.product
            && self.column == other.column
            && self.offer == other.offer
            && Arc::ptr_eq(&self.study, &other.study)
            && self.dispatch == other.dispatch
    }
}

/// Exactly what the row shows of an offer, so that an edit renders only the rows that it changes.
#[derive(Clone, PartialEq)]
pub struct OfferView {
    name: String,
    is_withdrawn: bool,
    has_brand: bool,
    is_changed: bool,
    /// For an added offer: the id of the element that takes the focus when the offer is removed.
    next_focus: Option<AttrValue>,
    cells: Vec<CellView>,
}

/// A cell of the row.
#[derive(Clone, PartialEq)]
struct CellView {
    attribute: AttributeIndex,
    value: Cell,
    /// The study's own value, if the cell was changed.
    original: Option<Cell>,
    draft: Option<CellDraft>,
}

/// The id of the button "Add offer".
pub const ADD_BUTTON: &str = "add-offer";

impl OfferView {
    /// What the row of an offer shows in these columns.
    pub fn new(
        edits: &Edits,
        study: &Study,
        product: ProductIndex,
        columns: &[AttributeIndex],
    ) -> Self {
        let scenario = edits.scenario();
        let offer = &scenario.offers()[product];
        let cell = |attribute: &AttributeIndex| CellView {
            attribute: *attribute,
            value: offer.cells[*attribute],
            original: edits.original(study, product, *attribute),
            draft: edits.draft(product, *attribute).cloned(),
        };
        // The removable row below, or else the one above.
        let index = product.index();
        let mut neighbors = [index.checked_add(1), index.checked_sub(1)]
            .into_iter()
            .flatten()
            .map(ProductIndex::from_index);
        let next_focus = || {
            let is_removable = |other: &ProductIndex| {
                scenario.offers().get(*other).is_some() && scenario.is_added(*other)
            };
            let other = neighbors.find(is_removable);
            other.map_or(AttrValue::Static(ADD_BUTTON), remove_id)
        };
        Self {
            name: study.name_of(offer),
            is_withdrawn: offer.withdrawn,
            has_brand: offer.cells[study.schema().brand()] != Cell::Empty,
            is_changed: edits.is_changed(study, product),
            next_focus: scenario.is_added(product).then(next_focus),
            cells: columns.iter().map(cell).collect(),
        }
    }
}

/// An offer: its values, whether it is on the market, and buttons to reset or remove it.
#[component]
pub fn OfferRow(props: &OfferRowProps) -> Html {
    let OfferRowProps {
        product,
        offer,
        dispatch,
        ..
    } = props;
    let (product, name) = (*product, &offer.name);

    let toggle_withdrawn = {
        let (dispatch, is_withdrawn) = (dispatch.clone(), offer.is_withdrawn);
        // Negates the shown value instead of reading the checkbox: a rendering during the click,
        // for example when the focused cell commits, resets the checkbox.
        Callback::from(move |_: Event| dispatch.dispatch(Action::Withdraw(product, !is_withdrawn)))
    };
    let reset = dispatch_on_click(dispatch, Action::Reset(product));
    let class = classes!(
        offer.is_withdrawn.then_some("withdrawn"),
        (offer.next_focus.is_some() || offer.is_changed).then_some("changed"),
    );
    html! {
        <tr {class}>
            { row_heading(name) }
            { for offer.cells.iter().map(|view| cell(props, view)) }
            <td class="withdraw">
                <input
                    type="checkbox"
                    aria-label={format!("Withdraw {name}")}
                    checked={offer.is_withdrawn}
                    disabled={!offer.has_brand}
                    title={(!offer.has_brand).then_some("Give the offer a brand first")}
                    onchange={toggle_withdrawn}
                />
            </td>
            <td class="row-actions">
                { quiet_button(Some(format!("Reset {name}")), "Reset", offer.is_changed, reset) }
                if let Some(next_focus) = &offer.next_focus {
                    <button
                        type="button"
                        class="quiet"
                        id={remove_id(product)}
                        aria-label={format!("Remove {name}")}
                        onclick={remove(dispatch, product, next_focus)}
                    >
                        { "Remove" }
                    </button>
                }
            </td>
        </tr>
    }
}

/// Removes the offer. The focus moves away first, because the button disappears with its row.
fn remove(
    dispatch: &Dispatch,
    product: ProductIndex,
    next_focus: &AttrValue,
) -> Callback<MouseEvent> {
    let (dispatch, next_focus) = (dispatch.clone(), next_focus.clone());
    Callback::from(move |_| {
        page::focus(&next_focus);
        dispatch.dispatch(Action::Remove(product));
    })
}

fn cell(props: &OfferRowProps, view: &CellView) -> Html {
    let (study, product, attribute) = (&props.study, props.product, view.attribute);
    let schema = &study.schema().attributes()[attribute];
    let dispatch = props.dispatch.clone();
    let committed = AttrValue::from(schema.write(view.value));
    let draft = view.draft.as_ref();
    let cell = EditableCell {
        id: cell_id(product, attribute),
        label: format!("{} of {}", column_label(&schema.name), props.offer.name).into(),
        text: draft.map_or(committed.clone(), |draft| draft.text.clone().into()),
        value: committed,
        original: view.original.map(|original| cell_text(schema, original)),
        error: draft.map(|draft| draft.error.to_string()),
        on_commit: Callback::from(move |text: String| {
            dispatch.dispatch(Action::Set(product, attribute, text));
        }),
    };
    let content = if schema.is_numeric() {
        let mut column = props.column.iter().skip_while(|other| **other != product);
        // In the last row, the focus stays.
        let below = cell_id(*column.nth(1).unwrap_or(&product), attribute);
        let outside = schema.range().filter(|_| schema.is_outside(view.value));
        let note = outside.map(|(low, high)| messages::outside_surveyed_range(low, high));
        let options = NumberOptions {
            range: schema.range(),
            proposal: None,
            on_paste_column: Some(paste_column(props, attribute)),
        };
        ranged_number_cell(cell, below, note, options)
    } else {
        level_cell(cell, level_names(study, attribute))
    };
    html! { <td key={attribute.index()}>{ content }</td> }
}

/// Enters the lines of a pasted column into this offer's cell and those below.
fn paste_column(props: &OfferRowProps, attribute: AttributeIndex) -> Callback<Vec<String>> {
    let (dispatch, column) = (props.dispatch.clone(), Rc::clone(&props.column));
    let first = column.iter().position(|product| *product == props.product);
    Callback::from(move |lines: Vec<String>| {
        let products = column.iter().skip(first.unwrap_or(column.len()));
        // An ambiguous number is refused with its text, as any other that cannot be used.
        let read = |line: String| read_entry(&line, None).unwrap_or(line);
        let entries = products.copied().zip(lines.into_iter().map(read));
        dispatch.dispatch(Action::SetColumn(attribute, entries.collect()));
    })
}

fn level_names(study: &Study, attribute: AttributeIndex) -> Vec<AttrValue> {
    let names = match &study.schema().attributes()[attribute].levels {
        Levels::Categorical(names) => names.as_slice(),
        Levels::Numeric(_) => &[],
    };
    names.iter().cloned().map(AttrValue::from).collect()
}

/// The id of a cell's input, by which Enter finds the input below.
fn cell_id(product: ProductIndex, attribute: AttributeIndex) -> AttrValue {
    AttrValue::from(format!("cell-{}-{}", product.index(), attribute.index()))
}

/// The id of a row's button "Remove".
fn remove_id(product: ProductIndex) -> AttrValue {
    AttrValue::from(format!("remove-{}", product.index()))
}
