//! `conjoint calibrate`: constants or a scale factor that give the offers the market's shares.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use conjoint::analysis::calibration;
use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::choice::{ChoiceModel, Rule};
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{ModelOptions, parse_id_number};
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::id_cell;

/// Find constants, or a scale factor, that reproduce known market shares
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint calibrate --data Data --rule share-of-preference --fit-scale --target 1=0.1 --target 2=0.2 ..."
)]
pub(super) struct CalibrateCommand {
    /// Folder of the study
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    model: ModelOptions,
    /// Market share of an offer, 0 to 1; one for every offer
    #[arg(long = "target", value_name = "ID=SHARE", required = true, value_parser = parse_id_number)]
    targets: Vec<(ProductId, f64)>,
    /// Fit the scale factor instead of constants
    #[arg(long)]
    fit_scale: bool,
}

#[derive(Serialize)]
struct CalibrateReport {
    scale: f64,
    #[serde(serialize_with = "serialize_records")]
    products: Table,
}

impl Subcommand for CalibrateCommand {
    const NAME: &'static str = "calibrate";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let (_, study) = load::read_weighted_study(&self.data, &self.model.respondents)?;
        let model =
            self.model
                .choice_model(&study, &Scenario::baseline(&study), ChoiceModel::default())?;
        let fitted = if self.fit_scale {
            ChoiceModel {
                scale: calibration::fit_scale(&study, &model, &self.targets)?,
                ..model.clone()
            }
        } else {
            ChoiceModel {
                constants: calibration::fit_constants(&study, &model, &self.targets)?,
                ..model.clone()
            }
        };
        // Rescaled utilities have no shares before a scale factor was fitted.
        let before = ChoiceModel {
            rule: match model.has_probabilities(&study) {
                true => model.rule,
                false => Rule::FirstChoice,
            },
            ..model
        };
        let before = Simulation::with_model(Arc::clone(&study), before)?;
        let after = Simulation::with_model(study, fitted)?;
        let report = CalibrateReport {
            scale: after.model().scale,
            products: product_table(&self.targets, &before, &after),
        };
        outside::print_notes(&after);
        outside::print(&after, &[], report, format)
    }
}

/// The products with a target: shares and elasticities before and after.
fn product_table(targets: &[(ProductId, f64)], before: &Simulation, after: &Simulation) -> Table {
    let columns = [
        Column::new("id"),
        Column::new("target"),
        Column::new("share before").with_key("share_before"),
        Column::new("share"),
        Column::new("constant"),
        Column::new("own elasticity before").with_key("elasticity_before"),
        Column::new("after").with_key("elasticity"),
    ];
    let note = format!("scale factor {:.6}", after.model().scale);
    let mut table = Table::new("Calibration", columns).with_note(note);
    let offers = after.selected().offers();
    let shares = before.baseline_shares().iter().zip(after.baseline_shares());
    let constants = &after.model().constants;
    let elasticities = [before, after].map(own_elasticities);
    for (place, (offer, (before, after))) in offers.iter().zip(shares).enumerate() {
        let Some((_, target)) = targets.iter().find(|(id, _)| *id == offer.id) else {
            continue;
        };
        let constant = constants.iter().find(|(id, _)| *id == offer.id);
        let [elasticity_before, elasticity] = elasticities.each_ref().map(|elasticities| {
            let elasticity = elasticities.get(place).copied().flatten();
            Cell::optional(elasticity, |value| Cell::decimal(value, 3))
        });
        table.push([
            id_cell(&offer.id),
            Cell::decimal(*target, 4),
            Cell::decimal(before.share, 4),
            Cell::decimal(after.share, 4),
            Cell::decimal(constant.map_or(0.0, |(_, constant)| *constant), 6),
            elasticity_before,
            elasticity,
        ]);
    }
    table
}

/// The own-price elasticity of every offer's share of preference, which calibration changes too;
/// empty in a study without monthly costs.
fn own_elasticities(simulation: &Simulation) -> Vec<Option<f64>> {
    let Ok(price) = find_price_attribute(simulation.selected(), None) else {
        return Vec::new();
    };
    let matrix = elasticity::compute_point(simulation, price);
    matrix.diagonal().iter().copied().collect()
}

impl Report for CalibrateReport {
    fn text_tables(&self) -> Vec<Table> {
        vec![self.products.clone()]
    }

    /// The products, each with the scale factor.
    fn csv_table(&self) -> Table {
        let mut table = self.products.clone();
        table.columns.insert(1, Column::new("scale"));
        for row in &mut table.rows {
            row.insert(1, Cell::exact(self.scale));
        }
        table
    }
}
