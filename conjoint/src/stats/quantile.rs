//! Sorting by what is compared, and what stands at a rank.

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
/// let words = conjoint::stats::quantile::sorted(vec!["three", "one", "two"], |one, other| {
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

/// The value below which a fraction `rank`, 0–1, of the sample lies, interpolated linearly between
/// order statistics (R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996,
/// their type 7); `None` without a sample.
///
/// Reorders the sample.
pub fn percentile(sample: &mut [f64], rank: f64) -> Option<f64> {
    let last = sample.len().checked_sub(1)?;
    let position = rank.clamp(0.0, 1.0) * last as f64;
    // Between 0 and the last place, so that the truncated position is an index.
    let below = position as usize;
    let (_, low, above) = sample.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (position - below as f64) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_numpys() {
        // numpy.percentile([15, 20, 35, 40, 50], [40, 50, 80, 100])
        for (rank, expected) in [(0.4, 29.0), (0.5, 35.0), (0.8, 42.0), (1.0, 50.0)] {
            let mut sample = [50.0, 15.0, 40.0, 20.0, 35.0];
            let value = percentile(&mut sample, rank).unwrap();
            assert!((value - expected).abs() < 1e-12, "{rank}: {value}");
        }
        assert_eq!(percentile(&mut [7.0], 0.8), Some(7.0));
        assert_eq!(percentile(&mut [], 0.8), None);
    }

    #[test]
    fn equal_items_stay_in_their_order() {
        let items = vec![(2, "a"), (1, "b"), (2, "c"), (1, "d")];
        let sorted = sorted(items, |one, other| one.0.cmp(&other.0));
        assert_eq!(sorted, [(1, "b"), (1, "d"), (2, "a"), (2, "c")]);
    }
}
