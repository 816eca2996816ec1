//! Invalid requests are rejected with the field and the remedy.

use super::*;

/// The field and message of every error.
fn list_errors(simulation: &Simulation, request: &OptimizerRequest) -> Vec<(RequestField, String)> {
    let errors = Plan::read(simulation, request).unwrap_err();
    let errors = errors.iter();
    errors
        .map(|error| (error.field, error.to_string()))
        .collect()
}

#[test]
fn an_invalid_vary_entry_is_reported_with_its_part() {
    let simulation = Simulation::new(generate_study(1));
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
            "the brand of an offer cannot vary",
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
            "a step of 20 does not lead from 499 to 399",
        ),
        (
            "9.monthly_cost=399:499:30",
            EntryPart::Step,
            "the step 30 does not divide",
        ),
        (
            "9.monthly_cost=399:499:0",
            EntryPart::Step,
            "the step must not be 0",
        ),
        (
            "9.monthly_cost=1:2001:0.1",
            EntryPart::Step,
            "the range has 20001 points",
        ),
        (
            "9.monthly_cost=0:99:1",
            EntryPart::Begin,
            "0 is too far outside the surveyed range 120–1250",
        ),
        (
            "9.monthly_cost=400:2400:100",
            EntryPart::End,
            "2400 is too far outside",
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
        let request = request(ObjectiveMeasure::Share, "Tesla", &[entry]);
        let (field, message) = &list_errors(&simulation, &request)[0];
        assert_eq!(*field, RequestField::Vary(0, part), "{entry}");
        assert!(message.starts_with(text), "{entry}: {message}");
    }
    let twice = ["9.term=24:36:12", "9.range=20:40:10", "9.term=24:48:12"];
    let twice = request(ObjectiveMeasure::Share, "Tesla", &twice);
    let (field, message) = &list_errors(&simulation, &twice)[0];
    assert_eq!(*field, RequestField::Vary(2, EntryPart::Attribute));
    assert!(message.starts_with("entry 1 varies"), "{message}");
}

#[test]
fn an_unknown_beneficiary_and_missing_entries_are_both_reported() {
    let simulation = Simulation::new(generate_study(1));
    let nobody = request(ObjectiveMeasure::Share, "Zephyr", &[]);
    let errors = list_errors(&simulation, &nobody);
    assert_eq!(errors[0].0, RequestField::Beneficiary);
    assert_eq!(errors[1].0, RequestField::Vary(0, EntryPart::Product));
}

#[test]
fn an_invalid_cost_is_reported() {
    let simulation = Simulation::new(generate_study(1));
    for (cost, text) in [
        ("range=300", "write COLUMN=VALUE:COST"),
        ("price=300:1", "no column has the name `price`"),
        ("range=300:x", "`x` is not a number"),
        ("energy=Diesel:1", "`Diesel` is not a level"),
        ("range=300:1", "one cost does not determine"),
    ] {
        let mut request = request(ObjectiveMeasure::Ebit, "Tesla", &["9.term=24:36:12"]);
        request.cost_entries = vec![cost.to_owned()];
        let (field, message) = &list_errors(&simulation, &request)[0];
        assert_eq!(*field, RequestField::Cost(0));
        assert!(message.starts_with(text), "{cost}: {message}");
        request.measure = ObjectiveMeasure::Share;
        let (_, message) = &list_errors(&simulation, &request)[0];
        assert!(message.starts_with("costs only affect EBIT"), "{message}");
    }
}

#[test]
fn money_measures_and_price_games_need_money_files() {
    let mut request = request(
        ObjectiveMeasure::Ebit,
        "Ant",
        &["a.monthly_cost=100:300:100"],
    );
    request.includes_price_game = true;
    let errors = list_errors(&two_respondents(), &request);
    let fields: Vec<RequestField> = errors.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, [RequestField::Measure, RequestField::PriceGame]);
}

#[test]
fn values_outside_the_surveyed_range_give_a_warning() {
    let simulation = Simulation::new(generate_study(1));
    let vary = ["9.term=24:48:12", "9.monthly_cost=100:500:100"];
    let plan = Plan::read(
        &simulation,
        &request(ObjectiveMeasure::Share, "Tesla", &vary),
    )
    .unwrap();
    let warnings = plan.find_extrapolated_entries();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].0, 1);
    assert!(warnings[0].1.to_string().starts_with("100 is outside"));
}
