//! Which respondents change from one product to another when the offers change, by a rule.
//!
//! - By first choice, those whose first choice changes.
//! - By share of preference, the probability that the product with the highest utility is i before and j
//!   after, with the same errors of the logit (A. de Palma and K. Kilani, "Transition choice probabilities
//!   and welfare analysis in additive random utility models", Economic Theory 46(3), 2011). With utilities
//!   `V = s·U` before and `V′` after, and changes `δ = V′ − V`, it is 0 unless `δ_j > δ_i`, and otherwise
//!   `∫ p_i(t)·p_j(t) dt` from `δ_i` to `δ_j`, with p the logit's probabilities of the utilities
//!   `max(V_k + t, V′_k)`. Between two neighbors a and b of the sorted δ, the products with `δ ≤ a` rise, with
//!   the sum A of `exp(V)`, and those with `δ ≥ b` are fixed, with the sum B of `exp(V′)`; the integral is
//!   `exp(V_i)/A · exp(V′_j)/B · (L(b) − L(a))` with `L(t) = A·exp(t) / (A·exp(t) + B)`.
//! - By randomized first choice, the share of draws won by i before and by j after, with the same draws.
//!
//! None is a product whose utility does not change. A rule that judges products separately does not say
//! who changes; first choice replaces it.

use super::rule_chances::RuleChances;
use super::{Choices, Rule};
use crate::stats::sort::stable_sort;

/// A change of a respondent, by its position: from a product to another, `None` for None, with its
/// probability, 0–1.
pub(crate) struct Transition {
    pub(crate) respondent: usize,
    pub(crate) from: Option<usize>,
    pub(crate) to: Option<usize>,
    pub(crate) probability: f64,
}

/// Whether transitions by a rule follow the rule; otherwise first choice replaces it.
pub(crate) fn follow_rule(rule: Rule) -> bool {
    rule.compares_products()
}

/// Calls `visit` with every change between two lists of choices among the same products by the same
/// respondents, by a rule other than first choice.
pub(crate) fn visit_transitions(
    before: &Choices,
    after: &Choices,
    mut visit: impl FnMut(Transition),
) {
    match (&before.rule_chances, &after.rule_chances) {
        (RuleChances::Drawn(_, errors, _), RuleChances::Drawn(_, errors_after, _)) => {
            let inputs = [before.chance_inputs(), after.chance_inputs()];
            errors.visit_changed_wins(errors_after, inputs, visit);
        }
        _ => {
            let mut alternatives = Vec::new();
            for respondent in 0..before.utilities.nrows() {
                fill_alternatives(before, after, respondent, &mut alternatives);
                visit_logit(&mut alternatives, |from, to, probability| {
                    visit(Transition {
                        respondent,
                        from,
                        to,
                        probability,
                    });
                });
            }
        }
    }
}

/// A product, or None, as one respondent sees it.
#[derive(Clone, Copy, Debug)]
struct Alternative {
    product: Option<usize>,
    /// Utilities times the scale factor.
    before: f64,
    after: f64,
}

impl Alternative {
    fn change(&self) -> f64 {
        self.after - self.before
    }
}

/// Everything that a respondent can choose before and after.
fn fill_alternatives(
    before: &Choices,
    after: &Choices,
    respondent: usize,
    alternatives: &mut Vec<Alternative>,
) {
    let scale = before.chooser.scale;
    let none = before.chooser.none.get(respondent).copied();
    let none = none.map(|none| Alternative {
        product: None,
        before: scale * none,
        after: scale * none,
    });
    let products = (0..before.utilities.ncols()).map(|product| Alternative {
        product: Some(product),
        before: scale * before.utilities[(respondent, product)],
        after: scale * after.utilities[(respondent, product)],
    });
    alternatives.clear();
    alternatives.extend(
        none.into_iter()
            .chain(products)
            .filter(|it| it.before.is_finite() && it.after.is_finite()),
    );
}

/// Calls `visit` with the probability of every change by the logit.
fn visit_logit(
    alternatives: &mut Vec<Alternative>,
    mut visit: impl FnMut(Option<usize>, Option<usize>, f64),
) {
    let sorted = stable_sort(std::mem::take(alternatives), |one, other| {
        one.change().total_cmp(&other.change())
    });
    *alternatives = sorted;
    let changes: Vec<f64> = alternatives.iter().map(Alternative::change).collect();
    for (split, pair) in changes.windows(2).enumerate() {
        let &[low, high] = pair else { continue };
        if low == high {
            continue;
        }
        let (rising, fixed) = alternatives.split_at(split + 1);
        let rising_sum = log_sum(rising.iter().map(|it| it.before));
        let fixed_sum = log_sum(fixed.iter().map(|it| it.after));
        let share = |t: f64| (1.0 + (fixed_sum - rising_sum - t).exp()).recip();
        let moved = share(high) - share(low);
        for from in rising {
            let part = moved * (from.before - rising_sum).exp();
            for to in fixed {
                visit(
                    from.product,
                    to.product,
                    part * (to.after - fixed_sum).exp(),
                );
            }
        }
    }
}

/// The logarithm of the sum of exponentials.
fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let highest = values.clone().fold(f64::NEG_INFINITY, f64::max);
    highest
        + values
            .map(|value| (value - highest).exp())
            .sum::<f64>()
            .ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alternatives(utilities: &[(f64, f64)]) -> Vec<Alternative> {
        let utilities = utilities.iter().enumerate();
        let alternatives = utilities.map(|(product, (before, after))| Alternative {
            product: Some(product),
            before: *before,
            after: *after,
        });
        alternatives.collect()
    }

    fn matrix(utilities: &[(f64, f64)]) -> Vec<Vec<f64>> {
        let count = utilities.len();
        let mut matrix = vec![vec![0.0; count]; count];
        visit_logit(&mut alternatives(utilities), |from, to, probability| {
            matrix[from.unwrap()][to.unwrap()] += probability;
        });
        matrix
    }

    #[test]
    fn those_who_leave_a_dearer_product_divide_among_the_others() {
        // Before, all three have 1/3. After, the first has 1/5 and the others 2/5.
        let half = 0.5_f64.ln();
        let matrix = matrix(&[(0.0, half), (0.0, 0.0), (0.0, 0.0)]);
        let expected = (1.0 / 3.0 - 1.0 / 5.0) / 2.0;
        for to in 1..3 {
            assert!((matrix[0][to] - expected).abs() < 1e-12, "{matrix:?}");
        }
        assert_eq!((matrix[1][0], matrix[1][2]), (0.0, 0.0));
    }

    #[test]
    fn transitions_add_up_to_the_change_of_each_probability() {
        let utilities = [
            (0.3, -0.9),
            (-1.0, 0.4),
            (0.8, 0.8),
            (0.1, 900.0),
            (0.0, -0.2),
        ];
        let matrix = matrix(&utilities);
        let chances = |pick: fn(&(f64, f64)) -> f64| -> Vec<f64> {
            let sum = log_sum(utilities.iter().map(pick));
            utilities.iter().map(|it| (pick(it) - sum).exp()).collect()
        };
        let (before, after) = (chances(|it| it.0), chances(|it| it.1));
        for product in 0..utilities.len() {
            let won: f64 = matrix.iter().map(|row| row[product]).sum();
            let lost: f64 = matrix[product].iter().sum();
            let change = after[product] - before[product];
            assert!((won - lost - change).abs() < 1e-12, "{product}");
            assert!(lost <= before[product] + 1e-12);
        }
    }

    #[test]
    fn nothing_changes_if_all_change_alike() {
        let matrix = matrix(&[(0.0, 1.0), (2.0, 3.0)]);
        assert!(matrix.iter().flatten().all(|moved| *moved == 0.0));
    }
}
