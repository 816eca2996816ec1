//! "Results": every brand with its products, and None: shares, customers and money, with changes.

use conjoint::analysis::interval::Intervals;
use conjoint::index_vec::{BrandIndex, ProductIndex};
use conjoint::market::Measure;
use conjoint::report::{Cell, Table};
use conjoint::simulation::scenario::Scenario;
use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use super::money::brand_money;
use crate::charts::{Theme, build_table};
use crate::components::hooks::use_theme;
use crate::components::{AnalysisFigureProps, percent_interval, scroll_area, use_figure_tables};
use crate::compute::SimulatedMarket;
use crate::compute::focus::{listed_brands, listed_offers};
use crate::format::{interval_text, percent, points_change, short_measure, short_measure_change};
use crate::state::State;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::messages::missing_money_files;
use crate::text::model::{FigureBasis, model_line};

/// The measures of a brand that the table shows.
const MEASURES: [Measure; 3] = [Measure::Customers, Measure::Revenue, Measure::Ebit];

/// A row: a brand, a product or None.
struct Row {
    name: String,
    /// The brand of a brand's row.
    brand: Option<BrandIndex>,
    is_product: bool,
    /// The share now, and at the baseline if it existed there, 0–1.
    share: f64,
    baseline: Option<f64>,
    /// The interval of the share now, 0–1.
    interval: Option<Interval>,
}

/// The table, and its numbers for the workbook.
#[component]
pub(super) fn ResultsTable(props: &AnalysisFigureProps) -> Html {
    let element = use_node_ref();
    use_figure_tables(&element, {
        let props = props.clone();
        Callback::from(move |()| {
            let note = model_line(&props.live, FigureBasis::Rule);
            vec![data_table(&props).with_title("Results").with_note(&*note)]
        })
    });
    let theme = use_theme();
    let study = props.state.study();
    html! {
        <section ref={element} aria-label="Results" class="results-table">
            { scroll_area("Results, scrollable", "", table(props, theme)) }
            <p class="model-line">{ model_line(&props.live, FigureBasis::Rule) }</p>
            if !study.has_money() {
                <p class="note">{ missing_money_files(study.settings()) }</p>
            }
        </section>
    }
}

/// Whether the offers differ from the study's own.
pub(super) fn is_edited(state: &State) -> bool {
    *state.edits().scenario() != Scenario::baseline(state.study())
}

/// The class of a change, by its text: "±" means that nothing visible changed.
pub(super) fn direction(change: &str) -> Option<&'static str> {
    match change.chars().next() {
        Some('+') => Some("gain"),
        Some('−') => Some("loss"),
        _ => None,
    }
}

/// All rows: each brand with its products, the brand in focus first, and None.
fn rows(props: &AnalysisFigureProps) -> Vec<Row> {
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
        is_product: false,
        share: none.live,
        baseline: Some(none.baseline),
        interval: intervals.and_then(|intervals| intervals.none.live),
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
        is_product: false,
        share: results.brand_shares.get(brand).copied().unwrap_or_default(),
        baseline: results.baseline_brand_shares.get(brand).copied(),
        interval: intervals.and_then(|intervals| intervals.brands.get(brand)?.live),
    }
}

fn product_row(
    market: &SimulatedMarket,
    intervals: Option<&Intervals>,
    product: ProductIndex,
) -> Option<Row> {
    let results = &market.results;
    let baseline = results.baseline_shares.get(product);
    Some(Row {
        name: market.study.name_of(market.scenario.offers().get(product)?),
        brand: None,
        is_product: true,
        share: results.shares.get(product)?.share,
        baseline: baseline.map(|share| share.share),
        interval: intervals.and_then(|intervals| intervals.products.get(product)?.live),
    })
}

fn table(props: &AnalysisFigureProps, theme: Theme) -> Html {
    let state = &props.state;
    let settings = state.study().settings();
    let is_edited = is_edited(state);
    let measures = MEASURES.iter().filter(|_| state.study().has_money());
    let header = |measure: &Measure| {
        html! { <th scope="col">{ measure_title(*measure, settings) }</th> }
    };
    let rows = rows(props).into_iter();
    html! {
        <table>
            <caption>{ "Results" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "brand, product" }</th>
                    <th scope="col">{ "share" }</th>
                    <th scope="col">{ "change, points" }</th>
                    <th scope="col">{ "90 % interval" }</th>
                    { for measures.map(header) }
                </tr>
            </thead>
            <tbody>{ for rows.map(|row| row_view(props, row, is_edited, theme)) }</tbody>
        </table>
    }
}

fn row_view(props: &AnalysisFigureProps, row: Row, is_edited: bool, theme: Theme) -> Html {
    let study = props.state.study();
    let swatch = row.brand.and_then(|brand| study.brands().get(brand));
    let swatch = swatch.map(|brand| {
        let style = format!("background:{}", theme.mark(&brand.colour));
        html! { <span class="swatch" {style} /> }
    });
    let change = match row.baseline {
        Some(baseline) if is_edited => points_change(row.share - baseline),
        Some(_) => String::new(),
        None => "new".to_owned(),
    };
    let interval = match row.interval {
        Some(interval) => percent_interval(Some(interval)).map_or_else(String::new, interval_text),
        None => "…".to_owned(),
    };
    let class = if row.is_product { "product" } else { "brand" };
    let measures = MEASURES.iter().filter(|_| study.has_money());
    html! {
        <tr {class}>
            <th scope="row">{ swatch }{ row.name }</th>
            <td>{ percent(row.share) }</td>
            <td class={direction(&change)}>{ &change }</td>
            <td>{ interval }</td>
            { for measures.map(|measure| money_cell(props, row.brand, *measure, is_edited)) }
        </tr>
    }
}

/// A measure of a brand and its change; empty for all other rows.
fn money_cell(
    props: &AnalysisFigureProps,
    brand: Option<BrandIndex>,
    measure: Measure,
    is_edited: bool,
) -> Html {
    let market = &props.live.market;
    let Some(money) = brand.and_then(|brand| brand_money(market, brand, measure)) else {
        return html! { <td></td> };
    };
    let currency = &market.study.settings().currency;
    let change = short_measure_change(measure, money.change, currency);
    html! {
        <td>
            { short_measure(measure, money.live, currency) }
            if is_edited {
                <small class={direction(&change)}>{ format!(" {change}") }</small>
            }
        </td>
    }
}

/// The table's numbers at full precision, for the workbook.
fn data_table(props: &AnalysisFigureProps) -> Table {
    let market = &props.live.market;
    let settings = market.study.settings();
    let has_money = market.results.brands.is_some();
    let row = |row: Row| {
        let percentage = |share: f64| Cell::number(share * 100.0);
        let share = [
            percentage(row.share),
            Cell::optional(row.baseline, percentage),
            Cell::optional(row.baseline, |baseline| percentage(row.share - baseline)),
            Cell::optional(row.interval, |interval| percentage(interval.low)),
            Cell::optional(row.interval, |interval| percentage(interval.high)),
        ];
        let money = MEASURES.iter().filter(|_| has_money).flat_map(|measure| {
            let money = row
                .brand
                .and_then(|brand| brand_money(market, brand, *measure));
            [
                Cell::optional(money, |money| Cell::number(money.live)),
                Cell::optional(money, |money| Cell::number(money.change)),
            ]
        });
        (row.name.clone(), share.into_iter().chain(money).collect())
    };
    let shares = [
        "share, %",
        "baseline, %",
        "change, points",
        "share, low, %",
        "share, high, %",
    ];
    let measures = MEASURES.iter().filter(|_| has_money);
    let money = measures.flat_map(|measure| {
        let title = measure_title(*measure, settings);
        let unit = measure_unit(*measure, settings);
        [
            format!("{title}, {unit}"),
            format!("{title}, change, {unit}"),
        ]
    });
    let headers = shares.map(str::to_owned).into_iter().chain(money);
    build_table(
        "brand, product",
        headers,
        "",
        rows(props).into_iter().map(row),
    )
}
