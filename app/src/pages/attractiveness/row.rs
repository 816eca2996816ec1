//! One offer: its values, whether it is on the market, and the way back.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::indexed::{AttributeIndex, Position, ProductIndex};
use conjoint::study::{Cell, Study};
use yew::prelude::*;

use super::Dispatch;
use super::cell::{LevelCell, NumberCell};
use super::offers::dispatching;
use crate::format::words;
use crate::state::{Action, Edits};

/// Properties of [`OfferRow`].
#[derive(Properties)]
pub struct OfferRowProps {
    /// Which offer.
    pub product: ProductIndex,
    /// The columns shown.
    pub columns: Vec<AttributeIndex>,
    /// The offers as edited.
    pub edits: Rc<Edits>,
    /// The study.
    pub study: Arc<Study>,
    /// Where edits go.
    pub dispatch: Dispatch,
}

impl PartialEq for OfferRowProps {
    fn eq(&self, other: &Self) -> bool {
        self.product == other.product
            && self.columns == other.columns
            && Rc::ptr_eq(&self.edits, &other.edits)
            && Arc::ptr_eq(&self.study, &other.study)
            && self.dispatch == other.dispatch
    }
}

/// The row of an offer.
#[component]
pub fn OfferRow(props: &OfferRowProps) -> Html {
    let OfferRowProps {
        product,
        columns,
        edits,
        study,
        dispatch,
    } = props;
    let product = *product;
    let offer = &edits.scenario().offers()[product];
    let name = study.name_of(offer);
    let added = edits.scenario().is_added(product);
    let changed = edits.is_changed(study, product);
    let unbranded = offer.cells[study.schema().brand()] == Cell::Empty;

    let withdraw = {
        let (dispatch, withdrawn) = (dispatch.clone(), offer.withdrawn);
        // The other of what is shown, and not what the box says: a rendering during the click,
        // as when the cell that was left is committed, sets the box back.
        Callback::from(move |_: Event| dispatch.dispatch(Action::Withdraw(product, !withdrawn)))
    };
    let class = classes!(
        offer.withdrawn.then_some("withdrawn"),
        (added || changed).then_some("changed"),
    );
    html! {
        <tr {class}>
            <th scope="row">{ &name }</th>
            { for columns.iter().map(|attribute| cell(props, *attribute, &name)) }
            <td class="withdraw">
                <input
                    type="checkbox"
                    aria-label={format!("Withdraw {name}")}
                    checked={offer.withdrawn}
                    disabled={unbranded}
                    title={unbranded.then_some("Give the offer a brand first")}
                    onchange={withdraw}
                />
            </td>
            <td class="row-actions">
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("Reset {name}")}
                    disabled={!changed}
                    onclick={dispatching(dispatch, Action::Reset(product))}
                >
                    { "Reset" }
                </button>
                if added {
                    <button
                        type="button"
                        class="quiet"
                        aria-label={format!("Remove {name}")}
                        onclick={dispatching(dispatch, Action::Remove(product))}
                    >
                        { "Remove" }
                    </button>
                }
            </td>
        </tr>
    }
}

fn cell(props: &OfferRowProps, attribute: AttributeIndex, name: &str) -> Html {
    let (study, edits, product) = (&props.study, &props.edits, props.product);
    let schema = &study.schema().attributes()[attribute];
    let value = edits.scenario().offers()[product].cells[attribute];
    let was = edits.was(study, product, attribute);
    let was = was.map(|was| AttrValue::from(schema.write(was)));
    let label = AttrValue::from(format!("{} of {name}", words(&schema.name)));
    let commit = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |text: String| dispatch.dispatch(Action::Set(product, attribute, text)))
    };
    let value = AttrValue::from(schema.write(value));
    let content = if schema.is_numeric() {
        let range = schema
            .range()
            .filter(|_| schema.is_outside(edits.scenario().offers()[product].cells[attribute]));
        html! {
            <NumberCell
                id={cell_id(product, attribute)}
                below={cell_id(ProductIndex::at(product.get() + 1), attribute)}
                {label}
                {value}
                {was}
                draft={edits.draft(product, attribute).cloned()}
                outside={range}
                on_commit={commit}
            />
        }
    } else {
        html! {
            <LevelCell
                id={cell_id(product, attribute)}
                draft={edits.draft(product, attribute).cloned()}
                {label}
                {value}
                {was}
                levels={level_names(study, attribute)}
                on_commit={commit}
            />
        }
    };
    html! { <td key={attribute.get()}>{ content }</td> }
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
    AttrValue::from(format!("cell-{}-{}", product.get(), attribute.get()))
}
