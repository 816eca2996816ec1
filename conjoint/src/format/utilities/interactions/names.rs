//! Which columns are interactions, by their names in the header.

use super::pairs::read_labels;
use super::{Candidate, Group};

/// What may separate two attributes, or the two levels of a pair.
const SEPARATORS: [&str; 5] = ["*", " x ", " X ", " × ", "×"];
/// What may separate the name of an attribute from the level of another that it belongs to.
const JOINTS: [&str; 5] = [" - ", ": ", "_", " ", "."];

/// The groups that are interactions by their names, split from the others.
pub(in crate::format::utilities) fn split_groups(
    groups: Vec<Group>,
    brand: &str,
) -> (Vec<Group>, Vec<Candidate>) {
    let names: Vec<String> = groups.iter().map(|(name, _)| name.clone()).collect();
    let conditional = find_conditional(&groups, brand);
    let mut plain = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    for (name, columns) in groups {
        let named = conditional.iter().find(|(group, ..)| *group == name);
        if let Some((_, stem, level)) = named {
            let source = (level.clone(), name, columns);
            let same = |candidate: &&mut Candidate| matches!(candidate, Candidate::Conditional { stem: other, .. } if other == stem);
            match candidates.iter_mut().find(same) {
                Some(Candidate::Conditional { sources, .. }) => sources.push(source),
                _ => candidates.push(Candidate::Conditional {
                    stem: stem.clone(),
                    sources: vec![source],
                }),
            }
        } else if let Some([first, second]) = split_pair(&name, &names) {
            candidates.push(Candidate::Pairs {
                first,
                second,
                columns,
            });
        } else {
            plain.push((name, columns));
        }
    }
    (plain, candidates)
}

/// The two attributes in the name of an interaction, at least one of which is an attribute of its own.
fn split_pair(name: &str, names: &[String]) -> Option<[String; 2]> {
    if name.is_empty() {
        return None;
    }
    let is_known = |part: &str| names.iter().any(|other| other == part);
    let mut splits = split_pairs(name);
    let found = splits.find(|[first, second]| is_known(first) || is_known(second));
    found.map(|parts| parts.map(str::to_owned))
}

/// Every way to split a text at a separator into two parts that are not empty.
pub(crate) fn split_pairs(text: &str) -> impl Iterator<Item = [&str; 2]> {
    let splits = SEPARATORS.into_iter().flat_map(move |separator| {
        text.match_indices(separator).map(move |(start, _)| {
            let (first, rest) = text.split_at(start);
            let second = rest.strip_prefix(separator).unwrap_or(rest);
            [first.trim(), second.trim()]
        })
    });
    splits.filter(|parts| parts.iter().all(|part| !part.is_empty()))
}

/// The groups of numbers that have the name of an attribute and of a level of the brand, such as
/// `price_Alba`: the group, the attribute and the level. At least two levels must have one.
fn find_conditional(groups: &[Group], brand: &str) -> Vec<(String, String, String)> {
    let levels = groups.iter().find(|(name, _)| name == brand);
    let levels: Vec<&str> = levels.map_or_else(Vec::new, |(_, columns)| {
        columns.iter().map(|column| column.level.as_str()).collect()
    });
    let mut found: Vec<(String, String, String)> = Vec::new();
    for (name, columns) in groups.iter().filter(|(name, _)| name != brand) {
        let labels: Vec<&str> = columns.iter().map(|column| column.level.as_str()).collect();
        if read_labels(&labels).is_none() {
            continue;
        }
        let stem = levels
            .iter()
            .find_map(|level| Some((strip_joint(name.strip_suffix(level)?)?, *level)));
        if let Some((stem, level)) = stem {
            found.push((name.clone(), stem.to_owned(), level.to_owned()));
        }
    }
    // Where the brand is `Attribute 1`, `Attribute 2` is the next attribute, not one of the brand `2`.
    let series = strip_joint(brand.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let is_taken = |stem: &str| series == Some(stem) || groups.iter().any(|(name, _)| name == stem);
    let count = |stem: &str| found.iter().filter(|(_, other, _)| other == stem).count();
    let kept = found.iter();
    let kept = kept.filter(|(_, stem, _)| count(stem) > 1 && !is_taken(stem));
    kept.cloned().collect()
}

/// What precedes the sign that joins a name and a level: `price` of `price_`.
fn strip_joint(start: &str) -> Option<&str> {
    let mut joints = JOINTS.into_iter();
    let stem = joints.find_map(|joint| start.strip_suffix(joint))?.trim();
    Some(stem).filter(|stem| !stem.is_empty())
}
