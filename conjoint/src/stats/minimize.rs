//! The minimum of a function of one variable.

/// Finds the minimum of a function between `low` and `high`, where it must have only one local
/// minimum. Evaluates the function `trials` times, but at least twice.
///
/// Golden-section search (J. Kiefer, "Sequential minimax search for a maximum", 1953).
pub(crate) fn golden_section(
    mut low: f64,
    mut high: f64,
    trials: usize,
    function: &mut dyn FnMut(f64) -> f64,
) -> f64 {
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let inner = |low: f64, high: f64| [high - ratio * (high - low), low + ratio * (high - low)];
    let [mut left, mut right] = inner(low, high);
    let (mut at_left, mut at_right) = (function(left), function(right));
    for _ in 2..trials {
        if at_left <= at_right {
            high = right;
            [left, right] = [inner(low, high)[0], left];
            (at_left, at_right) = (function(left), at_left);
        } else {
            low = left;
            [left, right] = [right, inner(low, high)[1]];
            (at_left, at_right) = (at_right, function(right));
        }
    }
    if at_left <= at_right { left } else { right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_section_finds_the_minimum() {
        let found = golden_section(-4.0, 6.0, 40, &mut |x| (x - 1.25) * (x - 1.25));
        assert!((found - 1.25).abs() < 1e-6, "{found}");
        let end = golden_section(-4.0, 6.0, 40, &mut |x| x);
        assert!((end + 4.0).abs() < 1e-6, "{end}");
    }
}
