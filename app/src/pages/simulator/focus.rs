//! The lines of the brand in focus: share, revenue and EBIT, now, with the change and its interval.

use conjoint::index_vec::{BrandIndex, Position};
use conjoint::market::Measure;
use yew::prelude::*;

use super::money::{brand_money, interval_view, money_intervals};
use super::results::{direction, is_edited, scenario_cell};
use crate::components::{AnalysisFigureProps, Select, change_view, scroll_area};
use crate::compute::SimulatedMarket;
use crate::compute::focus::focus_brand;
use crate::format::{count, percent, points_change, short_measure, short_measure_change};
use crate::text::measures::measure_title;

/// A line of the table.
struct Line {
    name: String,
    now: String,
    change: String,
    /// The sign of the change, if it is visible.
    class: Option<&'static str>,
    /// The interval of the change.
    interval: Html,
    /// The figure and its change in each compared scenario; `None` while a worker computes it.
    compared: Vec<Option<(String, String)>>,
}

/// The select of the brand, its lines, and how many respondents choose otherwise.
pub(super) fn focus_lines(props: &AnalysisFigureProps) -> Html {
    let AnalysisFigureProps { state, live, .. } = props;
    let results = &live.market.results;
    let is_edited = is_edited(state);
    let Some(brand) = focus_brand(live, state) else {
        return html! {};
    };
    let line = |line: Line| {
        html! {
            <tr key={line.name.clone()}>
                <th scope="row">{ line.name }</th>
                <td>{ line.now }</td>
                if is_edited {
                    <td class={line.class}>{ line.change }</td>
                    <td>{ line.interval }</td>
                }
                { for line.compared.into_iter().map(compared_cell) }
            </tr>
        }
    };
    let table = html! {
        <table>
        <caption class="visually-hidden">{ "Focus brand" }</caption>
        <thead>
            <tr>
                <th scope="col"><span class="visually-hidden">{ "figure" }</span></th>
                <th scope="col">{ "now" }</th>
                if is_edited {
                    <th scope="col">{ "change" }</th>
                    <th scope="col">{ "90 % interval of the change" }</th>
                }
                { for props.compared.iter().map(|compared| html! {
                    <th scope="col">{ &compared.name }</th>
                }) }
            </tr>
        </thead>
        <tbody>{ for lines(props, brand).into_iter().map(line) }</tbody>
    </table>
    };
    let is_first_choice = state.model().rule.is_deterministic();
    html! {
        <section aria-label="Focus brand" class="focus">
            { brand_select(props, brand) }
            { scroll_area("Focus brand, scrollable", "", table) }
            <p role="status" class="note">
                { describe_changes(results.changed_choices, results.respondents, is_first_choice) }
            </p>
        </section>
    }
}

/// A figure of a compared scenario with its change.
fn compared_cell(figure: Option<(String, String)>) -> Html {
    match figure {
        Some((value, change)) => scenario_cell(value, &change, None),
        None => html! { <td>{ "…" }</td> },
    }
}

fn brand_select(props: &AnalysisFigureProps, selected: BrandIndex) -> Html {
    let (state, dispatch) = (props.state.clone(), props.dispatch.clone());
    let brands = state.study().brands();
    let names: Vec<String> = brands.iter().map(|brand| brand.name.clone()).collect();
    let options: Vec<AttrValue> = names.iter().cloned().map(AttrValue::from).collect();
    let on_select = Callback::from(move |index: usize| {
        dispatch.dispatch(change_view(&state, |view| {
            view.focus_brand = names.get(index).cloned();
        }));
    });
    html! {
        <label class="choice">
            <span>{ "Focus brand" }</span>
            <Select {options} selected={selected.index()} {on_select} />
        </label>
    }
}

/// Share, and revenue and EBIT if the study has money.
fn lines(props: &AnalysisFigureProps, brand: BrandIndex) -> Vec<Line> {
    let AnalysisFigureProps {
        state,
        live,
        analyses,
        ..
    } = props;
    let (market, settings) = (&live.market, state.study().settings());
    let intervals = analyses.intervals.as_deref();
    let now = market.results.brand_shares.get(brand).copied();
    let baseline = market.results.baseline_brand_shares.get(brand).copied();
    let (now, baseline) = (now.unwrap_or_default(), baseline.unwrap_or_default());
    let interval = intervals.and_then(|intervals| intervals.brands.get(brand)?.difference);
    let share = Line {
        name: "Share".to_owned(),
        now: percent(now),
        change: format!("{} points", points_change(now - baseline)),
        class: direction(&points_change(now - baseline)),
        interval: interval_view(interval, points_change),
        compared: in_scenarios(props, |market| {
            let share = market.results.brand_shares.get(brand).copied()?;
            Some((percent(share), points_change(share - baseline)))
        }),
    };
    let money = [Measure::Revenue, Measure::Ebit]
        .into_iter()
        .filter_map(|measure| {
            let money = brand_money(market, brand, measure)?;
            let interval = money_intervals(intervals, brand, measure);
            let interval = interval.and_then(|intervals| intervals.difference);
            let change = |difference| short_measure_change(measure, difference, &settings.currency);
            Some(Line {
                name: measure_title(measure, settings),
                now: short_measure(measure, money.live, &settings.currency),
                change: change(money.change),
                class: direction(&change(money.change)),
                interval: interval_view(interval, change),
                compared: in_scenarios(props, |market| {
                    let money = brand_money(market, brand, measure)?;
                    let value = short_measure(measure, money.live, &settings.currency);
                    Some((value, change(money.change)))
                }),
            })
        });
    [share].into_iter().chain(money).collect()
}

/// A figure of each compared scenario that is computed.
fn in_scenarios<T>(
    props: &AnalysisFigureProps,
    figure: impl Fn(&SimulatedMarket) -> Option<T>,
) -> Vec<Option<T>> {
    let compared = props.compared.iter();
    let figures = compared.map(|compared| figure(compared.market.as_deref()?));
    figures.collect()
}

/// How many respondents change their first choice. Other rules compute shares differently, so there
/// the sentence says "first choice".
fn describe_changes(changed: usize, respondents: usize, is_first_choice: bool) -> String {
    let [changes, all] = [changed, respondents].map(count);
    let first = if is_first_choice { "" } else { "first " };
    match changed {
        0 if respondents == 1 => "The only respondent chooses as at the baseline.".to_owned(),
        0 if is_first_choice => format!("All {all} respondents choose as at the baseline."),
        0 => format!("All {all} respondents have the same first choice as at the baseline."),
        1 => format!("1 of {all} respondents changes their {first}choice."),
        _ => format!("{changes} of {all} respondents change their {first}choice."),
    }
}
