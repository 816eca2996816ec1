//! Analyses and calibrations.

use std::sync::Arc;

use conjoint::analysis::calibration;
use conjoint::analysis::choosers::Choosers;
use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::importance::compute_importances;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{LevelWorth, WillingnessToPay, WtpRequest};
use conjoint::analysis::{diversion, elasticity};
use conjoint::choice::ChoiceModel;
use conjoint::index_vec::{AttributeIndex, ProductIndex, SegmentIndex};
use conjoint::optimizer::{Beneficiary, BestPrice, Objective};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::{ProductId, Study};

use crate::protocol::{
    Analysis, AnalysisResult, AttributeGroup, CalibratedParameter, Calibration, Elasticities,
    PriceGoal, Response, WorkerError, WorthSelection,
};

/// Computes an analysis of the simulation's offers.
pub fn analyze(simulation: &Simulation, analysis: &Analysis) -> AnalysisResult {
    match analysis {
        Analysis::Intervals => {
            let level = Level::default();
            AnalysisResult::Intervals(Intervals::compute(simulation, bootstrap(simulation), level))
        }
        Analysis::Attributes => AnalysisResult::Attributes(attribute_groups(simulation)),
        Analysis::WillingnessToPay(product) => {
            let request = wtp_request(simulation, product.as_ref(), None);
            let found = request.and_then(|request| WillingnessToPay::compute(simulation, &request));
            AnalysisResult::WillingnessToPay(found.ok())
        }
        Analysis::Elasticity => AnalysisResult::Elasticity(elasticities(simulation)),
        Analysis::DemandCurve(product) => {
            let found = priced(simulation, product.as_ref()).map(|(product, attribute)| {
                let (bootstrap, level) = (bootstrap(simulation), Level::default());
                DemandCurve::compute(simulation, product, attribute, bootstrap, level)
            });
            AnalysisResult::DemandCurve(found.ok())
        }
        Analysis::Diversion => {
            AnalysisResult::Diversion(diversion::compute_ratios(simulation).into())
        }
        Analysis::BestPrice(goal) => AnalysisResult::BestPrice(best_price(simulation, goal)),
        Analysis::Choosers => AnalysisResult::Choosers(Choosers::compute(simulation)),
        Analysis::LevelWorth(selection) => {
            AnalysisResult::LevelWorth(level_worth(simulation, selection))
        }
    }
}

/// Whether the figures of an analysis can be means over posterior draws. The others need the amounts of
/// single respondents, or compare hundreds of markets.
pub fn uses_draws(analysis: &Analysis) -> bool {
    match analysis {
        Analysis::Intervals
        | Analysis::Attributes
        | Analysis::WillingnessToPay(_)
        | Analysis::Elasticity
        | Analysis::DemandCurve(_)
        | Analysis::Diversion
        | Analysis::Choosers => true,
        Analysis::BestPrice(_) | Analysis::LevelWorth(_) => false,
    }
}

fn bootstrap(simulation: &Simulation) -> Bootstrap {
    simulation.model().bootstrap()
}

/// The product whose price moves, and the attribute that is the price.
fn priced(
    simulation: &Simulation,
    product: Option<&ProductId>,
) -> Result<(ProductIndex, AttributeIndex), PriceError> {
    let attribute = find_price_attribute(simulation.selected(), None)?;
    let product = find_priced_offer(simulation, product.map(ProductId::as_str))?;
    Ok((product, attribute))
}

fn wtp_request(
    simulation: &Simulation,
    product: Option<&ProductId>,
    attribute: Option<AttributeIndex>,
) -> Result<WtpRequest, PriceError> {
    let (product, price) = priced(simulation, product)?;
    Ok(WtpRequest {
        product,
        price,
        attribute,
        bootstrap: bootstrap(simulation),
        level: Level::default(),
    })
}

/// `None` where no price can move, or the level is the reference.
fn level_worth(simulation: &Simulation, selection: &WorthSelection) -> Option<LevelWorth> {
    let (product, attribute) = (selection.product.as_ref(), Some(selection.attribute));
    let request = wtp_request(simulation, product, attribute).ok()?;
    let found = LevelWorth::compute(simulation, &request, selection.level, selection.other);
    found.ok().flatten()
}

/// `None` where no price can move, or the brand is missing.
fn best_price(simulation: &Simulation, goal: &PriceGoal) -> Option<BestPrice> {
    let study = simulation.selected();
    let (product, attribute) = priced(simulation, goal.product.as_ref()).ok()?;
    let brand = match &goal.brand {
        Some(name) => study.find_brand(name),
        None => {
            let offer = simulation.scenario().offers().get(product)?;
            study.schema().brand_of(offer)
        }
    };
    let objective = Objective {
        measure: goal.measure,
        beneficiary: Beneficiary::Brand(brand?),
    };
    let (bootstrap, level) = (bootstrap(simulation), Level::default());
    BestPrice::compute(simulation, product, attribute, objective, bootstrap, level)
}

/// All included respondents, and where several segments are included, each of them.
fn attribute_groups(simulation: &Simulation) -> Vec<AttributeGroup> {
    let (study, model) = (simulation.selected(), simulation.model());
    let mut groups = vec![attribute_group(study, model, None)];
    for segment in model.segments_to_compare(study) {
        groups.push(attribute_group(
            study,
            &model.for_segment(segment),
            Some(segment),
        ));
    }
    groups
}

fn attribute_group(
    study: &Study,
    model: &ChoiceModel,
    segment: Option<SegmentIndex>,
) -> AttributeGroup {
    let (weights, bootstrap) = (model.weights(study), model.bootstrap());
    let level = Level::default();
    AttributeGroup {
        segment,
        importances: compute_importances(study, &weights, &bootstrap, level),
        part_worths: compute_part_worths(study, &weights, &bootstrap, level),
    }
}

/// `None` in a study without a price.
fn elasticities(simulation: &Simulation) -> Option<Elasticities> {
    let attribute = find_price_attribute(simulation.selected(), None).ok()?;
    let model = simulation.model();
    let without_constants = (!model.constants.is_empty()).then(|| {
        let mut simulation = simulation.clone();
        let model = ChoiceModel {
            constants: Vec::new(),
            ..model.clone()
        };
        // A model that is valid with constants is valid without.
        let set = simulation.set_model(model);
        set.is_ok().then_some(simulation)
    });
    let (bootstrap, level) = (bootstrap(simulation), Level::default());
    let point = |simulation: &Simulation| {
        elasticity::estimate_point(simulation, attribute, bootstrap, level).into()
    };
    let change = elasticity::DEFAULT_ARC;
    Some(Elasticities {
        point: point(simulation),
        arc: elasticity::estimate_arc(simulation, attribute, change, bootstrap, level).into(),
        point_without_constants: without_constants.flatten().as_ref().map(point),
    })
}

/// Fits a parameter of a choice model to the market's shares.
///
/// # Errors
/// Why the shares cannot be reached.
pub fn calibrate(study: &Arc<Study>, calibration: &Calibration) -> Result<Response, WorkerError> {
    let Calibration { model, targets, .. } = calibration;
    let fitted = match calibration.parameter {
        CalibratedParameter::Constants => {
            calibration::fit_constants(study, model, targets).map(Response::Constants)
        }
        CalibratedParameter::Scale => {
            calibration::fit_scale(study, model, targets).map(Response::Scale)
        }
    };
    fitted.map_err(|error| WorkerError::NotCalibrated(error.to_string()))
}
