//! The terms that the page uses, as the model defines them.

use conjoint::stats::quantile::sorted;
use conjoint::study::Study;

use crate::format::{column_label, percent};
use crate::text::terms::expand_terms;

/// Terms with their definitions, the study's words in braces.
const TERMS: [(&str, &str); 33] = [
    (
        "ARPU",
        "Average revenue per user: what a {customer} brings on average, a {month}. Who renews \
         or joins brings the price of the offer chosen, which is the {monthly_cost} and the \
         {upfront_cost} spread over the {term}; who keeps the {contract} brings what is paid today.",
    ),
    (
        "Availability",
        "The share of the market that can buy a product: of every segment, so many respondents are \
         left the product, and the others choose without it.",
    ),
    (
        "Choice rule",
        "How utilities become choices: by first choice, share of preference, randomized first \
         choice or purchase likelihood.",
    ),
    (
        "Constant",
        "What is added to a product's utility for every respondent, so that its share is the one \
         that it has in the market.",
    ),
    (
        "Effective sample size",
        "How many respondents of equal weight would tell as much as those who count do.",
    ),
    (
        "Interval",
        "Where a figure would lie in nine of ten surveys of as many other people: between the 5th \
         and the 95th percentile of its values in resamples of the respondents.",
    ),
    (
        "None",
        "The option to take none of the products, as attractive to a respondent as its utility says.",
    ),
    (
        "Scale factor",
        "By which all utilities are multiplied: above 1 the best product takes more, below 1 shares \
         come nearer to each other.",
    ),
    (
        "Attraction",
        "How probable an offer is to the respondents who choose a product: the probability that \
         80 % of them do not exceed, or half of them where both offers are of one brand. Up to \
         the study's threshold it counts as 0.",
    ),
    ("Attribute", "A property in which the offers differ."),
    (
        "Attribute grid",
        "A sweep of two costs at once: every pair of their points is a scenario.",
    ),
    (
        "Baseline",
        "What changes are measured from. For the offers: the study's own. In a sweep: the \
         baseline point or pair of its table (defined baseline), or today's figures (initial \
         baseline).",
    ),
    (
        "Brand scavenger",
        "A brand that is probable to respondents who choose another, the focal brand.",
    ),
    (
        "Churn",
        "The share of a brand's {customers} who leave for the open market in the period.",
    ),
    (
        "Consolidated",
        "Told by parent company, not by brand; ARPU is then weighted by {customers}.",
    ),
    (
        "{Customers}",
        "{Contract}s in force, each a {service}, after those who renew, leave and \
         join in the period.",
    ),
    (
        "Density",
        "A smooth curve over a sample, high where many respondents stand (a Gaussian kernel with \
         Scott's bandwidth). The ticks below it, the rug, are the respondents.",
    ),
    (
        "EBIT",
        "Earnings before interest and taxes: revenue less a fixed cost and a cost a {customer}. Both \
         are set so that the study's own offers earn each brand's margin.",
    ),
    (
        "First choice",
        "The product of highest utility to a respondent; of equal ones, the first in the study's \
         file.",
    ),
    (
        "Focal brand",
        "The brand that a figure is about: in a sweep, the brand of the table's first row.",
    ),
    (
        "Importance",
        "How much of a respondent's choice an attribute decides: the range of its part-worths, in \
         percent of the sum of all attributes' ranges.",
    ),
    (
        "Live",
        "Of the offers as edited, beside those of the baseline.",
    ),
    (
        "Lockstep",
        "A sweep of one cost of several products together: at its k-th point every product has \
         its own k-th value.",
    ),
    (
        "Net movement",
        "The focal brand's respondents at the baseline point who went to another brand, less those \
         who came from it, as a share of the focal brand's; for the focal brand itself, its whole \
         gain or loss.",
    ),
    (
        "Parent",
        "The company that a brand belongs to; a brand that names none is its own.",
    ),
    (
        "Part-worth",
        "What one level of an attribute is worth to one respondent, in units of utility. Part-worths \
         come from the survey.",
    ),
    (
        "Predicted market share",
        "The respondents whose first choice a product is, or the share of all that the choice rule \
         gives it.",
    ),
    (
        "Renewal",
        "The share of a brand's {customers} who take a new {contract} in the period, of the offer that \
         is their first choice.",
    ),
    (
        "Segment",
        "A group of respondents with rates and revenue of its own.",
    ),
    (
        "Share of preference",
        "The probability that a respondent chooses a product (logit): the exponential of its \
         utility, divided by the sum of those of all products.",
    ),
    (
        "Surveyed range",
        "From the lowest to the highest level that the survey asked about. Beyond it, utility is \
         extrapolated from the outermost two levels.",
    ),
    (
        "Tier",
        "Major or minor, as the study's file of brands says; where it does not, the half of the \
         brands with the larger predicted shares is major.",
    ),
    (
        "Utility",
        "How much a product is worth to a respondent: the sum of the part-worths of its levels. \
         Between two surveyed levels of a number it is interpolated.",
    ),
];

/// The terms in alphabetical order, each with its definition and what it is in this study.
pub fn terms(study: &Study) -> Vec<(String, String)> {
    let told = |(term, meaning): (&str, &str)| {
        let [said, mut meaning] = [term, meaning].map(|text| expand_terms(study.settings(), text));
        if let Some(here) = here(term, study) {
            meaning = format!("{meaning} {here}");
        }
        (said, meaning)
    };
    let terms = TERMS.into_iter().map(told).collect();
    sorted(terms, |(one, _), (other, _)| {
        one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase())
    })
}

/// What a term is in this study, where the study has names for it.
fn here(term: &str, study: &Study) -> Option<String> {
    let told = match term {
        "Attraction" => percent(study.settings().attraction_threshold),
        "Attribute" => {
            let attributes = study.schema().attributes().iter();
            listed(attributes.map(|attribute| column_label(&attribute.name)))
        }
        "Parent" => listed(study.parents().enumerate().filter_map(|(parent, name)| {
            let own = study.brands().iter().filter(|brand| brand.parent == parent);
            let brands: Vec<&str> = own.map(|brand| brand.name.as_str()).collect();
            (brands != [name]).then(|| format!("{name} ({})", brands.join(", ")))
        })),
        "Segment" => listed(study.segments().iter().cloned()),
        _ => return None,
    };
    (!told.is_empty()).then(|| format!("Here: {told}."))
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::terms;
    use conjoint::sample_study::{Sample, generate};

    #[test]
    fn terms_stand_in_order_and_end_as_sentences() {
        let terms = terms(&generate(&Sample::default()).unwrap());
        assert!(terms.is_sorted_by_key(|(term, _)| term.to_lowercase()));
        assert!(terms.iter().all(|(_, meaning)| meaning.ends_with('.')));
        let said = terms.iter().any(|(term, meaning)| {
            term == "Customers" && meaning.starts_with("Contracts in force, each a service")
        });
        assert!(said);
    }
}
