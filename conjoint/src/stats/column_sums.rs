//! Weighted sums of the columns of a matrix.

use std::ops::Range;

use nalgebra::DMatrix;

use super::bootstrap::{WeightedRows, scatter, sum_rows};

/// The number of rows whose numbers stay in the processor's cache.
const CACHED_ROWS: usize = 256;

/// The sum of each column over some rows, for several weights of the rows: with columns C, rows × columns,
/// and weights W, rows × weights, `Cᵀ·W`, columns × weights.
pub(crate) fn sum_columns(
    columns: &DMatrix<f64>,
    rows: Range<usize>,
    weights: &DMatrix<f64>,
) -> DMatrix<f64> {
    let mut sums = DMatrix::zeros(columns.ncols(), weights.ncols());
    for first in rows.clone().step_by(CACHED_ROWS) {
        let cached = first..rows.end.min(first + CACHED_ROWS);
        for (mut sums, weights) in sums.column_iter_mut().zip(weights.column_iter()) {
            let weights = weights.as_slice().get(cached.clone()).unwrap_or_default();
            for (sum, column) in sums.iter_mut().zip(columns.column_iter()) {
                let column = column.as_slice().get(cached.clone()).unwrap_or_default();
                *sum += dot(column, weights);
            }
        }
    }
    sums
}

/// The sum of products, in eight parts that a processor can add at the same time. Which numbers are added
/// first does not depend on the processor, so that the sum does not, either.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let (one, other) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest = one.remainder().iter().zip(other.remainder());
    let rest: f64 = rest.map(|(one, other)| one * other).sum();
    let mut parts = [0.0; 8];
    for (one, other) in one.zip(other) {
        for ((part, one), other) in parts.iter_mut().zip(one).zip(other) {
            *part += one * other;
        }
    }
    parts.iter().sum::<f64>() + rest
}

/// The sum of each column for several resamples; columns × resamples. Where these have few of all rows,
/// as with draws, the others are not read.
pub(crate) fn sum_resamples(columns: &DMatrix<f64>, resamples: &[WeightedRows]) -> DMatrix<f64> {
    let rows = columns.nrows();
    if resamples.iter().all(|resample| resample.len() * 3 >= rows) {
        let mut weights = DMatrix::zeros(rows, resamples.len());
        for (mut weights, resample) in weights.column_iter_mut().zip(resamples) {
            scatter(resample, weights.as_mut_slice());
        }
        return sum_columns(columns, 0..rows, &weights);
    }
    let mut sums = DMatrix::zeros(columns.ncols(), resamples.len());
    for (mut sums, resample) in sums.column_iter_mut().zip(resamples) {
        for (sum, column) in sums.iter_mut().zip(columns.column_iter()) {
            *sum = sum_rows(column.as_slice(), resample);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More rows than fit into the cache, and weights that are dense or sparse.
    #[test]
    fn sums_are_those_of_each_column() {
        let columns = DMatrix::from_fn(700, 3, |row, column| (row * (column + 1)) as f64);
        let dense: WeightedRows = (0..700).map(|row| (row, 2.0)).collect();
        let sparse = vec![(5, 1.0), (600, 3.0)];
        let sum: f64 = (0..700).map(f64::from).sum();
        for column in 0..3 {
            let factor = (column + 1) as f64;
            let found = sum_resamples(&columns, &[dense.clone(), dense.clone()]);
            assert_eq!(found[(column, 1)], 2.0 * factor * sum);
            let found = sum_resamples(&columns, &[sparse.clone(), dense.clone()]);
            assert_eq!(found[(column, 0)], factor * (5.0 + 3.0 * 600.0));
            assert_eq!(found[(column, 1)], 2.0 * factor * sum);
            let weights = DMatrix::from_element(700, 1, 2.0);
            let found = sum_columns(&columns, 0..2, &weights);
            assert_eq!(found[(column, 0)], 2.0 * factor);
        }
    }
}
