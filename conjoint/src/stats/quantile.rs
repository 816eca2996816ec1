//! Percentiles of a sample.

/// The value below which a fraction `rank`, 0–1, of the sample lies, interpolated linearly between
/// order statistics (R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996,
/// their type 7). Returns `None` for an empty sample.
///
/// Reorders the sample.
pub fn percentile(sample: &mut [f64], rank: f64) -> Option<f64> {
    let last = sample.len().checked_sub(1)?;
    let position = rank.clamp(0.0, 1.0) * last as f64;
    // Between 0 and the last index, so the truncated position is an index.
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
}
