//! The figures of the page, one file each.

mod attraction;
mod brand_attraction;
mod brand_scavengers;
mod detail;
mod market_share;

use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, Position, ProductIndex, RespondentIndex};
use conjoint::simulation::{Distribution, Simulation};
use conjoint::stats::sort::stable_sort;
use conjoint::study::ProductId;
use yew::prelude::*;

use crate::browser::timing;
use crate::charts::{Distributions, Graphic, Sample, Theme};
use crate::components::{Dispatch, LazyGraphic};
use crate::compute::Live;
use crate::state::State;
use attraction::AttractionFigure;
use brand_attraction::BrandAttractionFigure;
use brand_scavengers::BrandScavengersFigure;
use detail::DetailFigure;
use market_share::MarketShareFigure;

/// Properties of a figure.
#[derive(Clone, Properties, PartialEq)]
pub struct FigureProps {
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers.
    pub live: Live,
}

/// All figures of the page.
pub fn figures(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    let props = FigureProps {
        state: state.clone(),
        dispatch: dispatch.clone(),
        live: live.clone(),
    };
    html! {
        <div class="figures">
            <MarketShareFigure ..props.clone() />
            <AttractionFigure ..props.clone() />
            <DetailFigure ..props.clone() />
            <BrandAttractionFigure ..props.clone() />
            <BrandScavengersFigure ..props />
        </div>
    }
}

/// The selected cell of the attraction matrix: chosen and competing product. By default, these are
/// the products with the highest and second-highest share at the baseline.
fn selected_cell(state: &State, simulation: &Simulation) -> (ProductIndex, ProductIndex) {
    let scenario = state.edits().scenario();
    let find = |id: &Option<ProductId>| scenario.find(id.as_ref()?.as_str());
    let tally = simulation.baseline().tally();
    let ranked = stable_sort(state.study().offers().indices().collect(), |a, b| {
        tally.total(*b).cmp(&tally.total(*a))
    });
    let ranked = |rank: usize| {
        let product = ranked.get(rank).or(ranked.first()).copied();
        product.unwrap_or(ProductIndex::from_index(0))
    };
    let chosen = find(&state.view().selected_product).unwrap_or_else(|| ranked(0));
    let competing = find(&state.view().competing_product).unwrap_or_else(|| ranked(1));
    (chosen, competing)
}

/// The names and brands of all offers.
fn product_names(simulation: &Simulation) -> Vec<(String, Option<BrandIndex>)> {
    let study = simulation.selected();
    let offers = simulation.scenario().offers().iter();
    offers
        .map(|offer| (study.name_of(offer), study.schema().brand_of(offer)))
        .collect()
}

/// The distribution of a brand's choice probability over a group of respondents.
struct BrandSample {
    brand: BrandIndex,
    respondents: Rc<[RespondentIndex]>,
    distribution: Distribution,
}

/// Draws distributions in the colors of their brands.
fn draw_distributions(simulation: &Simulation, samples: &[BrandSample], theme: Theme) -> Graphic {
    let study = simulation.selected();
    let colours = samples
        .iter()
        .map(|sample| theme.mark(&study.brands()[sample.brand].colour));
    let colours: Vec<String> = colours.collect();
    let ids: Vec<Vec<&str>> = samples
        .iter()
        .map(|sample| {
            let respondents = sample.respondents.iter();
            respondents
                .map(|respondent| study.respondents().ids()[*respondent].as_str())
                .collect()
        })
        .collect();
    let parts = samples.iter().zip(&ids).zip(&colours);
    let samples = parts.map(|((sample, ids), colour)| Sample {
        name: &study.brands()[sample.brand].name,
        colour,
        respondents: ids,
        values: &sample.distribution.sample,
        density: sample.distribution.density.as_ref(),
    });
    Distributions {
        measure: "Probability of choosing the brand",
        samples: samples.collect(),
    }
    .graphic()
}

/// A graphic of the current results.
fn lazy(live: &Live, draw: impl FnOnce(&Simulation) -> Graphic + 'static) -> LazyGraphic {
    let live = live.clone();
    LazyGraphic::new(move || live.ask(draw))
}

/// A graphic of densities, whose computation is recorded in the performance timeline.
fn lazy_densities(live: &Live, draw: impl FnOnce(&Simulation) -> Graphic + 'static) -> LazyGraphic {
    lazy(live, |simulation| {
        timing::measure("recompute densities", || draw(simulation))
    })
}
