//! Interactions in the header of the utilities: `brand*price` above `Alba*299`, and prices of their own
//! for each brand, `price_Alba` above 299.

use super::super::error::FormatError;
use super::super::file_names::UTILITIES;
use super::super::problem::{Place, Problems};
use super::attributes::{PartWorthColumn, check_numeric};
use crate::index_vec::AttributeIndex;
use crate::stats::sort::stable_sort;
use crate::study::interaction::{Interaction, Term};
use crate::study::{Attribute, Levels, Schema, Unit, parse_number, quote_names};

/// What may separate two attributes, or the two levels of a pair.
const SEPARATORS: [&str; 5] = ["*", " x ", " X ", " × ", "×"];
/// What may separate the name of an attribute from the level of another that it belongs to.
const JOINTS: [&str; 5] = [" - ", ": ", "_", " ", "."];

/// A group of columns with one name in the first header row.
pub(super) type Group = (String, Vec<PartWorthColumn>);

/// An interaction, with the names of its attributes not yet resolved.
pub(crate) struct InteractionGroup {
    base: String,
    dependent: String,
    terms: Vec<TermGroup>,
}

/// The pairs of one level of the first attribute.
#[derive(Default)]
struct TermGroup {
    points: Vec<f64>,
    /// By level of a categorical second attribute, counted from the interaction's first column.
    columns: Vec<Option<usize>>,
    /// What the file calls the second attribute with this level.
    name: Option<String>,
}

/// Interactions, and the attributes that were surveyed only together with another one.
#[derive(Default)]
pub(super) struct Interactions {
    pub(super) groups: Vec<InteractionGroup>,
    pub(super) conditional: Vec<(String, Levels, Unit)>,
    /// Their columns, in the order of the matrix.
    pub(super) columns: Vec<PartWorthColumn>,
}

/// A column of a pair: the position of the first level, the label of the second, and the column.
type Pair = (usize, String, PartWorthColumn);

/// The groups that are interactions by their names, split from the others.
pub(super) fn split_groups(groups: Vec<Group>, brand: &str) -> (Vec<Group>, Vec<Candidate>) {
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

/// Columns that belong to two attributes.
pub(super) enum Candidate {
    /// `A*B`.
    Pairs {
        first: String,
        second: String,
        columns: Vec<PartWorthColumn>,
    },
    /// An attribute with a group of its own for each level of the brand: the level, the group's name,
    /// and its columns.
    Conditional {
        stem: String,
        sources: Vec<(String, String, Vec<PartWorthColumn>)>,
    },
}

/// The two attributes in the name of an interaction, at least one of which is an attribute of its own.
fn split_pair(name: &str, names: &[String]) -> Option<[String; 2]> {
    if name.is_empty() {
        return None;
    }
    let is_known = |part: &str| names.iter().any(|other| other == part);
    let mut splits = splits(name);
    let found = splits.find(|[first, second]| is_known(first) || is_known(second));
    found.map(|parts| parts.map(str::to_owned))
}

/// Every way to split a text at a separator into two parts that are not empty.
fn splits(text: &str) -> impl Iterator<Item = [&str; 2]> {
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
        let stem = levels.iter().find_map(|level| {
            let stem = name.strip_suffix(level)?;
            let mut joints = JOINTS.into_iter();
            let stem = joints.find_map(|joint| stem.strip_suffix(joint))?;
            Some((stem.trim(), *level)).filter(|(stem, _)| !stem.is_empty())
        });
        if let Some((stem, level)) = stem {
            found.push((name.clone(), stem.to_owned(), level.to_owned()));
        }
    }
    let is_taken = |stem: &str| groups.iter().any(|(name, _)| name == stem);
    let count = |stem: &str| found.iter().filter(|(_, other, _)| other == stem).count();
    let kept = found.iter();
    let kept = kept.filter(|(_, stem, _)| count(stem) > 1 && !is_taken(stem));
    kept.cloned().collect()
}

/// Labels as numbers, with their unit.
fn read_labels(labels: &[&str]) -> Option<(Vec<f64>, Unit)> {
    let plain: Option<Vec<f64>> = labels
        .iter()
        .map(|label| parse_number(label).ok())
        .collect();
    match plain {
        Some(numbers) => Some((numbers, Unit::default())),
        None => Unit::read_levels(labels),
    }
}

/// Resolves the levels of interactions. `attributes` are those with part-worths of their own.
pub(super) fn resolve(
    candidates: Vec<Candidate>,
    attributes: &[(String, Levels)],
    units: &[Unit],
    (brand, line): (&str, u64),
    problems: &mut Problems,
) -> Interactions {
    let mut interactions = Interactions::default();
    for candidate in candidates {
        let (base, dependent, names, pairs) = match candidate {
            Candidate::Pairs {
                first,
                second,
                columns,
            } => {
                let pair = [first, second];
                let Some((base, dependent)) = order_pair(&pair, attributes) else {
                    let place = Place::cell(UTILITIES, line, &pair.join("*"));
                    problems.add(place, FormatError::InteractionOfNumbers);
                    continue;
                };
                let levels = levels_of(attributes, base);
                let is_swapped = *base == pair[1];
                let pairs = read_pairs(columns, levels, is_swapped, line, problems);
                (base.clone(), dependent.clone(), Vec::new(), pairs)
            }
            Candidate::Conditional { stem, sources } => {
                let levels = levels_of(attributes, brand);
                let mut names = vec![None; levels.len()];
                let mut pairs = Vec::new();
                for (level, name, columns) in sources {
                    let Some(place) = levels.iter().position(|other| *other == level) else {
                        continue;
                    };
                    if let Some(slot) = names.get_mut(place) {
                        *slot = Some(name);
                    }
                    let labelled = columns.into_iter();
                    pairs.extend(labelled.map(|column| (place, column.level.clone(), column)));
                }
                (brand.to_owned(), stem, names, pairs)
            }
        };
        let labels: Vec<&str> = pairs.iter().map(|(_, label, _)| label.as_str()).collect();
        let known = attributes.iter().zip(units);
        let mut known = known.filter(|((name, _), _)| *name == dependent);
        let (levels, unit) = match known.next() {
            Some(((_, levels), unit)) => (levels.clone(), unit.clone()),
            None => {
                let (levels, unit) = collect_levels(&labels);
                let conditional = (dependent.clone(), levels.clone(), unit.clone());
                interactions.conditional.push(conditional);
                (levels, unit)
            }
        };
        let count = levels_of(attributes, &base).len();
        let terms = sort_pairs(pairs, count, (&levels, &unit), line, problems);
        let (mut terms, columns): (Vec<TermGroup>, Vec<PartWorthColumn>) = terms;
        for (term, name) in terms.iter_mut().zip(names) {
            term.name = name;
        }
        interactions.columns.extend(columns);
        interactions.groups.push(InteractionGroup {
            base,
            dependent,
            terms,
        });
    }
    interactions
}

/// The names of the levels of a categorical attribute.
fn levels_of<'a>(attributes: &'a [(String, Levels)], name: &str) -> &'a [String] {
    match attributes.iter().find(|(other, _)| other == name) {
        Some((_, Levels::Categorical(levels))) => levels,
        _ => &[],
    }
}

/// The two attributes of an interaction, the first one categorical; `None` if neither is.
fn order_pair<'p>(
    [first, second]: &'p [String; 2],
    attributes: &[(String, Levels)],
) -> Option<(&'p String, &'p String)> {
    let is_categorical = |name: &str| !levels_of(attributes, name).is_empty();
    match (is_categorical(first), is_categorical(second)) {
        (true, _) => Some((first, second)),
        (false, true) => Some((second, first)),
        (false, false) => None,
    }
}

/// The pairs of an interaction. Reports a label that is no pair.
fn read_pairs(
    columns: Vec<PartWorthColumn>,
    levels: &[String],
    is_swapped: bool,
    line: u64,
    problems: &mut Problems,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for column in columns {
        let found = splits(&column.level).find_map(|[first, second]| {
            let (level, label) = match is_swapped {
                true => (second, first),
                false => (first, second),
            };
            let place = levels.iter().position(|other| other == level)?;
            Some((place, label.to_owned()))
        });
        match found {
            Some((place, label)) => pairs.push((place, label, column)),
            None => {
                let known = quote_names(levels);
                let level = column.level.clone();
                problems.add(column.place(line), FormatError::NotAPair { level, known });
            }
        }
    }
    pairs
}

/// The levels of an attribute without part-worths of its own, from the labels of its pairs.
fn collect_levels(labels: &[&str]) -> (Levels, Unit) {
    let mut distinct: Vec<&str> = Vec::new();
    for label in labels {
        if !distinct.contains(label) {
            distinct.push(label);
        }
    }
    match read_labels(&distinct) {
        Some((numbers, unit)) => {
            let mut numbers = stable_sort(numbers, f64::total_cmp);
            numbers.dedup();
            (Levels::Numeric(numbers), unit)
        }
        None => {
            let names = distinct.into_iter().map(str::to_owned);
            (Levels::Categorical(names.collect()), Unit::default())
        }
    }
}

/// Sorts pairs by the levels of both attributes. Reports labels that are no level of the second one, and
/// pairs that occur twice.
fn sort_pairs(
    pairs: Vec<Pair>,
    count: usize,
    (levels, unit): (&Levels, &Unit),
    line: u64,
    problems: &mut Problems,
) -> (Vec<TermGroup>, Vec<PartWorthColumn>) {
    let mut by_level: Vec<Vec<(f64, PartWorthColumn)>> = Vec::new();
    by_level.resize_with(count, Vec::new);
    for (place, label, column) in pairs {
        let key = match levels {
            Levels::Numeric(_) => unit.parse(&label).ok(),
            Levels::Categorical(names) => {
                let position = names.iter().position(|name| *name == label);
                position.map(|position| position as f64)
            }
        };
        match (key, by_level.get_mut(place)) {
            (Some(key), Some(pairs)) => pairs.push((key, column)),
            _ => {
                let known = quote_names(levels.names());
                let error = FormatError::NotAPair {
                    level: column.level.clone(),
                    known,
                };
                problems.add(column.place(line), error);
            }
        }
    }
    let mut columns = Vec::new();
    let mut terms = Vec::new();
    for pairs in by_level {
        let pairs = stable_sort(pairs, |one, other| one.0.total_cmp(&other.0));
        let (keys, own): (Vec<f64>, Vec<PartWorthColumn>) = pairs.into_iter().unzip();
        check_numeric(
            &keys,
            &own,
            line,
            matches!(levels, Levels::Numeric(_)),
            problems,
        );
        let first = columns.len();
        let mut term = TermGroup::default();
        match levels {
            Levels::Numeric(_) => term.points = keys,
            Levels::Categorical(names) => {
                let place = |name: usize| keys.iter().position(|key| *key == name as f64);
                let place = |name| place(name).map(|place| first + place);
                term.columns = (0..names.len()).map(place).collect();
            }
        }
        columns.extend(own);
        terms.push(term);
    }
    (terms, columns)
}

impl InteractionGroup {
    /// The interaction between attributes of a schema, with its columns not yet in place.
    pub(crate) fn resolve(&self, schema: &Schema) -> Option<Interaction> {
        let find = |name: &str| {
            let attributes = schema.attributes();
            attributes.position(|attribute: &Attribute| attribute.name == name)
        };
        let (base, dependent): (AttributeIndex, AttributeIndex) =
            (find(&self.base)?, find(&self.dependent)?);
        let attribute = &schema.attributes()[dependent];
        let terms = self.terms.iter().map(|term| {
            let levels = match attribute.levels {
                Levels::Numeric(_) => Levels::Numeric(term.points.clone()),
                Levels::Categorical(_) => Levels::Categorical(Vec::new()),
            };
            Term {
                name: term.name.clone(),
                ..Term::new(attribute, levels, term.columns.clone())
            }
        });
        Some(Interaction {
            base,
            dependent,
            terms: terms.collect(),
            first_column: 0,
        })
    }
}
