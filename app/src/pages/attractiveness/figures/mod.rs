//! The figures of the page: results to what the chart builders take, a file a figure.

mod attraction;
mod brand_attraction;
mod detail;
mod scavengers;
mod share;

use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, Position, ProductIndex, RespondentIndex};
use conjoint::simulation::{Distribution, Simulation};
use conjoint::stats::quantile::sorted;
use yew::prelude::*;

use crate::browser::timing;
use crate::charts::{Distributions, Graphic, Sample, Theme};
use crate::components::Plan;
use crate::compute::Live;
use crate::pages::Dispatch;
use crate::state::{Action, State, View};
use attraction::AttractionFigure;
use brand_attraction::BrandAttractionFigure;
use detail::DetailFigure;
use scavengers::ScavengersFigure;
use share::ShareFigure;

/// Properties of a figure.
#[derive(Properties, PartialEq)]
pub struct ViewProps {
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// What follows from it.
    pub live: Live,
}

/// All figures of the page.
pub fn figures(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    html! {
        <div class="figures">
            <ShareFigure state={state.clone()} live={live.clone()} dispatch={dispatch.clone()} />
            <AttractionFigure state={state.clone()} live={live.clone()} dispatch={dispatch.clone()} />
            <DetailFigure state={state.clone()} live={live.clone()} dispatch={dispatch.clone()} />
            <BrandAttractionFigure
                state={state.clone()}
                live={live.clone()}
                dispatch={dispatch.clone()}
            />
            <ScavengersFigure state={state.clone()} live={live.clone()} dispatch={dispatch.clone()} />
        </div>
    }
}

/// A product without a brand, which has no colour of its own; seen on light and dark pages.
pub(in crate::pages) const UNBRANDED: &str = "#7b8495";

/// The cell of the attraction matrix that the page looks at: what was chosen, or the product
/// that most respondents have at the baseline and the one that comes second.
fn looked_at(state: &State, simulation: &Simulation) -> (ProductIndex, ProductIndex) {
    let scenario = state.edits().scenario();
    let find = |id: &Option<_>| {
        let id: &conjoint::study::ProductId = id.as_ref()?;
        scenario.find(id.as_str())
    };
    let tally = simulation.baseline().tally();
    let ranked = sorted(state.study().offers().indices().collect(), |one, other| {
        tally.total(*other).cmp(&tally.total(*one))
    });
    let place = |rank: usize| ranked.get(rank).or(ranked.first()).copied();
    let fallback = |rank| place(rank).unwrap_or(ProductIndex::from_index(0));
    let chosen = find(&state.view().selected_product).unwrap_or_else(|| fallback(0));
    let competing = find(&state.view().competing_product).unwrap_or_else(|| fallback(1));
    (chosen, competing)
}

/// The state's view with a change.
fn showing(state: &State, change: impl FnOnce(&mut View)) -> Action {
    let mut view = state.view().clone();
    change(&mut view);
    Action::Show(view)
}

/// A product's name for a label, and its brand.
fn names(simulation: &Simulation) -> Vec<(String, Option<BrandIndex>)> {
    let study = simulation.selected();
    let offers = simulation.scenario().offers().iter();
    offers
        .map(|offer| (study.name_of(offer), study.schema().brand_of(offer)))
        .collect()
}

/// A brand's distribution and the respondents behind it.
struct BrandSample {
    brand: BrandIndex,
    respondents: Rc<[RespondentIndex]>,
    distribution: Distribution,
}

/// Distributions of brands in the brands' colours.
fn distributions(simulation: &Simulation, samples: &[BrandSample], theme: Theme) -> Graphic {
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
    let looks = samples.iter().zip(&ids).zip(&colours);
    let drawn = looks.map(|((sample, ids), colour)| Sample {
        name: &study.brands()[sample.brand].name,
        colour,
        respondents: ids,
        values: &sample.distribution.sample,
        density: sample.distribution.density.as_ref(),
    });
    Distributions {
        measure: "Probability of choosing the brand",
        samples: drawn.collect(),
    }
    .graphic()
}

/// A graphic that the model is asked for when its turn comes.
fn later(live: &Live, draw: impl FnOnce(&Simulation) -> Graphic + 'static) -> Plan {
    let live = live.clone();
    Plan::new(move || live.ask(draw))
}

/// The same of densities, which stand under a name of their own in the browser's record.
fn densities_later(live: &Live, draw: impl FnOnce(&Simulation) -> Graphic + 'static) -> Plan {
    later(live, |simulation| {
        timing::measure("recompute densities", || draw(simulation))
    })
}
