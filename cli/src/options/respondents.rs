//! Which respondents are included, and their weights.

use std::path::PathBuf;

use clap::Args;

use conjoint::choice::{ChoiceModel, ChoiceModelError, Selection};
use conjoint::study::Study;

use super::model::{find_argument, option_error};
use crate::error::{CliError, print_warning};

#[derive(Args)]
pub(crate) struct RespondentOptions {
    /// Include only respondents of this segment; repeatable
    #[arg(long = "segment", value_name = "NAME", allow_hyphen_values = true)]
    segments: Vec<String>,
    /// Include only respondents who own this brand today; repeatable
    #[arg(long = "owner", value_name = "BRAND", allow_hyphen_values = true)]
    owners: Vec<String>,
    /// Respondent weights, a CSV file with the columns id and weight
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
}

impl RespondentOptions {
    /// The model restricted to these respondents, checked against the study.
    pub(crate) fn restrict(
        &self,
        study: &Study,
        mut model: ChoiceModel,
    ) -> Result<ChoiceModel, CliError> {
        // Options replace the selection of a saved scenario.
        if !self.segments.is_empty() {
            model.segments.clear();
        }
        if !self.owners.is_empty() {
            model.owners.clear();
        }
        for name in &self.segments {
            model
                .include_segment(study, name)
                .map_err(|error| option_error("--segment", error))?;
        }
        for name in &self.owners {
            model
                .include_owner(study, name)
                .map_err(|error| option_error("--owner", error))?;
        }
        let selection = Selection::new(study, &model);
        match model.check(study) {
            Ok(()) => {
                if selection.is_small() {
                    print_warning(&format!(
                        "only {} respondents are included; figures of fewer than {} say little \
                         about a market",
                        selection.respondents,
                        Selection::FEW
                    ));
                }
                Ok(model)
            }
            Err(ChoiceModelError::NoRespondents) => Err(CliError::EmptySelection {
                argument: find_argument(&ChoiceModelError::NoRespondents),
                respondent: match study.respondents().are_weighted() {
                    true => "respondent with a weight above 0",
                    false => "respondent",
                },
                selection,
            }),
            Err(error) => Err(option_error(find_argument(&error), error)),
        }
    }
}
