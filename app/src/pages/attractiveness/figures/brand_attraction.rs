//! "Attraction to chosen brand": how certain the choosers of each brand are of it.

use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{BrandSample, FigureProps, draw_distributions, lazy_densities};
use crate::charts::{Graphic, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, change_view, labelled_select};
use crate::state::Tiers;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// For each brand of a tier: the probability of choosing the brand, over its predicted choosers.
#[component]
pub(super) fn BrandAttractionFigure(props: &FigureProps) -> Html {
    let tiers = props.state.view().tiers;
    let theme = use_theme();
    let graphic = use_memo(
        (props.live.clone(), tiers, theme),
        |(live, tiers, theme)| {
            let (tiers, theme) = (*tiers, *theme);
            lazy_densities(live, move |simulation| draw(simulation, tiers, theme))
        },
    );
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
            title="Attraction to chosen brand"
            graphic={(*graphic).clone()}
            empty="No respondent chooses a brand of this tier"
            reading={how_to_read::BRAND_ATTRACTION}
            model_line={model_line(&props.live, FigureBasis::Logit)}
            lead="Respondents predicted to choose the brand: how likely each of them is to choose it."
        >
            { labelled_select("Brands", options.to_vec(), selected.unwrap_or_default(), on_select) }
        </Figure>
    }
}

fn draw(simulation: &Simulation, tiers: Tiers, theme: Theme) -> Graphic {
    let brands = simulation.tiers();
    let shown = brands
        .enumerate()
        .filter(|(_, tier)| tiers.includes(**tier));
    let samples: Vec<BrandSample> = shown
        .map(|(brand, _)| BrandSample {
            brand,
            respondents: simulation.choosers_of_brand(brand).into(),
            distribution: simulation.brand_attraction(brand),
        })
        .collect();
    draw_distributions(simulation, &samples, theme)
}
