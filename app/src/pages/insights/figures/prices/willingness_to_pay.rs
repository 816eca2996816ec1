//! "Willingness to pay": what levels are worth in money.

use conjoint::analysis::wtp::{LevelWtp, WARNING, WillingnessToPay, WtpEstimate};
use conjoint::index_vec::Position;
use conjoint::sweep::Cost;

use super::worth::level_name;
use crate::charts::{BarSeries, Bars, Categories, Fill, Graphic, Grouping, segment_color};
use crate::compute::SimulatedMarket;
use crate::format::{capitalize, column_label, cost_unit, count};
use crate::text::model::FigureBasis;

/// What the amounts mean.
pub(super) fn lead(product: &str) -> String {
    format!(
        "What each level is worth, compared with the level of {product} or the nearest to it, with \
         a 90 % interval. Algebraic: to the median respondent. Simulated: how much the price of \
         {product} can rise until its share is back to its former value."
    )
}

/// The part of the choice model that the amounts depend on.
pub(super) fn basis(market: &SimulatedMarket) -> FigureBasis {
    let rule = market.model.rule;
    if rule.closed_form() == rule {
        FigureBasis::Rule
    } else {
        FigureBasis::Preference
    }
}

/// The reference levels, the limits of the method, and which amounts are bounds or could not be computed.
pub(super) fn note(market: &SimulatedMarket, result: Option<&WillingnessToPay>) -> String {
    let Some(result) = result else {
        return String::new();
    };
    let mut references: Vec<String> = result
        .levels
        .iter()
        .map(|level| level_name(&market.study, level.attribute, level.reference))
        .collect();
    references.dedup();
    let left_out = format!(
        "{} of {} respondents like paying more and are left out of the algebraic amounts.",
        count(result.like_paying_more),
        count(result.respondents)
    );
    let missing = result
        .levels
        .iter()
        .filter(|level| level.simulated.is_none());
    let missing = match missing.count() {
        0 => String::new(),
        1 => " 1 level has".to_owned(),
        levels => format!(" {} levels have", count(levels)),
    };
    let missing = match missing.as_str() {
        "" => missing,
        _ => format!(
            "{missing} no simulated amount: no tested price brings the share back to its former \
             value."
        ),
    };
    let bounded = result.levels.iter().filter(|level| is_bounded(level));
    let bounded: Vec<String> = bounded
        .map(|level| level_name(&market.study, level.attribute, level.level))
        .collect();
    let bounds = match bounded.as_slice() {
        [] => String::new(),
        names => format!(
            " Only bounds, because the simulated amount or its interval reaches the edge of the prices \
             tried: {}.",
            names.join(", ")
        ),
    };
    format!(
        "Reference levels: {}. {}. {left_out}{missing}{bounds}",
        references.join(", "),
        capitalize(WARNING)
    )
}

/// Whether the simulated amount for a level is only a bound.
fn is_bounded(level: &LevelWtp) -> bool {
    level.simulated.is_some_and(|estimate| estimate.is_bounded)
}

/// Both amounts of every level.
pub(super) fn draw(market: &SimulatedMarket, result: Option<&WillingnessToPay>) -> Graphic {
    let study = &market.study;
    let attributes = study.schema().attributes();
    let levels = result.map_or(&[][..], |result| &result.levels);
    let categories = levels.iter().filter_map(|worth| {
        let attribute = attributes.get(worth.attribute)?;
        let names = attribute.level_names();
        let level = names.get(worth.level.index())?;
        let reference = names.get(worth.reference.index())?;
        let attribute = column_label(&attribute.name);
        Some((
            format!("{attribute} {level}"),
            match is_bounded(worth) {
                true => format!("compared with {reference}; simulated: a bound"),
                false => format!("compared with {reference}"),
            },
        ))
    });
    let (names, details) = categories.unzip();
    let series = |name: &str, index: usize, estimate: fn(&LevelWtp) -> Option<WtpEstimate>| {
        let estimates = levels.iter().map(estimate);
        BarSeries {
            name: name.to_owned(),
            values: estimates.clone().map(|it| it.map(|it| it.amount)).collect(),
            fill: Fill::Color(segment_color(index).to_owned()),
            intervals: estimates.map(|it| it.map(|it| it.interval)).collect(),
        }
    };
    Bars {
        category: "level".to_owned(),
        measure: "Willingness to pay".to_owned(),
        unit: cost_unit(Cost::Monthly, study.settings()),
        categories: Categories {
            names,
            title: None,
            details,
        },
        series: vec![
            series("algebraic", 0, |level| level.algebraic),
            series("simulated", 1, |level| level.simulated),
        ],
        grouping: Grouping::SideBySide,
    }
    .graphic_of_changes()
}
