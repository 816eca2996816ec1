//! "Results": every brand with its products, and None: shares, customers and money, with changes.

use conjoint::index_vec::BrandIndex;
use conjoint::market::Measure;
use conjoint::stats::bootstrap::Interval;
use conjoint::study::Study;
use yew::prelude::*;

use super::money::{brand_money, interval_view, money_intervals};
use super::results_data::data_table;
use super::rows::{Row, rows, scenario_interval, scenario_share};
use crate::charts::Theme;
use crate::components::hooks::use_theme;
use crate::components::table::result_heading;
use crate::components::{AnalysisFigureProps, percent_interval, scroll_area, use_figure_tables};
use crate::compute::{ComparedScenario, SimulatedMarket};
use crate::format::{interval_text, percent, points_change, short_measure, short_measure_change};
use crate::state::State;
use crate::text::measures::measure_title;
use crate::text::messages::missing_money_files;
use crate::text::model::{FigureBasis, model_line};

/// The measures of a brand that the table shows.
pub(super) const MEASURES: [Measure; 3] = [Measure::Customers, Measure::Revenue, Measure::Ebit];

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
        let measures = compared_measures(state.study());
        let titles = measures.map(|measure| measure_title(measure, settings));
        let titles = ["share".to_owned()].into_iter().chain(titles);
        let header =
            |title| html! { <th scope="col">{ format!("{}: {title}", compared.name) }</th> };
        html! { <>{ for titles.map(header) }</> }
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
        let style = format!("background:{}", theme.mark(&brand.color));
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
        .map(|compared| compared_cells(compared, study, &row))
        .collect();
    let class = if row.product.is_some() {
        "product"
    } else {
        "brand"
    };
    let measures = MEASURES.iter().filter(|_| study.has_money());
    html! {
        <tr {class}>
            { result_heading(&row.name, swatch) }
            <td>{ percent(row.share) }</td>
            <td class={direction(&change)}>{ &change }</td>
            <td>{ interval }</td>
            { for measures.map(|measure| {
                money_cell(&props.live.market, row.brand, *measure, is_edited)
            }) }
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
    market: &SimulatedMarket,
    brand: Option<BrandIndex>,
    measure: Measure,
    is_edited: bool,
) -> Html {
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

/// The measures of a brand in a compared scenario; none in a study without money.
pub(super) fn compared_measures(study: &Study) -> impl Iterator<Item = Measure> {
    let measures = [Measure::Revenue, Measure::Ebit].into_iter();
    measures.filter(|_| study.has_money())
}

/// A compared scenario's share with its change from the baseline and its interval, and a brand's revenue
/// and EBIT with their changes and the intervals of these.
fn compared_cells(compared: &ComparedScenario, study: &Study, row: &Row) -> Html {
    let Some(market) = &compared.market else {
        let columns = 1 + compared_measures(study).count();
        return html! { <td colspan={columns.to_string()}>{ "…" }</td> };
    };
    let share = scenario_share(market, row).map(|share| {
        let change = row.baseline.map(|baseline| points_change(share - baseline));
        let interval = share_interval(scenario_interval(compared, market, row));
        let change = change.unwrap_or_default();
        scenario_cell(percent(share), &change, Some(interval.into()))
    });
    let currency = &study.settings().currency;
    let money = |measure: Measure| {
        let found = row.brand.and_then(|brand| {
            let money = brand_money(market, brand, measure)?;
            let change = |end| short_measure_change(measure, end, currency);
            let intervals = money_intervals(compared.intervals.as_deref(), brand, measure);
            let interval = intervals.and_then(|intervals| intervals.difference);
            let value = short_measure(measure, money.live, currency);
            let interval = interval_view(interval, change);
            Some(scenario_cell(value, &change(money.change), Some(interval)))
        });
        found.unwrap_or_else(|| html! { <td></td> })
    };
    html! {
        <>
            { share.unwrap_or_else(|| html! { <td>{ "–" }</td> }) }
            { for compared_measures(study).map(money) }
        </>
    }
}

/// A figure of a scenario and its change, and an interval below them if there is one.
pub(super) fn scenario_cell(value: String, change: &str, interval: Option<Html>) -> Html {
    let class = direction(change);
    html! {
        <td class="scenario">
            { value }
            <small {class}>{ format!(" {change}") }</small>
            if let Some(interval) = interval {
                <small class="interval">{ interval }</small>
            }
        </td>
    }
}
