//! `conjoint line`: which offers to put on the market together.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde::Serialize;

use conjoint::index_vec::ProductIndex;
use conjoint::optimizer::line::{LineError, LineObjective, LineRequest, analyze_lines};
use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;
use conjoint::study::{ProductId, quote_names};

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{ScenarioOptions, UncertaintyOption};
use crate::output::{Format, Report};
use crate::outside;

/// The best product line: which of many offers together reach most respondents
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint line --data Data --size 3 --none 1\n  conjoint line --data Data --size 2 --brand Tesla --keep 9 --objective ebit\n\nAll candidates that are not in a line are off the market; offers that are neither candidates nor\nkept stay on it as competitors. Up to 1,000,000 lines are all computed; beyond, lines grow greedily,\nand candidates are exchanged as long as that helps."
)]
pub(super) struct LineCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
    /// How many offers to add to the kept ones
    #[arg(long, value_name = "K")]
    size: usize,
    /// Offer to choose from; repeatable [default: all offers of the brand, or all]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    from: Vec<String>,
    /// Offer that is in every line; repeatable
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    keep: Vec<String>,
    /// What to maximize [default: reach]
    #[arg(long, value_parser = objective_parser())]
    objective: Option<LineObjective>,
    /// Brand whose share, revenue or EBIT counts
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,
    /// How many lines to print
    #[arg(long, default_value_t = 10)]
    top: usize,
}

fn objective_parser() -> impl TypedValueParser<Value = LineObjective> {
    let parser = PossibleValuesParser::new(LineObjective::ALL.map(LineObjective::id));
    parser.try_map(|id| {
        let mut objectives = LineObjective::ALL.into_iter();
        objectives
            .find(|it| it.id() == id)
            .ok_or("no objective has this name")
    })
}

#[derive(Serialize)]
struct LineReport {
    objective: &'static str,
    method: &'static str,
    evaluated: u64,
    best: Vec<LineRecord>,
    /// The best reach with 0, 1, … candidates added to the kept offers.
    reach_by_size: Vec<f64>,
    /// Whether everybody takes an offer, whichever are on the market.
    #[serde(skip)]
    reaches_everybody: bool,
}

#[derive(Serialize)]
struct LineRecord {
    products: Vec<ProductId>,
    objective: f64,
    reach: f64,
}

impl Subcommand for LineCommand {
    const NAME: &'static str = "line";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
        let study = simulation.selected();
        let brand = self.brand.as_deref().map(|name| {
            let found = study.find_brand(name);
            found.ok_or_else(|| CliError::NoBrand {
                name: name.to_owned(),
                known: quote_names(study.brands().iter().map(|brand| brand.name.as_str())),
            })
        });
        let request = LineRequest {
            size: self.size,
            candidates: find_offers(&simulation, "--from", &self.from)?,
            kept: find_offers(&simulation, "--keep", &self.keep)?,
            objective: self.objective.unwrap_or_default(),
            brand: brand.transpose()?,
            top: self.top,
        };
        let found = analyze_lines(&simulation, &request, &mut |_| ()).map_err(line_error)?;
        let lines = found.lines;
        let offers = simulation.scenario().offers();
        let best = lines.best.iter().map(|line| LineRecord {
            products: line
                .products
                .iter()
                .map(|it| offers[*it].id.clone())
                .collect(),
            objective: line.objective_value,
            reach: line.reach,
        });
        let report = LineReport {
            objective: request.objective.id(),
            method: lines.method.id(),
            evaluated: lines.evaluated_count,
            best: best.collect(),
            reaches_everybody: !simulation.has_none() && is_whole(found.reach_by_size.last()),
            reach_by_size: found.reach_by_size,
        };
        outside::print(&simulation, &[], report, format)
    }
}

/// Whether a share is 1, up to rounding.
fn is_whole(share: Option<&f64>) -> bool {
    share.is_some_and(|share| (share - 1.0).abs() < 1e-9)
}

/// The offers with these ids.
fn find_offers(
    simulation: &Simulation,
    argument: &'static str,
    ids: &[String],
) -> Result<Vec<ProductIndex>, CliError> {
    let find = |id: &String| {
        let found = simulation.scenario().find(id);
        found.ok_or_else(|| {
            let offers = simulation.scenario().offers().iter();
            CliError::NoOffer {
                argument,
                id: id.clone(),
                known: quote_names(offers.map(|offer| offer.id.as_str())),
            }
        })
    };
    ids.iter().map(find).collect()
}

/// The error of a request, with its argument.
fn line_error(error: LineError) -> CliError {
    let argument = match error {
        LineError::Size { .. } => "--size",
        LineError::NoCandidates | LineError::Withdrawn(_) => "--from, --keep",
        LineError::Prohibited { .. } => "--from",
        LineError::Kept(_) => "--keep",
        LineError::NoMoney => "--objective",
        LineError::NoBrand { .. } => "--brand",
    };
    CliError::Line { argument, error }
}

impl LineRecord {
    /// The ids of the line's offers, separated by spaces.
    fn ids(&self) -> String {
        let ids: Vec<&str> = self.products.iter().map(ProductId::as_str).collect();
        ids.join(" ")
    }
}

impl LineReport {
    fn table(&self) -> Table {
        let has_reach = self.objective != LineObjective::Reach.id();
        let columns = ["rank", "offers", self.objective].into_iter();
        let columns = columns.chain(has_reach.then_some("reach"));
        let mut table = Table::new("Product lines", columns.map(Column::new));
        let is_share = matches!(self.objective, "reach" | "share");
        for (rank, line) in (1..).zip(&self.best) {
            let objective = match is_share {
                true => Cell::percent(line.objective, 1),
                false => Cell::decimal(line.objective, 1),
            };
            let reach = has_reach.then(|| Cell::percent(line.reach, 1));
            let cells = [Cell::count(rank), Cell::text(line.ids()), objective];
            table.push(cells.into_iter().chain(reach));
        }
        table
    }
}

impl Report for LineReport {
    fn text_tables(&self) -> Vec<Table> {
        let method = self.method;
        let mut note = format!("{} lines computed, {method}", self.evaluated);
        if self.reaches_everybody {
            note.push_str("; without None everybody takes an offer: see --none");
        }
        let mut curve = Table::new("Reach by size", ["added", "reach"].map(Column::new));
        for (size, reach) in self.reach_by_size.iter().enumerate() {
            curve.push([Cell::count(size), Cell::percent(*reach, 1)]);
        }
        vec![self.table().with_note(note), curve]
    }

    fn csv_table(&self) -> Table {
        let columns = ["rank", "products", "objective", "reach"].map(Column::new);
        let mut table = Table::new("Product lines", columns);
        for (rank, line) in (1..).zip(&self.best) {
            table.push([
                Cell::count(rank),
                Cell::text(line.ids()),
                Cell::exact(line.objective),
                Cell::exact(line.reach),
            ]);
        }
        table
    }
}
