//! Kernel density estimate of a sample.
//!
//! `f(t) = 1/(n·h·√(2π)) · Σ_i exp(−(t − x_i)²/(2h²))` with Scott's bandwidth
//! `h = s·n^(−1/5)` (D. W. Scott, "Multivariate Density Estimation", 1992), `s` the sample
//! standard deviation, at 500 equidistant points from the sample's minimum to its maximum.
//!
//! Samples of up to [`EXACT`] values are summed as in the formula. For larger samples, each value
//! is first split between its two neighbors on a fine grid with step `δ ≤ h/100`, in proportion
//! to its nearness (linear binning; M. P. Wand, "Fast computation of multivariate kernel
//! estimators", 1994), and kernels that reach 6 `h` to either side are summed over the grid. The
//! bandwidth is that of the original values.
//!
//! The curve then differs from the exact one by at most 1e-4 of its highest point, a fiftieth of a
//! pixel in a chart 200 pixels high. Linear binning replaces the kernel `K` by its
//! linear interpolation, whose error is at most `δ²/8 · sup|K″|` in each cell, where
//! `K″(u·h) = (u² − 1)·K(u·h)/h²`. If no stretch of length `h` holds more than `m` values, these
//! add up to at most `3.8·m·K(0)·(δ/h)²/8`, whereas the curve's highest point is at least
//! `m·K(h/2) = 0.88·m·K(0)`: the quotient is `0.54·(δ/h)² ≤ 5.4e-5`. Cutting the kernel off adds
//! less than `1e-7`.

/// Points of a curve.
pub const POINTS: usize = 500;

/// The largest sample for which the sum is exact.
pub const EXACT: usize = 2_000;

/// Minimum number of grid steps in a bandwidth.
const STEPS: f64 = 100.0;

/// Where a kernel on the grid is cut off, in bandwidths from its center.
const REACH: f64 = 6.0;

/// Maximum number of points computed from one start. A start costs two `exp` per value.
const BLOCK: usize = 50;

/// Maximum number of bandwidths computed from one start. Further away, a kernel that is 0 at the
/// start would no longer be 0, and products of large and small factors would overflow.
const SPAN: f64 = 5.0;

/// Number of values processed at the same time.
const LANES: usize = 4;

/// A density curve.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Density {
    /// Lowest value of the sample.
    pub min: f64,
    /// Highest value of the sample.
    pub max: f64,
    /// The density at [`POINTS`] equidistant points from `min` to `max`.
    pub curve: Vec<f64>,
}

impl Density {
    /// Estimates the density of a sample of finite values. Returns `None` if fewer than two of them
    /// are distinct.
    pub fn estimate(sample: &[f64]) -> Option<Self> {
        let count = sample.len() as f64;
        let min = sample.iter().copied().reduce(f64::min)?;
        let max = sample.iter().copied().reduce(f64::max)?;
        if min >= max {
            return None;
        }
        let mean = sample.iter().sum::<f64>() / count;
        let squares: f64 = sample.iter().map(|value| (value - mean).powi(2)).sum();
        let bandwidth = (squares / (count - 1.0)).sqrt() * count.powf(-0.2);
        let step = (max - min) / (POINTS - 1) as f64;
        if !(bandwidth > 0.0 && step > 0.0) {
            // The values are so close together that their spread is lost in rounding.
            return None;
        }
        let mut curve = if sample.len() <= EXACT {
            kernel_sums(sample, min, step, bandwidth)
        } else {
            grid_sums(sample, min, step, bandwidth)
        };
        let scale = (count * bandwidth * (2.0 * std::f64::consts::PI).sqrt()).recip();
        for value in &mut curve {
            *value *= scale;
        }
        Some(Self { min, max, curve })
    }

    /// The position of a point of the curve, in the unit of the sample.
    pub fn at(&self, point: usize) -> f64 {
        self.min + (self.max - self.min) * point as f64 / (POINTS - 1) as f64
    }
}

/// `Σ_i exp(−(t_k − x_i)²/(2h²))` at the points `t_k = min + k·step`.
///
/// On an equidistant grid, kernels follow from each other by multiplication: `k` steps after a
/// start `t`, the kernel is `exp(−(t−x)²/2h²) · exp((x−t)·step/h²)^k · exp(−k²·step²/2h²)`. The
/// first factor is computed once per block, the second takes one product per point, and the third
/// is the same for all values.
fn kernel_sums(sample: &[f64], min: f64, step: f64, bandwidth: f64) -> Vec<f64> {
    let precision = (bandwidth * bandwidth).recip();
    let block = ((SPAN * bandwidth / step) as usize).clamp(1, BLOCK);
    let common: Vec<f64> = (0..block)
        .map(|k| (-0.5 * precision * (k as f64 * step).powi(2)).exp())
        .collect();
    let mut curve = vec![0.0; POINTS];
    // Lanes past the end of the sample have a kernel of 0.
    let groups = sample.len().div_ceil(LANES);
    let mut kernels = vec![[0.0; LANES]; groups];
    let mut growths = vec![[0.0; LANES]; groups];
    for (index, curve) in curve.chunks_mut(block).enumerate() {
        let start = min + (index * block) as f64 * step;
        for ((kernels, growths), values) in kernels
            .iter_mut()
            .zip(&mut growths)
            .zip(sample.chunks(LANES))
        {
            for ((kernel, growth), value) in kernels.iter_mut().zip(growths).zip(values) {
                let distance = value - start;
                *kernel = (-0.5 * precision * distance * distance).exp();
                // A kernel of 0 stays 0, even where the growth would overflow.
                *growth = if *kernel > 0.0 {
                    (precision * distance * step).exp()
                } else {
                    0.0
                };
            }
        }
        for (point, common) in curve.iter_mut().zip(&common) {
            let mut sums = [0.0; LANES];
            for (kernels, growths) in kernels.iter_mut().zip(&growths) {
                for ((sum, kernel), growth) in sums.iter_mut().zip(kernels).zip(growths) {
                    *sum += *kernel;
                    *kernel *= growth;
                }
            }
            *point = common * sums.iter().sum::<f64>();
        }
    }
    curve
}

/// The same sums over a grid that subdivides the distance between two points, so that every point
/// is on the grid and the kernel is a table.
///
/// A sample's range is at most `√2·n^0.7` bandwidths, which bounds the grid: at most 2 million
/// positions for a million values.
fn grid_sums(sample: &[f64], min: f64, step: f64, bandwidth: f64) -> Vec<f64> {
    let division = (STEPS * step / bandwidth).ceil().max(1.0);
    let fine = step / division;
    let division = division as usize;
    let weights = bin_values(sample, min, fine, division * (POINTS - 1));
    let reach = (REACH * bandwidth / fine) as usize;
    let kernel: Vec<f64> = (0..=reach)
        .map(|step| (-0.5 * (step as f64 * fine / bandwidth).powi(2)).exp())
        .collect();
    let sum = |point: usize| {
        let (below, above) = weights.split_at(point * division);
        let above = above.iter().zip(&kernel);
        let below = below.iter().rev().zip(kernel.iter().skip(1));
        above.chain(below).map(|(weight, kernel)| weight * kernel)
    };
    (0..POINTS).map(|point| sum(point).sum()).collect()
}

/// Counts the values at each position of a grid that begins at `min` and ends at position `last`. A
/// value between two positions counts for both, in proportion to its nearness.
fn bin_values(sample: &[f64], min: f64, step: f64, last: usize) -> Vec<f64> {
    let mut weights = vec![0.0; last + 1];
    for value in sample {
        // Rounding may put the highest value past the last position.
        let position = ((value - min) / step).clamp(0.0, last as f64);
        let below = position as usize;
        let share = position - below as f64;
        for (weight, share) in weights[below..].iter_mut().zip([1.0 - share, share]) {
            *weight += share;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(sample: &[f64], t: f64) -> f64 {
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let h = variance.sqrt() * n.powf(-0.2);
        let kernel = |x: &f64| (-0.5 * ((t - x) / h).powi(2)).exp();
        sample.iter().map(kernel).sum::<f64>() / (n * h * (2.0 * std::f64::consts::PI).sqrt())
    }

    #[test]
    fn fewer_than_two_values_have_no_curve() {
        assert_eq!(Density::estimate(&[]), None);
        assert_eq!(Density::estimate(&[0.3]), None);
        assert_eq!(Density::estimate(&[0.3; 9]), None);
    }

    /// Asserts that a curve on a grid is as close to the exact one as the module promises.
    fn assert_near(sample: &[f64], points: impl Iterator<Item = usize>) {
        assert!(sample.len() > EXACT);
        let density = Density::estimate(sample).unwrap();
        let highest = density.curve.iter().copied().fold(0.0, f64::max);
        for point in points {
            let exact = exact(sample, density.at(point));
            let error = (density.curve[point] - exact).abs() / highest;
            assert!(error <= 1e-4, "{error:e} at {point}");
        }
    }

    #[test]
    fn a_distant_outlier_keeps_small_samples_exact() {
        let mut sample: Vec<f64> = (0..EXACT - 1).map(|n| (n % 17) as f64 * 1e-4).collect();
        sample.push(50.0);
        let density = Density::estimate(&sample).unwrap();
        for point in [0, 1, 250, POINTS - 1] {
            let exact = exact(&sample, density.at(point));
            assert!((density.curve[point] - exact).abs() <= 1e-9 * exact + 1e-200);
        }
    }

    #[test]
    fn a_distant_outlier_widens_the_grid_and_keeps_the_bound() {
        let mut sample: Vec<f64> = (0..40_000).map(|n| f64::from(n % 17) * 1e-4).collect();
        sample.push(50.0);
        assert_near(
            &sample,
            [0, 1, 2, 3, 250, POINTS - 2, POINTS - 1].into_iter(),
        );
    }

    #[test]
    fn two_clusters_of_equal_values_keep_the_bound() {
        let clusters: Vec<f64> = (0..2_500).map(|n| f64::from(n % 5 / 4) * 0.3).collect();
        assert_near(&clusters, (0..POINTS).step_by(5));
    }

    #[test]
    fn a_sample_just_too_large_for_the_exact_sum_is_close_to_it() {
        let sample: Vec<f64> = (0..=EXACT).map(|n| (n as f64).sin()).collect();
        assert_near(&sample, 0..POINTS);
    }

    proptest! {
        #[test]
        fn the_recurrence_is_the_kernel(
            sample in prop::collection::vec(0.0..1.0f64, 2..300),
            outlier in -3.0..3.0f64,
        ) {
            let mut sample = sample;
            sample.push(outlier);
            let density = Density::estimate(&sample).unwrap();
            for point in (0..POINTS).step_by(7) {
                let exact = exact(&sample, density.at(point));
                prop_assert!((density.curve[point] - exact).abs() <= 1e-9 * exact + 1e-200);
            }
        }

        #[test]
        fn most_of_the_density_is_within_the_curve(
            sample in prop::collection::vec(0.0..1.0f64, 20..300),
        ) {
            // The kernels reach past the ends of the curve, where the density is cut off.
            let density = Density::estimate(&sample).unwrap();
            let step = (density.max - density.min) / (POINTS - 1) as f64;
            let held = density.curve.iter().sum::<f64>() * step;
            prop_assert!((0.6..=1.0 + 1e-2).contains(&held), "{held}");
        }
    }
    proptest! {
        // Samples of this size are slow.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_curve_on_a_grid_is_close_to_the_exact_one(
            sample in prop::collection::vec(0.0..1.0f64, EXACT + 1..EXACT + 500),
            power in 0.3..6.0f64,
            outlier in -3.0..3.0f64,
        ) {
            // From clusters at the lower end to nearly uniform samples.
            let mut sample: Vec<f64> = sample.into_iter().map(|x| x.powf(power)).collect();
            sample.push(outlier);
            assert_near(&sample, (0..POINTS).step_by(31));
        }
    }
}
