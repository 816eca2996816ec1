//! Less to draw of large studies: fewer marks, which would hide each other, and fewer digits, which
//! nobody would see.

/// The largest number of marks of a sample. Each is an element of the page; thousands more make it
/// slow and show nothing new.
pub const MARKS: usize = 2_000;

/// The places to draw of `count`: all if there are at most [`MARKS`], otherwise evenly spaced ones.
pub fn thinned(count: usize) -> impl Iterator<Item = usize> + Clone {
    let drawn = count.min(MARKS);
    // In 64 bits, because the product exceeds a Wasm `usize`.
    let place = move |mark: usize| (mark as u64 * count as u64 / drawn as u64) as usize;
    (0..drawn).map(place)
}

/// The smallest step with which at most `most` of `count` are drawn.
pub fn one_in(count: usize, most: usize) -> usize {
    count.div_ceil(most.max(1)).max(1)
}

/// The number with 6 significant digits, which is more than a chart shows, for a short JSON.
pub fn rounded(value: f64) -> f64 {
    let exponent = 5_i32.saturating_sub(value.abs().log10().floor() as i32);
    // Division by a power of ten gives the number with the short text; multiplication by its inverse
    // would not.
    let rounded = if exponent >= 0 {
        let scale = 10f64.powi(exponent);
        (value * scale).round() / scale
    } else {
        let scale = 10f64.powi(-exponent);
        (value / scale).round() * scale
    };
    // It is not finite for 0, and for numbers so small that their scale overflows.
    if rounded.is_finite() { rounded } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_are_drawn_completely_and_large_ones_evenly() {
        assert!(thinned(0).eq(0..0));
        assert!(thinned(MARKS).eq(0..MARKS));
        let places: Vec<_> = thinned(MARKS * 10 + 7).collect();
        assert_eq!(places.len(), MARKS);
        let gaps = places.windows(2).map(|pair| pair[1] - pair[0]);
        assert!(gaps.clone().all(|gap| gap == 10 || gap == 11));
        assert_eq!(places[0], 0);
        assert!(places[MARKS - 1] < MARKS * 10 + 7);
    }

    #[test]
    fn a_step_leaves_at_most_the_given_number() {
        for (count, most, step) in [
            (0, 250, 1),
            (250, 250, 1),
            (251, 250, 2),
            (10_000, 250, 40),
            (7, 0, 7),
        ] {
            assert_eq!(one_in(count, most), step);
            assert!((0..count).step_by(step).count() <= most.max(1));
        }
    }

    #[test]
    fn six_digits_are_left() {
        for (value, text) in [
            (132.06969639630847, "132.07"),
            (0.000012345678, "0.0000123457"),
            (-1.0 / 3.0, "-0.333333"),
            (123_456_789.0, "123457000"),
            (999_999.7, "1000000"),
            (0.0, "0"),
        ] {
            assert_eq!(rounded(value).to_string(), text);
        }
        assert!(rounded(f64::NAN).is_nan());
        assert_eq!(rounded(f64::INFINITY), f64::INFINITY);
        assert_eq!(rounded(1e-320), 1e-320);
    }
}
