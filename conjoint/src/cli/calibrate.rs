//! `conjoint calibrate`: constants or a scale factor that give the offers the market's shares.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use conjoint::calibration;
use conjoint::method::Method;
use conjoint::scenario::{ProductId, Scenario};
use conjoint::simulation::Simulation;

use super::args::{CalibrateRequest, Format};
use super::failure::Failure;
use super::load;
use super::output::{self, Report};
use super::sheet::Sheet;

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
}

/// Runs the command.
pub(super) fn run(request: &CalibrateRequest, format: Format) -> Result<(), Failure> {
    let mut files = load::files(&request.data)?;
    request.method.people.add_weights(&mut files)?;
    let study = load::study(&files)?;
    let method = request.method.method(&study, &Scenario::baseline(&study))?;
    let fitted = if request.fit_scale {
        Method {
            scale: calibration::scale(&study, &method, &request.targets)?,
            ..method.clone()
        }
    } else {
        Method {
            constants: calibration::constants(&study, &method, &request.targets)?,
            ..method.clone()
        }
    };
    let before = Simulation::by(Arc::clone(&study), method)?;
    let after = Simulation::by(study, fitted)?;
    output::print(&report(request, &before, &after), format)
}

fn report(request: &CalibrateRequest, before: &Simulation, after: &Simulation) -> CalibrateReport {
    let offers = after.study().offers();
    let shares = before.baseline_shares().iter().zip(after.baseline_shares());
    let constants = &after.method().constants;
    let products = offers
        .iter()
        .zip(shares)
        .filter_map(|(offer, (before, after))| {
            let target = request.targets.iter().find(|(id, _)| *id == offer.id)?;
            let constant = constants.iter().find(|(id, _)| *id == offer.id);
            Some(CalibrateLine {
                id: offer.id.clone(),
                target: target.1,
                share_before: before.share,
                share: after.share,
                constant: constant.map_or(0.0, |(_, constant)| *constant),
            })
        });
    CalibrateReport {
        scale: after.method().scale,
        products: products.collect(),
    }
}

impl Report for CalibrateReport {
    fn tables(&self) -> Vec<Sheet> {
        let title = format!("Calibration (scale factor {:.6})", self.scale);
        let header = ["id", "target", "share before", "share", "constant"];
        let mut sheet = Sheet::new(&title, &header);
        sheet.rows.extend(self.products.iter().map(|line| {
            vec![
                line.id.to_string(),
                format!("{:.4}", line.target),
                format!("{:.4}", line.share_before),
                format!("{:.4}", line.share),
                format!("{:.6}", line.constant),
            ]
        }));
        vec![sheet]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["id", "scale", "target", "share_before", "share", "constant"];
        let mut sheet = Sheet::new("Calibration", &header);
        sheet.rows.extend(self.products.iter().map(|line| {
            let numbers = [
                self.scale,
                line.target,
                line.share_before,
                line.share,
                line.constant,
            ];
            let numbers = numbers.iter().map(f64::to_string);
            std::iter::once(line.id.to_string())
                .chain(numbers)
                .collect()
        }));
        sheet.write_csv(out)
    }
}
