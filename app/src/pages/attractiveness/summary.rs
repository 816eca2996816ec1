//! A sentence and a table on what the edits change.

use conjoint::index_vec::BrandIndex;
use conjoint::report::{Cell, Table};
use worker::protocol::NoneShare;
use yew::prelude::*;

use crate::charts::{Theme, build_table};
use crate::components::hooks::use_theme;
use crate::components::{scroll_area, use_figure_tables};
use crate::compute::{Live, SimulatedMarket};
use crate::format::{count, percent, points_change, thousands_change};
use crate::state::State;
use crate::text::messages::missing_money_files;
use crate::text::model::{FigureBasis, model_line};
use crate::text::terms::expand_terms;

/// Properties of [`Summary`].
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// The dashboard's state.
    pub state: State,
    /// The results at the edited offers.
    pub live: Live,
}

/// Shares by brand, now and at the baseline, and the change in EBIT if the study has money.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let element = use_node_ref();
    use_figure_tables(&element, {
        let live = props.live.clone();
        Callback::from(move |()| {
            let note = model_line(&live, FigureBasis::Rule);
            vec![data_table(&live).with_title("Summary").with_note(&*note)]
        })
    });
    let study = props.state.study();
    let results = &props.live.market.results;
    let is_first_choice = props.state.model().rule.is_deterministic();
    let theme = use_theme();
    html! {
        <section ref={element} aria-label="Summary" class="summary">
            <p role="status">
                { describe_changes(results.changed_choices, results.respondents, is_first_choice) }
            </p>
            <p class="model-line">{ model_line(&props.live, FigureBasis::Rule) }</p>
            { scroll_area("Summary by brand, scrollable", "", table(props, theme)) }
            if !study.has_money() {
                <p class="note">{ missing_money_files(study.settings()) }</p>
            }
        </section>
    }
}

/// The numbers of one row.
struct BrandSummary {
    /// The share now and at the baseline, 0–1.
    share: f64,
    baseline: f64,
    /// The change in EBIT, in thousands a month, if the study has money.
    ebit_change: Option<f64>,
}

/// The numbers of every brand.
fn summarize(market: &SimulatedMarket) -> Vec<(BrandIndex, BrandSummary)> {
    let results = &market.results;
    let baseline = &results.baseline_brand_shares;
    let money = results
        .brands
        .as_ref()
        .zip(results.baseline_brands.as_ref());
    let summary = |brand: BrandIndex| BrandSummary {
        share: results.brand_shares[brand],
        baseline: baseline[brand],
        ebit_change: money.map(|(now, before)| now[brand].new.ebit - before[brand].new.ebit),
    };
    let brands = market.study.brands().indices();
    brands.map(|brand| (brand, summary(brand))).collect()
}

fn table(props: &SummaryProps, theme: Theme) -> Html {
    let study = props.state.study();
    let settings = study.settings();
    let market = &props.live.market;
    let (brands, none) = (summarize(market), market.results.none);
    let has_money = brands.iter().any(|(_, brand)| brand.ebit_change.is_some());
    let row = |(index, summary): (BrandIndex, BrandSummary)| {
        let brand = &study.brands()[index];
        let style = format!("background:{}", theme.mark(&brand.colour));
        html! {
            <tr key={brand.name.clone()}>
                <th scope="row"><span class="swatch" {style} />{ &brand.name }</th>
                { share_cells(summary.share, summary.baseline) }
                if let Some(change) = summary.ebit_change {
                    <td class={direction(change, VISIBLE_MONEY)}>
                        { thousands_change(change, &settings.currency) }
                    </td>
                }
            </tr>
        }
    };
    html! {
        <table>
            <caption>{ "Summary" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "brand" }</th>
                    <th scope="col">{ "share" }</th>
                    <th scope="col">{ "baseline" }</th>
                    <th scope="col">{ "change, points" }</th>
                    if study.has_money() {
                        <th scope="col">{ expand_terms(settings, "EBIT change a {month}") }</th>
                    }
                </tr>
            </thead>
            <tbody>
                { for brands.into_iter().map(row) }
                if let Some(NoneShare { live, baseline }) = none {
                    <tr key="None">
                        <th scope="row">{ "None" }</th>
                        { share_cells(live, baseline) }
                        if has_money {
                            <td></td>
                        }
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn share_cells(share: f64, baseline: f64) -> Html {
    let change = share - baseline;
    html! {
        <>
            <td>{ percent(share) }</td>
            <td>{ percent(baseline) }</td>
            <td class={direction(change, VISIBLE_SHARE)}>{ points_change(change) }</td>
        </>
    }
}

/// The table's numbers at full precision, for the workbook.
fn data_table(live: &Live) -> Table {
    let market = &live.market;
    let study = &market.study;
    let brands = summarize(market);
    let has_money = brands.iter().any(|(_, brand)| brand.ebit_change.is_some());
    let percentages = |share: f64, baseline: f64| {
        [share, baseline, share - baseline].map(|share| Cell::number(share * 100.0))
    };
    let row = |(index, summary): (BrandIndex, BrandSummary)| {
        let shares = percentages(summary.share, summary.baseline).into_iter();
        let ebit = summary.ebit_change.map(Cell::number);
        let name = study.brands()[index].name.clone();
        (name, shares.chain(ebit).collect())
    };
    let none = market.results.none.map(|NoneShare { live, baseline }| {
        let shares = percentages(live, baseline).into_iter();
        let cells = shares.chain(has_money.then_some(Cell::Empty));
        ("None".to_owned(), cells.collect())
    });
    let settings = study.settings();
    let shares = ["share, %", "baseline, %", "change, points"].map(str::to_owned);
    let ebit = format!("EBIT change, {} thousand a {{month}}", settings.currency);
    let ebit = has_money.then(|| expand_terms(settings, &ebit));
    let rows = brands.into_iter().map(row).chain(none);
    build_table("brand", shares.into_iter().chain(ebit), "", rows)
}

/// How many respondents change their first choice. Other rules compute shares differently, so there
/// the sentence says "first choice".
fn describe_changes(changed: usize, respondents: usize, is_first_choice: bool) -> String {
    let [changes, all] = [changed, respondents].map(count);
    let first = if is_first_choice { "" } else { "first " };
    match changed {
        0 if is_first_choice => format!("All {all} respondents choose as at the baseline."),
        0 => format!("All {all} respondents have the same first choice as at the baseline."),
        1 => format!("1 of {all} respondents changes their {first}choice."),
        _ => format!("{changes} of {all} respondents change their {first}choice."),
    }
}

/// Half a unit in the last digit that is shown: of a share, and of money in thousands.
const VISIBLE_SHARE: f64 = 5e-4;
const VISIBLE_MONEY: f64 = 5e-2;

/// The class of a difference, if it is large enough to be visible.
fn direction(difference: f64, visible: f64) -> Option<&'static str> {
    if difference.abs() < visible {
        None
    } else if difference > 0.0 {
        Some("gain")
    } else {
        Some("loss")
    }
}
