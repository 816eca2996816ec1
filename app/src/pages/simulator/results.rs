//! "Results": every brand with its products, and None: shares, customers and money, with changes.

use conjoint::index_vec::BrandIndex;
use conjoint::market::Measure;
use conjoint::report::{Cell, Table};
use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use super::money::brand_money;
use super::rows::{Row, rows, scenario_interval, scenario_share};
use crate::charts::{Theme, build_table};
use crate::components::hooks::use_theme;
use crate::components::{AnalysisFigureProps, percent_interval, scroll_area, use_figure_tables};
use crate::compute::ComparedScenario;
use crate::format::{interval_text, percent, points_change, short_measure, short_measure_change};
use crate::state::State;
use crate::text::measures::{measure_title, measure_unit};
use crate::text::messages::missing_money_files;
use crate::text::model::{FigureBasis, model_line};

/// The measures of a brand that the table shows.
const MEASURES: [Measure; 3] = [Measure::Customers, Measure::Revenue, Measure::Ebit];

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
    !state.edits().are_baseline(state.study())
}

/// The class of a change, by its text: "±" means that nothing visible changed.
pub(super) fn direction(change: &str) -> Option<&'static str> {
    match change.chars().next() {
        Some('+') => Some("gain"),
        Some('−') => Some("loss"),
        _ => None,
    }
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
    let compared = props.compared.iter();
    let compared_header = |compared: &ComparedScenario| {
        let name = &compared.name;
        html! {
            <>
                <th scope="col">{ format!("{name}: share") }</th>
                <th scope="col">{ format!("{name}: change, points") }</th>
                <th scope="col">{ format!("{name}: 90 % interval") }</th>
                if state.study().has_money() {
                    <th scope="col">{ format!("{name}: EBIT") }</th>
                }
            </>
        }
    };
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
                    { for compared.map(compared_header) }
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
    let interval = share_interval(row.interval);
    let compared = props.compared.iter();
    let compared: Vec<Html> = compared
        .map(|compared| compared_cells(compared, &row))
        .collect();
    let class = if row.product.is_some() {
        "product"
    } else {
        "brand"
    };
    let measures = MEASURES.iter().filter(|_| study.has_money());
    html! {
        <tr {class}>
            <th scope="row">{ swatch }{ row.name }</th>
            <td>{ percent(row.share) }</td>
            <td class={direction(&change)}>{ &change }</td>
            <td>{ interval }</td>
            { for measures.map(|measure| money_cell(props, row.brand, *measure, is_edited)) }
            { for compared }
        </tr>
    }
}

/// The interval of a share in percent; an ellipsis until it is computed.
fn share_interval(interval: Option<Interval>) -> String {
    percent_interval(interval).map_or_else(|| "…".to_owned(), interval_text)
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

/// A compared scenario's share, its change from the baseline, and a brand's EBIT.
fn compared_cells(compared: &ComparedScenario, row: &Row) -> Html {
    let Some(market) = &compared.market else {
        return html! { <td colspan="4">{ "…" }</td> };
    };
    let share = scenario_share(market, row);
    let change = share
        .zip(row.baseline)
        .map(|(share, baseline)| points_change(share - baseline));
    let change = change.unwrap_or_default();
    let ebit = row
        .brand
        .and_then(|brand| brand_money(market, brand, Measure::Ebit));
    let currency = &market.study.settings().currency;
    html! {
        <>
            <td>{ share.map_or_else(|| "–".to_owned(), percent) }</td>
            <td class={direction(&change)}>{ &change }</td>
            <td>{ share.map(|_| share_interval(scenario_interval(compared, market, row))) }</td>
            if market.study.has_money() {
                <td>{ ebit.map(|ebit| short_measure(Measure::Ebit, ebit.live, currency)) }</td>
            }
        </>
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
        let compared = props.compared.iter().flat_map(|compared| {
            let market = compared.market.as_ref();
            let share = market.and_then(|market| scenario_share(market, &row));
            let interval = market.and_then(|market| scenario_interval(compared, market, &row));
            let ends = [interval.map(|it| it.low), interval.map(|it| it.high)];
            [share, ends[0], ends[1]].map(|share| Cell::optional(share, percentage))
        });
        let cells = share.into_iter().chain(money).chain(compared);
        (row.name.clone(), cells.collect())
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
    let compared = props.compared.iter();
    let compared = compared.flat_map(|compared| {
        ["share", "share, low", "share, high"].map(|part| format!("{}: {part}, %", compared.name))
    });
    let headers = shares
        .map(str::to_owned)
        .into_iter()
        .chain(money)
        .chain(compared);
    let rows = rows(props).into_iter();
    build_table("brand, product", headers, "", rows.map(row))
}
