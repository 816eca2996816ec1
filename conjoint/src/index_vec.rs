//! Typed positions, so that a product is never looked up with the position of a brand.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position of one kind of item in a study.
pub trait Position: Copy {
    /// The position as a number, from 0.
    fn index(self) -> usize;
    /// The position with a number.
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
                // A study with more items would not fit in memory.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )+};
}

positions! {
    /// A product, in the order of the study; added offers follow.
    ProductIndex,
    /// A brand, in the order of the study.
    BrandIndex,
    /// A parent company, in the order of the brands that first name them.
    ParentIndex,
    /// A segment, in the order of the study.
    SegmentIndex,
    /// An attribute, in the order of the part-worths.
    AttributeIndex,
    /// A level of one attribute: ascending if numeric, otherwise in the order of the study.
    LevelIndex,
    /// A respondent, in the order of the study.
    RespondentIndex,
}

/// A vector that is indexed with only one kind of position.
///
/// # Examples
/// ```
/// use conjoint::index_vec::{BrandIndex, IndexVec};
///
/// let brands: IndexVec<BrandIndex, &str> = vec!["Audi", "Tesla"].into();
/// let tesla = brands.position(|brand| *brand == "Tesla").expect("the brand exists");
/// assert_eq!(brands[tesla], "Tesla");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    position: PhantomData<fn(I) -> I>,
}

impl<I: Position, T> IndexVec<I, T> {
    /// The number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item at a position, if it exists.
    pub fn get(&self, index: I) -> Option<&T> {
        self.items.get(index.index())
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items in order, to be changed.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
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

    /// The first position whose item satisfies a condition.
    pub fn position(&self, condition: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(condition).map(I::from_index)
    }

    /// Appends an item and returns its position.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::from_index(self.items.len() - 1)
    }

    /// Removes an item; those after it move up.
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
