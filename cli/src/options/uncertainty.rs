//! What intervals say, in a study with posterior draws.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use conjoint::stats::bootstrap::Uncertainty;

#[derive(Args)]
pub(crate) struct UncertaintyOption {
    /// What intervals say, where the study has posterior draws; with draws, figures are means over them
    /// [default: both if it has, otherwise respondents]
    #[arg(long, value_parser = uncertainty_parser())]
    pub(crate) uncertainty: Option<Uncertainty>,
}

fn uncertainty_parser() -> impl TypedValueParser<Value = Uncertainty> {
    let values = Uncertainty::ALL.map(|one| {
        PossibleValue::new(one.id()).help(match one {
            Uncertainty::Respondents => "Other respondents; figures at the mean part-worths",
            Uncertainty::Draws => "Part-worths known only up to their draws",
            Uncertainty::Both => "Both",
        })
    });
    PossibleValuesParser::new(values)
        .try_map(|id| Uncertainty::from_id(&id).ok_or("no uncertainty has this id"))
}
