//! Interactions in the header of the utilities: `brand*price` above `Alba*299`, and prices of their own
//! for each brand, `price_Alba` above 299.

mod names;
mod pairs;

use super::super::error::FormatError;
use super::super::file_names::UTILITIES;
use super::super::problem::{Place, Problems};
use super::attributes::PartWorthColumn;
use crate::index_vec::AttributeIndex;
use crate::study::interaction::{Interaction, Term};
use crate::study::{Attribute, Levels, Schema, Unit};
pub(super) use names::split_groups;
pub(crate) use names::split_pairs;
use pairs::{collect_levels, read_pairs, sort_pairs};

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
        let resolved = match candidate {
            Candidate::Pairs {
                first,
                second,
                columns,
            } => resolve_pairs([first, second], columns, attributes, line, problems),
            Candidate::Conditional { stem, sources } => {
                Some(resolve_conditional(stem, sources, attributes, brand))
            }
        };
        let Some(Resolved {
            base,
            dependent,
            names,
            pairs,
        }) = resolved
        else {
            continue;
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

/// The attributes and pairs of a candidate.
struct Resolved {
    base: String,
    dependent: String,
    /// What the file calls the second attribute with each level of the first one.
    names: Vec<Option<String>>,
    pairs: Vec<Pair>,
}

/// Resolves `A*B`. Reports two attributes of which neither has named levels.
fn resolve_pairs(
    pair: [String; 2],
    columns: Vec<PartWorthColumn>,
    attributes: &[(String, Levels)],
    line: u64,
    problems: &mut Problems,
) -> Option<Resolved> {
    let Some((base, dependent)) = order_pair(&pair, attributes) else {
        let place = Place::cell(UTILITIES, line, &pair.join("*"));
        problems.add(place, FormatError::InteractionOfNumbers);
        return None;
    };
    let is_swapped = *base == pair[1];
    let levels = levels_of(attributes, base);
    let pairs = read_pairs(columns, levels, is_swapped, line, problems);
    Some(Resolved {
        base: base.clone(),
        dependent: dependent.clone(),
        names: Vec::new(),
        pairs,
    })
}

/// Resolves an attribute with a group of columns for each level of the brand.
fn resolve_conditional(
    stem: String,
    sources: Vec<(String, String, Vec<PartWorthColumn>)>,
    attributes: &[(String, Levels)],
    brand: &str,
) -> Resolved {
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
    Resolved {
        base: brand.to_owned(),
        dependent: stem,
        names,
        pairs,
    }
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
