//! "Predicted market share by product": a row per product, with its interval and its baseline.

use std::rc::Rc;

use conjoint::analysis::interval::Intervals;
use conjoint::index_vec::ProductIndex;
use conjoint::stats::bootstrap::Interval;
use conjoint::stats::sort::stable_sort;
use worker::protocol::NoneShare;
use yew::prelude::*;

use super::{AnalysisFigureProps, Figure, LazyGraphic, labelled_select, percent_interval};
use crate::charts::{
    BarSeries, Fill, Graphic, RowBars, Theme, UNBRANDED, height_in_rows, segment_color,
};
use crate::components::hooks::use_theme;
use crate::compute::focus::listed_offers;
use crate::compute::{ComparedScenario, SimulatedMarket};
use crate::format::{interval_text, percent};
use crate::text::how_to_read;
use crate::text::model::{FigureBasis, model_line};

/// The order of the rows.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    /// As in the tables of offers and results.
    Listed,
    /// The largest share first.
    ByShare,
}

/// The share of every product and of None by the choice rule.
#[component]
pub fn MarketShareFigure(props: &AnalysisFigureProps) -> Html {
    let theme = use_theme();
    let order = use_state_eq(|| Order::Listed);
    let listed = listed_offers(&props.live, &props.state);
    let intervals = props.analyses.intervals.clone();
    let rows = height_in_rows(&names(&props.live.market, &listed));
    let graphic = {
        let compared = Rc::clone(&props.compared);
        let sources = (props.live.clone(), intervals.clone(), compared);
        use_memo(
            (sources, theme, *order, listed),
            |(sources, theme, order, listed)| {
                let (theme, order) = (*theme, *order);
                let ((live, intervals, compared), listed) = (sources.clone(), listed.clone());
                LazyGraphic::new(move || {
                    let market = &live.market;
                    let products = ordered(market, listed, order);
                    draw(market, &products, intervals.as_deref(), &compared, theme)
                })
            },
        )
    };
    let lead = match intervals {
        Some(_) => {
            "Share of all respondents who choose each product, now and at the baseline, with the \
             90 % interval of the share now."
        }
        None => "Share of all respondents who choose each product, now and at the baseline.",
    };
    let on_order = {
        let order = order.setter();
        Callback::from(move |index: usize| {
            order.set(if index == 0 {
                Order::Listed
            } else {
                Order::ByShare
            });
        })
    };
    let orders = ["As in the tables", "Largest first"].map(AttrValue::from);
    html! {
        <Figure
            title="Predicted market share by product"
            class="wide"
            {rows}
            graphic={(*graphic).clone()}
            empty="No product is on the market."
            reading={how_to_read::MARKET_SHARE}
            {lead}
            model_line={model_line(&props.live, FigureBasis::Rule)}
        >
            { labelled_select("Order", orders.to_vec(), *order as usize, on_order) }
        </Figure>
    }
}

/// The name of each product; empty where the results do not have it yet.
fn names(market: &SimulatedMarket, products: &[ProductIndex]) -> Vec<String> {
    let name = |product: &ProductIndex| {
        let offer = market.scenario.offers().get(*product);
        offer.map_or_else(String::new, |offer| market.study.name_of(offer))
    };
    products.iter().map(name).collect()
}

fn ordered(market: &SimulatedMarket, listed: Vec<ProductIndex>, order: Order) -> Vec<ProductIndex> {
    let share = |product: &ProductIndex| {
        let share = market.results.shares.get(*product);
        share.map_or(0.0, |share| share.share)
    };
    // A product that was added or removed is not yet, or no longer, in results that a worker computes.
    let has_offer = |product: &ProductIndex| market.scenario.offers().get(*product).is_some();
    let listed = listed.into_iter().filter(has_offer).collect();
    match order {
        Order::Listed => listed,
        Order::ByShare => stable_sort(listed, |one, other| share(other).total_cmp(&share(one))),
    }
}

fn draw(
    market: &SimulatedMarket,
    products: &[ProductIndex],
    intervals: Option<&Intervals>,
    compared: &[ComparedScenario],
    theme: Theme,
) -> Graphic {
    let (study, results) = (&market.study, &market.results);
    let offers = market.scenario.offers();
    let none = results.none;
    let none_share = |share: fn(NoneShare) -> f64| none.map(|none| Some(share(none) * 100.0));
    let color = |product: &ProductIndex| match study.schema().brand_of(&offers[*product]) {
        Some(brand) => theme.mark(&study.brands()[brand].color),
        None => UNBRANDED.to_owned(),
    };
    let live = |product: &ProductIndex| Some(results.shares.get(*product)?.share * 100.0);
    // An added offer has no baseline.
    let baseline =
        |product: &ProductIndex| Some(results.baseline_shares.get(*product)?.share * 100.0);
    let values: Vec<Option<f64>> = products
        .iter()
        .map(live)
        .chain(none_share(|none| none.live))
        .collect();
    let intervals: Vec<Option<Interval>> = intervals.map_or_else(Vec::new, |intervals| {
        let of = |product: &ProductIndex| intervals.products.get(*product)?.live;
        let products = products.iter().map(of);
        let none = none.map(|_| intervals.none.live);
        products.chain(none).map(percent_interval).collect()
    });
    let names = names(market, products);
    let mut bars = RowBars {
        category: "product".to_owned(),
        measure: "share".to_owned(),
        unit: "%".to_owned(),
        categories: names
            .into_iter()
            .chain(none.map(|_| "None".to_owned()))
            .collect(),
        ends: end_texts(&values, &intervals),
        columns: respondent_columns(market, products),
        series: vec![
            BarSeries {
                name: "live".to_owned(),
                values: values.clone(),
                fill: {
                    let none = none.map(|_| UNBRANDED.to_owned());
                    Fill::Each(products.iter().map(color).chain(none).collect())
                },
                intervals,
            },
            BarSeries {
                name: "baseline".to_owned(),
                values: {
                    let baseline = products.iter().map(baseline);
                    baseline.chain(none_share(|none| none.baseline)).collect()
                },
                fill: Fill::Outline,
                intervals: Vec::new(),
            },
        ],
    };
    let marks = compared.iter().enumerate();
    bars.series
        .extend(marks.filter_map(|(place, compared)| marks_of(market, products, compared, place)));
    bars.graphic()
}

/// What is printed at the ends of the bars: each share, and its interval where there is one.
fn end_texts(shares: &[Option<f64>], intervals: &[Option<Interval>]) -> Vec<String> {
    let texts = shares.iter().enumerate().map(|(place, share)| {
        let share = share.map_or(String::new(), |share| percent(share / 100.0));
        match intervals.get(place).copied().flatten() {
            Some(interval) => format!("{share} ({})", interval_text(interval)),
            None => share,
        }
    });
    texts.collect()
}

/// The shares of a compared scenario, as marks on the rows.
fn marks_of(
    market: &SimulatedMarket,
    products: &[ProductIndex],
    compared: &ComparedScenario,
    place: usize,
) -> Option<BarSeries> {
    let other = compared.market.as_ref()?;
    let offers = market.scenario.offers();
    let find = |product: &ProductIndex| other.scenario.find(offers.get(*product)?.id.as_str());
    let share = |product: &ProductIndex| {
        let share = other.results.shares.get(find(product)?)?;
        Some(share.share * 100.0)
    };
    let has_none = market.results.none.is_some();
    let none = has_none.then(|| other.results.none.map(|none| none.live * 100.0));
    let intervals = compared.intervals.as_deref().map(|intervals| {
        let interval = |product: &ProductIndex| intervals.products.get(find(product)?)?.live;
        let none = has_none.then_some(intervals.none.live);
        let all = products.iter().map(interval).chain(none);
        all.map(percent_interval).collect()
    });
    Some(BarSeries {
        name: compared.name.clone(),
        values: products.iter().map(share).chain(none).collect(),
        fill: Fill::Mark(segment_color(place).to_owned()),
        intervals: intervals.unwrap_or_default(),
    })
}

/// How many respondents choose each product, now and at the baseline, where every respondent chooses
/// one and all count the same.
fn respondent_columns(
    market: &SimulatedMarket,
    products: &[ProductIndex],
) -> Vec<(String, Vec<Option<f64>>)> {
    let results = &market.results;
    if !market.model.rule.is_deterministic() || results.is_weighted {
        return Vec::new();
    }
    let columns = [
        ("live, respondents", &results.shares),
        ("baseline, respondents", &results.baseline_shares),
    ];
    let columns = columns.map(|(header, shares)| {
        let count = |product: &ProductIndex| {
            let share = shares.get(*product)?;
            Some(f64::from(share.respondents))
        };
        (header.to_owned(), products.iter().map(count).collect())
    });
    columns.to_vec()
}
