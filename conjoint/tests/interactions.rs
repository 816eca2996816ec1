//! Interactions, prices by brand, prohibited pairs, and observed availability: read, written, and in every
//! figure.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::{StudyFiles, read_study, write_study};
use conjoint::index_vec::{Position, ProductIndex};
use conjoint::optimizer::line::{LineObjective, LineRequest, find_lines};
use conjoint::optimizer::{OptimizerRequest, Plan, SearchSettings};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Verb;
use conjoint::study::Study;
use conjoint::testing::{collect_files, edit_scenario, read_valid};

/// Two attributes and their interaction; respondent 2 has none.
fn interacting() -> StudyFiles {
    collect_files(&[
        (
            "utilities.csv",
            "id,brand,brand,price,price,price,brand*price,brand*price,brand*price,brand*price,brand*price,brand*price\n\
             id,A,B,10,20,30,A*10,A*20,A*30,B*10,B*20,B*30\n\
             1,0.5,-0.5,1,0,-1,0.5,0,-0.5,-0.2,0,0.2\n\
             2,0,0,1,0,-1,0,0,0,0,0,0\n",
        ),
        ("offers.csv", "id,brand,model,price\n1,A,,15\n2,B,,25\n"),
    ])
}

/// A brand with prices from 1 to 2, and one with prices from 3 to 5.
fn priced_by_brand() -> StudyFiles {
    collect_files(&[
        (
            "utilities.csv",
            "id,brand,brand,price_Low,price_Low,price_Low,price_High,price_High\n\
             id,Low,High,1,1.5,2,3,5\n\
             1,-0.5,0.5,0.6,0.1,-0.7,0.9,-0.9\n\
             2,0.3,-0.3,1,0,-1,0.8,-1\n",
        ),
        (
            "offers.csv",
            "id,brand,model,price_Low,price_High\n1,Low,,1.5,\n2,High,,,4\n",
        ),
    ])
}

fn simulate(study: Study, rule: Rule) -> Simulation {
    let model = ChoiceModel {
        rule,
        draws: 50,
        ..ChoiceModel::default()
    };
    Simulation::with_model(Arc::new(study), model).unwrap()
}

fn utility(simulation: &Simulation, respondent: usize, product: usize) -> f64 {
    simulation.live().utilities()[(respondent, product)]
}

#[test]
fn an_interaction_adds_the_part_worth_of_the_pair() {
    let simulation = simulate(read_valid(&interacting()), Rule::FirstChoice);
    // A at 15: 0.5 + 0.5 + 0.25; B at 25: -0.5 - 0.5 + 0.1.
    assert!((utility(&simulation, 0, 0) - 1.25).abs() < 1e-12);
    assert!((utility(&simulation, 0, 1) + 0.9).abs() < 1e-12);
    assert_eq!(utility(&simulation, 1, 0), 0.5);
}

#[test]
fn the_slope_of_a_price_is_limited_in_total() {
    let mut files = interacting();
    // Respondent 1's price for B rises by interaction, but not in total.
    let text = String::from_utf8(files.get("UtilityScoresEV.csv").unwrap().to_vec()).unwrap();
    let text = text.replace("-0.2,0,0.2", "-0.2,0,1.5");
    files = collect_files(&[
        ("utilities.csv", &text),
        ("offers.csv", "id,brand,model,price\n1,A,,15\n2,B,,35\n"),
    ]);
    let simulation = simulate(read_valid(&files), Rule::FirstChoice);
    // At 30: -0.5 - 1 + 1.5 = 0; beyond, the slope is min(-0.1 + 0.15, 0) = 0.
    assert!(utility(&simulation, 0, 1).abs() < 1e-12);
}

#[test]
fn studies_read_back_the_same() {
    for files in [interacting(), priced_by_brand()] {
        let study = read_valid(&files);
        let written = write_study(&study);
        let again = read_study(&written).unwrap().study;
        let [one, other] = [study, again].map(|study| {
            let shares = simulate(study, Rule::ShareOfPreference).shares();
            shares.iter().map(|share| share.share).collect::<Vec<f64>>()
        });
        assert_eq!(one, other);
        assert_eq!(write_study(&read_study(&written).unwrap().study), written);
    }
}

#[test]
fn prices_by_brand_are_one_attribute() {
    let study = read_valid(&priced_by_brand());
    let names: Vec<&str> = study
        .schema()
        .attributes()
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["brand", "price"]);
    let effects = study
        .schema()
        .effects()
        .map(|effect| study.schema().effect_name(effect));
    assert_eq!(effects.collect::<Vec<_>>(), ["brand", "price"]);
    // A price of another brand's points is outside, or too far.
    let mut scenario = edit_scenario(&study, &[(Verb::Set, "1.price=2.5")]);
    assert_eq!(scenario.find_outside_values(&study).len(), 1);
    assert!(scenario.edit(&study, Verb::Set, "1.price=4").is_err());
    let message = scenario
        .edit(&study, Verb::Set, "1.price=4")
        .unwrap_err()
        .to_string();
    assert!(
        message.contains("outside the surveyed range 1–2"),
        "{message}"
    );
}

#[test]
fn attributes_that_are_counted_are_not_prices_by_brand() {
    let study = read_valid(&collect_files(&[
        ("study.json", r#"{"columns": {"brand": "Attribute 1"}}"#),
        (
            "utilities.csv",
            "id,Attribute 1,Attribute 1,Attribute 1,Attribute 2,Attribute 2,Attribute 3,Attribute 3\n\
             id,1,2,3,1,2,1,2\n\
             1,0.5,0,-0.5,0,-1,0,1\n",
        ),
        (
            "offers.csv",
            "id,Attribute 1,model,Attribute 2,Attribute 3\n1,1,,1,2\n2,3,,2,1\n",
        ),
    ]));
    let attributes = study.schema().attributes().iter();
    let names: Vec<&str> = attributes
        .map(|attribute| attribute.name.as_str())
        .collect();
    assert_eq!(names, ["Attribute 1", "Attribute 2", "Attribute 3"]);
}

#[test]
fn a_price_in_the_column_of_another_brand_is_refused() {
    let utilities = priced_by_brand();
    let utilities = utilities.get("UtilityScoresEV.csv").unwrap().to_vec();
    let mut files = collect_files(&[(
        "offers.csv",
        "id,brand,model,price_Low,price_High\n1,Low,,1.5,4\n2,High,,,4\n",
    )]);
    files.insert("utilities.csv", utilities);
    let problems = read_study(&files).unwrap_err();
    let text = problems.iter().next().unwrap().to_string();
    assert!(
        text.contains("price_High") && text.contains("`Low`"),
        "{text}"
    );
}

#[test]
fn sweeps_and_the_optimizer_agree_with_simulations() {
    for rule in Rule::ALL {
        let simulation = simulate(read_valid(&interacting()), rule);
        let request = OptimizerRequest {
            beneficiary: "A".to_owned(),
            vary_entries: vec!["1.price=10:30:10".to_owned()],
            ..OptimizerRequest::default()
        };
        let plan = Plan::read(&simulation, &request).unwrap();
        let result = plan.run(&simulation, SearchSettings::default());
        for candidate in &result.best {
            let (study, scenario) = (simulation.selected(), simulation.scenario());
            let mut other = simulation.clone();
            other.set_scenario(plan.apply_candidate(study, scenario, candidate));
            let share = other.shares()[ProductIndex::from_index(0)].share;
            assert!((share - candidate.objective_value).abs() < 1e-9, "{rule:?}");
        }
    }
}

#[test]
fn malformed_interactions_are_reported() {
    let study = |header: &str, levels: &str| {
        let text =
            format!("id,brand,brand,price,price,{header}\nid,A,B,1,2,{levels}\n1,0,0,0,0,0,0\n");
        let files = collect_files(&[
            ("utilities.csv", &text),
            ("offers.csv", "id,brand,model,price\n1,A,,1\n"),
        ]);
        read_study(&files).unwrap_err().to_string()
    };
    let unknown = study("brand*price,brand*price", "A*1,C*2");
    assert!(
        unknown.contains("`C*2` is not a pair of levels"),
        "{unknown}"
    );
    let single = study("brand*price,brand*price", "A*1,B*2");
    assert!(single.contains("utilities.csv"), "{single}");
    let numbers = study("price*price,price*price", "1*1,1*2");
    assert!(
        numbers.contains("needs an attribute whose levels are names"),
        "{numbers}"
    );
}

#[test]
fn prohibited_pairs_are_read_and_never_proposed() {
    let files = |prohibited: &str| {
        collect_files(&[
            (
                "utilities.csv",
                "id,brand,brand,engine,engine,fuel,fuel\nid,Own,Rival,electric,petrol,battery,tank\n\
                 1,0,0.4,1,-1,-0.5,0.5\n2,0.2,0,0.6,-0.6,-0.8,0.8\n",
            ),
            (
                "offers.csv",
                "id,brand,model,engine,fuel\n1,Own,,electric,battery\n2,Rival,,petrol,tank\n",
            ),
            ("prohibited.csv", prohibited),
        ])
    };
    let header = "attribute,level,attribute,level\n";
    let pairs = format!("{header}engine,electric,fuel,tank\nengine,petrol,fuel,battery\n");
    let study = read_valid(&files(&pairs));
    assert_eq!(study.prohibited_pairs().len(), 2);
    assert!(write_study(&study).get("prohibited.csv").is_some());
    let simulation = simulate(study, Rule::ShareOfPreference);
    let request = OptimizerRequest {
        beneficiary: "Own".to_owned(),
        vary_entries: vec![
            "1.engine=electric,petrol".to_owned(),
            "1.fuel=battery,tank".to_owned(),
        ],
        ..OptimizerRequest::default()
    };
    let plan = Plan::read(&simulation, &request).unwrap();
    let best = plan.run(&simulation, SearchSettings::default()).best;
    let positions: Vec<&[usize]> = best.iter().map(|it| it.positions.as_slice()).collect();
    assert_eq!(positions, [[0, 0], [1, 1]]);

    let line = LineRequest {
        size: 1,
        candidates: vec![ProductIndex::from_index(0)],
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: None,
        top: 1,
    };
    assert!(find_lines(&simulation, &line).is_ok());
    let own = read_valid(&files(&format!("{header}engine,electric,fuel,battery\n")));
    let refused = find_lines(&simulate(own, Rule::ShareOfPreference), &line);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "there is no offer to choose from: `1` has engine electric with fuel battery, which were never shown together; \
         change one of the two, or name other offers"
    );

    let warned = files(&format!("{header}engine,electric,fuel,\n"));
    let warnings = read_study(&warned).unwrap().warnings.to_string();
    assert!(
        warnings.contains("offer 1 has engine electric with any fuel"),
        "{warnings}"
    );
    let unknown = files(&format!("{header}motor,electric,fuel,tank\n"));
    assert!(
        read_study(&unknown)
            .unwrap_err()
            .to_string()
            .contains("prohibited.csv:2")
    );
}

#[test]
fn respondents_do_not_choose_what_they_cannot() {
    let files = |availability: &str| {
        collect_files(&[
            (
                "utilities.csv",
                "id,brand,brand\nid,A,B\n1,1,0\n2,1,0\n3,0,1\n",
            ),
            ("offers.csv", "id,brand,model\n1,A,\n2,B,\n"),
            ("availability.csv", availability),
        ])
    };
    let header = "respondent,product,available\n";
    let study = read_valid(&files(&format!("{header}1,1,0\n2,1,1\n")));
    assert_eq!(
        read_valid(&write_study(&study)).respondents(),
        study.respondents()
    );
    let simulation = simulate(study, Rule::FirstChoice);
    let shares = simulation.shares();
    assert_eq!(
        shares.iter().map(|it| it.respondents).collect::<Vec<_>>(),
        [1, 2]
    );
    for (row, message) in [
        ("9,1,0", "respondent"),
        ("1,9,0", "`9` is not an offer"),
        ("1,1,yes", "`yes` is not 0 or 1"),
    ] {
        let error = read_study(&files(&format!("{header}{row}\n")))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("availability.csv:2") && error.contains(message),
            "{error}"
        );
    }
}
