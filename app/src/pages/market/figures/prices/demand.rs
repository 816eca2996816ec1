//! Demand curve: the share of one product, and its brand's money, at every price.

use conjoint::analysis::demand_curve::{DemandCurve, DemandPoint};
use conjoint::market::{Figures, Measure};
use conjoint::simulation::Simulation;
use conjoint::study::MONTHLY_COST;
use conjoint::sweep::Cost;

use crate::charts::{Curve, Curves, Graphic};
use crate::compute::prices::priced_product;
use crate::format::{amount, column_label, cost_unit};
use crate::pages::market::figures::share::percent;
use crate::pages::sweep::{title, unit};
use crate::state::State;

/// What is drawn, and the price as it stands.
pub(super) fn lead(simulation: &Simulation, state: &State, product: &str) -> String {
    let settings = simulation.selected().settings();
    let now = match current(simulation, state) {
        Some(price) => format!(
            "The upright line is its price as it stands, {} a {}.",
            amount(price, &settings.currency),
            settings.words.get("month")
        ),
        None => "It has no price as it stands.".to_owned(),
    };
    format!(
        "Share of all respondents that {product} has at each price, with its 90 % interval, and the \
         money of its brand then. {now}"
    )
}

/// The price as it stands.
fn current(simulation: &Simulation, state: &State) -> Option<f64> {
    let (product, attribute) = priced_product(simulation, state).ok()?;
    let offer = simulation.scenario().offers().get(product)?;
    match offer.cells.get(attribute)? {
        conjoint::study::Cell::Number(price) => Some(*price),
        _ => None,
    }
}

/// The curve, and those of revenue and EBIT where there is money.
pub(super) fn draw(simulation: &Simulation, found: Option<&DemandCurve>, state: &State) -> Graphic {
    let study = simulation.selected();
    let settings = study.settings();
    let asked = priced_product(simulation, state).ok();
    let offer = asked.and_then(|(product, _)| simulation.scenario().offers().get(product));
    let points = found.map_or(&[][..], |found| &found.points);
    let brand = offer.and_then(|offer| study.schema().brand_of(offer));
    let brand = brand.map_or("", |brand| &study.brands()[brand].name);
    let share = Curve {
        name: "Share".to_owned(),
        unit: "%".to_owned(),
        values: points
            .iter()
            .map(|point| Some(point.share.mean * 100.0))
            .collect(),
        band: points
            .iter()
            .map(|point| percent(point.share.interval))
            .collect(),
    };
    let money = |measure, value: fn(&Figures) -> f64| Curve {
        name: format!("{} of {brand}", title(measure, settings)),
        unit: unit(measure, settings),
        values: points
            .iter()
            .map(|point| point.money.as_ref().map(value))
            .collect(),
        band: Vec::new(),
    };
    let mut curves = vec![share];
    if study.has_money() {
        curves.push(money(Measure::Revenue, |money| money.revenue));
        curves.push(money(Measure::Ebit, |money| money.ebit));
    }
    let price = column_label(settings.columns.get(MONTHLY_COST));
    let name = offer.map_or(String::new(), |offer| study.name_of(offer));
    Curves {
        along: format!("{price} of {name}"),
        unit: cost_unit(Cost::Monthly, settings),
        places: points
            .iter()
            .map(|point: &DemandPoint| point.price)
            .collect(),
        current: current(simulation, state).filter(|_| !points.is_empty()),
        curves,
    }
    .graphic()
}
