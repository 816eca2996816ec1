//! A study, edits of its offers, and the choice model.

use std::path::PathBuf;

use clap::Args;

use super::{ModelOptions, parse_assignment};

#[derive(Args)]
pub(crate) struct ScenarioOptions {
    /// Folder of the study
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Start from a saved scenario, in a file that the dashboard exported
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// Name of the scenario, if the file contains several
    #[arg(long, requires = "scenario")]
    pub(crate) name: Option<String>,
    /// Change a value of an offer; repeatable
    #[arg(long = "set", value_name = "ID.COLUMN=VALUE", value_parser = parse_assignment, allow_hyphen_values = true)]
    pub(crate) set: Vec<String>,
    /// Take an offer off the market; repeatable
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) withdraw: Vec<String>,
    #[command(flatten)]
    pub(crate) model: ModelOptions,
}
