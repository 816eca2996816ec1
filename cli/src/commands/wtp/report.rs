//! What `conjoint wtp` prints.

use serde::Serialize;

use conjoint::analysis::wtp::{
    AmountDistribution, LevelComparison, LevelWtp, QUANTILES, WtpEstimate,
};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position};
use conjoint::report::{Cell, Column, Table};
use conjoint::study::{ProductId, Study};

use crate::output::Report;
use crate::tables::NamedValues;

#[derive(Serialize)]
pub(super) struct WtpReport {
    pub(super) product: ProductId,
    pub(super) price: String,
    pub(super) rule: &'static str,
    /// Percent.
    pub(super) interval: f64,
    pub(super) seed: u64,
    pub(super) resamples: u32,
    pub(super) uncertainty: &'static str,
    pub(super) respondents: usize,
    pub(super) respondents_who_like_paying_more: usize,
    pub(super) levels: Vec<LevelRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comparison: Option<ComparisonRecord>,
}

/// The amounts for a level.
#[derive(Serialize)]
pub(super) struct LevelRecord {
    attribute: String,
    level: String,
    reference: String,
    algebraic: Option<MedianRecord>,
    simulated: Option<AmountRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantiles: Option<NamedValues<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    respondents: Option<Vec<RespondentRecord>>,
}

#[derive(Serialize)]
struct MedianRecord {
    median: f64,
    low: f64,
    high: f64,
}

#[derive(Clone, Copy, Serialize)]
struct AmountRecord {
    amount: f64,
    low: f64,
    high: f64,
    /// Whether the amount or its interval reaches the edge of the prices tried.
    bounded: bool,
}

/// The amount of one respondent; `null` for one who likes paying more.
#[derive(Serialize)]
struct RespondentRecord {
    id: String,
    amount: Option<f64>,
}

/// The difference of the amounts for two levels.
#[derive(Serialize)]
pub(super) struct ComparisonRecord {
    attribute: String,
    compare: String,
    with: String,
    algebraic: Option<AmountRecord>,
    simulated: Option<AmountRecord>,
}

impl From<WtpEstimate> for AmountRecord {
    fn from(estimate: WtpEstimate) -> Self {
        Self {
            amount: estimate.amount,
            low: estimate.interval.low,
            high: estimate.interval.high,
            bounded: estimate.is_bounded,
        }
    }
}

impl AmountRecord {
    fn cells(record: Option<Self>) -> Vec<Cell> {
        match record {
            Some(record) => {
                let amounts = [record.amount, record.low, record.high];
                amounts.map(|amount| Cell::decimal(amount, 2)).to_vec()
            }
            None => vec![Cell::Empty; 3],
        }
    }
}

/// The name of a level.
fn level_name(study: &Study, attribute: AttributeIndex, level: LevelIndex) -> String {
    let names = study.schema().attributes()[attribute].level_names();
    names.get(level.index()).cloned().unwrap_or_default()
}

/// The records of all levels, with the amounts of respondents if they were requested.
pub(super) fn list_records(
    study: &Study,
    levels: &[LevelWtp],
    distributions: &[AmountDistribution],
) -> Vec<LevelRecord> {
    let ids = study.respondents().ids();
    let record = |line: &LevelWtp| {
        let mut distributions = distributions.iter();
        let distribution = distributions
            .find(|other| other.attribute == line.attribute && other.level == line.level);
        let name = |level| level_name(study, line.attribute, level);
        LevelRecord {
            attribute: study.schema().attributes()[line.attribute].name.clone(),
            level: name(line.level),
            reference: name(line.reference),
            algebraic: line.algebraic.map(|estimate| MedianRecord {
                median: estimate.amount,
                low: estimate.interval.low,
                high: estimate.interval.high,
            }),
            simulated: line.simulated.map(AmountRecord::from),
            quantiles: distribution.map(|distribution| {
                let quantiles = QUANTILES.iter().zip(&distribution.quantiles);
                let named = quantiles.map(|(q, amount)| (percent_name(*q), *amount));
                NamedValues(named.collect())
            }),
            respondents: distribution.map(|distribution| {
                let amounts = ids.iter().zip(&distribution.amounts);
                let record = |(id, amount): (&String, &Option<f64>)| RespondentRecord {
                    id: id.clone(),
                    amount: *amount,
                };
                amounts.map(record).collect()
            }),
        }
    };
    levels.iter().map(record).collect()
}

/// A fraction as a whole percentage.
fn percent_name(fraction: f64) -> String {
    format!("{:.0}", fraction * 100.0)
}

impl ComparisonRecord {
    pub(super) fn new(study: &Study, comparison: &LevelComparison) -> Self {
        let [compare, with] = comparison
            .levels
            .map(|level| level_name(study, comparison.attribute, level));
        let attribute = study.schema().attributes()[comparison.attribute]
            .name
            .clone();
        Self {
            attribute,
            compare,
            with,
            algebraic: comparison.algebraic.map(AmountRecord::from),
            simulated: comparison.simulated.map(AmountRecord::from),
        }
    }

    fn table(&self, price: &str) -> Table {
        let title = format!("{} minus {}, in {price}", self.compare, self.with);
        let mut table = Table::new(
            title,
            ["amounts", "difference", "low", "high"].map(Column::new),
        );
        for (name, record) in [("algebraic", self.algebraic), ("simulated", self.simulated)] {
            table.push(std::iter::once(Cell::text(name)).chain(AmountRecord::cells(record)));
        }
        table
    }
}

impl WtpReport {
    /// A row per level: both amounts with their intervals.
    fn level_table(&self) -> Table {
        let amount = |name: &str, group: &str, key: &str| {
            let interval = ["low", "high"].map(Column::new);
            let columns = std::iter::once(Column::new(name).with_key(key)).chain(interval);
            columns
                .map(|column| column.in_group(group))
                .collect::<Vec<_>>()
        };
        let columns = [
            Column::new("attribute"),
            Column::new("level"),
            Column::new("against").with_key("reference"),
        ];
        let algebraic = amount("algebraic", "algebraic", "median");
        let simulated = amount("simulated", "simulated", "amount");
        let bound = Column::new("bound")
            .with_key("bounded")
            .in_group("simulated");
        let columns = columns
            .into_iter()
            .chain(algebraic)
            .chain(simulated)
            .chain([bound]);
        let mut table = Table::new("Willingness to pay", columns);
        for line in &self.levels {
            let names = [&line.attribute, &line.level, &line.reference].map(Cell::text);
            let median = line.algebraic.as_ref().map(|median| AmountRecord {
                amount: median.median,
                low: median.low,
                high: median.high,
                bounded: false,
            });
            let bound = match line.simulated.is_some_and(|amount| amount.bounded) {
                true => Cell::text("yes"),
                false => Cell::Empty,
            };
            let cells = names.into_iter().chain(AmountRecord::cells(median));
            table.push(
                cells
                    .chain(AmountRecord::cells(line.simulated))
                    .chain([bound]),
            );
        }
        table
    }

    /// The quantiles over respondents; `None` if they were not requested.
    fn quantile_table(&self) -> Option<Table> {
        let names = ["attribute", "level", "against"].map(Column::new);
        let quantiles = QUANTILES
            .iter()
            .map(|q| Column::new(percent_name(*q) + " %"));
        let mut table = Table::new(
            "Quantiles over respondents",
            names.into_iter().chain(quantiles),
        );
        for line in &self.levels {
            let quantiles = line.quantiles.as_ref()?;
            let names = [&line.attribute, &line.level, &line.reference].map(Cell::text);
            let cells = quantiles
                .0
                .iter()
                .map(|(_, amount)| Cell::decimal(*amount, 2));
            let cells: Vec<Cell> = cells.collect();
            let missing = QUANTILES.len() - cells.len();
            let missing = std::iter::repeat_n(Cell::Empty, missing);
            table.push(names.into_iter().chain(cells).chain(missing));
        }
        Some(table)
    }

    /// A row per level and respondent; `None` if they were not requested.
    fn respondent_table(&self) -> Option<Table> {
        let names = ["attribute", "level", "reference", "id", "amount"].map(Column::new);
        let mut table = Table::new("Amounts", names);
        for line in &self.levels {
            for record in line.respondents.as_ref()? {
                let names = [&line.attribute, &line.level, &line.reference, &record.id];
                let amount = Cell::optional(record.amount, Cell::exact);
                table.push(names.map(Cell::text).into_iter().chain([amount]));
            }
        }
        Some(table)
    }
}

impl Report for WtpReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut table = self.level_table();
        table.title = format!("Willingness to pay in {}", self.price);
        table.note = format!(
            "{} % confidence intervals from {} resamples of the respondents; simulated for {} among \
             all offers; {} of {} respondents like paying more, and have no algebraic amounts; \
             empty: the share does not return; bound: the amount or its interval reaches the edge of \
             the prices tried",
            self.interval,
            self.resamples,
            self.product,
            self.respondents_who_like_paying_more,
            self.respondents,
        );
        let comparison = self.comparison.as_ref();
        let comparison = comparison.map(|comparison| comparison.table(&self.price));
        let tables = [Some(table), self.quantile_table(), comparison];
        tables.into_iter().flatten().collect()
    }

    fn csv_table(&self) -> Table {
        let individual = self
            .respondent_table()
            .filter(|table| !table.rows.is_empty());
        individual.unwrap_or_else(|| self.level_table())
    }
}
