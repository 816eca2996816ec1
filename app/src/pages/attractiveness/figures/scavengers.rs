//! Brand scavengers: which brands the choosers of a focal brand could go to.

use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, Position, RespondentIndex};
use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{BrandSample, ViewProps, densities_later, distributions, showing};
use crate::charts::{Graphic, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, choice};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::model::FigureBasis;

/// Over the respondents predicted to choose the focal brand: every brand's total probability.
#[component]
pub(super) fn ScavengersFigure(props: &ViewProps) -> Html {
    let (state, live) = (&props.state, &props.live);
    let focal = live.ask(|simulation| focal(state, simulation));
    let theme = use_theme();
    let graphic = use_memo((live.clone(), focal, theme), |(live, focal, theme)| {
        let (focal, theme) = (*focal, *theme);
        densities_later(live, move |simulation| draw(simulation, focal, theme))
    });
    let brands = state.study().brands();
    let options: Vec<AttrValue> = brands
        .iter()
        .map(|brand| brand.name.clone().into())
        .collect();
    let on_choose = {
        let (state, dispatch) = (state.clone(), props.dispatch.clone());
        Callback::from(move |place: usize| {
            let brand = state.study().brands().get(BrandIndex::from_index(place));
            let name = brand.map(|brand| brand.name.clone());
            dispatch.dispatch(showing(&state, |view| view.focal_brand = name));
        })
    };
    let name = brands.get(focal).map_or("", |brand| brand.name.as_str());
    html! {
        <Figure
            title="Brand scavengers"
            graphic={(*graphic).clone()}
            empty={format!("No respondent chooses {name}")}
            reading={how_to_read::BRAND_SCAVENGERS}
            by={live.by(FigureBasis::Logit)}
            lead={format!("Respondents predicted to choose {name}: how probable each brand is to them.")}
        >
            { choice("Focal brand", options, focal.index(), on_choose) }
        </Figure>
    }
}

/// The brand that was chosen, or the one that most respondents have at the baseline.
fn focal(state: &State, simulation: &Simulation) -> BrandIndex {
    let study = state.study();
    let chosen = state.view().focal_brand.as_deref();
    chosen
        .and_then(|name| study.find_brand(name))
        .or_else(|| simulation.leading_brand())
        .unwrap_or(BrandIndex::from_index(0))
}

fn draw(simulation: &Simulation, focal: BrandIndex, theme: Theme) -> Graphic {
    let choosers: Rc<[RespondentIndex]> = simulation.choosers_of_brand(focal).into();
    let scavengers = simulation.scavengers(focal);
    let samples: Vec<BrandSample> = scavengers
        .enumerate()
        .map(|(brand, distribution)| BrandSample {
            brand,
            respondents: Rc::clone(&choosers),
            distribution: distribution.clone(),
        })
        .collect();
    distributions(simulation, &samples, theme)
}
