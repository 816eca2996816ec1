//! "Brand scavengers": to which other brands the choosers of a focal brand could switch.

use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, Position, RespondentIndex};
use conjoint::simulation::Simulation;
use yew::prelude::*;

use super::{BrandSample, FigureProps, draw_distributions, lazy_densities};
use crate::charts::{Graphic, Theme};
use crate::components::hooks::use_theme;
use crate::components::{Figure, change_view, labelled_select};
use crate::state::State;
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// Over the predicted choosers of the focal brand: the probability of choosing each brand.
#[component]
pub(super) fn BrandScavengersFigure(props: &FigureProps) -> Html {
    let (state, live) = (&props.state, &props.live);
    let focal = live.ask(|simulation| focal_brand(state, simulation));
    let theme = use_theme();
    let graphic = use_memo((live.clone(), focal, theme), |(live, focal, theme)| {
        let (focal, theme) = (*focal, *theme);
        lazy_densities(live, move |simulation| draw(simulation, focal, theme))
    });
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
            title="Brand scavengers"
            graphic={(*graphic).clone()}
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
fn focal_brand(state: &State, simulation: &Simulation) -> BrandIndex {
    let study = state.study();
    let selected = state.view().focal_brand.as_deref();
    selected
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
    draw_distributions(simulation, &samples, theme)
}
