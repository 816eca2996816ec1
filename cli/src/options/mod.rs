//! Arguments that several subcommands share, and parsers of their values.

mod interval;
mod model;
mod parse;
mod respondents;
mod scenario;
mod uncertainty;

pub(crate) use interval::IntervalOption;
pub(crate) use model::{ModelOptions, option_error};
pub(crate) use parse::{parse_assignment, parse_id_number, parse_id_numbers, parse_variation};
pub(crate) use respondents::RespondentOptions;
pub(crate) use scenario::ScenarioOptions;
pub(crate) use uncertainty::UncertaintyOption;
