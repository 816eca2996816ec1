//! The rows of the table of results.

use conjoint::analysis::interval::Intervals;
use conjoint::index_vec::{BrandIndex, ProductIndex};
use conjoint::stats::bootstrap::Interval;
use conjoint::study::ProductId;

use crate::components::AnalysisFigureProps;
use crate::compute::focus::{listed_brands, listed_offers};
use crate::compute::{ComparedScenario, SimulatedMarket};

/// A row: a brand, a product or None.
pub(super) struct Row {
    pub(super) name: String,
    /// The brand of a brand's row.
    pub(super) brand: Option<BrandIndex>,
    /// The share now, and at the baseline if it existed there, 0–1.
    pub(super) share: f64,
    pub(super) baseline: Option<f64>,
    /// The interval of the share now, 0–1.
    pub(super) interval: Option<Interval>,
    /// The product of a product's row, by its id, which is the same in every scenario.
    pub(super) product: Option<ProductId>,
}

/// All rows: each brand with its products, the brand in focus first, and None.
pub(super) fn rows(props: &AnalysisFigureProps) -> Vec<Row> {
    let AnalysisFigureProps {
        state,
        live,
        analyses,
        ..
    } = props;
    let (market, study) = (&live.market, state.study());
    let intervals = analyses.intervals.as_deref();
    let offers = listed_offers(live, state);
    let offers: Vec<ProductIndex> = offers
        .into_iter()
        .filter(|product| market.scenario.offers().get(*product).is_some())
        .collect();
    let brand_of = |product: &ProductIndex| {
        let offer = market.scenario.offers().get(*product);
        offer.and_then(|offer| study.schema().brand_of(offer))
    };
    let product_row = |product: &ProductIndex| product_row(market, intervals, *product);
    let of_brand = |brand: BrandIndex| {
        let products = offers
            .iter()
            .filter(move |product| brand_of(product) == Some(brand));
        let own: Vec<Row> = products.filter_map(product_row).collect();
        [brand_row(market, intervals, brand)].into_iter().chain(own)
    };
    let unbranded = offers.iter().filter(|product| brand_of(product).is_none());
    let unbranded: Vec<Row> = unbranded.filter_map(product_row).collect();
    let none = market.results.none.map(|none| Row {
        name: "None".to_owned(),
        brand: None,
        share: none.live,
        baseline: Some(none.baseline),
        interval: intervals.and_then(|intervals| intervals.none.live),
        product: None,
    });
    let brands = listed_brands(live, state);
    let branded = brands.into_iter().flat_map(of_brand);
    branded.chain(unbranded).chain(none).collect()
}

fn brand_row(market: &SimulatedMarket, intervals: Option<&Intervals>, brand: BrandIndex) -> Row {
    let results = &market.results;
    Row {
        name: market.study.brands()[brand].name.clone(),
        brand: Some(brand),
        share: results.brand_shares.get(brand).copied().unwrap_or_default(),
        baseline: results.baseline_brand_shares.get(brand).copied(),
        interval: intervals.and_then(|intervals| intervals.brands.get(brand)?.live),
        product: None,
    }
}

fn product_row(
    market: &SimulatedMarket,
    intervals: Option<&Intervals>,
    product: ProductIndex,
) -> Option<Row> {
    let results = &market.results;
    let baseline = results.baseline_shares.get(product);
    let offer = market.scenario.offers().get(product)?;
    Some(Row {
        name: market.study.name_of(offer),
        brand: None,
        share: results.shares.get(product)?.share,
        baseline: baseline.map(|share| share.share),
        interval: intervals.and_then(|intervals| intervals.products.get(product)?.live),
        product: Some(offer.id.clone()),
    })
}

/// The share of a row's brand, product or None in a scenario; `None` if it does not exist there.
pub(super) fn scenario_share(market: &SimulatedMarket, row: &Row) -> Option<f64> {
    let results = &market.results;
    match (&row.product, row.brand) {
        (Some(id), _) => {
            let product = market.scenario.find(id.as_str())?;
            Some(results.shares.get(product)?.share)
        }
        (None, Some(brand)) => results.brand_shares.get(brand).copied(),
        (None, None) => results.none.map(|none| none.live),
    }
}

/// The interval of that share, once a worker has computed it.
pub(super) fn scenario_interval(
    compared: &ComparedScenario,
    market: &SimulatedMarket,
    row: &Row,
) -> Option<Interval> {
    let intervals = compared.intervals.as_deref()?;
    match (&row.product, row.brand) {
        (Some(id), _) => {
            let product = market.scenario.find(id.as_str())?;
            intervals.products.get(product)?.live
        }
        (None, Some(brand)) => intervals.brands.get(brand)?.live,
        (None, None) => intervals.none.live,
    }
}
