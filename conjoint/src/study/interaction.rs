//! Interactions of two attributes: part-worths of pairs of levels, in addition to those of the two
//! attributes.
//!
//! A product with the level a of the first attribute and the value b of the second has the part-worth
//! `u(a, b)`. Where the second attribute is numeric, it is interpolated between the surveyed points of
//! that a. A price with its own points for each brand (conditional pricing) is an interaction of brand
//! and price without part-worths of the price itself.

use std::ops::Range;

use super::attribute::{Attribute, Cell, Levels};
use super::schema::Schema;
use super::value::ValueError;
use crate::index_vec::{AttributeIndex, IndexVec, LevelIndex, Position};

/// The cells of an offer, by attribute.
pub(crate) type Cells = IndexVec<AttributeIndex, Cell>;

/// Part-worths of pairs of levels of two attributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// The first attribute, which is categorical.
    pub(crate) base: AttributeIndex,
    /// The second attribute.
    pub(crate) dependent: AttributeIndex,
    /// What was surveyed of the second attribute with each level of the first.
    pub(crate) terms: IndexVec<LevelIndex, Term>,
    /// The column of the part-worth matrix of the first pair; those of the others follow.
    pub(crate) first_column: usize,
}

/// What was surveyed of an attribute with one level of another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// The surveyed points of a numeric attribute, and their columns of part-worths.
    pub(crate) points: Attribute,
    /// The column of each level of a categorical attribute, counted from the interaction's first one and
    /// in ascending order; `None` for a pair that was not surveyed.
    pub(crate) columns: Vec<Option<usize>>,
    /// What the files call the attribute with this level, if they have a name of its own for it.
    pub(crate) name: Option<String>,
}

impl Interaction {
    /// The number of pairs.
    pub(crate) fn len(&self) -> usize {
        let terms = self.terms.iter();
        terms
            .map(|term| match term.points.is_numeric() {
                true => term.points.levels.len(),
                false => term.columns.iter().flatten().count(),
            })
            .sum()
    }

    /// The columns of its pairs in the part-worth matrix.
    pub(crate) fn columns(&self) -> Range<usize> {
        self.first_column..self.first_column + self.len()
    }

    /// Whether the attribute is one of its two.
    pub(crate) fn contains(&self, attribute: AttributeIndex) -> bool {
        self.base == attribute || self.dependent == attribute
    }

    /// What was surveyed with the level that an offer has.
    pub(crate) fn term(&self, cells: &Cells) -> Option<&Term> {
        match cells[self.base] {
            Cell::Level(level) => self.terms.get(level),
            Cell::Number(_) | Cell::Empty => None,
        }
    }

    /// Moves its columns to another place in the part-worth matrix.
    pub(super) fn set_first_column(&mut self, first_column: usize) {
        self.first_column = first_column;
        let mut column = first_column;
        for term in self.terms.iter_mut() {
            if term.points.is_numeric() {
                term.points.first_column = column;
                column += term.points.levels.len();
            }
        }
    }

    /// The names of its pairs, in the order of their columns.
    pub(crate) fn pair_names(&self, schema: &Schema) -> Vec<String> {
        let base = schema.attributes[self.base].level_names();
        let dependent = schema.attributes[self.dependent].level_names();
        let pairs = base.iter().zip(&self.terms).flat_map(|(level, term)| {
            let others: Vec<String> = match term.points.is_numeric() {
                true => term.points.level_names(),
                false => {
                    let pairs = dependent.iter().zip(&term.columns);
                    let surveyed = pairs.filter(|(_, column)| column.is_some());
                    surveyed.map(|(other, _)| other.clone()).collect()
                }
            };
            let name = move |other: String| interaction_name(level, &other);
            others.into_iter().map(name)
        });
        pairs.collect()
    }
}

/// What separates the two attributes, and the two levels of a pair, in names that we write.
pub(crate) const SEPARATOR: char = '*';

/// The part-worths of an attribute's levels, or of an interaction's pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Effect {
    /// Of an attribute.
    Attribute(AttributeIndex),
    /// Of an interaction, by its place among the schema's.
    Interaction(usize),
}

impl Schema {
    /// Adds interactions, whose columns follow those of the attributes. A second attribute that is in
    /// `without_part_worths` was surveyed only together with the first one.
    pub(crate) fn set_interactions(
        &mut self,
        interactions: Vec<Interaction>,
        without_part_worths: &[AttributeIndex],
    ) {
        for attribute in without_part_worths {
            self.attributes[*attribute].has_part_worths = false;
        }
        let mut column = 0;
        for attribute in self.attributes.iter_mut() {
            attribute.first_column = column;
            column = attribute.end_column();
        }
        self.interactions = interactions;
        for interaction in &mut self.interactions {
            interaction.set_first_column(column);
            column += interaction.len();
        }
    }

    /// The interactions, in the order of the part-worth matrix.
    pub(crate) fn interactions(&self) -> &[Interaction] {
        &self.interactions
    }

    /// The interactions of an attribute.
    pub(crate) fn interactions_of(
        &self,
        attribute: AttributeIndex,
    ) -> impl Iterator<Item = &Interaction> {
        let interactions = self.interactions.iter();
        interactions.filter(move |interaction| interaction.contains(attribute))
    }

    /// The attribute as it was surveyed for an offer with these values: where it has its own points for
    /// each level of another attribute, those of the offer's level.
    pub fn surveyed_for<'s>(
        &'s self,
        attribute: AttributeIndex,
        cells: &IndexVec<AttributeIndex, Cell>,
    ) -> &'s Attribute {
        let own = &self.attributes[attribute];
        if own.has_part_worths || !own.is_numeric() {
            return own;
        }
        let mut interactions = self.interactions.iter();
        let found = interactions.find(|interaction| interaction.dependent == attribute);
        let term = found.and_then(|interaction| interaction.term(cells));
        match term {
            Some(term) if !term.points.levels.is_empty() => &term.points,
            _ => own,
        }
    }

    /// Checks an offer's value of an attribute against the points that were surveyed with its other
    /// values.
    ///
    /// # Errors
    /// As [`Attribute::check_distance`].
    pub(crate) fn check_together(
        &self,
        attribute: AttributeIndex,
        cells: &Cells,
    ) -> Result<(), ValueError> {
        match cells[attribute].number() {
            Some(value) => self.surveyed_for(attribute, cells).check_distance(value),
            None => Ok(()),
        }
    }

    /// Whether respondents were asked about an attribute, by itself or together with another one.
    pub fn has_effects(&self, attribute: AttributeIndex) -> bool {
        self.attributes[attribute].is_surveyed() || self.interactions_of(attribute).next().is_some()
    }

    /// All effects: those of the surveyed attributes, and then those of the interactions.
    pub fn effects(&self) -> impl Iterator<Item = Effect> {
        let attributes = self.surveyed_attributes().map(Effect::Attribute);
        attributes.chain((0..self.interactions.len()).map(Effect::Interaction))
    }

    /// The name of an effect: that of its attribute or its two attributes. An attribute that was surveyed
    /// only together with another one gives its name to the interaction.
    pub fn effect_name(&self, effect: Effect) -> String {
        let name = |attribute: AttributeIndex| self.attributes[attribute].name.as_str();
        match effect {
            Effect::Attribute(attribute) => name(attribute).to_owned(),
            Effect::Interaction(place) => {
                self.interactions
                    .get(place)
                    .map_or_else(String::new, |interaction| {
                        match self.attributes[interaction.dependent].is_surveyed() {
                            true => interaction_name(
                                name(interaction.base),
                                name(interaction.dependent),
                            ),
                            false => name(interaction.dependent).to_owned(),
                        }
                    })
            }
        }
    }

    /// The names of an effect's levels or pairs of levels, with their units.
    pub fn effect_levels(&self, effect: Effect) -> Vec<String> {
        match effect {
            Effect::Attribute(attribute) => self.attributes[attribute].level_names(),
            Effect::Interaction(place) => {
                let interaction = self.interactions.get(place);
                interaction.map_or_else(Vec::new, |interaction| interaction.pair_names(self))
            }
        }
    }

    /// The columns of an effect in the part-worth matrix.
    pub(crate) fn effect_columns(&self, effect: Effect) -> Range<usize> {
        match effect {
            Effect::Attribute(attribute) => {
                let attribute = &self.attributes[attribute];
                attribute.first_column..attribute.end_column()
            }
            Effect::Interaction(place) => {
                let interaction = self.interactions.get(place);
                interaction.map_or(0..0, Interaction::columns)
            }
        }
    }

    /// Finds a level of the first attribute for which the files call the second one by this name, and
    /// the second attribute.
    pub(crate) fn find_conditional(&self, name: &str) -> Option<(&Interaction, LevelIndex)> {
        self.interactions.iter().find_map(|interaction| {
            let is_named = |term: &Term| term.name.as_deref() == Some(name);
            let level = interaction.terms.position(is_named)?;
            Some((interaction, level))
        })
    }
}

/// The name of an interaction, or of a pair of levels, in the utilities file.
pub(crate) fn interaction_name(base: &str, dependent: &str) -> String {
    format!("{base}{SEPARATOR}{dependent}")
}

impl Term {
    /// What was surveyed of an attribute: the points of a numeric one or the columns of the levels of a
    /// categorical one.
    pub(crate) fn new(attribute: &Attribute, levels: Levels, columns: Vec<Option<usize>>) -> Self {
        Self {
            points: Attribute {
                has_part_worths: true,
                levels,
                ..attribute.clone()
            },
            columns,
            name: None,
        }
    }

    /// The column of a level of a categorical attribute, counted from the interaction's first one.
    pub(crate) fn column(&self, level: LevelIndex) -> Option<usize> {
        self.columns.get(level.index()).copied().flatten()
    }
}
