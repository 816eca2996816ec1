//! "Distribution" and "Compare" of the willingness to pay: what one level, or two, are worth to each
//! respondent.

use conjoint::analysis::wtp::{Exceedance, LevelWorth, QUANTILES, WillingnessToPay, WtpEstimate};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position};
use conjoint::market::Measure;
use conjoint::study::Study;
use conjoint::sweep::Cost;
use worker::protocol::WorthSelection;
use yew::prelude::*;

use crate::charts::{Curve, Curves, Graphic};
use crate::components::{AnalysisFigureProps, change_view, labelled_select};
use crate::compute::SimulatedMarket;
use crate::compute::prices::worth_selection;
use crate::format::{column_label, cost_unit, percent, short_measure, short_measure_change};

/// The middle one of [`QUANTILES`].
const MEDIAN: usize = 2;

/// A level with its attribute: "range 300".
pub(super) fn level_name(study: &Study, attribute: AttributeIndex, level: LevelIndex) -> String {
    let attribute = study.schema().attributes().get(attribute);
    attribute.map_or(String::new(), |attribute| {
        let names = attribute.level_names();
        let level = names.get(level.index()).map_or("", String::as_str);
        format!("{} {level}", column_label(&attribute.name))
    })
}

/// The selects "Distribution", of every level that has an amount, and "Compare", of the other levels of
/// its attribute.
pub(super) fn selects(inputs: &AnalysisFigureProps, result: Option<&WillingnessToPay>) -> Html {
    let study = inputs.state.study();
    let selection = worth_selection(&inputs.state);
    let levels = result.map_or(&[][..], |result| &result.levels);
    let all: Vec<_> = levels.iter().map(|it| (it.attribute, it.level)).collect();
    let is_other = |(attribute, level): &(AttributeIndex, LevelIndex)| {
        let selection = selection.as_ref();
        selection.is_some_and(|it| it.attribute == *attribute && it.level != *level)
    };
    let others: Vec<_> = all.iter().copied().filter(is_other).collect();
    let options = |first: &'static str, levels: &[(AttributeIndex, LevelIndex)]| {
        let levels = levels.iter();
        let names = levels.map(|(attribute, level)| level_name(study, *attribute, *level).into());
        [AttrValue::from(first)].into_iter().chain(names).collect()
    };
    let place = |levels: &[(AttributeIndex, LevelIndex)], selected| {
        let place = levels.iter().position(|level| Some(*level) == selected);
        place.map_or(0, |place| place + 1)
    };
    let selected = selection.as_ref().map(|it| (it.attribute, it.level));
    let compared = selection
        .as_ref()
        .and_then(|it| Some((it.attribute, it.other?)));
    let [distributions, comparisons] = [
        options("All levels", &all),
        options("No other level", &others),
    ];
    let [selected, compared] = [place(&all, selected), place(&others, compared)];
    html! {
        <>
            { labelled_select("Distribution", distributions, selected, on_level(inputs, all, false)) }
            if selection.is_some() {
                { labelled_select("Compare", comparisons, compared, on_level(inputs, others, true)) }
            }
        </>
    }
}

/// Selects one of the levels, after the option for none of them.
fn on_level(
    inputs: &AnalysisFigureProps,
    levels: Vec<(AttributeIndex, LevelIndex)>,
    is_compared: bool,
) -> Callback<usize> {
    let (state, dispatch) = (inputs.state.clone(), inputs.dispatch.clone());
    Callback::from(move |index: usize| {
        let level = index.checked_sub(1).and_then(|index| levels.get(index));
        let names = level.and_then(|(attribute, level)| {
            let attribute = state.study().schema().attributes().get(*attribute)?;
            let names = attribute.levels.names();
            Some((attribute.name.clone(), names.get(level.index())?.clone()))
        });
        dispatch.dispatch(change_view(&state, |view| {
            view.compared_level = None;
            match is_compared {
                true => view.compared_level = names.map(|(_, level)| level),
                false => view.worth_level = names,
            }
        }));
    })
}

/// What the curves are.
pub(super) fn lead(market: &SimulatedMarket, selection: &WorthSelection, product: &str) -> String {
    let level = level_name(&market.study, selection.attribute, selection.level);
    let other = selection.other.map_or(String::new(), |other| {
        let other = level_name(&market.study, selection.attribute, other);
        format!(", and for {other}")
    });
    format!(
        "The share of respondents who would pay more than each amount for {level}{other} instead of \
         the level of {product}, or the nearest to it (algebraic amounts)."
    )
}

/// Quantiles, and the difference of two levels.
pub(super) fn note(
    market: &SimulatedMarket,
    selection: &WorthSelection,
    worth: Option<&LevelWorth>,
) -> String {
    let Some(worth) = worth else {
        return String::new();
    };
    let study = &market.study;
    let name = |level| level_name(study, selection.attribute, level);
    let currency = &study.settings().currency;
    let levels = worth.levels.iter().map(|found| {
        let texts = QUANTILES.iter().zip(&found.quantiles);
        let texts: Vec<String> = texts
            .map(|(fraction, amount)| {
                let amount = short_measure(Measure::Arpu, *amount, currency);
                format!("{:.0} % {amount}", fraction * 100.0)
            })
            .collect();
        let above = found.share_above_zero.map_or(String::new(), |share| {
            format!("; {} would pay more than nothing", percent(share))
        });
        format!(
            "{}: quantiles {}{above}.",
            name(found.level),
            texts.join(" · ")
        )
    });
    let reference = format!("Reference level: {}.", name(worth.reference));
    let difference = worth.difference.as_ref().map(|difference| {
        let [one, other] = difference.levels.map(name);
        let kinds = [
            ("algebraic", difference.algebraic),
            ("simulated", difference.simulated),
        ];
        let texts = kinds.map(|(kind, estimate)| match estimate {
            Some(estimate) => format!("{kind} {}", difference_text(&estimate, currency)),
            None => format!("{kind} not available"),
        });
        format!("{one} less {other}: {}.", texts.join("; "))
    });
    let sentences: Vec<String> = [reference]
        .into_iter()
        .chain(levels)
        .chain(difference)
        .collect();
    sentences.join(" ")
}

/// A difference with its interval: "+$12.3 (90 % interval +$8.1 to +$15)".
fn difference_text(estimate: &WtpEstimate, currency: &str) -> String {
    let text = |amount| short_measure_change(Measure::Arpu, amount, currency);
    let bound = if estimate.is_bounded { ", a bound" } else { "" };
    format!(
        "{} (90 % interval {} to {}{bound})",
        text(estimate.amount),
        text(estimate.interval.low),
        text(estimate.interval.high)
    )
}

/// A curve for each level.
pub(super) fn draw(
    market: &SimulatedMarket,
    attribute: AttributeIndex,
    worth: Option<&LevelWorth>,
) -> Graphic {
    let Some(worth) = worth else {
        return Curves::default().graphic();
    };
    let curve = |found: &Exceedance| {
        let name = level_name(&market.study, attribute, found.level);
        Curve {
            name: format!("Share with more, {name}"),
            unit: "%".to_owned(),
            values: found
                .shares_above
                .iter()
                .map(|it| Some(it * 100.0))
                .collect(),
            band: Vec::new(),
        }
    };
    let median = match worth.levels.as_slice() {
        [only] => only.quantiles.get(MEDIAN),
        _ => None,
    };
    let reference = Some((0.0, "reference"));
    Curves {
        along: "amount".to_owned(),
        unit: cost_unit(Cost::Monthly, market.study.settings()),
        places: worth.amounts.clone(),
        marks: reference
            .into_iter()
            .chain(median.map(|median| (*median, "median")))
            .collect(),
        curves: worth.levels.iter().map(curve).collect(),
    }
    .graphic()
}
