//! Boundaries of attributes from the numbers, where a header names levels only.
//!
//! Part-worths of effects coding sum to 0 over the levels of an attribute, in every row: an attribute
//! is the shortest run of at least two columns for which that holds. Dummy coding has a column of
//! zeros for the base level, the first or the last of its attribute. What is in no run is a linear
//! coefficient, a break point of a piecewise function, or None.

/// A run of columns, from its first to the one after its last.
pub(crate) type Run = std::ops::Range<usize>;

/// How far a sum may be from 0 by rounding: this share of the last decimal for each addend.
const ROUNDING: f64 = 0.6;
/// The precision of numbers that were computed rather than printed.
const PRECISION: f64 = 1e-9;
/// More decimals than this are not rounded.
const MOST_DECIMALS: i32 = 10;

/// The attributes among columns of part-worths, in order; a column in no run is one by itself.
pub(crate) fn find_runs(rows: &[Vec<f64>], columns: usize) -> Vec<Run> {
    if rows.is_empty() {
        return (0..columns).map(|column| column..column + 1).collect();
    }
    let decimals = count_decimals(rows);
    let is_zero: Vec<bool> = (0..columns)
        .map(|column| is_all_zero(rows, column))
        .collect();
    if is_zero.iter().any(|is| *is)
        && let Some(runs) = dummy_runs(&is_zero)
        && !runs
            .iter()
            .any(|run| sums_to_zero(rows, run.clone(), decimals))
    {
        return runs;
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut start = 0;
    while start < columns {
        let ends = start + 2..=columns;
        let end = ends
            .into_iter()
            .find(|end| sums_to_zero(rows, start..*end, decimals));
        // A run that swallows complete runs further right begins with columns of its own.
        let is_shortest = |end: usize| {
            (start + 1..end.saturating_sub(1))
                .all(|inner| !sums_to_zero(rows, inner..end, decimals))
        };
        match end.filter(|end| is_shortest(*end)) {
            Some(end) => {
                runs.push(start..end);
                start = end;
            }
            None => {
                runs.push(start..start + 1);
                start += 1;
            }
        }
    }
    runs
}

/// Runs that begin or end with a column of zeros.
fn dummy_runs(is_zero: &[bool]) -> Option<Vec<Run>> {
    let columns = is_zero.len();
    let zeros = || {
        is_zero
            .iter()
            .enumerate()
            .filter(|(_, is)| **is)
            .map(|(column, _)| column)
    };
    let mut runs: Vec<Run> = Vec::new();
    if *is_zero.first()? {
        let ends = zeros().skip(1).chain([columns]);
        runs.extend(zeros().zip(ends).map(|(start, end)| start..end));
    } else {
        let mut start = 0;
        for zero in zeros() {
            runs.push(start..zero + 1);
            start = zero + 1;
        }
        runs.extend((start..columns).map(|column| column..column + 1));
    }
    runs.iter().any(|run| run.len() > 1).then_some(runs)
}

fn is_all_zero(rows: &[Vec<f64>], column: usize) -> bool {
    rows.iter()
        .all(|row| row.get(column).is_some_and(|value| *value == 0.0))
}

/// Whether columns sum to 0 in every row, and are not all 0.
pub(crate) fn sums_to_zero(rows: &[Vec<f64>], run: Run, decimals: i32) -> bool {
    let step = 10.0_f64.powi(-decimals);
    let mut is_any_nonzero = false;
    let mut sums = rows.iter().map(|row| {
        let cells = row.get(run.clone()).unwrap_or_default();
        let largest = cells
            .iter()
            .fold(0.0, |most: f64, cell| most.max(cell.abs()));
        is_any_nonzero |= largest > 0.0;
        let tolerance = (ROUNDING * step).max(PRECISION * largest) * cells.len() as f64;
        let sum: f64 = cells.iter().sum();
        sum.abs() <= tolerance
    });
    sums.all(|is_zero| is_zero) && is_any_nonzero
}

/// The decimals of the most precise numbers.
pub(crate) fn count_decimals(rows: &[Vec<f64>]) -> i32 {
    let decimals = |value: &f64| {
        let mut scaled = value.abs();
        let mut decimals = 0;
        while decimals < MOST_DECIMALS && (scaled - scaled.round()).abs() > 1e-7 * scaled.max(1.0) {
            scaled = value.abs() * 10.0_f64.powi(decimals + 1);
            decimals += 1;
        }
        decimals
    };
    let values = rows
        .iter()
        .take(200)
        .flatten()
        .filter(|value| value.is_finite());
    values.map(decimals).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_runs_that_sum_to_zero() {
        let rows = [
            vec![0.5, 0.2, -0.7, 1.0, -1.0, -0.01, 0.3, -0.3, 1.5],
            vec![0.1, -0.4, 0.3, 0.2, -0.2, 0.02, -0.8, 0.8, -0.5],
        ];
        assert_eq!(find_runs(&rows, 9), [0..3, 3..5, 5..6, 6..8, 8..9]);
        assert_eq!(count_decimals(&rows), 2);
    }

    #[test]
    fn dummy_coding_has_a_column_of_zeros() {
        let last = [
            vec![1.0, 2.0, 0.0, 0.5, 0.0, 9.0],
            vec![1.5, 2.0, 0.0, 0.7, 0.0, 8.0],
        ];
        assert_eq!(find_runs(&last, 6), [0..3, 3..5, 5..6]);
        let first = [vec![0.0, 1.0, 2.0, 0.0, 0.5], vec![0.0, 1.5, 2.0, 0.0, 0.7]];
        assert_eq!(find_runs(&first, 5), [0..3, 3..5]);
    }

    #[test]
    fn rounded_sums_are_zero() {
        let rows = [
            vec![0.33, 0.33, -0.67, 0.5, -0.5],
            vec![0.1, 0.1, -0.19, 0.2, -0.2],
        ];
        assert_eq!(find_runs(&rows, 5), [0..3, 3..5]);
    }
}
