//! What the screen says about an estimation.

use conjoint::estimation::{Finding, Model};
use worker::protocol::EstimationResult;

use crate::format::{count, plain_number};

/// How to read "Trace".
pub const TRACE: &str = "Each line is a chain: the population mean of the parameter, draw after draw. \
    Chains that have converged overlap like one band of noise. A line that drifts, or two lines apart, \
    means that the chains need more iterations.";
/// How to read "R-hat".
pub const RHAT: &str = "R-hat compares the chains with each other. At 1.01 or less they agree; above it, \
    the parameter has not converged.";
/// How to read "Effective draws".
pub const DRAWS: &str = "Successive draws are alike, so they count less than independent ones. 400 \
    effective draws or more of every population mean are enough.";
/// How to read "Root likelihood by respondent".
pub const RLH: &str = "Respondents in the order of their root likelihood: the typical probability that \
    the model gave to what the respondent chose. 1 over the number of alternatives is chance; \
    respondents below it may have answered carelessly.";
/// How to read "Part-worths over respondents".
pub const LEVELS: &str = "Each curve is a level: where it is high, many respondents have that part-worth. \
    Curves far apart mean that the attribute matters; wide curves mean that respondents differ. \
    Posterior means are drawn, which differ less than respondents do.";

/// Whether the estimates can be used, in a sentence, and whether that is a warning.
pub fn verdict(result: &EstimationResult) -> (String, bool) {
    if !result.verdict.is_usable {
        let text = "Not converged: these part-worths cannot be relied on. Leave \"Iterations\" empty \
                    to run until the chains converge, leave out an attribute, or ask more tasks.";
        return (text.to_owned(), true);
    }
    let text = match result.model {
        Model::Hierarchical => "Converged: the part-worths can be used.",
        Model::Logit => "The optimum was found: the part-worths can be used.",
        Model::LeastSquares => "Least squares has one solution: the part-worths can be used.",
    };
    (text.to_owned(), false)
}

/// Something to look at, in a sentence.
pub fn finding(finding: &Finding) -> String {
    match finding {
        Finding::NotConverged {
            attribute,
            level,
            rhat,
            ess,
        } => {
            let name = parameter_name(attribute, level);
            let rhat = match rhat {
                Some(rhat) => format!("R-hat {}", plain_number((rhat * 1000.0).round() / 1000.0)),
                None => "no R-hat yet".to_owned(),
            };
            format!(
                "Farthest from converged: {name}, with {rhat} and {} effective draws.",
                plain_number(ess.round())
            )
        }
        Finding::BelowChance {
            count: people,
            is_many,
        } => {
            let advice = match is_many {
                true => {
                    "That is more than a tenth: check the columns, and whether answers are careless"
                }
                false => "Look at them under \"Root likelihood by respondent\"",
            };
            format!(
                "{} respondents answered below chance. {advice}.",
                count(*people)
            )
        }
        Finding::Constrained(people) => format!(
            "A sign constraint bounds {} respondents; without it, some of them would have the other sign.",
            count(*people)
        ),
        Finding::SameForAll => {
            "Everybody has the same part-worths, so compare shares of preference: \
             by first choice, one product gets all respondents. Hierarchical Bayes estimates \
             part-worths of each respondent."
                .to_owned()
        }
    }
}

/// Attribute and level in one line.
pub fn parameter_name(attribute: &str, level: &str) -> String {
    match level.is_empty() {
        true => attribute.to_owned(),
        false => format!("{attribute}: {level}"),
    }
}

/// Options of the command line and what they are called here.
const OPTIONS: [(&str, &str); 17] = [
    ("--attribute NAME:linear", "\"Kind\""),
    ("--model hb", "\"Hierarchical Bayes\""),
    ("--model mnl", "\"Multinomial logit\""),
    ("--model ols", "\"Least squares\""),
    ("--decreasing and --increasing", "\"Constraint\""),
    ("--respondent", "\"Respondent\""),
    ("--alternative", "\"Alternative\""),
    ("--choice", "\"Choice\""),
    ("--task", "\"Task\""),
    ("--labels", "\"Labels\""),
    ("--none", "\"None\""),
    ("--decreasing", "\"Constraint\""),
    ("--increasing", "\"Constraint\""),
    ("--iterations", "\"Iterations\""),
    ("--burn-in", "the burn-in"),
    ("--holdout", "\"Holdout tasks\""),
    ("--attribute", "\"Attributes\""),
];

/// A message of the model with the names that options have on the screen.
pub fn with_screen_names(message: &str) -> String {
    OPTIONS
        .iter()
        .fold(message.to_owned(), |text, (option, name)| {
            text.replace(option, name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_command_line_have_the_names_of_the_screen() {
        let text = "name the columns with --respondent, --task and --choice, or use --model mnl; \
                    make attributes linear with --attribute NAME:linear, not --attribute";
        let text = with_screen_names(text);
        assert!(!text.contains("--"), "{text}");
        assert!(text.contains("\"Multinomial logit\""), "{text}");
    }

    #[test]
    fn what_has_not_converged_says_so() {
        let result = |is_usable| EstimationResult {
            model: Model::Hierarchical,
            verdict: conjoint::estimation::Verdict {
                is_usable,
                findings: Vec::new(),
            },
            parameters: conjoint::report::Table::new("", []),
            summary: conjoint::report::Table::new("", []),
            notes: Vec::new(),
            sampling: None,
            levels: Vec::new(),
        };
        let (text, is_warning) = verdict(&result(false));
        assert!(text.starts_with("Not converged") && is_warning);
        let (text, is_warning) = verdict(&result(true));
        assert!(text.starts_with("Converged") && !is_warning);
    }

    #[test]
    fn a_finding_names_its_parameter() {
        let worst = Finding::NotConverged {
            attribute: "Price".to_owned(),
            level: "$499".to_owned(),
            rhat: None,
            ess: 12.4,
        };
        let text = finding(&worst);
        assert_eq!(
            text,
            "Farthest from converged: Price: $499, with no R-hat yet and 12 effective draws."
        );
    }
}
