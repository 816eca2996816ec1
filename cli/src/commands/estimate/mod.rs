//! `conjoint estimate`: part-worths from choices or ratings.

mod report;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use conjoint::estimation::hb::{CONVERGED_DRAWS, CONVERGED_RHAT, ChainSummary, Direction};
use conjoint::estimation::{
    AttributeKind, Coding, EstimationReport, EstimationSettings, Holdout, InputFile, Model,
    NoneRequest, SurveyRequest, estimate, read_survey, study_file_names,
};

use self::report::EstimateReport;
use super::Subcommand;
use crate::error::{CliError, print_warning};
use crate::load::read_bytes;
use crate::output::{self, Format};
use crate::study_folder::{check_folder, write_study_folder};

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
        let settings = self.settings();
        let survey = read_survey(&files?, &self.request()?)?;
        // Estimating takes minutes or hours, so it must not end in a refusal.
        check_folder(&self.out, &study_file_names(&settings))?;
        let mut progress = Progress::default();
        let mut estimation = estimate(&survey, &settings, &mut |chains| progress.show(chains))?;
        progress.finish();
        estimation.report.seconds = start.elapsed().as_secs_f64();
        let study = estimation.write_study(&survey)?;
        write_study_folder(&self.out, &study)?;
        print_warnings(&estimation.report);
        output::print(&EstimateReport(&estimation.report), format)
    }
}

fn read_input(path: &Path) -> Result<InputFile, CliError> {
    Ok(InputFile::open(
        path.display().to_string(),
        read_bytes(path)?,
    ))
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
