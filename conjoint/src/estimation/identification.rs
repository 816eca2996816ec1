//! What the choices can tell apart: the rank of the pooled design, before anything is estimated.

use super::coding::{CodingPlan, Columns, ParameterName};
use super::design::ChoiceDesign;
use super::error::EstimationError;
use super::matrix::{dot, mirror};

/// A column counts as a combination of others if what is left of its length is less than this part.
const TOLERANCE: f64 = 1e-9;

/// Checks that the choices can separate all parameters.
///
/// # Errors
/// An attribute that never varies within a task, or columns that depend on each other.
pub(crate) fn check_identification(
    file: &str,
    design: &ChoiceDesign,
    plan: &CodingPlan,
) -> Result<(), EstimationError> {
    let products = centered_products(design);
    check_varying(file, &products, plan)?;
    let dependent = dependent_columns(&products, plan.width);
    if dependent.is_empty() {
        return Ok(());
    }
    let names = plan.column_names();
    let mut columns: Vec<String> = dependent
        .iter()
        .filter_map(|column| names.get(*column))
        .map(show_name)
        .collect();
    columns.dedup();
    Err(EstimationError::Singular {
        file: file.to_owned(),
        columns,
    })
}

/// `attribute level`, or the attribute.
pub(crate) fn show_name(name: &ParameterName) -> String {
    match name.level.is_empty() {
        true => name.attribute.clone(),
        false => format!("{} {}", name.attribute, name.level),
    }
}

/// The products of all columns, centered within each observation.
fn centered_products(design: &ChoiceDesign) -> Vec<f64> {
    let n = design.width;
    let mut products = vec![0.0; n * n];
    for block in design.blocks() {
        let centered: Vec<Vec<f64>> = block
            .columns()
            .map(|column| {
                let mut column = column.to_vec();
                for range in block.observations() {
                    let Some(task) = column.get_mut(range) else {
                        continue;
                    };
                    let mean = task.iter().sum::<f64>() / task.len().max(1) as f64;
                    task.iter_mut().for_each(|value| *value -= mean);
                }
                column
            })
            .collect();
        for (i, one) in centered.iter().enumerate() {
            for (j, other) in centered.iter().take(i + 1).enumerate() {
                products[i * n + j] += dot(one, other);
            }
        }
    }
    mirror(&mut products, n);
    products
}

/// An attribute without parameters, or one whose columns are all constant within each task.
fn check_varying(file: &str, products: &[f64], plan: &CodingPlan) -> Result<(), EstimationError> {
    let n = plan.width;
    let varies = |column: usize| {
        products
            .get(column * n + column)
            .is_some_and(|square| *square > 0.0)
    };
    for (attribute, columns) in &plan.attributes {
        let mut range = match columns {
            Columns::Levels { first, .. } => *first..first + columns.width(),
            Columns::Slope { column, .. } => *column..column + 1,
        };
        if !range.any(varies) {
            return Err(EstimationError::Constant {
                file: file.to_owned(),
                attribute: attribute.clone(),
            });
        }
    }
    Ok(())
}

/// The columns of the first dependency: a column that follows from those before it, and the ones it
/// follows from. Empty if all columns are independent.
fn dependent_columns(products: &[f64], n: usize) -> Vec<usize> {
    let scale: Vec<f64> = (0..n).map(|i| products[i * n + i].sqrt()).collect();
    if let Some(zero) = scale.iter().position(|scale| *scale <= 0.0) {
        return vec![zero];
    }
    let a = |i: usize, j: usize| products[i * n + j] / (scale[i] * scale[j]);
    // Cholesky, row by row, until a column has nothing left.
    let mut l = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..i {
            let rest = a(i, j) - dot(&l[i * n..i * n + j], &l[j * n..j * n + j]);
            l[i * n + j] = rest / l[j * n + j];
        }
        let rest = 1.0 - dot(&l[i * n..i * n + i], &l[i * n..i * n + i]);
        if rest > TOLERANCE {
            l[i * n + i] = rest.sqrt();
            continue;
        }
        // Its coefficients on the columns before it, by back substitution.
        let mut coefficients = l[i * n..i * n + i].to_vec();
        for j in (0..i).rev() {
            let later: f64 = (j + 1..i).map(|k| l[k * n + j] * coefficients[k]).sum();
            coefficients[j] = (coefficients[j] - later) / l[j * n + j];
        }
        let involved = coefficients
            .iter()
            .enumerate()
            .filter(|(_, value)| value.abs() > 1e-6);
        let mut columns: Vec<usize> = involved.map(|(column, _)| column).collect();
        columns.push(i);
        return columns;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_dependency_are_found() {
        // The third is the sum of the first and half the second.
        let columns = [
            [1.0, 0.0, 2.0, -1.0],
            [0.0, 2.0, 1.0, 1.0],
            [1.0, 1.0, 2.5, -0.5],
            [1.0, 1.0, 0.0, 0.0],
        ];
        let mut products = Vec::new();
        for one in &columns {
            products.extend(columns.iter().map(|other| dot(one, other)));
        }
        assert_eq!(dependent_columns(&products, 4), [0, 1, 2]);
    }
}
