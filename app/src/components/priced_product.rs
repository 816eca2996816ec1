//! A select for the product whose price varies, which several figures share.

use conjoint::index_vec::Position;
use yew::prelude::*;

use super::{AnalysisFigureProps, change_view, labelled_select};
use crate::compute::prices::priced_product;

/// A select for the product whose price varies.
pub fn priced_product_select(inputs: &AnalysisFigureProps, label: &'static str) -> Html {
    let (state, dispatch) = (inputs.state.clone(), inputs.dispatch.clone());
    let offers = state.edits().scenario().offers();
    let names = offers
        .iter()
        .map(|offer| state.study().name_of(offer).into());
    let names: Vec<AttrValue> = names.collect();
    let priced = priced_product(&inputs.live, &state);
    let selected = match (priced, &state.view().priced_product) {
        (Ok((product, _)), _) => Some(product),
        (Err(_), Some(id)) => state.edits().scenario().find(id.as_str()),
        (Err(_), None) => None,
    };
    let selected = selected.map_or(0, Position::index);
    let ids: Vec<_> = offers.iter().map(|offer| offer.id.clone()).collect();
    let on_select = Callback::from(move |index: usize| {
        dispatch.dispatch(change_view(&state, |view| {
            view.priced_product = ids.get(index).cloned();
        }));
    });
    labelled_select(label, names, selected, on_select)
}
