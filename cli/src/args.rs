//! What can be asked for: the arguments as clap reads them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use conjoint::simulation::scenario::readings;
use conjoint::study::ProductId;
use conjoint::sweep::Range;

use crate::model_args::{ModelOptions, PeopleOptions, by_id};

/// Conjoint analysis of offers: who would choose what, and what it does to the money.
#[derive(Parser)]
#[command(
    name = "conjoint",
    version,
    propagate_version = true,
    after_help = "Example:\n  conjoint simulate --data Data --set 9.monthly_cost=449"
)]
pub(crate) struct Arguments {
    /// How results are written
    #[arg(long, value_enum, default_value_t = Format::Table, global = true)]
    pub(crate) format: Format,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned, for a terminal
    Table,
    /// Full double precision, for programs
    Json,
    /// One figure a row, for a spreadsheet
    Csv,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Validate a study: list every problem at once, and summarize it
    #[command(after_help = "Example:\n  conjoint check Data")]
    Check {
        /// The study's folder
        #[arg(value_name = "DIR")]
        study: PathBuf,
    },
    /// Draw the study that ships, or a larger or smaller one like it
    #[command(
        after_help = "Example:\n  conjoint generate --out Data --respondents \"Millennial=200,Gen X=200,Baby Boomer=160\""
    )]
    Generate(GenerateRequest),
    /// Write down what the study's own offers lead to
    #[command(
        after_help = "Example:\n  conjoint precompute --data Data --out \"Precomputed Data\""
    )]
    Precompute {
        /// The study's folder
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// The folder to write to; it is made if it is missing
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Shares, attraction and money after edits of the offers
    #[command(
        after_help = "Example:\n  conjoint simulate --data Data --set 9.monthly_cost=449 --withdraw 3\n  conjoint simulate --data Data --rule share-of-preference --none -2 --interval 90"
    )]
    Simulate {
        #[command(flatten)]
        edits: Edits,
        /// Where shares and money lie with this probability, in percent, by 1,000 resamples of the
        /// respondents
        #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
        interval: Option<f64>,
    },
    /// Constants, or a scale factor, that give the offers the shares of the market
    #[command(
        after_help = "Example:\n  conjoint calibrate --data Data --rule share-of-preference --fit-scale --target 1=0.1 --target 2=0.2 ..."
    )]
    Calibrate(CalibrateRequest),
    /// Change one cost of several products in lockstep
    #[command(
        after_help = "Example:\n  conjoint sweep --data Data --attribute monthly_cost --row 9:399:499:20:399 --row 10:900:1000:20:900"
    )]
    Sweep(SweepRequest),
    /// Change two costs of several products, every pair of points a scenario
    #[command(
        after_help = "Example:\n  conjoint grid --data Data --x monthly_cost --y upfront_cost --row 7:155:205:10:195:4540:5040:100:4940"
    )]
    Grid(GridRequest),
    /// How important the attributes are, and what their levels are worth
    #[command(
        after_help = "Example:\n  conjoint importance --data Data --segment \"Gen X\" --segment Millennial"
    )]
    Importance(ImportanceRequest),
    /// By how many percent shares move when a price moves by one
    #[command(
        after_help = "Example:\n  conjoint elasticity --data Data --rule share-of-preference --scale 0.8\n\nPoint elasticities are of the share of preference, whatever the rule; arc elasticities, of a price\n5 % below and 5 % above, are by the rule."
    )]
    Elasticity(ElasticityRequest),
    /// The share of one offer, and what its brand earns, at every price
    #[command(
        after_help = "Example:\n  conjoint demand --data Data --rule share-of-preference --product 9"
    )]
    Demand(DemandRequest),
    /// Where the buyers of an offer go when it is withdrawn
    #[command(after_help = "Example:\n  conjoint diversion --data Data --rule share-of-preference")]
    Diversion {
        #[command(flatten)]
        edits: Edits,
    },
    /// What the levels of the attributes are worth in money
    #[command(
        after_help = "Example:\n  conjoint wtp --data Data --rule share-of-preference --product 9 --attribute range\n\nTwo amounts are told of each level, against the level that the offer has or the one nearest to\nit. algebraic: the median over respondents of the difference of part-worths over the slope of\ntheir price line; it overstates what buyers would pay. simulated: by how much the price of the\noffer may rise among its competitors and None until its share is back; none where it is not."
    )]
    Wtp(WtpOptions),
    /// Values of offers that bring a brand the most share, revenue or EBIT
    #[command(
        after_help = "Example:\n  conjoint optimize --data Data --objective ebit --brand Tesla --vary 9.monthly_cost=349:499:10 --vary 9.range=200:300:20 --cost range=200:0 --cost range=300:25 --answer"
    )]
    Optimize(OptimizeRequest),
}

#[derive(Args)]
pub(crate) struct GenerateRequest {
    /// The folder to write to; it is made if it is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The seed: the same seed gives the same bytes on every machine
    #[arg(long, default_value_t = 2020)]
    pub(crate) seed: u64,
    /// Respondents by segment [default: "Millennial=200,Gen X=200,Baby Boomer=160"]
    #[arg(long, value_name = "SEGMENT=COUNT,...", value_delimiter = ',', value_parser = segment)]
    pub(crate) respondents: Vec<(String, u32)>,
}

/// How wide intervals are.
#[derive(Args)]
pub(crate) struct IntervalOption {
    /// Where figures lie with this probability, in percent, by 1,000 resamples of the respondents
    #[arg(
        long = "interval",
        value_name = "PERCENT",
        default_value_t = 90.0,
        allow_negative_numbers = true
    )]
    pub(crate) percent: f64,
}

/// A study, what to change about its offers, and by which method they are chosen.
#[derive(Args)]
pub(crate) struct Edits {
    /// The study's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Start from a saved scenario, as the dashboard exports them
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// Which scenario, where the file has several
    #[arg(long, requires = "scenario")]
    pub(crate) name: Option<String>,
    /// Give an offer another value; may be repeated
    #[arg(long = "set", value_name = "ID.COLUMN=VALUE", value_parser = assignment, allow_hyphen_values = true)]
    pub(crate) set: Vec<String>,
    /// Take an offer from the market; may be repeated
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) withdraw: Vec<String>,
    #[command(flatten)]
    pub(crate) model: ModelOptions,
}

#[derive(Args)]
pub(crate) struct CalibrateRequest {
    /// The study's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) model: ModelOptions,
    /// The share that an offer has in the market, 0 to 1; one for every offer
    #[arg(long = "target", value_name = "ID=SHARE", required = true, value_parser = by_id)]
    pub(crate) targets: Vec<(ProductId, f64)>,
    /// Fit the scale factor, and add no constants
    #[arg(long)]
    pub(crate) fit_scale: bool,
}

#[derive(Args)]
pub(crate) struct ImportanceRequest {
    /// The study's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) people: PeopleOptions,
    /// The seed of the resamples behind the intervals
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) interval: IntervalOption,
}

#[derive(Args)]
pub(crate) struct SweepRequest {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// The cost that moves: monthly_cost, upfront_cost, or the study's own name of either
    #[arg(long, value_name = "COLUMN")]
    pub(crate) attribute: String,
    /// A product and its values; may be repeated
    #[arg(long = "row", value_name = "ID:BEGIN:END:STEP:BASELINE", required = true, value_parser = sweep_row, allow_hyphen_values = true)]
    pub(crate) rows: Vec<(String, Range)>,
}

#[derive(Args)]
pub(crate) struct GridRequest {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// The cost along x: monthly_cost, upfront_cost, or the study's own name of either
    #[arg(long, value_name = "COLUMN")]
    pub(crate) x: String,
    /// The cost along y: the other one
    #[arg(long, value_name = "COLUMN")]
    pub(crate) y: String,
    /// A product and its values along x and y; may be repeated
    #[arg(
        long = "row",
        value_name = "ID:XBEGIN:XEND:XSTEP:XBASE:YBEGIN:YEND:YSTEP:YBASE",
        required = true,
        value_parser = grid_row,
        allow_hyphen_values = true
    )]
    pub(crate) rows: Vec<(String, Range, Range)>,
    /// The figures of the focal brand's parent instead of the brand's own
    #[arg(long)]
    pub(crate) consolidated: bool,
}

#[derive(Args)]
pub(crate) struct ElasticityRequest {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// The attribute that is taken for the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) attribute: Option<String>,
}

#[derive(Args)]
pub(crate) struct DemandRequest {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// The attribute that is taken for the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) attribute: Option<String>,
    /// The offer whose price moves [default: the one with the largest share]
    #[arg(long, value_name = "ID")]
    pub(crate) product: Option<String>,
    #[command(flatten)]
    pub(crate) interval: IntervalOption,
}

#[derive(Args)]
pub(crate) struct WtpOptions {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// The only attribute whose levels are asked about [default: all of them]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) attribute: Option<String>,
    /// The attribute that is taken for the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) price: Option<String>,
    /// The offer whose price moves [default: the one with the largest share]
    #[arg(long, value_name = "ID")]
    pub(crate) product: Option<String>,
    #[command(flatten)]
    pub(crate) interval: IntervalOption,
}

#[derive(Args)]
pub(crate) struct OptimizeRequest {
    #[command(flatten)]
    pub(crate) edits: Edits,
    /// What is to be as high as it can be
    #[arg(long, value_enum)]
    pub(crate) objective: ObjectiveWord,
    /// Whose: a brand's
    #[arg(long, value_name = "NAME", required_unless_present = "parent")]
    pub(crate) brand: Option<String>,
    /// Whose: that of all brands of a parent
    #[arg(long, value_name = "NAME", conflicts_with = "brand")]
    pub(crate) parent: Option<String>,
    /// What varies; A,B,C for levels that are names; may be repeated
    #[arg(long, value_name = "ID.COLUMN=BEGIN:END:STEP", required = true, value_parser = variation, allow_hyphen_values = true)]
    pub(crate) vary: Vec<String>,
    /// What a value of a column costs a customer and month, for EBIT; may be repeated, numbers
    /// between are interpolated
    #[arg(
        long = "cost",
        value_name = "COLUMN=VALUE:COST",
        allow_hyphen_values = true
    )]
    pub(crate) costs: Vec<String>,
    /// How many of the best are shown
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) top: u16,
    /// Let all brands answer with their monthly costs, and show which of the best is best then
    #[arg(long)]
    pub(crate) answer: bool,
}

/// What is to be as high as it can be, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ObjectiveWord {
    /// The share of all respondents
    Share,
    /// Revenue after the period
    Revenue,
    /// EBIT after the period
    Ebit,
}

/// Text that may be `ID.COLUMN=VALUES`.
fn variation(text: &str) -> Result<String, String> {
    assignment(text).map_err(|_| {
        "write ID.COLUMN=BEGIN:END:STEP, as 9.monthly_cost=399:499:20, or ID.COLUMN=A,B,C"
            .to_owned()
    })
}

/// Text that may be `ID.COLUMN=VALUE`; which part is which, only the study can tell.
fn assignment(text: &str) -> Result<String, String> {
    match readings(text).next() {
        Some(_) => Ok(text.to_owned()),
        None => Err("write ID.COLUMN=VALUE, as 9.monthly_cost=449".to_owned()),
    }
}

fn segment(text: &str) -> Result<(String, u32), String> {
    let parsed = text.rsplit_once('=').and_then(|(name, count)| {
        let count = count.trim().parse().ok()?;
        Some((name.trim().to_owned(), count))
    });
    parsed.ok_or_else(|| "write SEGMENT=COUNT, as \"Gen X=200\"".to_owned())
}

fn sweep_row(text: &str) -> Result<(String, Range), String> {
    let parsed = numbers::<4>(text).map(|(id, range)| (id, range.into()));
    parsed.ok_or_else(|| "write ID:BEGIN:END:STEP:BASELINE, as 9:399:499:20:399".to_owned())
}

fn grid_row(text: &str) -> Result<(String, Range, Range), String> {
    let parsed = numbers(text)
        .map(|(id, [a, b, c, d, e, f, g, h])| (id, [a, b, c, d].into(), [e, f, g, h].into()));
    parsed.ok_or_else(|| {
        "write ID:XBEGIN:XEND:XSTEP:XBASE:YBEGIN:YEND:YSTEP:YBASE, as 7:155:205:10:195:4540:5040:100:4940"
            .to_owned()
    })
}

/// An id and `N` numbers behind it, all parted by colons; the id may have colons of its own.
fn numbers<const N: usize>(text: &str) -> Option<(String, [f64; N])> {
    let mut parts: Vec<&str> = text.rsplitn(N + 1, ':').collect();
    parts.reverse();
    let (id, numbers) = parts.split_first()?;
    let numbers: Option<Vec<f64>> = numbers.iter().map(|n| n.trim().parse().ok()).collect();
    Some(((*id).to_owned(), numbers?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn rows_are_read_from_the_right() {
        let (id, range) = sweep_row("a:b:399:499:20:399").unwrap();
        assert_eq!((id.as_str(), range.end), ("a:b", 499.0));
        assert!(sweep_row("9:399:499:20").is_err());
        assert!(sweep_row("9:a:499:20:399").is_err());
        let (_, x, y) = grid_row("7:155:205:10:195:4540:5040:100:4940").unwrap();
        assert_eq!((x.baseline, y.baseline), (195.0, 4940.0));
    }
}
