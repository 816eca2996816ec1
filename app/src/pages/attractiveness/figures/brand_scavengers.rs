//! "Brand scavengers": to which other brands the choosers of a focal brand could switch.

use conjoint::index_vec::{BrandIndex, Position};
use worker::protocol::RespondentFigure;
use yew::prelude::*;

use super::brand_attraction::draw;
use super::lazy_respondents;
use crate::components::hooks::use_theme;
use crate::components::{
    Figure, PageProps, change_view, labelled_select, placeholder, use_last_graphic,
};
use crate::compute::{SimulatedMarket, use_respondents};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Brand scavengers";

/// Over the predicted choosers of the focal brand: the probability of choosing each brand.
#[component]
pub(super) fn BrandScavengersFigure(props: &PageProps) -> Html {
    let (state, live) = (&props.state, &props.live);
    let focal = focal_brand(state, &live.market);
    let theme = use_theme();
    let respondents = use_respondents(live, RespondentFigure::BrandScavengers(focal));
    let graphic = use_memo(
        (live.clone(), respondents, theme),
        |(live, respondents, theme)| {
            let theme = *theme;
            lazy_respondents(live, respondents.as_ref(), move |market, result| {
                draw(&market.study, result, theme)
            })
        },
    );
    let Some((graphic, class)) = use_last_graphic((*graphic).clone()) else {
        return placeholder(TITLE, "");
    };
    let brands = state.study().brands();
    let options: Vec<AttrValue> = brands
        .iter()
        .map(|brand| brand.name.clone().into())
        .collect();
    let on_select = {
        let (state, dispatch) = (state.clone(), props.dispatch.clone());
        Callback::from(move |index: usize| {
            let brand = state.study().brands().get(BrandIndex::from_index(index));
            let name = brand.map(|brand| brand.name.clone());
            dispatch.dispatch(change_view(&state, |view| view.focal_brand = name));
        })
    };
    let name = brands.get(focal).map_or("", |brand| brand.name.as_str());
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            empty={format!("No respondent chooses {name}")}
            reading={how_to_read::BRAND_SCAVENGERS}
            model_line={model_line(live, FigureBasis::Logit)}
            lead={format!(
                "Respondents predicted to choose {name}: how likely they are to choose each brand."
            )}
        >
            { labelled_select("Focal brand", options, focal.index(), on_select) }
        </Figure>
    }
}

/// The selected brand; by default, the one with the highest share at the baseline.
fn focal_brand(state: &State, market: &SimulatedMarket) -> BrandIndex {
    let study = state.study();
    let selected = state.view().focal_brand.as_deref();
    selected
        .and_then(|name| study.find_brand(name))
        .or(market.results.leading_brand)
        .unwrap_or(BrandIndex::from_index(0))
}
