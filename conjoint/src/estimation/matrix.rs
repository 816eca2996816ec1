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
    let (xs, ys) = (x.chunks_exact(4), y.chunks_exact(4));
    let rest = xs.remainder().iter().zip(ys.remainder());
    let rest: f64 = rest.map(|(x, y)| x * y).sum();
    for (x, y) in xs.zip(ys) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
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
        assert_eq!(cholesky(&[1.0, 2.0, 2.0, 1.0], 2), None);
    }
}
