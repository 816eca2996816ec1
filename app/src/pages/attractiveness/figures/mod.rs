//! The figures of the page, one file each.

mod attraction;
mod brand_attraction;
mod brand_scavengers;
mod detail;

use std::rc::Rc;

use conjoint::index_vec::{BrandIndex, Position, ProductIndex};
use conjoint::stats::sort::stable_sort;
use conjoint::study::ProductId;
use worker::protocol::{RespondentResult, RespondentSample};
use yew::prelude::*;

use crate::charts::{Distributions, Graphic, Sample, Theme};
use crate::components::{AnalysisFigureProps, LazyGraphic, MarketShareFigure, PageProps};
use crate::compute::{Analyses, Live, Respondents, SimulatedMarket};
use crate::state::State;
use attraction::AttractionFigure;
use brand_attraction::BrandAttractionFigure;
use brand_scavengers::BrandScavengersFigure;
use conjoint::study::Study;
use detail::DetailFigure;

/// All figures of the page.
pub fn figures(props: &PageProps) -> Html {
    // The figure shows intervals on the page that computes them.
    let shares = AnalysisFigureProps::new(props, &Analyses::default());
    html! {
        <div class="figures">
            <MarketShareFigure ..shares />
            <AttractionFigure ..props.clone() />
            <DetailFigure ..props.clone() />
            <BrandAttractionFigure ..props.clone() />
            <BrandScavengersFigure ..props.clone() />
        </div>
    }
}

/// The selected cell of the attraction matrix: chosen and competing product. By default, these are
/// the products with the highest and second-highest share at the baseline.
fn selected_cell(state: &State, market: &SimulatedMarket) -> (ProductIndex, ProductIndex) {
    let SimulatedMarket {
        study,
        scenario,
        results,
        ..
    } = market;
    let find = |id: &Option<ProductId>| scenario.find(id.as_ref()?.as_str());
    let first_choices = |product: ProductIndex| results.baseline_shares[product].respondents;
    let ranked = stable_sort(study.offers().indices().collect(), |a, b| {
        first_choices(*b).cmp(&first_choices(*a))
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
fn product_names(market: &SimulatedMarket) -> Vec<(String, Option<BrandIndex>)> {
    let study = &market.study;
    let offers = market.scenario.offers().iter();
    offers
        .map(|offer| (study.name_of(offer), study.schema().brand_of(offer)))
        .collect()
}

/// Draws distributions in the colors of their brands.
fn draw_brands(study: &Study, brands: &[(BrandIndex, RespondentSample)], theme: Theme) -> Graphic {
    let colors = brands
        .iter()
        .map(|(brand, _)| theme.mark(&study.brands()[*brand].color));
    let colors: Vec<String> = colors.collect();
    let ids: Vec<Vec<&str>> = brands.iter().map(|(_, sample)| ids(sample)).collect();
    let samples = brands.iter().zip(&ids).zip(&colors);
    let samples = samples.map(|(((brand, sample), ids), color)| Sample {
        name: &study.brands()[*brand].name,
        color,
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

/// The ids of a sample's respondents.
fn ids(sample: &RespondentSample) -> Vec<&str> {
    sample.respondents.iter().map(String::as_str).collect()
}

/// A graphic of the newest results.
fn lazy(live: &Live, draw: impl FnOnce(&SimulatedMarket) -> Graphic + 'static) -> LazyGraphic {
    let market = Rc::clone(&live.market);
    LazyGraphic::new(move || draw(&market))
}

/// A graphic of respondents at the newest results; `None` while a worker computes them.
fn lazy_respondents(
    live: &Live,
    respondents: Option<&Respondents>,
    draw: impl FnOnce(&SimulatedMarket, &RespondentResult) -> Graphic + 'static,
) -> Option<LazyGraphic> {
    let (market, respondents) = (Rc::clone(&live.market), respondents?.clone());
    Some(LazyGraphic::new(move || draw(&market, &respondents.get())))
}
