//! Typed positions: a product is never looked up by the number of a brand.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position of one kind of thing in a study.
pub trait Position: Copy {
    /// The position as it counts in memory, from 0.
    fn index(self) -> usize;
    /// The position that counts `index` in memory.
    fn from_index(index: usize) -> Self;
}

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name(u32);

        impl Position for $name {
            fn index(self) -> usize {
                self.0 as usize
            }
            fn from_index(index: usize) -> Self {
                // Studies are bounded far below this by what fits in memory.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )+};
}

positions! {
    /// A product, in file order; added offers follow the study's own.
    ProductIndex,
    /// A brand, in the order of `baseVolumeEBIT_EV.csv`; without it, of the brand's levels.
    BrandIndex,
    /// A parent company, in the order in which the brands name them.
    ParentIndex,
    /// A segment, in the column order of `recontractRateEV.csv`; without it, of appearance.
    SegmentIndex,
    /// An attribute, in the column order of `UtilityScoresEV.csv`.
    AttributeIndex,
    /// A level of one attribute: ascending if numeric, in file order if categorical.
    LevelIndex,
    /// A respondent, in file order.
    RespondentIndex,
}

/// A vector that is indexed by one kind of position only.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    position: PhantomData<fn(I) -> I>,
}

impl<I: Position, T> IndexVec<I, T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item at a position that may come from elsewhere.
    pub fn get(&self, index: I) -> Option<&T> {
        self.items.get(index.index())
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The positions in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::from_index)
    }

    /// The positions and items in order.
    pub fn enumerate(&self) -> impl Iterator<Item = (I, &T)> {
        self.items
            .iter()
            .enumerate()
            .map(|(index, item)| (I::from_index(index), item))
    }

    /// The first position whose item satisfies `wanted`.
    pub fn position(&self, wanted: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(wanted).map(I::from_index)
    }

    /// Appends an item and returns its position.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_index(self.items.len() - 1)
    }

    /// Takes an item out; those behind it move up.
    pub fn remove(&mut self, index: I) {
        self.items.remove(index.index());
    }

    /// The items as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            position: PhantomData,
        }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<S: IntoIterator<Item = T>>(source: S) -> Self {
        Vec::from_iter(source).into()
    }
}

impl<'a, I, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<I: Position, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    fn index(&self, index: I) -> &T {
        &self.items[index.index()]
    }
}

impl<I: Position, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.items[index.index()]
    }
}
