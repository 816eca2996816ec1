//! One offer: its values, whether it is on the market, and the way back.

use std::sync::Arc;

use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::study::{Cell, Study};
use yew::prelude::*;

use super::cell::{Editable, level_cell, number_cell};
use crate::browser::page;
use crate::components::idle_button;
use crate::format::{cell_text, column_label};
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, Draft, Edits};

/// Properties of [`OfferRow`].
#[derive(Properties)]
pub struct OfferRowProps {
    /// Which offer.
    pub product: ProductIndex,
    /// The offer as edited.
    pub offer: OfferView,
    /// The study.
    pub study: Arc<Study>,
    /// Where edits go.
    pub dispatch: Dispatch,
}

impl PartialEq for OfferRowProps {
    fn eq(&self, other: &Self) -> bool {
        self.product == other.product
            && self.offer == other.offer
            && Arc::ptr_eq(&self.study, &other.study)
            && self.dispatch == other.dispatch
    }
}

/// What the row shows of an offer and nothing else, so that the edit of one offer renders its
/// row alone.
#[derive(Clone, PartialEq)]
pub struct OfferView {
    name: String,
    withdrawn: bool,
    unbranded: bool,
    changed: bool,
    /// For an offer that was added: which element has the keyboard's focus when it is gone.
    heir: Option<AttrValue>,
    cells: Vec<CellView>,
}

/// A cell of the row.
#[derive(Clone, PartialEq)]
struct CellView {
    attribute: AttributeIndex,
    value: Cell,
    /// The study's value, where it is another one.
    was: Option<Cell>,
    draft: Option<Draft>,
}

/// The id of the button "Add offer".
pub const ADD: &str = "add-offer";

impl OfferView {
    /// What there is to show of an offer in these columns.
    pub fn of(
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
            was: edits.was(study, product, *attribute),
            draft: edits.draft(product, *attribute).cloned(),
        };
        // The row below, or else above, that can be removed in its turn.
        let place = product.index();
        let mut neighbours = [place.checked_add(1), place.checked_sub(1)]
            .into_iter()
            .flatten()
            .map(ProductIndex::from_index);
        let heir = || {
            let removable = |other: &ProductIndex| {
                scenario.offers().get(*other).is_some() && scenario.is_added(*other)
            };
            let other = neighbours.find(removable);
            other.map_or(AttrValue::Static(ADD), remove_id)
        };
        Self {
            name: study.name_of(offer),
            withdrawn: offer.withdrawn,
            unbranded: offer.cells[study.schema().brand()] == Cell::Empty,
            changed: edits.is_changed(study, product),
            heir: scenario.is_added(product).then(heir),
            cells: columns.iter().map(cell).collect(),
        }
    }
}

/// The row of an offer.
#[component]
pub fn OfferRow(props: &OfferRowProps) -> Html {
    let OfferRowProps {
        product,
        offer,
        dispatch,
        ..
    } = props;
    let (product, name) = (*product, &offer.name);

    let withdraw = {
        let (dispatch, withdrawn) = (dispatch.clone(), offer.withdrawn);
        // The other of what is shown, and not what the box says: a rendering during the click,
        // as when the cell that was left is committed, sets the box back.
        Callback::from(move |_: Event| dispatch.dispatch(Action::Withdraw(product, !withdrawn)))
    };
    let reset = dispatching(dispatch, Action::Reset(product));
    let class = classes!(
        offer.withdrawn.then_some("withdrawn"),
        (offer.heir.is_some() || offer.changed).then_some("changed"),
    );
    html! {
        <tr {class}>
            <th scope="row">{ name }</th>
            { for offer.cells.iter().map(|view| cell(props, view)) }
            <td class="withdraw">
                <input
                    type="checkbox"
                    aria-label={format!("Withdraw {name}")}
                    checked={offer.withdrawn}
                    disabled={offer.unbranded}
                    title={offer.unbranded.then_some("Give the offer a brand first")}
                    onchange={withdraw}
                />
            </td>
            <td class="row-actions">
                { idle_button(Some(format!("Reset {name}")), "Reset", offer.changed, reset) }
                if let Some(heir) = &offer.heir {
                    <button
                        type="button"
                        class="quiet"
                        id={remove_id(product)}
                        aria-label={format!("Remove {name}")}
                        onclick={remove(dispatch, product, heir)}
                    >
                        { "Remove" }
                    </button>
                }
            </td>
        </tr>
    }
}

/// Takes the offer away, and the focus, which would go with the button, to the heir.
fn remove(dispatch: &Dispatch, product: ProductIndex, heir: &AttrValue) -> Callback<MouseEvent> {
    let (dispatch, heir) = (dispatch.clone(), heir.clone());
    Callback::from(move |_| {
        page::focus(&heir);
        dispatch.dispatch(Action::Remove(product));
    })
}

fn cell(props: &OfferRowProps, view: &CellView) -> Html {
    let (study, product, attribute) = (&props.study, props.product, view.attribute);
    let schema = &study.schema().attributes()[attribute];
    let dispatch = props.dispatch.clone();
    let editable = Editable {
        id: cell_id(product, attribute),
        label: format!("{} of {}", column_label(&schema.name), props.offer.name).into(),
        value: schema.write(view.value).into(),
        was: view.was.map(|was| cell_text(schema, was)),
        draft: view.draft.as_ref(),
        on_commit: Callback::from(move |text: String| {
            dispatch.dispatch(Action::Set(product, attribute, text));
        }),
    };
    let content = if schema.is_numeric() {
        let below = cell_id(ProductIndex::from_index(product.index() + 1), attribute);
        let outside = schema.range().filter(|_| schema.is_outside(view.value));
        number_cell(editable, below, outside)
    } else {
        level_cell(editable, level_names(study, attribute))
    };
    html! { <td key={attribute.index()}>{ content }</td> }
}

fn level_names(study: &Study, attribute: AttributeIndex) -> Vec<AttrValue> {
    let levels = &study.schema().attributes()[attribute].levels;
    let names = match levels {
        conjoint::study::Levels::Categorical(names) => names.as_slice(),
        conjoint::study::Levels::Numeric(_) => &[],
    };
    names.iter().cloned().map(AttrValue::from).collect()
}

/// The id of a cell's input, by which Enter finds the one below.
fn cell_id(product: ProductIndex, attribute: AttributeIndex) -> AttrValue {
    AttrValue::from(format!("cell-{}-{}", product.index(), attribute.index()))
}

/// The id of a row's button "Remove".
fn remove_id(product: ProductIndex) -> AttrValue {
    AttrValue::from(format!("remove-{}", product.index()))
}
