//! Analyses, against what the model computes.

use conjoint::analysis::choosers::Choosers;
use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{WillingnessToPay, WtpRequest};
use conjoint::analysis::{diversion, elasticity};
use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::MONEY_FILES;
use conjoint::index_vec::{Position, SegmentIndex};
use conjoint::optimizer::line::{LineObjective, LineRequest, analyze_lines};
use conjoint::simulation::scenario::Scenario;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::ProductId;

use super::super::Analyst;
use super::{analyze, answer, ask, edited, files, input, parcel, simulate, study};
use crate::protocol::{Analysis, AnalysisResult, Progress, Request, Response, WorkerError};

#[test]
fn intervals_are_those_of_the_model_with_money_and_without() {
    let mut files = files();
    for without_money in [false, true] {
        if without_money {
            for name in MONEY_FILES {
                files.remove(name);
            }
        }
        let study = study(&files);
        let input = input(edited(&study), ChoiceModel::default());
        let simulation = simulate(&study, &input);
        let expected = Intervals::compute(&simulation, Bootstrap::with_seed(1), Level::default());
        assert_eq!(expected.money.is_none(), without_money);
        let result = analyze(&files, input, Analysis::Intervals);
        assert_eq!(result, AnalysisResult::Intervals(expected));
    }
}

#[test]
fn attributes_are_of_everyone_then_of_each_segment() {
    let files = files();
    let study = study(&files);
    let groups = |model: ChoiceModel| {
        let input = input(Scenario::baseline(&study), model);
        match analyze(&files, input, Analysis::Attributes) {
            AnalysisResult::Attributes(groups) => groups,
            other => panic!("{other:?}"),
        }
    };
    let all = groups(ChoiceModel::default());
    let segments: Vec<_> = all.iter().map(|group| group.segment).collect();
    let place = SegmentIndex::from_index;
    assert_eq!(segments, [None, Some(place(0)), Some(place(1))]);
    // One segment is everyone who is included.
    let one = groups(ChoiceModel::default().for_segment(place(1)));
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].segment, None);
    assert_eq!(one[0].importances, all[2].importances);
    assert_eq!(one[0].part_worths, all[2].part_worths);

    let attribute = study.schema().brand();
    let levels = study.schema().attributes()[attribute].levels.len();
    assert_eq!(all[0].estimates(Some(attribute)).len(), levels);
    let first = all[0].estimates(None)[0];
    assert_eq!(first, all[0].importances.effects[0].1);
}

#[test]
fn analyses_of_prices_are_those_of_the_model() {
    let files = files();
    let study = study(&files);
    let input = input(edited(&study), ChoiceModel::default());
    let simulation = simulate(&study, &input);
    let price = find_price_attribute(&study, None).unwrap();
    let product = find_priced_offer(&simulation, Some("7")).unwrap();
    let seven = || Some(ProductId::from("7".to_owned()));
    let (bootstrap, level) = (Bootstrap::with_seed(1), Level::default());
    let request = WtpRequest {
        product,
        price,
        attribute: None,
        bootstrap,
        level,
    };
    let worth = WillingnessToPay::compute(&simulation, &request).unwrap();
    assert_eq!(
        analyze(&files, input.clone(), Analysis::WillingnessToPay(seven())),
        AnalysisResult::WillingnessToPay(Some(worth))
    );
    let curve = DemandCurve::compute(&simulation, product, price, bootstrap, level);
    assert_eq!(
        analyze(&files, input.clone(), Analysis::DemandCurve(seven())),
        AnalysisResult::DemandCurve(Some(curve))
    );
    let withdrawn = Some(ProductId::from("12".to_owned()));
    assert_eq!(
        analyze(
            &files,
            input.clone(),
            Analysis::DemandCurve(withdrawn.clone())
        ),
        AnalysisResult::DemandCurve(None)
    );
    assert_eq!(
        analyze(&files, input.clone(), Analysis::WillingnessToPay(withdrawn)),
        AnalysisResult::WillingnessToPay(None)
    );
    let AnalysisResult::Diversion(matrix) = analyze(&files, input, Analysis::Diversion) else {
        panic!("another analysis");
    };
    let expected = diversion::compute_ratios(&simulation);
    assert_eq!(matrix.rows.len(), expected.nrows());
    for (place, row) in matrix.rows.iter().enumerate() {
        let cells: Vec<Option<f64>> = expected.row(place).iter().copied().collect();
        assert_eq!(*row, cells);
    }
}

#[test]
fn elasticities_come_without_constants_where_there_are_any() {
    let files = files();
    let study = study(&files);
    let price = find_price_attribute(&study, None).unwrap();
    let elasticities = |model: &ChoiceModel| {
        let input = input(Scenario::baseline(&study), model.clone());
        match analyze(&files, input, Analysis::Elasticity) {
            AnalysisResult::Elasticity(found) => found.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let plain = ChoiceModel::default();
    let found = elasticities(&plain);
    assert_eq!(found.point_without_constants, None);
    let simulation = simulate(&study, &input(Scenario::baseline(&study), plain.clone()));
    let (bootstrap, level) = (plain.bootstrap(), Level::default());
    let point = elasticity::estimate_point(&simulation, price, bootstrap, level);
    assert_eq!(found.point, point.into());
    let change = elasticity::DEFAULT_ARC;
    let arc = elasticity::estimate_arc(&simulation, price, change, bootstrap, level);
    assert_eq!(found.arc, arc.into());
    let with_constant = ChoiceModel {
        constants: vec![(ProductId::from("7".to_owned()), 1.5)],
        ..plain
    };
    let moved = elasticities(&with_constant);
    assert_ne!(moved.point, found.point);
    assert_eq!(moved.point_without_constants, Some(found.point));
}

#[test]
fn choosers_and_lines_are_those_of_the_model() {
    let files = files();
    let study = study(&files);
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    let input = input(edited(&study), model);
    let simulation = simulate(&study, &input);
    let expected = AnalysisResult::Choosers(Choosers::compute(&simulation));
    assert_eq!(analyze(&files, input.clone(), Analysis::Choosers), expected);
    let request = LineRequest {
        size: 2,
        candidates: Vec::new(),
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: study.find_brand("Tesla"),
        top: 3,
    };
    let wanted = Request::SearchLines(input.clone(), request.clone());
    let (found, progress) = ask(&Analyst::default(), parcel(&files), wanted);
    let lines = analyze_lines(&simulation, &request, &mut |_| ()).unwrap();
    assert_eq!(found, Ok(Response::Lines(lines)));
    let is_fraction = |progress: &Progress| matches!(progress, Progress::Fraction(0.0..=1.0));
    assert!(progress.iter().all(is_fraction));
    let too_large = LineRequest {
        size: 99,
        ..request
    };
    let refused = answer(&files, Request::SearchLines(input, too_large)).unwrap_err();
    assert!(matches!(refused, WorkerError::InvalidOptimization(_)));
}
