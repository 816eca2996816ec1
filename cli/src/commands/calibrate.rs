//! `conjoint calibrate`: constants or a scale factor that give the offers the market's shares.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use conjoint::analysis::calibration;
use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::choice::ChoiceModel;
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;

use crate::args::{CalibrateRequest, Format};
use crate::error::Failure;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct CalibrateReport {
    scale: f64,
    products: Vec<CalibrateLine>,
}

#[derive(Serialize)]
struct CalibrateLine {
    id: ProductId,
    target: f64,
    share_before: f64,
    share: f64,
    constant: f64,
    /// The own-price elasticity of the share of preference, which calibration moves too; none in a
    /// study without monthly costs.
    elasticity_before: Option<f64>,
    elasticity: Option<f64>,
}

/// Runs the command.
pub(crate) fn run(request: &CalibrateRequest, format: Format) -> Result<(), Failure> {
    let (_, study) = load::weighted(&request.data, &request.model.people)?;
    let model = request
        .model
        .choice_model(&study, &Scenario::baseline(&study))?;
    let fitted = if request.fit_scale {
        ChoiceModel {
            scale: calibration::fit_scale(&study, &model, &request.targets)?,
            ..model.clone()
        }
    } else {
        ChoiceModel {
            constants: calibration::fit_constants(&study, &model, &request.targets)?,
            ..model.clone()
        }
    };
    let before = Simulation::with_model(Arc::clone(&study), model)?;
    let after = Simulation::with_model(study, fitted)?;
    output::print(&report(request, &before, &after), format)
}

fn report(request: &CalibrateRequest, before: &Simulation, after: &Simulation) -> CalibrateReport {
    let offers = after.selected().offers();
    let shares = before.baseline_shares().iter().zip(after.baseline_shares());
    let constants = &after.model().constants;
    let elasticities = [before, after].map(own_elasticities);
    let products = offers.iter().zip(shares).enumerate();
    let products = products.filter_map(|(place, (offer, (before, after)))| {
        let target = request.targets.iter().find(|(id, _)| *id == offer.id)?;
        let constant = constants.iter().find(|(id, _)| *id == offer.id);
        let [elasticity_before, elasticity] =
            [0, 1].map(|when: usize| elasticities[when].get(place).copied().flatten());
        Some(CalibrateLine {
            id: offer.id.clone(),
            target: target.1,
            share_before: before.share,
            share: after.share,
            constant: constant.map_or(0.0, |(_, constant)| *constant),
            elasticity_before,
            elasticity,
        })
    });
    CalibrateReport {
        scale: after.model().scale,
        products: products.collect(),
    }
}

/// By how many percent the share of preference of every offer moves with its own monthly cost.
fn own_elasticities(simulation: &Simulation) -> Vec<Option<f64>> {
    let Ok(price) = find_price_attribute(simulation.selected(), None) else {
        return Vec::new();
    };
    let matrix = elasticity::compute_point(simulation, price);
    matrix.diagonal().iter().copied().collect()
}

impl Report for CalibrateReport {
    fn tables(&self) -> Vec<Sheet> {
        let title = format!("Calibration (scale factor {:.6})", self.scale);
        let header = [
            "id",
            "target",
            "share before",
            "share",
            "constant",
            "own elasticity before",
            "after",
        ];
        let elasticity = |value: Option<f64>| value.map_or(String::new(), |e| format!("{e:.3}"));
        let mut sheet = Sheet::new(&title, &header);
        sheet.rows.extend(self.products.iter().map(|line| {
            vec![
                line.id.to_string(),
                format!("{:.4}", line.target),
                format!("{:.4}", line.share_before),
                format!("{:.4}", line.share),
                format!("{:.6}", line.constant),
                elasticity(line.elasticity_before),
                elasticity(line.elasticity),
            ]
        }));
        vec![sheet]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = [
            "id",
            "scale",
            "target",
            "share_before",
            "share",
            "constant",
            "elasticity_before",
            "elasticity",
        ];
        let mut sheet = Sheet::new("Calibration", &header);
        sheet.rows.extend(self.products.iter().map(|line| {
            let numbers = [
                Some(self.scale),
                Some(line.target),
                Some(line.share_before),
                Some(line.share),
                Some(line.constant),
                line.elasticity_before,
                line.elasticity,
            ];
            let cells = numbers.map(|number| number.map_or(String::new(), |n| n.to_string()));
            std::iter::once(line.id.to_string()).chain(cells).collect()
        }));
        sheet.write_csv(out)
    }
}
