//! Attraction to chosen brand: how sure the choosers of each brand are of it.

use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{BrandSample, ViewProps, densities_later, distributions, showing};
use crate::charts::{Graphic, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, choice};
use crate::state::Tiers;
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// For each brand of a tier: the brand's total probability among those who choose it.
#[component]
pub(super) fn BrandAttractionFigure(props: &ViewProps) -> Html {
    let tiers = props.state.view().tiers;
    let theme = use_theme();
    let graphic = use_memo(
        (props.live.clone(), tiers, theme),
        |(live, tiers, theme)| {
            let (tiers, theme) = (*tiers, *theme);
            densities_later(live, move |simulation| draw(simulation, tiers, theme))
        },
    );
    let on_choose = {
        let (state, dispatch) = (props.state.clone(), props.dispatch.clone());
        Callback::from(move |place: usize| {
            let tiers = Tiers::ALL.get(place).copied().unwrap_or_default();
            dispatch.dispatch(showing(&state, |view| view.tiers = tiers));
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
            by={props.live.by(FigureBasis::Logit)}
            lead="Respondents predicted to choose the brand: how probable each of them is to."
        >
            { choice("Brands", options.to_vec(), selected.unwrap_or_default(), on_choose) }
        </Figure>
    }
}

fn draw(simulation: &Simulation, tiers: Tiers, theme: Theme) -> Graphic {
    let brands = simulation.tiers();
    let wanted = brands.enumerate().filter(|(_, tier)| tiers.holds(**tier));
    let samples: Vec<BrandSample> = wanted
        .map(|(brand, _)| BrandSample {
            brand,
            respondents: simulation.choosers_of_brand(brand).into(),
            distribution: simulation.brand_attraction(brand),
        })
        .collect();
    distributions(simulation, &samples, theme)
}
