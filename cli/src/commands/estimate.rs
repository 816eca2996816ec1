//! `conjoint estimate`: part-worths from choices or ratings.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use serde::Serialize;

use conjoint::estimation::hb::{CONVERGED_DRAWS, CONVERGED_RHAT, ChainSummary, Direction};
use conjoint::estimation::{
    AttributeKind, Coding, EstimationReport, EstimationSettings, Holdout, InputFile, Model,
    NoneRequest, SurveyRequest, estimate, read_survey,
};
use conjoint::report::{Cell, Column, Table};

use super::Subcommand;
use crate::error::{CliError, print_warning};
use crate::output::{self, Format, Report, write_files};

/// Estimate part-worths from choices or ratings, and write them as a study
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint estimate choices.csv --out Estimated --model mnl --attribute brand --attribute price:linear"
)]
pub(super) struct EstimateCommand {
    /// Files of choices or ratings, as survey tools save them; several if they belong together
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder to write the study to; created if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Model: hierarchical Bayes, multinomial logit, or least squares on ratings
    #[arg(long, value_enum, default_value_t = ModelName::Hb)]
    model: ModelName,
    /// Column of respondents
    #[arg(long, value_name = "COL")]
    respondent: Option<String>,
    /// Column of tasks
    #[arg(long, value_name = "COL")]
    task: Option<String>,
    /// Column of alternatives
    #[arg(long, value_name = "COL")]
    alternative: Option<String>,
    /// Column of choices, or of ratings
    #[arg(long, value_name = "COL")]
    choice: Option<String>,
    /// An attribute; if any is given, no other column is one
    #[arg(long, value_name = "COL[:categorical|:numeric|:linear]", value_parser = parse_attribute)]
    attribute: Vec<(String, Option<AttributeKind>)>,
    /// Coding of levels [default: effects, and dummy for mnl]
    #[arg(long, value_enum)]
    coding: Option<CodingName>,
    /// None: found out, the column that marks it, or left out
    #[arg(long, value_name = "auto|COL|no", default_value = "auto")]
    none: String,
    /// Chains of hierarchical Bayes
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    chains: u8,
    /// Iterations of each chain, the burn-in included [default: until they have converged]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=10_000_000))]
    iterations: Option<u32>,
    /// Iterations before draws count [default: 250, or half of --iterations if that is less]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    burn_in: Option<u32>,
    /// Draws of each respondent to keep in all
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    keep: u32,
    /// Seed of everything random
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Prior variance per parameter
    #[arg(long, value_name = "V", default_value_t = 2.0)]
    prior_variance: f64,
    /// Prior degrees of freedom, in addition to the number of parameters
    #[arg(long, value_name = "DF", default_value_t = 5.0)]
    prior_df: f64,
    /// Attribute whose utility must not rise from one level to the next; repeatable
    #[arg(long, value_name = "ATTRIBUTE")]
    decreasing: Vec<String>,
    /// Attribute whose utility must not fall; repeatable
    #[arg(long, value_name = "ATTRIBUTE")]
    increasing: Vec<String>,
    /// Number of last tasks of each respondent that only check the estimates
    #[arg(long, value_name = "N", conflicts_with = "holdout_tasks")]
    holdout: Option<usize>,
    /// Names of the tasks that only check the estimates
    #[arg(long, value_name = "T1,T2,...", value_delimiter = ',')]
    holdout_tasks: Vec<String>,
    /// Column of respondents' weights; hierarchical Bayes ignores them
    #[arg(long, value_name = "COL")]
    weight: Option<String>,
    /// File with the names of attributes and levels: .att, or a table with each attribute above its levels
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModelName {
    /// Hierarchical Bayes: part-worths of each respondent
    Hb,
    /// Multinomial logit: the same part-worths for everybody
    Mnl,
    /// Least squares on ratings, per respondent
    Ols,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CodingName {
    /// Part-worths of an attribute sum to 0
    Effects,
    /// The first level has part-worth 0
    Dummy,
}

/// `COL`, or `COL:KIND`. A colon that no kind follows belongs to the name.
fn parse_attribute(text: &str) -> Result<(String, Option<AttributeKind>), String> {
    let (name, kind) = match text.rsplit_once(':') {
        Some((name, "categorical")) => (name, Some(AttributeKind::Categorical)),
        Some((name, "numeric")) => (name, Some(AttributeKind::Numeric)),
        Some((name, "linear")) => (name, Some(AttributeKind::Linear)),
        _ => (text, None),
    };
    match name.is_empty() {
        true => Err("write COL or COL:linear, for example price:linear".to_owned()),
        false => Ok((name.to_owned(), kind)),
    }
}

impl Subcommand for EstimateCommand {
    const NAME: &'static str = "estimate";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let start = Instant::now();
        let files: Result<Vec<InputFile>, CliError> =
            self.files.iter().map(|path| read_input(path)).collect();
        let survey = read_survey(&files?, &self.request()?)?;
        let mut progress = Progress::default();
        let mut estimation = estimate(&survey, &self.settings(), &mut |chains| {
            progress.show(chains)
        })?;
        progress.finish();
        estimation.report.seconds = start.elapsed().as_secs_f64();
        let study = estimation.write_study(&survey)?;
        write_files(&self.out, &study)?;
        print_warnings(&estimation.report);
        output::print(&EstimateReport(&estimation.report), format)
    }
}

fn read_input(path: &Path) -> Result<InputFile, CliError> {
    let bytes = std::fs::read(path).map_err(|error| CliError::InputFile {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(InputFile {
        name: path.display().to_string(),
        bytes,
    })
}

impl EstimateCommand {
    fn request(&self) -> Result<SurveyRequest, CliError> {
        let labels = self.labels.as_deref().map(read_input).transpose()?;
        Ok(SurveyRequest {
            respondent: self.respondent.clone(),
            task: self.task.clone(),
            alternative: self.alternative.clone(),
            choice: self.choice.clone(),
            weight: self.weight.clone(),
            attributes: self.attribute.clone(),
            none: match self.none.as_str() {
                "auto" => NoneRequest::Auto,
                "no" => NoneRequest::Ignore,
                name => NoneRequest::Column(name.to_owned()),
            },
            holdout: match (self.holdout, self.holdout_tasks.is_empty()) {
                (Some(count), _) => Holdout::Last(count),
                (None, false) => Holdout::Named(self.holdout_tasks.clone()),
                (None, true) => Holdout::Empty,
            },
            has_ratings: matches!(self.model, ModelName::Ols),
            labels,
        })
    }

    fn settings(&self) -> EstimationSettings {
        let model = match self.model {
            ModelName::Hb => Model::Hierarchical,
            ModelName::Mnl => Model::Logit,
            ModelName::Ols => Model::LeastSquares,
        };
        let coding = self.coding.map(|coding| match coding {
            CodingName::Effects => Coding::Effects,
            CodingName::Dummy => Coding::Dummy,
        });
        let decreasing = self
            .decreasing
            .iter()
            .map(|name| (name.clone(), Direction::Decreasing));
        let increasing = self
            .increasing
            .iter()
            .map(|name| (name.clone(), Direction::Increasing));
        EstimationSettings {
            coding,
            chains: usize::from(self.chains),
            iterations: self.iterations.map(|count| count as usize),
            burn_in: self.burn_in.map(|count| count as usize),
            keep: self.keep as usize,
            seed: self.seed,
            prior_variance: self.prior_variance,
            prior_df: self.prior_df,
            directions: decreasing.chain(increasing).collect(),
            ..EstimationSettings::new(model)
        }
    }
}

/// The progress of chains, on a terminal.
#[derive(Default)]
struct Progress {
    has_line: bool,
}

impl Progress {
    fn show(&mut self, chains: &[ChainSummary]) -> bool {
        let mut error = io::stderr();
        if let Some(chain) = chains.first().filter(|_| error.is_terminal()) {
            // If the terminal cannot be written, there is nowhere to report it.
            let _ = write!(
                error,
                "\riteration {}, log-likelihood {:.1} ",
                chain.iteration, chain.log_likelihood
            );
            self.has_line = true;
        }
        true
    }

    fn finish(&self) {
        if self.has_line {
            let _ = writeln!(io::stderr());
        }
    }
}

fn print_warnings(report: &EstimationReport) {
    if !report.converged {
        print_warning(&format!(
            "the chains have not converged: some population mean has an R-hat above {CONVERGED_RHAT} or fewer than {CONVERGED_DRAWS} effective draws; run more iterations with --iterations, or leave it out to run until they converge"
        ));
    }
    if let Some(sampling) = report
        .sampling
        .as_ref()
        .filter(|sampling| sampling.below_chance > 0)
    {
        let count = sampling.below_chance;
        print_warning(&format!(
            "{count} respondents answered below chance; look at them in estimation.json before you use the study"
        ));
    }
}

/// The figures of an estimation.
#[derive(Serialize)]
#[serde(transparent)]
struct EstimateReport<'r>(&'r EstimationReport);

impl Report for EstimateReport<'_> {
    fn text_tables(&self) -> Vec<Table> {
        let mut tables = vec![self.parameter_table(), self.summary_table()];
        let mut notes = Table::new("Notes", [Column::new("")]);
        let left_out = self
            .0
            .left_out
            .iter()
            .map(|entry| format!("Left out: {} × {}.", entry.count, entry.reason));
        for note in left_out.chain(self.0.assumed.iter().cloned()) {
            notes.push([Cell::text(note)]);
        }
        tables.extend((!notes.rows.is_empty()).then_some(notes));
        tables
    }

    fn csv_table(&self) -> Table {
        self.parameter_table()
    }
}

impl EstimateReport<'_> {
    fn parameter_table(&self) -> Table {
        let has_draws = self.0.draws.is_some();
        let is_clustered = self
            .0
            .parameters
            .iter()
            .any(|parameter| parameter.standard_error_clustered.is_some());
        let mut names = vec!["attribute", "level", "estimate", "standard_error"];
        names.extend(is_clustered.then_some("standard_error_clustered"));
        names.extend(["low", "high"]);
        if has_draws {
            names.extend([
                "mcse",
                "rhat",
                "ess",
                "variance",
                "variance_error",
                "variance_rhat",
                "variance_ess",
            ]);
        }
        let mut table = Table::new("Parameters", names.into_iter().map(Column::new))
            .with_note("intervals of 90 %");
        for parameter in &self.0.parameters {
            let number = |value: Option<f64>, decimals: u8| {
                Cell::optional(value, |value| Cell::decimal(value, decimals))
            };
            let mut row = vec![
                Cell::text(&parameter.attribute),
                Cell::text(&parameter.level),
                Cell::decimal(parameter.estimate, 6),
                number(parameter.standard_error, 6),
            ];
            row.extend(is_clustered.then(|| number(parameter.standard_error_clustered, 6)));
            row.extend([number(parameter.low, 4), number(parameter.high, 4)]);
            if has_draws {
                let variance = parameter.variance.as_ref();
                row.extend([
                    number(parameter.mcse, 4),
                    number(parameter.rhat, 3),
                    number(parameter.ess, 0),
                    number(variance.map(|variance| variance.estimate), 4),
                    number(variance.map(|variance| variance.standard_error), 4),
                    number(variance.map(|variance| variance.rhat), 3),
                    number(variance.map(|variance| variance.ess), 0),
                ]);
            }
            table.push(row);
        }
        table
    }

    fn summary_table(&self) -> Table {
        let report = self.0;
        let fit = &report.fit;
        let mut table = Table::new("Summary", ["figure", "value"].map(Column::new));
        let mut add = |name: &str, cell: Option<Cell>| {
            table
                .rows
                .extend(cell.map(|cell| vec![Cell::text(name), cell]))
        };
        let figure = |value: Option<f64>| value.map(|value| Cell::decimal(value, 6));
        add("layout", Some(Cell::text(report.layout)));
        add("respondents", Some(Cell::count(report.respondents)));
        add("tasks", Some(Cell::count(report.tasks)));
        add("alternatives", Some(Cell::count(report.alternatives)));
        add("intercept", figure(report.intercept));
        add("log-likelihood", figure(report.log_likelihood));
        add("null log-likelihood", figure(report.null_log_likelihood));
        add("root likelihood", figure(fit.rlh));
        add(
            "percent certainty",
            fit.percent_certainty.map(|value| Cell::percent(value, 1)),
        );
        add("AIC", figure(fit.aic));
        add("BIC", figure(fit.bic));
        add("R²", figure(fit.r_squared));
        add(
            "hit rate",
            fit.hit_rate.map(|value| Cell::percent(value, 1)),
        );
        add(
            "holdout hit rate",
            fit.holdout_hit_rate.map(|value| Cell::percent(value, 1)),
        );
        add(
            "holdout error of shares",
            fit.holdout_mae.map(|value| Cell::percent(value, 2)),
        );
        add(
            "constrained respondents",
            report.constrained_respondents.map(Cell::count),
        );
        if let Some(sampling) = &report.sampling {
            let prior = &sampling.prior.prior;
            add(
                "iterations per chain",
                Some(Cell::count(sampling.iterations)),
            );
            add("burn-in", Some(Cell::count(sampling.burn_in)));
            add("acceptance", Some(Cell::percent(sampling.acceptance, 0)));
            add(
                "respondents below chance",
                Some(Cell::count(sampling.below_chance)),
            );
            add(
                "prior degrees of freedom",
                Some(Cell::number(prior.degrees_of_freedom)),
            );
        }
        add(
            "converged",
            Some(Cell::text(if report.converged { "yes" } else { "no" })),
        );
        add("seed", i64::try_from(report.seed).ok().map(Cell::Integer));
        add("seconds", Some(Cell::decimal(report.seconds, 2)));
        table
    }
}
