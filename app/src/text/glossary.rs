//! The glossary: the terms that the page uses, as the model defines them.

use conjoint::stats::sort::stable_sort;
use conjoint::study::Study;

use crate::format::{column_label, percent};
use crate::text::terms::expand_terms;

/// Terms with their definitions. Words of the study are in braces.
const TERMS: [(&str, &str); 33] = [
    (
        "ARPU",
        "Average revenue per user: what a {customer} brings in a {month} on average. {Customers} who \
         renew or join pay for the offer that they choose: its {monthly_cost}, and its \
         {upfront_cost} spread over the {term}. {Customers} who keep their {contract} pay what they \
         pay today.",
    ),
    (
        "Attraction",
        "How probable an offer is for the respondents who choose a product: the probability that it \
         does not exceed for 80 % of them, or for half of them if both offers are of the same brand. \
         It counts as 0 up to the study's threshold.",
    ),
    ("Attribute", "A property in which the offers differ."),
    (
        "Attribute grid",
        "A sweep of two costs at once: every pair of their points is a scenario.",
    ),
    (
        "Availability",
        "The share of the market that can buy a product. In each segment, that share of the \
         respondents can choose the product; the others choose without it.",
    ),
    (
        "Baseline",
        "What changes are measured from. For the offers, it is the study's own offers. In a sweep, it \
         is the baseline point or pair of the table (defined baseline) or today's figures (initial \
         baseline).",
    ),
    (
        "Brand scavenger",
        "A brand that is probable for respondents who choose the focal brand.",
    ),
    (
        "Choice rule",
        "How utilities become choices: first choice, share of preference, randomized first choice or \
         purchase likelihood.",
    ),
    (
        "Churn",
        "The share of a brand's {customers} who leave for the open market in the period.",
    ),
    (
        "Consolidated",
        "By parent company instead of by brand. ARPU is then weighted by {customers}.",
    ),
    (
        "Constant",
        "A number added to a product's utility for every respondent, so that its share equals its \
         share in the market.",
    ),
    (
        "{Customers}",
        "{Contract}s in force, each for one {service}, after renewals, churn and new {contract}s in \
         the period.",
    ),
    (
        "Density",
        "A smooth curve over a sample, high where there are many respondents (a Gaussian kernel with \
         Scott's bandwidth). The ticks below it, the rug, are the respondents.",
    ),
    (
        "EBIT",
        "Earnings before interest and taxes: revenue less a fixed cost and a cost per {customer}. Both \
         costs are set so that the study's own offers earn each brand's margin.",
    ),
    (
        "Effective sample size",
        "The number of respondents of equal weight that would be as informative as the weighted \
         respondents of the selection.",
    ),
    (
        "First choice",
        "The product with the highest utility for a respondent. A tie goes to the first of these \
         products in the study's file.",
    ),
    (
        "Focal brand",
        "The brand that a figure is about. In a sweep, it is the brand of the table's first row.",
    ),
    (
        "Importance",
        "How much of a respondent's choice an attribute decides: the range of its part-worths, in \
         percent of the sum of the ranges of all attributes.",
    ),
    (
        "Interval",
        concat!(
            "A 90 % confidence interval, from the 5th to the 95th percentile of a figure's values in \
             resamples of the respondents. ",
            interval_meaning!(),
        ),
    ),
    (
        "Live",
        "With your edits of the offers, as opposed to the baseline.",
    ),
    (
        "Lockstep",
        "A sweep of one cost of several products together: at the k-th point, every product has the \
         k-th value of its own range.",
    ),
    (
        "Net movement",
        "The focal brand's respondents at the baseline point who went to another brand, less those \
         who came from it, as a share of the focal brand's respondents; for the focal brand itself, \
         its total gain or loss.",
    ),
    (
        "None",
        "The option to choose none of the products. Its utility is how attractive it is to a \
         respondent.",
    ),
    (
        "Parent",
        "The company that a brand belongs to. A brand without one is its own parent company.",
    ),
    (
        "Part-worth",
        "How much one level of an attribute is worth to one respondent, in units of utility. \
         Part-worths come from the survey.",
    ),
    (
        "Predicted market share",
        "The number of respondents whose first choice is a product, or the share of all respondents \
         that the choice rule gives to it.",
    ),
    (
        "Renewal",
        "The share of a brand's {customers} who sign a new {contract} in the period, for the offer \
         that is their first choice.",
    ),
    (
        "Scale factor",
        "A factor that multiplies all utilities: above 1, the best product's share grows; below 1, \
         the shares become more equal.",
    ),
    (
        "Segment",
        "A group of respondents with its own rates and revenue.",
    ),
    (
        "Share of preference",
        "The probability that a respondent chooses a product (logit): the exponential of its \
         utility, divided by the sum of the exponentials of all products' utilities.",
    ),
    (
        "Surveyed range",
        "From the lowest to the highest level in the survey. Beyond it, utility is extrapolated from \
         the two outermost levels.",
    ),
    (
        "Tier",
        "Major or minor, as the study's file of brands says. If it does not say, the half of the \
         brands with the larger predicted shares is major.",
    ),
    (
        "Utility",
        "How much a product is worth to a respondent: the sum of the part-worths of its levels. It is \
         interpolated between two surveyed levels of a number.",
    ),
];

/// The glossary in alphabetical order: each term with its definition, in the study's words.
pub fn entries(study: &Study) -> Vec<(String, String)> {
    let entry = |(term, definition): (&str, &str)| {
        let [name, mut definition] =
            [term, definition].map(|text| expand_terms(study.settings(), text));
        if let Some(instances) = study_instances(term, study) {
            definition = format!("{definition} In this study: {instances}.");
        }
        (name, definition)
    };
    let entries = TERMS.into_iter().map(entry).collect();
    stable_sort(entries, |(one, _), (other, _)| {
        one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase())
    })
}

/// What the study has of a term: its attributes, segments, parent companies or threshold.
fn study_instances(term: &str, study: &Study) -> Option<String> {
    let instances = match term {
        "Attraction" => percent(study.settings().attraction_threshold),
        "Attribute" => {
            let attributes = study.schema().attributes().iter();
            join_names(attributes.map(|attribute| column_label(&attribute.name)))
        }
        "Parent" => join_names(study.parents().enumerate().filter_map(|(parent, name)| {
            let members = study.brands().iter().filter(|brand| brand.parent == parent);
            let brands: Vec<&str> = members.map(|brand| brand.name.as_str()).collect();
            (brands != [name]).then(|| format!("{name} ({})", brands.join(", ")))
        })),
        "Segment" => join_names(study.segments().iter().cloned()),
        _ => return None,
    };
    (!instances.is_empty()).then_some(instances)
}

fn join_names(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{TERMS, entries};
    use crate::text::tests::small_study;

    #[test]
    fn entries_are_in_alphabetical_order_and_end_as_sentences() {
        let entries = entries(&small_study());
        assert_eq!(entries.len(), TERMS.len());
        assert!(entries.is_sorted_by_key(|(term, _)| term.to_lowercase()));
        let unfinished = entries.iter().find(|(_, text)| !text.ends_with('.'));
        assert_eq!(unfinished, None);
    }

    #[test]
    fn entries_use_the_words_and_names_of_the_study() {
        let entries = entries(&small_study());
        let definition = |name: &str| {
            let entry = entries.iter().find(|(term, _)| term == name);
            entry.map_or("", |(_, definition)| definition)
        };
        assert!(definition("Customers").starts_with("Contracts in force, each for one service"));
        assert!(definition("Parent").contains("Volkswagen Group (Audi, VW)"));
        assert!(definition("Segment").ends_with("In this study: Gen X."));
        assert!(definition("Attraction").ends_with("In this study: 15.0 %."));
        assert!(definition("Attribute").contains("In this study: brand, monthly cost"));
    }
}
