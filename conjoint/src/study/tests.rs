//! The invariants of a study, each broken once.

use super::*;
use crate::index_vec::AttributeIndex;
use crate::testing::generate_study;

/// The parts of a sound study: one segment of three respondents.
fn parts() -> StudyParts {
    let study = generate_study(1, &[("Gen X", 3)]);
    StudyParts {
        settings: study.settings,
        schema: study.schema,
        brands: study.brands,
        parents: study.parents,
        segments: study.segments,
        offers: study.offers,
        respondents: study.respondents,
        market: study.market,
        prohibited: Vec::new(),
    }
}

/// The reason why a study cannot be made after `damage`.
fn refusal(damage: impl FnOnce(&mut StudyParts)) -> String {
    let mut parts = parts();
    damage(&mut parts);
    Study::new(parts).unwrap_err().to_string()
}

fn first_market(parts: &mut StudyParts) -> &mut Market {
    parts.market.as_mut().unwrap()
}

#[test]
fn sound_parts_make_a_study() {
    assert!(Study::new(parts()).is_ok());
    let mut without_money = parts();
    without_money.market = None;
    without_money.schema.is_priced = false;
    without_money.respondents.owners = Vec::new().into();
    assert!(Study::new(without_money).is_ok());
}

#[test]
fn every_part_is_needed() {
    let none = |part| format!("the study has no {part}");
    assert_eq!(refusal(|it| it.brands = Vec::new().into()), none("brands"));
    let refused = refusal(|it| it.segments = Vec::new().into());
    assert_eq!(refused, none("segments"));
    assert_eq!(refusal(|it| it.offers = Vec::new().into()), none("offers"));
    let refused = refusal(|it| it.respondents.ids = Vec::new().into());
    assert_eq!(refused, none("respondents"));
    let refused = Schema::new([], &CustomNames::columns(), false, Vec::new()).unwrap_err();
    assert_eq!(refused, StudyError::NoBrandAttribute);
}

#[test]
fn money_needs_prices_and_current_brands() {
    let needs = |part| format!("money figures need the {part}");
    let costs = "monthly cost, the upfront cost and the term";
    assert_eq!(refusal(|it| it.schema.term = None), needs(costs));
    let brand = "current brand of each respondent";
    let refused = refusal(|it| it.respondents.owners = Vec::new().into());
    assert_eq!(refused, needs(brand));
    assert_eq!(refusal(|it| it.schema.is_priced = false), needs("prices"));
}

#[test]
fn parts_have_the_same_length() {
    let length = |part, found, expected| format!("{part}: {found} entries instead of {expected}");
    let refused =
        refusal(|it| it.respondents.segments = vec![SegmentIndex::from_index(0); 4].into());
    assert_eq!(refused, length("segments of respondents", 4, 3));
    let refused = refusal(|it| it.respondents.weights = vec![1.0].into());
    assert_eq!(refused, length("weights", 1, 3));
    let refused = refusal(|it| it.respondents.owners = vec![BrandIndex::from_index(0)].into());
    assert_eq!(refused, length("current brands of respondents", 1, 3));
    let refused = refusal(|it| {
        it.respondents.part_worths = it.respondents.part_worths.clone().remove_column(0);
    });
    let columns = parts().schema.column_count();
    assert_eq!(refused, length("part-worths", columns - 1, columns));
    let refused = refusal(|it| it.respondents.none_column = Some(columns));
    assert_eq!(refused, length("part-worths", columns, columns + 1));
    let refused = refusal(|it| first_market(it).churn = nalgebra::DMatrix::zeros(8, 2));
    assert_eq!(refused, length("churn rates", 2, 1));
    let refused = refusal(|it| first_market(it).volumes = Vec::new().into());
    assert_eq!(refused, length("volumes", 0, 8));
    let refused = refusal(|it| it.schema.brand_of_level = Vec::new().into());
    assert_eq!(refused, length("levels of the brand", 0, 8));
}

#[test]
fn values_are_in_range() {
    let first = ProductIndex::from_index(0);
    let value =
        |part, position| format!("{part}: entry {position} has a value that is not allowed");
    let nothing = BrandIndex::from_index(8);
    for (damage, refused) in [
        (
            (|it| it.settings.market_size_thousands = f64::NAN) as fn(&mut StudyParts),
            value("market size", 0),
        ),
        (|it| it.parents = Vec::new().into(), value("brands", 0)),
        (
            |it| it.brands[BrandIndex::from_index(2)].color = "red;}".to_owned(),
            value("brands", 2),
        ),
        (
            |it| it.respondents.segments = vec![SegmentIndex::from_index(1); 3].into(),
            value("segments of respondents", 0),
        ),
        (
            |it| it.respondents.weights = vec![1.0, -1.0, 1.0].into(),
            value("weights", 1),
        ),
        (
            |it| it.respondents.weights = vec![0.0; 3].into(),
            value("weights", 0),
        ),
        (
            |it| it.respondents.part_worths[(0, 1)] = f64::INFINITY,
            value("part-worths", 3),
        ),
        (
            |it| first_market(it).recontract[(1, 0)] = 1.5,
            value("recontract rates", 1),
        ),
        (
            |it| first_market(it).base_arpu[(1, 0)] = -1.0,
            value("base ARPU", 1),
        ),
    ] {
        assert_eq!(refusal(damage), refused);
    }
    let refused = refusal(|it| it.respondents.owners = vec![nothing; 3].into());
    assert_eq!(refused, value("current brands of respondents", 0));
    let refused = refusal(|it| it.schema.brand_of_level[Position::from_index(3)] = nothing);
    assert_eq!(refused, value("levels of the brand", 3));
    let refused = refusal(|it| it.offers[first].withdrawn = true);
    assert_eq!(refused, value("offers", 0));
    for cell in [
        Cell::Empty,
        Cell::Level(Position::from_index(0)),
        Cell::Number(f64::NAN),
    ] {
        let refused = refusal(|it| {
            let term = it.schema.term.unwrap();
            it.offers[first].cells[term] = cell;
        });
        assert_eq!(refused, value("offers", 0));
    }
}

#[test]
fn levels_are_ordered_and_unique() {
    let refused =
        |levels| refusal(|it| it.schema.attributes[AttributeIndex::from_index(1)].levels = levels);
    let names = |names: [&str; 2]| Levels::Categorical(names.map(str::to_owned).into());
    let value = "attributes: entry 1 has a value that is not allowed";
    assert_eq!(refused(Levels::Numeric(vec![2.0, 1.0])), value);
    assert_eq!(refused(Levels::Numeric(vec![1.0, 1.0])), value);
    assert_eq!(refused(Levels::Numeric(vec![1.0])), value);
    assert_eq!(refused(Levels::Numeric(vec![1.0, f64::INFINITY])), value);
    assert_eq!(refused(names(["a", "a"])), value);
    assert_eq!(refused(Levels::Categorical(Vec::new())), value);
}
