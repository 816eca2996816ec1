//! Sorting that is compiled once.

use std::cmp::Ordering;

/// Sorts items with `compare`. Equal items keep their order.
///
/// The standard library's sort is compiled anew for each type and closure, which costs several
/// kilobytes of Wasm each time. This one sorts positions, and only the comparison differs.
///
/// # Examples
/// ```
/// use conjoint::stats::sort::stable_sort;
///
/// let words = stable_sort(vec!["three", "one", "two"], |one, other| {
///     one.len().cmp(&other.len())
/// });
/// assert_eq!(words, ["one", "two", "three"]);
/// ```
pub fn stable_sort<T>(items: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let positions = sort_positions(items.len(), &|one, other| match (
        items.get(one),
        items.get(other),
    ) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let take = |position: usize| items.get_mut(position).and_then(Option::take);
    positions.into_iter().filter_map(take).collect()
}

/// The positions `0..count`, sorted with `compare`. Equal positions keep their order.
fn sort_positions(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..count).collect();
    positions.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let items = vec![(2, "a"), (1, "b"), (2, "c"), (1, "d")];
        let items = stable_sort(items, |one, other| one.0.cmp(&other.0));
        assert_eq!(items, [(1, "b"), (1, "d"), (2, "a"), (2, "c")]);
    }
}
