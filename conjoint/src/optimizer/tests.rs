//! The optimizer on a study of two respondents that is computed by hand, and on drawn ones.

use std::sync::Arc;

use super::*;
use crate::choice::{self, NoneOption, Rule};
use crate::format::{OFFERS, SETTINGS, StudyFiles, UTILITIES, read_study};
use crate::index_vec::{Position, ProductIndex, SegmentIndex};
use crate::market::{Measure, PriceList, consolidate};
use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::search::local::Search;
use crate::sample_study::{Sample, generate};
use crate::simulation::Simulation;
use crate::study::ProductId;
use crate::study::Study;

/// No money, two offers, and two respondents who like their own brand more.
fn by_hand() -> Simulation {
    let mut files = StudyFiles::default();
    let mut add = |name, text: &str| files.insert(name, text.as_bytes().to_vec());
    add(
        UTILITIES,
        "id,brand,brand,colour,colour,colour,monthly_cost,monthly_cost\n\
         id,Ant,Bee,red,blue,\"red, dark\",300,100\n\
         p1,1,-1,0.5,-0.5,0,-1,1\n\
         p2,-1,1,0.25,-0.25,0,-2,2\n",
    );
    add(
        OFFERS,
        "id,brand,model,monthly_cost,colour\na,Ant,One,200,red\nb,Bee,Two,150,blue\n",
    );
    add(SETTINGS, "{}");
    Simulation::new(Arc::new(read_study(&files).unwrap().study))
}

fn drawn(seed: u64) -> Arc<Study> {
    let respondents = [("Gen X", 60), ("Millennial", 50)];
    let respondents = respondents.map(|(name, count)| (name.to_owned(), count));
    let respondents = respondents.into();
    Arc::new(generate(&Sample { seed, respondents }).unwrap())
}

/// A simulation by a method, with an edited, a withdrawn and an added offer, a copy that ties.
fn edited(study: Arc<Study>, method: choice::ChoiceModel) -> Simulation {
    let mut simulation = Simulation::with_model(study, method).unwrap();
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    let [second, sixth, ninth] = [1, 5, 8].map(ProductIndex::from_index);
    let upfront = study.schema.upfront.unwrap();
    scenario.set(&study, second, upfront, "4995").unwrap();
    scenario.set_withdrawn(&study, sixth, true).unwrap();
    let copy = ProductId::from("9b".to_owned());
    scenario.add_copy(&study, ninth, copy).unwrap();
    simulation.set_scenario(scenario);
    simulation
}

fn request(objective: ObjectiveMeasure, whose: &str, vary: &[&str]) -> Request {
    Request {
        objective,
        whose: whose.to_owned(),
        vary: vary.iter().map(|entry| (*entry).to_owned()).collect(),
        ..Request::default()
    }
}

fn top(plan: &Plan, simulation: &Simulation, top: usize) -> OptimizationResult {
    plan.run(simulation, Settings { top, seed: 1 })
}

#[test]
fn a_case_computed_by_hand() {
    let simulation = by_hand();
    // p1 always takes a: 0.5 at its dearest, against -1 of b. p2 takes a where b costs 300
    // (-1.25), unless a costs 300 too (-2.75).
    let vary = ["a.monthly_cost=100:300:100", "b.monthly_cost=150:300:150"];
    let request = request(ObjectiveMeasure::Share, "Ant", &vary);
    let plan = Plan::read(&simulation, &request).unwrap();
    let found = top(&plan, &simulation, 10);
    let best = found.best.iter();
    let best: Vec<_> = best
        .map(|c| (c.positions[0], c.positions[1], c.objective))
        .collect();
    let expected = [
        (0, 1, 1.0),
        (1, 1, 1.0),
        (0, 0, 0.5),
        (1, 0, 0.5),
        (2, 0, 0.5),
        (2, 1, 0.5),
    ];
    assert_eq!(best, expected);
    assert_eq!(
        (found.strategy, found.evaluated),
        (SearchStrategy::Exhaustive, 6)
    );
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let edits = plan.edits(study, scenario, &found.best[1]);
    let edits: Vec<_> = edits
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert_eq!(
        edits,
        [("a.monthly_cost", "200"), ("b.monthly_cost", "300")]
    );
    assert_eq!(top(&plan, &simulation, 2).best, found.best[..2]);
}

#[test]
fn levels_are_named_and_may_hold_commas() {
    let simulation = by_hand();
    let request = request(
        ObjectiveMeasure::Share,
        "Ant",
        &["a.colour=blue, red, dark,red"],
    );
    let plan = Plan::read(&simulation, &request).unwrap();
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let found = top(&plan, &simulation, 10);
    let edits = found
        .best
        .iter()
        .map(|c| plan.edits(study, scenario, c)[0].1.clone());
    assert_eq!(edits.collect::<Vec<String>>(), ["blue", "red, dark", "red"]);
}

/// The methods that candidates are computed by in ways of their own.
fn methods(study: &Study) -> Vec<choice::ChoiceModel> {
    let by = |rule, scale, none| choice::ChoiceModel {
        rule,
        scale,
        none,
        draws: 50,
        ..choice::ChoiceModel::default()
    };
    let utility = NoneOption::Utility(1.0);
    let mut methods = Vec::new();
    for rule in Rule::ALL {
        methods.push(by(rule, 1.0, NoneOption::Off));
        methods.push(by(rule, 0.7, utility));
    }
    // Utilities too far apart for one reference.
    methods.push(by(Rule::ShareOfPreference, 1000.0, NoneOption::Off));
    for rule in [Rule::FirstChoice, Rule::ShareOfPreference] {
        let id = |id: &str| ProductId::from(id.to_owned());
        methods.push(choice::ChoiceModel {
            availability: vec![(id("9"), 0.6), (id("3"), 0.5)],
            constants: vec![(id("9"), 0.5), (id("1"), -0.25)],
            segments: vec![SegmentIndex::from_index(0)],
            owners: vec![study.find_brand("Tesla").unwrap()],
            ..by(rule, 1.0, utility)
        });
    }
    methods
}

/// What a simulation of the candidate's scenario gives.
fn simulated(plan: &Plan, simulation: &Simulation, candidate: &Candidate) -> f64 {
    let study = simulation.selected();
    let mut simulation = simulation.clone();
    simulation.set_scenario(plan.scenario(study, simulation.scenario(), candidate));
    let Objective { objective, whose } = plan.goal();
    let measure = match objective {
        ObjectiveMeasure::Share => {
            let shares = simulation.brand_shares();
            let own = study
                .brands()
                .indices()
                .filter(|b| plan.goal().counts(study, *b));
            return own.map(|brand| shares[brand]).sum();
        }
        ObjectiveMeasure::Revenue => Measure::Revenue,
        ObjectiveMeasure::Ebit => Measure::Ebit,
    };
    let brands = simulation.brands().unwrap();
    let change = match whose {
        Beneficiary::Brand(brand) => brands[brand],
        Beneficiary::Parent(parent) => consolidate(study, &brands)[parent],
    };
    change.new.get(measure)
}

#[test]
fn candidates_bring_what_a_simulation_of_their_scenario_gives() {
    let study = drawn(3);
    let vary = [
        "9.monthly_cost=299:499:50",
        "9.range=180:300:60",
        "9b.monthly_cost=299:499:50",
        "3.vehicle_type=Sedan,SUV",
        "11.upfront_cost=3000:9000:3000",
    ];
    for method in methods(&study) {
        let simulation = edited(Arc::clone(&study), method.clone());
        for objective in ObjectiveMeasure::ALL {
            let mut request = request(objective, "Tesla", &vary);
            for parent in [false, objective == ObjectiveMeasure::Ebit] {
                request.parent = parent;
                if parent {
                    let volkswagen = study.find_brand("VW").unwrap();
                    let parent = study.brands[volkswagen].parent;
                    request.whose = study.parents[parent].clone();
                }
                let plan = Plan::read(&simulation, &request).unwrap();
                let mut evaluator = Evaluator::new(&simulation, &plan);
                // Neither in order nor one after another that is near.
                // The errors of randomized first choice are drawn anew, which takes its time.
                let few = [7, 449];
                let candidates = match method.rule {
                    Rule::RandomizedFirstChoice => &few[..],
                    _ => &[0, 7, 100, 101, 449],
                };
                for n in candidates {
                    let positions = [5, 3, 5, 2, 3].iter().scan(*n, |left, count| {
                        let position = *left % count;
                        *left /= count;
                        Some(position)
                    });
                    let positions: Vec<usize> = positions.collect();
                    let objective = evaluator.evaluate(&positions);
                    let candidate = Candidate {
                        positions,
                        objective,
                    };
                    let expected = simulated(&plan, &simulation, &candidate);
                    let off = (objective - expected).abs();
                    assert!(
                        off <= 1e-9 * expected.abs().max(1.0),
                        "{objective} {expected} {method:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn costs_are_paid_for_those_who_renew_and_join() {
    let simulation = Simulation::new(drawn(5));
    let study = simulation.selected();
    // All of Tesla's offers, so that every customer of it pays for the same.
    let vary = [
        "9.range=300:300:1",
        "10.range=300:300:1",
        "11.range=300:300:1",
    ];
    let mut asked = request(ObjectiveMeasure::Ebit, "Tesla", &vary);
    let ebit = |request: &Request| {
        let plan = Plan::read(&simulation, request).unwrap();
        let candidate = top(&plan, &simulation, 1).best.remove(0);
        (
            plan.scenario(study, simulation.scenario(), &candidate),
            candidate.objective,
        )
    };
    let (scenario, without) = ebit(&asked);
    asked.costs = vec!["range=0:0".to_owned(), "range=300:30".to_owned()];
    let (_, with) = ebit(&asked);

    // What as much on every price would bring: that is paid by the same customers.
    let mut live = simulation.clone();
    live.set_scenario(scenario);
    let tesla = study.find_brand("Tesla").unwrap();
    let base = live.base.as_ref().unwrap();
    let revenue = |list: &PriceList| base.after(live.live().demand(), list)[tesla].new.revenue;
    let mut list = PriceList::of(study, live.scenario().offers());
    let before = revenue(&list);
    let range = study.schema.find("range").unwrap();
    for product in study.offers.indices() {
        let own = study.offers[product].cells[range].amount();
        list.prices[product] += 30.0 - own / 10.0;
    }
    let paid = revenue(&list) - before;
    assert!(paid > 0.0);
    assert!(
        (without - with - paid).abs() < 1e-6,
        "{without} {with} {paid}"
    );
}

#[test]
fn a_search_finds_the_best_of_all_and_the_same_again() {
    let simulation = Simulation::new(drawn(7));
    let vary = [
        "9.monthly_cost=300:580:20",
        "10.monthly_cost=700:1200:50",
        "11.monthly_cost=900:1300:50",
        "9.range=200:300:10",
    ];
    for objective in ObjectiveMeasure::ALL {
        let plan = Plan::read(&simulation, &request(objective, "Tesla", &vary)).unwrap();
        let all = top(&plan, &simulation, 1);
        assert_eq!(
            (all.strategy, all.evaluated),
            (SearchStrategy::Exhaustive, plan.candidates())
        );
        let search = |seed, most| {
            let mut evaluator = Evaluator::new(&simulation, &plan);
            let mut best = crate::optimizer::search::best::Best::new(10);
            let counts = plan.varied().iter().map(|v| v.values.len()).collect();
            let mut search = Search::new(seed, counts, vec![5, 4, 2, 9], most);
            while search.step(&mut evaluator, &mut best) {}
            (search.evaluated(), best.into_candidates())
        };
        let (evaluated, best) = search(1, 10_000);
        assert_eq!(best[0].objective, all.best[0].objective, "{objective:?}");
        assert!(evaluated < 6_000, "{evaluated} of {}", plan.candidates());
        assert_eq!(search(1, 10_000), (evaluated, best));
        assert_eq!(search(1, 50).0, 50);
    }
}

#[test]
fn requests_that_cannot_be_honoured_say_why_and_where() {
    let simulation = Simulation::new(drawn(1));
    let description = |request: &Request| {
        let misfits = Plan::read(&simulation, request).unwrap_err();
        let description = misfits
            .iter()
            .map(|misfit| (misfit.place, misfit.to_string()));
        description.collect::<Vec<_>>()
    };
    for (entry, part, text) in [
        (
            "99.monthly_cost=1:2:1",
            EntryPart::Product,
            "no offer has the id `99`",
        ),
        (
            "9.price=1:2:1",
            EntryPart::Attribute,
            "no column has the name `price`",
        ),
        (
            "9.brand=Tesla",
            EntryPart::Attribute,
            "the brand says whose offer it is",
        ),
        (
            "9.monthly_cost=399",
            EntryPart::Begin,
            "write BEGIN:END:STEP",
        ),
        (
            "9.monthly_cost=x:499:20",
            EntryPart::Begin,
            "`x` is not a number",
        ),
        (
            "9.monthly_cost=399::20",
            EntryPart::End,
            "the cell is empty",
        ),
        (
            "9.monthly_cost=499:399:20",
            EntryPart::Step,
            "the step leads from 499 away",
        ),
        (
            "9.monthly_cost=399:499:30",
            EntryPart::Step,
            "the step 30 does not divide",
        ),
        ("9.monthly_cost=399:499:0", EntryPart::Step, "a step of 0"),
        (
            "9.monthly_cost=0:99999:1",
            EntryPart::Step,
            "the range has 100000 points",
        ),
        (
            "9.term=0:36:12",
            EntryPart::Begin,
            "a term of 0 months is not possible",
        ),
        (
            "9.energy=Diesel",
            EntryPart::Levels,
            "`Diesel` is not a level",
        ),
        ("9.energy=", EntryPart::Levels, "`` is not a level"),
        (
            "9.vehicle_type=SUV,SUV",
            EntryPart::Levels,
            "the level `SUV` is listed twice",
        ),
    ] {
        let description = description(&request(ObjectiveMeasure::Share, "Tesla", &[entry]));
        assert_eq!(description[0].0, RequestField::Vary(0, part), "{entry}");
        assert!(
            description[0].1.starts_with(text),
            "{entry}: {}",
            description[0].1
        );
    }
    let twice = ["9.term=24:36:12", "9.range=20:40:10", "9.term=24:48:12"];
    let told_twice = description(&request(ObjectiveMeasure::Share, "Tesla", &twice));
    assert_eq!(told_twice[0].0, RequestField::Vary(2, EntryPart::Attribute));
    assert!(told_twice[0].1.starts_with("entry 1 has"));
    let nobody = description(&request(ObjectiveMeasure::Share, "Zephyr", &[]));
    assert_eq!(nobody[0].0, RequestField::Beneficiary);
    assert_eq!(nobody[1].0, RequestField::Vary(0, EntryPart::Product));
    for (cost, text) in [
        ("range=300", "write COLUMN=VALUE:COST"),
        ("price=300:1", "no column has the name `price`"),
        ("range=300:x", "`x` is not a number"),
        ("energy=Diesel:1", "`Diesel` is not a level"),
        ("range=300:1", "one cost says nothing"),
    ] {
        let mut request = request(ObjectiveMeasure::Ebit, "Tesla", &["9.term=24:36:12"]);
        request.costs = vec![cost.to_owned()];
        let description = description(&request);
        assert_eq!(description[0].0, RequestField::Cost(0));
        assert!(
            description[0].1.starts_with(text),
            "{cost}: {}",
            description[0].1
        );
        request.objective = ObjectiveMeasure::Share;
        assert!(
            super::Plan::read(&simulation, &request).unwrap_err()[0]
                .to_string()
                .starts_with("costs count")
        );
    }
    let by_hand = by_hand();
    let mut asked = request(
        ObjectiveMeasure::Ebit,
        "Ant",
        &["a.monthly_cost=100:300:100"],
    );
    asked.answer = true;
    let misfits = Plan::read(&by_hand, &asked).unwrap_err();
    let places: Vec<RequestField> = misfits.iter().map(|misfit| misfit.place).collect();
    assert_eq!(
        places,
        [
            RequestField::ObjectiveMeasure,
            RequestField::PriceEquilibrium
        ]
    );
}

#[test]
fn values_outside_the_surveyed_range_are_warned_of() {
    let simulation = Simulation::new(drawn(1));
    let vary = ["9.term=24:48:12", "9.monthly_cost=100:500:100"];
    let plan = Plan::read(
        &simulation,
        &request(ObjectiveMeasure::Share, "Tesla", &vary),
    )
    .unwrap();
    let outside = plan.outside(simulation.selected());
    assert_eq!(outside.len(), 1);
    assert_eq!(outside[0].0, 1);
    assert!(outside[0].1.to_string().starts_with("100 is outside"));
}

#[test]
fn in_equilibrium_no_brand_gains_by_another_price() {
    let rule = Rule::ShareOfPreference;
    let method = choice::ChoiceModel {
        rule,
        none: NoneOption::Utility(1.0),
        ..choice::ChoiceModel::default()
    };
    let simulation = Simulation::with_model(drawn(11), method).unwrap();
    let study = simulation.selected();
    let mut asked = request(
        ObjectiveMeasure::Ebit,
        "Tesla",
        &["9.monthly_cost=350:450:50"],
    );
    asked.answer = true;
    let plan = Plan::read(&simulation, &asked).unwrap();
    let best = top(&plan, &simulation, 1).best.remove(0);
    let mut game = plan.answer(&simulation, &best);
    game.by_ref().for_each(drop);
    let answer = game.answer();
    assert_eq!(answer.ending, Ending::Equilibrium);
    assert_eq!(answer.before.objective, best.objective);
    assert_eq!(answer.after.figures.ebit, answer.after.objective);

    let start = plan.scenario(study, simulation.scenario(), &best);
    let monthly = study.schema.monthly.unwrap();
    let mut settled = start.clone();
    for reprice in &answer.reprices {
        let from = start.offers()[reprice.product].cells[monthly].amount();
        assert_eq!(from, reprice.from);
        let to = reprice.to.to_string();
        settled.set(study, reprice.product, monthly, &to).unwrap();
    }
    let ebit = |scenario: &crate::simulation::scenario::Scenario, brand| {
        let mut simulation = simulation.clone();
        simulation.set_scenario(scenario.clone());
        simulation.brands().unwrap()[brand].new.ebit
    };
    for (product, offer) in start.offers().enumerate() {
        if plan.varied()[0].product == product {
            assert!(answer.reprices.iter().all(|moved| moved.product != product));
            continue;
        }
        let brand = study.schema.brand_of(offer).unwrap();
        let present = ebit(&settled, brand);
        for percent in [80.0, 90.0, 99.0, 100.0, 101.0, 110.0, 120.0] {
            let price = offer.cells[monthly].amount() * percent / 100.0;
            if !(120.0..=1250.0).contains(&price) {
                continue;
            }
            let mut other = settled.clone();
            other
                .set(study, product, monthly, &price.to_string())
                .unwrap();
            assert!(ebit(&other, brand) <= present + 1e-6 * present.abs());
        }
    }
}
