//! Demand curves.

use conjoint::analysis::demand_curve::{DemandCurve, POINTS};
use conjoint::analysis::price::find_price_attribute;
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::{Position, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};

use crate::fixtures::{assert_near, generate_simulation, model_with, set_value, two_respondents};

/// The curve, with intervals from few resamples.
fn compute_curve(simulation: &Simulation, product: ProductIndex) -> DemandCurve {
    let bootstrap = Bootstrap {
        resamples: 50,
        ..Bootstrap::default()
    };
    let price = find_price_attribute(simulation.selected(), None).unwrap();
    DemandCurve::compute(simulation, product, price, bootstrap, Level::default())
}

#[test]
fn points_agree_with_a_simulation_at_their_price() {
    for rule in Rule::ALL {
        let model = ChoiceModel {
            draws: 20,
            none: NoneOption::Utility(0.5),
            ..model_with(rule)
        };
        let mut simulation = generate_simulation(4, model);
        let product = simulation.scenario().find("9").unwrap();
        let curve = compute_curve(&simulation, product);
        let points = &curve.points;
        assert_eq!(points.len(), POINTS as usize + 1);
        assert!(points.is_sorted_by(|one, other| one.price < other.price));
        assert_eq!((points[0].price, points[25].price), (120.0, 1250.0));
        let mut prices = points.iter().map(|point| Some(point.price));
        assert!(prices.any(|price| price == curve.current));
        let brand = curve.brand.unwrap();
        for point in points.iter().step_by(5) {
            let price = point.price.to_string();
            set_value(&mut simulation, product, curve.attribute, &price);
            assert_near(point.share.mean, simulation.shares()[product].share, 1e-12);
            let interval = point.share.interval.unwrap();
            assert!(interval.low <= point.share.mean && point.share.mean <= interval.high);
            let expected = simulation.brands().unwrap()[brand].new;
            let found = point.money.unwrap();
            assert_near(found.revenue, expected.revenue, 1e-12);
            assert_near(found.ebit, expected.ebit, 1e-12);
        }
    }
}

#[test]
fn the_current_price_is_always_a_point() {
    let mut simulation = two_respondents(
        "a,Ant,One,200\nb,Bee,Two,\n",
        "p1,1\np2,1\n",
        ChoiceModel::default(),
    );
    let [priced, unpriced] = [0, 1].map(ProductIndex::from_index);
    let prices = |simulation: &Simulation, product| -> Vec<f64> {
        let curve = compute_curve(simulation, product);
        assert!(curve.points.iter().all(|point| point.money.is_none()));
        curve.points.iter().map(|point| point.price).collect()
    };
    // A surveyed level is a point in any case.
    assert_eq!(prices(&simulation, priced).len(), POINTS as usize);
    assert_eq!(prices(&simulation, unpriced).len(), POINTS as usize);
    assert_eq!(compute_curve(&simulation, unpriced).current, None);
    let price = find_price_attribute(simulation.selected(), None).unwrap();
    set_value(&mut simulation, priced, price, "450");
    assert_eq!(prices(&simulation, priced)[24..], [300.0, 450.0]);
}
