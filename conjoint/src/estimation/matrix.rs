//! Small dense matrices, row after row in one vector: the same to the bit natively and in Wasm, which a
//! library that picks instructions at run time would not be.

/// The lower triangular factor `L` with `L Lᵀ = A` of a symmetric positive definite `A`, `n × n`;
/// `None` if it is not positive definite.
pub(crate) fn cholesky(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let (row_i, row_j) = (l.get(i * n..i * n + j)?, l.get(j * n..j * n + j)?);
            let rest = a.get(i * n + j)? - dot(row_i, row_j);
            let value = if i == j {
                if rest <= 0.0 || !rest.is_finite() {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / l.get(j * n + j)?
            };
            *l.get_mut(i * n + j)? = value;
        }
    }
    Some(l)
}

/// The inverse of a lower triangular matrix with a positive diagonal.
pub(crate) fn invert_lower(l: &[f64], n: usize) -> Vec<f64> {
    let mut inverse = vec![0.0; n * n];
    for i in 0..n {
        let diagonal = l[i * n + i];
        for j in 0..=i {
            let unit = if i == j { 1.0 } else { 0.0 };
            let mut sum = 0.0;
            for k in j..i {
                sum += l[i * n + k] * inverse[k * n + j];
            }
            inverse[i * n + j] = (unit - sum) / diagonal;
        }
    }
    inverse
}

/// `Mᵀ M` of a lower triangular `M`: with `M = L⁻¹` the inverse of `L Lᵀ`.
pub(crate) fn gram_of_lower(m: &[f64], n: usize) -> Vec<f64> {
    let mut product = vec![0.0; n * n];
    for row in m.chunks_exact(n) {
        for i in 0..n {
            for j in 0..=i {
                product[i * n + j] += row[i] * row[j];
            }
        }
    }
    mirror(&mut product, n);
    product
}

/// The inverse of a symmetric positive definite matrix; `None` if it is not positive definite.
pub(crate) fn invert_positive(a: &[f64], n: usize) -> Option<Vec<f64>> {
    let l = cholesky(a, n)?;
    Some(gram_of_lower(&invert_lower(&l, n), n))
}

/// The inverse of a square matrix and the logarithm of its determinant's size, by elimination with row
/// pivots; `None` if it is singular.
pub(crate) fn invert_square(a: &[f64], n: usize) -> Option<(Vec<f64>, f64)> {
    let mut work = a.to_vec();
    let mut inverse = vec![0.0; n * n];
    inverse
        .iter_mut()
        .step_by(n + 1)
        .for_each(|entry| *entry = 1.0);
    let mut log_determinant = 0.0;
    for column in 0..n {
        let size = |row: &usize| work[row * n + column].abs();
        let pivot = (column..n).max_by(|one, other| size(one).total_cmp(&size(other)))?;
        let value = work[pivot * n + column];
        if value == 0.0 || !value.is_finite() {
            return None;
        }
        log_determinant += libm::log(value.abs());
        for k in 0..n {
            work.swap(column * n + k, pivot * n + k);
            inverse.swap(column * n + k, pivot * n + k);
            work[column * n + k] /= value;
            inverse[column * n + k] /= value;
        }
        for row in (0..n).filter(|row| *row != column) {
            let factor = work[row * n + column];
            for k in 0..n {
                work[row * n + k] -= factor * work[column * n + k];
                inverse[row * n + k] -= factor * inverse[column * n + k];
            }
        }
    }
    Some((inverse, log_determinant))
}

/// `A B`.
pub(crate) fn product(a: &[f64], b: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for (row, target) in a.chunks_exact(n).zip(out.chunks_exact_mut(n)) {
        for (entry, other) in row.iter().zip(b.chunks_exact(n)) {
            for (value, b) in target.iter_mut().zip(other) {
                *value += entry * b;
            }
        }
    }
    out
}

/// `Aᵀ`.
pub(crate) fn transposed(a: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for (i, row) in a.chunks_exact(n).enumerate() {
        for (j, entry) in row.iter().enumerate() {
            out[j * n + i] = *entry;
        }
    }
    out
}

/// `Aᵀ A`.
pub(crate) fn gram(a: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for row in a.chunks_exact(n) {
        add_square(&mut out, row, 1.0);
    }
    out
}

/// Adds `weight · x xᵀ` to a matrix.
pub(crate) fn add_square(a: &mut [f64], x: &[f64], weight: f64) {
    for (row, one) in a.chunks_exact_mut(x.len()).zip(x) {
        let scale = weight * one;
        for (entry, other) in row.iter_mut().zip(x) {
            *entry += scale * other;
        }
    }
}

/// Copies the lower triangle to the upper one.
pub(crate) fn mirror(a: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            a[j * n + i] = a[i * n + j];
        }
    }
}

/// `M x` of a lower triangular `M`, into `out`.
pub(crate) fn multiply_lower(m: &[f64], x: &[f64], out: &mut [f64]) {
    let n = x.len();
    for ((i, value), row) in out.iter_mut().enumerate().zip(m.chunks_exact(n)) {
        *value = dot(&row[..=i], &x[..=i]);
    }
}

/// Adds `s Mᵀ x` of a lower triangular `M` to `out`.
pub(crate) fn add_lower_transposed(m: &[f64], x: &[f64], s: f64, out: &mut [f64]) {
    let n = x.len();
    for (i, row) in m.chunks_exact(n).enumerate() {
        let scale = s * x[i];
        for (value, entry) in out[..=i].iter_mut().zip(&row[..=i]) {
            *value += scale * entry;
        }
    }
}

/// `A x`, into `out`.
pub(crate) fn multiply(a: &[f64], x: &[f64], out: &mut [f64]) {
    for (value, row) in out.iter_mut().zip(a.chunks_exact(x.len())) {
        *value = dot(row, x);
    }
}

/// The sum of products, in an order that does not depend on the machine and that allows four to be
/// computed at a time.
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let ((xs, x_rest), (ys, y_rest)) = (x.as_chunks::<4>(), y.as_chunks::<4>());
    for (x, y) in xs.iter().zip(ys) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    let rest: f64 = x_rest.iter().zip(y_rest).map(|(x, y)| x * y).sum();
    let [a, b, c, d] = sums;
    (a + c) + (b + d) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_times_the_matrix_is_one() {
        let a = [4.0, 1.0, 0.5, 1.0, 3.0, -0.2, 0.5, -0.2, 2.0];
        let inverse = invert_positive(&a, 3).unwrap();
        for i in 0..3 {
            for j in 0..3 {
                let column: Vec<f64> = (0..3).map(|k| a[k * 3 + j]).collect();
                let value = dot(&inverse[i * 3..i * 3 + 3], &column);
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((value - expected).abs() < 1e-14, "{i} {j}: {value}");
            }
        }
        let square = [0.0, 2.0, 1.0, 3.0];
        let (inverse, log_determinant) = invert_square(&square, 2).unwrap();
        assert_eq!(product(&square, &inverse, 2), [1.0, 0.0, 0.0, 1.0]);
        assert!((log_determinant - 2_f64.ln()).abs() < 1e-15);
        assert_eq!(gram(&transposed(&square, 2), 2), [4.0, 6.0, 6.0, 10.0]);
        assert_eq!(cholesky(&[1.0, 2.0, 2.0, 1.0], 2), None);
    }
}
