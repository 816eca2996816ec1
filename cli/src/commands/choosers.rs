//! `conjoint choosers`: who chooses each product.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::choosers::{ChooserProfile, Choosers};
use conjoint::report::{Cell, Column, Table};
use conjoint::study::{ProductId, Study, quote_names};

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::ScenarioOptions;
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::{NamedValues, id_cell};

/// Who chooses each offer: segments and current brands of its choosers, next to all respondents
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint choosers --data Data --rule share-of-preference --product 9"
)]
pub(super) struct ChoosersCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Only this offer [default: all offers]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    product: Option<String>,
}

#[derive(Serialize)]
struct ChoosersReport {
    rule: &'static str,
    products: Vec<ProductRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<GroupRecord>,
    /// All included respondents.
    all: GroupRecord,
}

#[derive(Serialize)]
struct ProductRecord {
    id: ProductId,
    #[serde(flatten)]
    group: GroupRecord,
}

#[derive(Serialize)]
struct GroupRecord {
    /// Weighted respondents.
    choosers: f64,
    by_segment: NamedValues<f64>,
    by_owner: NamedValues<f64>,
}

impl Subcommand for ChoosersCommand {
    const NAME: &'static str = "choosers";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let (study, offers) = (simulation.selected(), simulation.scenario().offers());
        let only = self.product.as_deref();
        if let Some(id) = only.filter(|id| simulation.scenario().find(id).is_none()) {
            return Err(CliError::NoOffer {
                argument: "--product",
                id: id.to_owned(),
                known: quote_names(offers.iter().map(|offer| offer.id.as_str())),
            });
        }
        let found = Choosers::compute(&simulation);
        let products = offers.iter().zip(&found.products);
        let products = products.filter(|(offer, _)| only.is_none_or(|id| offer.id.as_str() == id));
        let report = ChoosersReport {
            rule: simulation.model().rule.id(),
            products: products
                .map(|(offer, profile)| ProductRecord {
                    id: offer.id.clone(),
                    group: GroupRecord::new(study, profile),
                })
                .collect(),
            none: found.none.map(|profile| GroupRecord::new(study, &profile)),
            all: GroupRecord::new(study, &found.all),
        };
        outside::print(&simulation, &[], report, format)
    }
}

impl GroupRecord {
    fn new(study: &Study, profile: &ChooserProfile) -> Self {
        let segments = study.segments().iter().zip(&profile.by_segment);
        let brands = study.brands().iter().zip(&profile.by_owner);
        Self {
            choosers: profile.count,
            by_segment: NamedValues(segments.map(|(name, it)| (name.clone(), *it)).collect()),
            by_owner: NamedValues(
                brands
                    .map(|(it, share)| (it.name.clone(), *share))
                    .collect(),
            ),
        }
    }
}

impl ChoosersReport {
    /// All groups, each with its name.
    fn groups(&self) -> Vec<(Cell, &GroupRecord)> {
        let products = self
            .products
            .iter()
            .map(|record| (id_cell(&record.id), &record.group));
        let none = self.none.iter().map(|group| (Cell::text("None"), group));
        let all = [(Cell::text("all respondents"), &self.all)];
        products.chain(none).chain(all).collect()
    }

    fn table(&self, title: &str, shares: fn(&GroupRecord) -> &NamedValues<f64>) -> Table {
        let names = shares(&self.all)
            .0
            .iter()
            .map(|(name, _)| Column::new(name));
        let columns = ["id", "choosers"].map(Column::new);
        let mut table = Table::new(title, columns.into_iter().chain(names));
        for (name, group) in self.groups() {
            let count = Cell::decimal(group.choosers, 1);
            let shares = shares(group)
                .0
                .iter()
                .map(|(_, share)| Cell::percent(*share, 1));
            table.push([name, count].into_iter().chain(shares));
        }
        table
    }
}

impl Report for ChoosersReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut tables = vec![
            self.table("Choosers by segment", |group| &group.by_segment)
                .with_note("percent of the weighted respondents who choose the offer"),
        ];
        if !self.all.by_owner.0.is_empty() {
            tables.push(self.table("Choosers by current brand", |group| &group.by_owner));
        }
        tables
    }

    fn csv_table(&self) -> Table {
        let columns = ["id", "choosers", "group", "name", "share"];
        let mut table = Table::new("Choosers", columns.map(Column::new));
        for (id, group) in self.groups() {
            let shares = [("segment", &group.by_segment), ("owner", &group.by_owner)];
            for (kind, shares) in shares {
                for (name, share) in &shares.0 {
                    table.push([
                        id.clone(),
                        Cell::exact(group.choosers),
                        Cell::text(kind),
                        Cell::text(name),
                        Cell::exact(*share),
                    ]);
                }
            }
        }
        table
    }
}
