//! "Attraction to chosen brand": how certain the choosers of each brand are of it.

use conjoint::study::Study;
use worker::protocol::{RespondentFigure, RespondentResult};
use yew::prelude::*;

use super::{draw_brands, lazy_respondents};
use crate::charts::{Graphic, Theme};
use crate::components::hooks::use_theme;
use crate::components::{
    Figure, PageProps, change_view, labelled_select, placeholder, use_last_graphic,
};
use crate::compute::use_respondents;
use crate::state::Tiers;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

const TITLE: &str = "Attraction to chosen brand";

/// For each brand of a tier: the probability of choosing the brand, over its predicted choosers.
#[component]
pub(super) fn BrandAttractionFigure(props: &PageProps) -> Html {
    let tiers = props.state.view().tiers;
    let theme = use_theme();
    let brands = props.live.market.results.tiers.enumerate();
    let brands = brands.filter(|(_, tier)| tiers.includes(**tier));
    let figure = RespondentFigure::BrandAttraction(brands.map(|(brand, _)| brand).collect());
    let respondents = use_respondents(&props.live, figure);
    let graphic = use_memo(
        (props.live.clone(), respondents, theme),
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
    let on_select = {
        let (state, dispatch) = (props.state.clone(), props.dispatch.clone());
        Callback::from(move |index: usize| {
            let tiers = Tiers::ALL.get(index).copied().unwrap_or_default();
            dispatch.dispatch(change_view(&state, |view| view.tiers = tiers));
        })
    };
    let options = Tiers::ALL.map(|tiers| AttrValue::from(tiers.label()));
    let selected = Tiers::ALL.iter().position(|other| *other == tiers);
    html! {
        <Figure
            title={TITLE}
            class={classes!(class)}
            {graphic}
            empty="No respondent chooses a brand of this tier"
            reading={how_to_read::BRAND_ATTRACTION}
            model_line={model_line(&props.live, FigureBasis::Logit)}
            lead="Respondents predicted to choose the brand: how likely each of them is to choose it."
        >
            { labelled_select("Brands", options.to_vec(), selected.unwrap_or_default(), on_select) }
        </Figure>
    }
}

/// Draws the samples of brands.
pub(super) fn draw(study: &Study, result: &RespondentResult, theme: Theme) -> Graphic {
    let brands = match result {
        RespondentResult::Brands(brands) => brands.as_slice(),
        RespondentResult::Product(_) | RespondentResult::Pairs(_) => &[],
    };
    draw_brands(study, brands, theme)
}
