//! In words and a few numbers: what the edits do.

use std::rc::Rc;

use conjoint::index_vec::BrandIndex;
use conjoint::simulation::Simulation;
use yew::prelude::*;

use crate::charts::{Cell, DataTable, Row};
use crate::components::hooks::use_theme;
use crate::components::{Listed, scroll, use_listed};
use crate::compute::Live;
use crate::format::{count, percent, points_change, thousands_change};
use crate::state::State;
use crate::text::messages::missing_money_files;
use crate::text::model::FigureBasis;
use crate::text::terms::expand_terms;

/// Properties of [`Summary`].
#[derive(Properties, PartialEq)]
pub struct SummaryProps {
    /// The offers as edited.
    pub state: State,
    /// What follows from them.
    pub live: Live,
}

/// Predicted share by brand, live against baseline, and the change in EBIT where there is money.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let element = use_node_ref();
    use_listed(&element, {
        let live = props.live.clone();
        Callback::from(move |()| {
            vec![Listed {
                title: "Summary".into(),
                about: live.by(FigureBasis::Rule),
                table: Rc::new(table(&live)),
            }]
        })
    });
    let study = props.state.study();
    let results = &props.live.results;
    let live = &results.brand_shares;
    let (baseline, money, none, people) = props.live.ask(|simulation| {
        let money = simulation.baseline_brands().cloned();
        let people = simulation.selected().respondents().len();
        (
            simulation.baseline_brand_shares(),
            money,
            none(simulation),
            people,
        )
    });
    let money = results.brands.as_ref().zip(money.as_ref());
    let is_first = props.state.model().rule.is_deterministic();
    let settings = study.settings();
    let theme = use_theme();
    let brand = |index: BrandIndex| {
        let brand = &study.brands()[index];
        let change = money.map(|(live, own)| live[index].new.ebit - own[index].new.ebit);
        let moved = live[index] - baseline[index];
        html! {
            <tr key={brand.name.clone()}>
                <th scope="row">
                    <span class="swatch" style={format!("background:{}", theme.mark(&brand.colour))} />
                    { &brand.name }
                </th>
                <td>{ percent(live[index]) }</td>
                <td>{ percent(baseline[index]) }</td>
                <td class={direction(moved, SHARE_SEEN)}>{ points_change(moved) }</td>
                if let Some(change) = change {
                    <td class={direction(change, MONEY_SEEN)}>
                        { thousands_change(change, &settings.currency) }
                    </td>
                }
            </tr>
        }
    };
    let table = html! {
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
                { for study.brands().indices().map(brand) }
                if let Some([live, own]) = none {
                    <tr key="None">
                        <th scope="row">{ "None" }</th>
                        <td>{ percent(live) }</td>
                        <td>{ percent(own) }</td>
                        <td class={direction(live - own, SHARE_SEEN)}>{ points_change(live - own) }</td>
                        if money.is_some() {
                            <td></td>
                        }
                    </tr>
                }
            </tbody>
        </table>
    };
    html! {
        <section ref={element} aria-label="Summary" class="summary">
            <p role="status">
                { sentence(results.changed_choices, people, is_first) }
            </p>
            <p class="by">{ props.live.by(FigureBasis::Rule) }</p>
            { scroll("Summary by brand, scrollable", "", table) }
            if !study.has_money() {
                <p class="note">{ missing_money_files(settings) }</p>
            }
        </section>
    }
}

/// The same in every digit.
fn table(live: &Live) -> DataTable {
    let results = &live.results;
    live.ask(|simulation| {
        let study = simulation.selected();
        let baseline = simulation.baseline_brand_shares();
        let money = results.brands.as_ref().zip(simulation.baseline_brands());
        let row = |index: BrandIndex| {
            let (share, own) = (results.brand_shares[index], baseline[index]);
            let shares = [share * 100.0, own * 100.0, (share - own) * 100.0];
            let ebit = money.map(|(live, own)| live[index].new.ebit - own[index].new.ebit);
            Row {
                category: study.brands()[index].name.clone(),
                cells: shares.into_iter().chain(ebit).map(Cell::number).collect(),
            }
        };
        let none = none(simulation).map(|[share, own]| {
            let shares = [share, own, share - own].map(|share| Cell::number(share * 100.0));
            Row {
                category: "None".to_owned(),
                cells: shares
                    .into_iter()
                    .chain(money.map(|_| Cell::Empty))
                    .collect(),
            }
        });
        let settings = study.settings();
        let shares = ["share, %", "baseline, %", "change, points"].map(str::to_owned);
        let ebit = format!("EBIT change, {} thousand a {{month}}", settings.currency);
        let ebit = money.map(|_| expand_terms(settings, &ebit));
        DataTable {
            category: "brand".to_owned(),
            series: shares.into_iter().chain(ebit).collect(),
            unit: String::new(),
            rows: study.brands().indices().map(row).chain(none).collect(),
        }
    })
}

/// The share of None as edited and at the baseline, where there is None.
fn none(simulation: &Simulation) -> Option<[f64; 2]> {
    let shares = [simulation.none_share(), simulation.baseline_none_share()];
    simulation.has_none().then_some(shares)
}

/// How many change their first choice, which other rules make no share of.
fn sentence(changed: usize, all: usize, is_rule: bool) -> String {
    let [told, all] = [changed, all].map(count);
    let first = if is_rule { "" } else { "first " };
    match changed {
        0 if is_rule => format!("All {all} respondents choose as at the baseline."),
        0 => format!("All {all} respondents have the same first choice as at the baseline."),
        1 => format!("1 of {all} respondents changes the {first}choice."),
        _ => format!("{told} of {all} respondents change their {first}choice."),
    }
}

/// Half of the last digit shown: of a share, and of thousands of money.
const SHARE_SEEN: f64 = 5e-4;
const MONEY_SEEN: f64 = 5e-2;

/// The class of a difference that is seen.
fn direction(difference: f64, seen: f64) -> Option<&'static str> {
    if difference.abs() < seen {
        None
    } else if difference > 0.0 {
        Some("more")
    } else {
        Some("less")
    }
}
