//! What follows from a price that moves, as numbers: elasticities, a demand curve, diversion and
//! willingness to pay. What there is none of is not a number.

use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{LevelWtp, WillingnessToPay, WtpEstimate, WtpRequest};
use conjoint::analysis::{diversion, elasticity};
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::ProductId;
use nalgebra::DMatrix;

use super::shares::{ends, interval};
use crate::state::State;

/// The product whose price moves, and the attribute that is taken for the price.
///
/// # Errors
/// Why there is no such product or price.
pub fn asked(
    simulation: &Simulation,
    state: &State,
) -> Result<(ProductIndex, AttributeIndex), PriceError> {
    let attribute = find_price_attribute(simulation.selected(), None)?;
    let id = state.view().priced_product.as_ref().map(ProductId::as_str);
    Ok((find_priced_offer(simulation, id)?, attribute))
}

/// Point elasticities, then arc elasticities, and where there are constants point elasticities
/// without them, row by row; nothing in a study without a price.
pub fn elasticities(simulation: &Simulation) -> Vec<f64> {
    let Ok(attribute) = find_price_attribute(simulation.selected(), None) else {
        return Vec::new();
    };
    let mut numbers = row_by_row(&elasticity::compute_point(simulation, attribute));
    let arc = elasticity::compute_arc(simulation, attribute, elasticity::DEFAULT_ARC);
    numbers.extend(row_by_row(&arc));
    let model = simulation.model();
    if !model.constants.is_empty() {
        let mut without = simulation.clone();
        let model = ChoiceModel {
            constants: Vec::new(),
            ..model.clone()
        };
        // What can be used with constants can be used without.
        if without.set_model(model).is_ok() {
            numbers.extend(row_by_row(&elasticity::compute_point(&without, attribute)));
        }
    }
    numbers
}

/// Diversion ratios, row by row.
pub fn diversions(simulation: &Simulation) -> Vec<f64> {
    row_by_row(&diversion::compute_ratios(simulation))
}

fn row_by_row(matrix: &DMatrix<Option<f64>>) -> Vec<f64> {
    let rows = matrix.transpose();
    rows.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect()
}

/// Price, share, its interval, revenue and EBIT, point by point; nothing where no price can move.
pub fn demand(simulation: &Simulation, state: &State) -> Vec<f64> {
    let Ok((product, attribute)) = asked(simulation, state) else {
        return Vec::new();
    };
    let bootstrap = Bootstrap::seeded(simulation.model().seed);
    let curve = DemandCurve::compute(simulation, product, attribute, bootstrap, Level::default());
    let points = curve.points.iter().flat_map(|point| {
        let [low, high] = ends(point.share.interval);
        let money = point.money.map(|money| [money.revenue, money.ebit]);
        let [revenue, ebit] = money.unwrap_or([f64::NAN; 2]);
        [point.price, point.share.mean, low, high, revenue, ebit]
    });
    points.collect()
}

/// Who counts and who of them likes paying more, then for each level its attribute, its place,
/// that of the reference, and both amounts with their intervals; nothing where no price can move.
pub fn worths(simulation: &Simulation, state: &State) -> Vec<f64> {
    let found = asked(simulation, state).and_then(|(product, price)| {
        let request = WtpRequest {
            product,
            price,
            attribute: None,
            bootstrap: Bootstrap::seeded(simulation.model().seed),
            level: Level::default(),
        };
        WillingnessToPay::compute(simulation, &request)
    });
    let Ok(found) = found else {
        return Vec::new();
    };
    let mut numbers = vec![found.respondents as f64, found.like_paying_more as f64];
    for line in &found.levels {
        let places = [
            line.attribute.index(),
            line.level.index(),
            line.reference.index(),
        ];
        numbers.extend(places.map(|place| place as f64));
        for worth in [line.algebraic, line.simulated] {
            let [low, high] = ends(worth.map(|worth| worth.interval));
            numbers.extend([worth.map_or(f64::NAN, |worth| worth.amount), low, high]);
        }
    }
    numbers
}

/// What [`worths`] wrote: who counts, who likes paying more, and the levels.
pub fn read_worths(numbers: &[f64]) -> Option<(usize, usize, Vec<LevelWtp>)> {
    let (&[respondents, like_paying_more], rest) = numbers.split_first_chunk()?;
    let (lines, _) = rest.as_chunks::<9>();
    let worth = |amount: f64, low: f64, high: f64| {
        let interval = interval(low, high)?;
        Some(WtpEstimate { amount, interval })
    };
    let lines = lines.iter().map(|line| {
        let [attribute, level, reference, a, b, c, d, e, f] = *line;
        LevelWtp {
            attribute: AttributeIndex::from_index(attribute as usize),
            level: LevelIndex::from_index(level as usize),
            reference: LevelIndex::from_index(reference as usize),
            algebraic: worth(a, b, c),
            simulated: worth(d, e, f),
        }
    });
    Some((
        respondents as usize,
        like_paying_more as usize,
        lines.collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;
    use conjoint::sample_study::{Sample, generate};
    use std::rc::Rc;
    use std::sync::Arc;
    use yew::Reducible;

    fn state() -> Rc<State> {
        let respondents = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
        let study = generate(&Sample {
            seed: 1,
            respondents: respondents.to_vec(),
        });
        Rc::new(State::open(Arc::new(study.unwrap()), "", "priced=7"))
    }

    fn at(state: &State) -> Simulation {
        let mut simulation = Simulation::new(Arc::clone(state.study()));
        simulation.set_scenario(state.edits().scenario().clone());
        simulation
    }

    #[test]
    fn what_is_read_is_what_levels_are_worth() {
        let state = state();
        let simulation = at(&state);
        let (product, price) = asked(&simulation, &state).unwrap();
        assert_eq!(simulation.scenario().offers()[product].id.as_str(), "7");
        let request = WtpRequest {
            product,
            price,
            attribute: None,
            bootstrap: Bootstrap::default(),
            level: Level::default(),
        };
        let expected = WillingnessToPay::compute(&simulation, &request).unwrap();
        let found = read_worths(&worths(&simulation, &state));
        let WillingnessToPay {
            respondents,
            like_paying_more,
            levels,
            ..
        } = expected;
        assert_eq!(found, Some((respondents, like_paying_more, levels)));
        assert_eq!(read_worths(&[]), None);
        // 3 of 5, and a level whose share does not return.
        let none = f64::NAN;
        let numbers = [5.0, 3.0, 1.0, 2.0, 0.0, 7.0, 6.0, 9.0, none, none, none];
        let (respondents, like_paying_more, levels) = read_worths(&numbers).unwrap();
        assert_eq!((respondents, like_paying_more, levels.len()), (5, 3, 1));
        assert_eq!(levels[0].algebraic.map(|it| it.interval.high), Some(9.0));
        assert_eq!(levels[0].simulated, None);
    }

    #[test]
    fn matrices_are_written_row_by_row() {
        let simulation = at(&state());
        let matrix = diversion::compute_ratios(&simulation);
        let numbers = diversions(&simulation);
        assert_eq!(numbers.len(), 13 * 14);
        let same = |place: usize, number: &f64| {
            let cell = matrix[(place / 14, place % 14)];
            cell.map_or(number.is_nan(), |cell| cell == *number)
        };
        assert!(
            numbers
                .iter()
                .enumerate()
                .all(|(place, it)| same(place, it))
        );
        assert_eq!(elasticities(&simulation).len(), 2 * 13 * 13);
    }

    #[test]
    fn without_a_price_that_moves_there_is_nothing() {
        let state = state();
        let (product, _) = asked(&at(&state), &state).unwrap();
        let withdrawn = state.reduce(Action::Withdraw(product, true));
        let simulation = at(&withdrawn);
        assert!(demand(&simulation, &withdrawn).is_empty());
        assert!(worths(&simulation, &withdrawn).is_empty());
    }
}
