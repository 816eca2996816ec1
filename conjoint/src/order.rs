//! Sorting by what is compared.

use std::cmp::Ordering;

/// The places `0..count`, sorted by `compare`; places that it calls equal stay in their order.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}

/// The items, sorted by `compare`; items that it calls equal stay in their order.
///
/// One compiled sort for all that is sorted here and there: the standard library's is compiled
/// anew for each type and closure, several kilobytes of Wasm each.
///
/// # Examples
/// ```
/// let words = conjoint::order::sorted(vec!["three", "one", "two"], |one, other| {
///     one.len().cmp(&other.len())
/// });
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn sorted<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = order(
        items.len(),
        &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let take = |place: usize| items.get_mut(place).and_then(Option::take);
    places.into_iter().filter_map(take).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_stay_in_their_order() {
        let items = vec![(2, "a"), (1, "b"), (2, "c"), (1, "d")];
        let sorted = sorted(items, |one, other| one.0.cmp(&other.0));
        assert_eq!(sorted, [(1, "b"), (1, "d"), (2, "a"), (2, "c")]);
    }
}
