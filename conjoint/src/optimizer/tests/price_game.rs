//! Price games end in an equilibrium.

use super::*;
use crate::choice::{NoneOption, Rule};
use crate::index_vec::BrandIndex;
use crate::simulation::scenario::Scenario;
use crate::sweep::RangeEdge;

/// A market in which a dearer product loses buyers to None.
fn simulate_with_none() -> Simulation {
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        none: NoneOption::Utility(1.0),
        ..ChoiceModel::default()
    };
    Simulation::with_model(generate_study(11), model).unwrap()
}

/// A plan with these bounds, its best candidate, and the game of all brands from there.
fn play(simulation: &Simulation, bounds: &[&str]) -> (Plan, Candidate, PriceEquilibrium) {
    let request = OptimizerRequest {
        includes_price_game: true,
        bound_entries: bounds.iter().map(|entry| (*entry).to_owned()).collect(),
        ..request(
            ObjectiveMeasure::Ebit,
            "Tesla",
            &["9.monthly_cost=350:450:50"],
        )
    };
    let plan = Plan::read(simulation, &request).unwrap();
    let best = find_best(&plan, simulation, 1).best.remove(0);
    let mut game = plan.start_price_game(simulation, &best);
    game.by_ref().for_each(drop);
    let equilibrium = game.equilibrium();
    (plan, best, equilibrium)
}

#[test]
fn prices_stay_within_their_bounds_and_say_where_they_stop() {
    let simulation = simulate_with_none();
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    let bounds = |product: ProductIndex| default_price_bounds(study, &offers[product]).unwrap();
    let (_, _, result) = play(&simulation, &["3=890:900", "1=200:2000"]);
    // All prices but the one that the request varies.
    assert_eq!(result.final_prices.len(), offers.len() - 1);
    for last in &result.final_prices {
        let expected = match offers[last.product].id.as_str() {
            "3" => (890.0, 900.0),
            "1" => (200.0, 2000.0),
            _ => {
                let PriceBounds { low, high } = bounds(last.product);
                (low, high)
            }
        };
        let PriceBounds { low, high } = last.bounds;
        assert_eq!((low, high), expected);
        assert!((low..=high).contains(&last.price));
        let edge = match last.price {
            price if price == low => Some(RangeEdge::Lowest),
            price if price == high => Some(RangeEdge::Highest),
            _ => None,
        };
        assert_eq!(last.edge, edge);
    }
    assert!(result.stops_at_bounds());
    // Chevrolet's 155 could fall to 124 and rise to 186; Tesla's 999 to 799.2 and within the survey.
    let of_chevrolet = bounds(ProductIndex::from_index(1));
    assert_eq!((of_chevrolet.low, of_chevrolet.high), (124.0, 186.0));
    let of_tesla = bounds(ProductIndex::from_index(10));
    assert_eq!((of_tesla.low, of_tesla.high), (799.2, 1198.8));
}

#[test]
fn invalid_bounds_are_reported() {
    let simulation = Simulation::new(generate_study(1));
    for (bound, text) in [
        ("3", "write ID=LOW:HIGH"),
        ("3=900", "write ID=LOW:HIGH"),
        ("3=900:900", "write ID=LOW:HIGH"),
        ("3=x:900", "`x` is not a number"),
        ("99=1:2", "no offer has the id `99`"),
        ("3=0:900", "0 is too far outside"),
        ("3=100:200", "the offer costs 899 a month"),
        ("9=300:500", "the request varies this price already"),
    ] {
        let mut request = request(
            ObjectiveMeasure::Ebit,
            "Tesla",
            &["9.monthly_cost=350:450:50"],
        );
        request.bound_entries = vec![bound.to_owned()];
        request.includes_price_game = true;
        let errors = Plan::read(&simulation, &request).unwrap_err();
        assert_eq!(errors[0].field, RequestField::Bounds(0));
        let message = errors[0].to_string();
        assert!(message.starts_with(text), "{bound}: {message}");
        request.includes_price_game = false;
        let errors = Plan::read(&simulation, &request).unwrap_err();
        assert_eq!(errors[0].error, OptimizerError::BoundsUnused);
    }
}

#[test]
fn in_equilibrium_no_brand_gains_by_another_price() {
    let simulation = simulate_with_none();
    let study = simulation.selected();
    let (plan, best, result) = play(&simulation, &[]);
    assert_eq!(result.ending, Ending::Equilibrium);
    assert_eq!(result.outcome_before.objective_value, best.objective_value);
    let BeneficiaryOutcome {
        objective_value,
        figures,
        ..
    } = result.outcome_after;
    assert_eq!(figures.ebit, objective_value);

    let start = plan.apply_candidate(study, simulation.scenario(), &best);
    let monthly = study.schema.monthly.unwrap();
    let mut settled = start.clone();
    for change in &result.price_changes {
        let start_price = start.offers()[change.product].cells[monthly].amount();
        assert_eq!(start_price, change.old_price);
        let price = change.new_price.to_string();
        settled.set(study, change.product, monthly, &price).unwrap();
    }
    let ebit = |scenario: &Scenario, brand: BrandIndex| {
        let mut simulation = simulation.clone();
        simulation.set_scenario(scenario.clone());
        simulation.brands().unwrap()[brand].new.ebit
    };
    for (product, offer) in start.offers().enumerate() {
        if plan.varying_attributes()[0].product == product {
            let mut changes = result.price_changes.iter();
            assert!(changes.all(|change| change.product != product));
            continue;
        }
        let brand = study.schema.brand_of(offer).unwrap();
        let settled_ebit = ebit(&settled, brand);
        for percent in [80.0, 90.0, 99.0, 100.0, 101.0, 110.0, 120.0] {
            let price = offer.cells[monthly].amount() * percent / 100.0;
            if !(120.0..=1250.0).contains(&price) {
                continue;
            }
            let mut other = settled.clone();
            other
                .set(study, product, monthly, &price.to_string())
                .unwrap();
            assert!(ebit(&other, brand) <= settled_ebit + 1e-6 * settled_ebit.abs());
        }
    }
}
