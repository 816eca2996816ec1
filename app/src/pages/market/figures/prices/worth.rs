//! Willingness to pay: what levels are worth in money.

use conjoint::analysis::wtp::{LevelWtp, WARNING, WillingnessToPay, WtpEstimate};
use conjoint::index_vec::Position;
use conjoint::simulation::Simulation;
use conjoint::sweep::Cost;

use crate::charts::{
    BarSeries, Bars, Categories, Fill, Graphic, Grouping, capitalized, segment_colour,
};
use crate::format::{column_label, cost_unit, count};

/// What the amounts are.
pub(super) fn lead(product: &str) -> String {
    format!(
        "What each level is worth against the one that {product} has, or the nearest to it: to the \
         respondent in the middle (algebraic), and as what the price of {product} may rise by until \
         its share is back (simulated), each with its 90 % interval."
    )
}

/// What is to be kept in mind, and of whom nothing could be computed.
pub(super) fn note(found: Option<&WillingnessToPay>) -> String {
    let Some(found) = found else {
        return String::new();
    };
    let people = format!(
        "{} of {} respondents like paying more, and are left out of the algebraic amounts.",
        count(found.like_paying_more),
        count(found.respondents)
    );
    let lost = found.levels.iter().filter(|line| line.simulated.is_none());
    let lost = match lost.count() {
        0 => String::new(),
        some => format!(
            " {} without a simulated amount: the share is back at no price that was tried.",
            match some {
                1 => "1 level is".to_owned(),
                some => format!("{} levels are", count(some)),
            }
        ),
    };
    format!("{}. {people}{lost}", capitalized(WARNING))
}

/// Both amounts of every level.
pub(super) fn draw(simulation: &Simulation, found: Option<&WillingnessToPay>) -> Graphic {
    let study = simulation.selected();
    let attributes = study.schema().attributes();
    let levels = found.map_or(&[][..], |found| &found.levels);
    let named = levels.iter().filter_map(|line| {
        let attribute = attributes.get(line.attribute)?;
        let names = attribute.levels.names();
        let level = names.get(line.level.index())?;
        let reference = names.get(line.reference.index())?;
        let attribute = column_label(&attribute.name);
        Some((
            format!("{attribute} {level}"),
            format!("against {reference}"),
        ))
    });
    let (names, details) = named.unzip();
    let series = |name: &str, place: usize, worth: fn(&LevelWtp) -> Option<WtpEstimate>| {
        let worths = levels.iter().map(worth);
        BarSeries {
            name: name.to_owned(),
            values: worths.clone().map(|it| it.map(|it| it.amount)).collect(),
            fill: Fill::Colour(segment_colour(place).to_owned()),
            intervals: worths.map(|it| it.map(|it| it.interval)).collect(),
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
            series("algebraic", 0, |line| line.algebraic),
            series("simulated", 1, |line| line.simulated),
        ],
        grouping: Grouping::SideBySide,
    }
    .graphic_of_changes()
}
