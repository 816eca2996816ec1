//! The reference offers by which the scale of the random errors is fitted.
//!
//! A scale that was fitted to the study's own offers would change with them, and one market would have
//! two answers. The reference set depends only on the attributes: [`OFFERS`] offers, each with a surveyed
//! level of each attribute. The levels are picked by a hash of the offer's number, the attribute's name
//! and the level's, so that every level has the same chance and neither the order of the files nor the
//! seed of a model matters.

use crate::choice::hash::seeded_hash;
use crate::index_vec::{IndexVec, LevelIndex, Position, ProductIndex};
use crate::study::{Attribute, Cell, Levels, Offer, ProductId, Study};

/// The number of reference offers.
const OFFERS: usize = 12;
/// The seed of the reference set.
const SEED: u64 = 2020;

/// The reference offers of a study.
pub(super) fn list_reference_offers(study: &Study) -> IndexVec<ProductIndex, Offer> {
    (0..OFFERS)
        .map(|number| reference_offer(study, number))
        .collect()
}

fn reference_offer(study: &Study, number: usize) -> Offer {
    let schema = study.schema();
    let mut cells: IndexVec<_, Cell> = vec![Cell::Empty; schema.attributes().len()].into();
    // Points of their own depend on the level of another attribute, which has a name.
    let attributes = || schema.attributes().enumerate();
    let names = attributes().filter(|(_, attribute)| !attribute.is_numeric());
    let numbers = attributes().filter(|(_, attribute)| attribute.is_numeric());
    for (index, attribute) in names.chain(numbers) {
        if schema.has_effects(index) {
            let surveyed = schema.surveyed_for(index, &cells);
            cells[index] = pick_level(surveyed, &attribute.name, number);
        }
    }
    Offer {
        id: ProductId::from(format!("reference {number}")),
        model: String::new(),
        withdrawn: false,
        cells,
    }
}

/// The level with the smallest hash.
fn pick_level(attribute: &Attribute, name: &str, number: usize) -> Cell {
    let number = number.to_string();
    let names = attribute.levels.names();
    let hash = |level: &String| seeded_hash(SEED, &["reference", &number, name, level]);
    let picked = names
        .iter()
        .enumerate()
        .min_by_key(|(_, level)| hash(level));
    let Some((place, _)) = picked else {
        return Cell::Empty;
    };
    match &attribute.levels {
        Levels::Categorical(_) => Cell::Level(LevelIndex::from_index(place)),
        Levels::Numeric(levels) => levels
            .get(place)
            .map_or(Cell::Empty, |it| Cell::Number(*it)),
    }
}
