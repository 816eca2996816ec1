//! Whether the estimates can be used, and what to look at: facts, which the screen puts into words.

use super::estimate::Model;
use super::report::EstimationReport;

/// A part of respondents below chance from which the answers as a whole look careless.
const MANY: f64 = 0.1;

/// Whether the estimates can be used.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Verdict {
    /// Whether they can: the optimum was found, or all chains converged.
    pub is_usable: bool,
    /// What to look at.
    pub findings: Vec<Finding>,
}

/// Something to look at before the estimates are used.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Finding {
    /// The population mean that is farthest from converged.
    NotConverged {
        /// The parameter's attribute.
        attribute: String,
        /// Its level; empty for a linear attribute and None.
        level: String,
        /// Its R-hat; `None` if there are too few draws.
        rhat: Option<f64>,
        /// Its effective draws.
        ess: f64,
    },
    /// Respondents whose answers are worse predicted than by chance.
    BelowChance {
        /// How many.
        count: usize,
        /// Whether they are more than a tenth of all.
        is_many: bool,
    },
    /// Respondents whom a sign constraint bounds.
    Constrained(usize),
    /// The part-worths are the same for everybody.
    SameForAll,
}

impl EstimationReport {
    /// Whether the estimates can be used, and what to look at.
    pub fn verdict(&self) -> Verdict {
        let mut findings = Vec::new();
        findings.extend((!self.converged).then(|| self.worst_parameter()).flatten());
        let below = self
            .sampling
            .as_ref()
            .map_or(0, |sampling| sampling.below_chance);
        findings.extend((below > 0).then_some(Finding::BelowChance {
            count: below,
            is_many: below as f64 > MANY * self.respondents as f64,
        }));
        let bound = self.constrained_respondents.filter(|count| *count > 0);
        findings.extend(bound.map(Finding::Constrained));
        findings.extend((self.model == Model::Logit).then_some(Finding::SameForAll));
        Verdict {
            is_usable: self.converged,
            findings,
        }
    }

    /// The parameter with the fewest effective draws.
    fn worst_parameter(&self) -> Option<Finding> {
        let sampled = self
            .parameters
            .iter()
            .filter(|parameter| parameter.standard_error.is_some_and(|error| error > 0.0));
        let draws = sampled.filter_map(|parameter| Some((parameter, parameter.ess?)));
        let (worst, ess) = draws.min_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(Finding::NotConverged {
            attribute: worst.attribute.clone(),
            level: worst.level.clone(),
            rhat: worst.rhat.filter(|rhat| rhat.is_finite()),
            ess,
        })
    }
}
