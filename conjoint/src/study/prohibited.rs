//! Pairs of levels that were never shown together, so that the survey says nothing about products that
//! have both.

use super::Study;
use super::attribute::Cell;
use super::interaction::Cells;
use crate::index_vec::AttributeIndex;

/// A pair of values that no product should have.
#[derive(Clone, Debug, PartialEq)]
pub struct ProhibitedPair {
    pub(crate) first: ProhibitedValue,
    pub(crate) second: ProhibitedValue,
}

/// One of the two values: a level of an attribute, or all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProhibitedValue {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The value; empty means every value.
    pub cell: Cell,
}

impl ProhibitedValue {
    fn matches(&self, cells: &Cells) -> bool {
        match (self.cell, cells[self.attribute]) {
            (_, Cell::Empty) => false,
            (Cell::Empty, _) => true,
            (prohibited, cell) => prohibited == cell,
        }
    }
}

impl ProhibitedPair {
    /// Its two values.
    pub fn values(&self) -> [ProhibitedValue; 2] {
        [self.first, self.second]
    }

    /// Whether a product with these values has both.
    pub(crate) fn matches(&self, cells: &Cells) -> bool {
        self.values().iter().all(|value| value.matches(cells))
    }
}

impl Study {
    /// The pairs of levels that were never shown together.
    pub fn prohibited_pairs(&self) -> &[ProhibitedPair] {
        &self.prohibited
    }

    /// The first prohibited pair that a product with these values has.
    pub(crate) fn find_prohibited(&self, cells: &Cells) -> Option<&ProhibitedPair> {
        self.prohibited.iter().find(|pair| pair.matches(cells))
    }

    /// A prohibited pair in words, such as `engine electric with fuel tank`.
    pub fn describe_pair(&self, pair: &ProhibitedPair) -> String {
        let describe = |value: ProhibitedValue| {
            let attribute = &self.schema.attributes[value.attribute];
            match value.cell {
                Cell::Empty => format!("any {}", attribute.name),
                cell => format!("{} {}", attribute.name, attribute.write(cell)),
            }
        };
        let [first, second] = pair.values().map(describe);
        format!("{first} with {second}")
    }
}
