//! What large studies would draw too much of: marks that hide one another, digits that nobody
//! sees.

/// Marks that one sample draws, at most. Each is an element of the page; thousands more make it
/// slow and add only ink.
pub const MARKS: usize = 2_000;

/// The places to draw of `count`: all up to [`MARKS`], evenly many of them beyond.
pub fn thinned(count: usize) -> impl Iterator<Item = usize> + Clone {
    let drawn = count.min(MARKS);
    // In 64 bits: the product passes what a Wasm `usize` holds.
    let place = move |mark: usize| (mark as u64 * count as u64 / drawn as u64) as usize;
    (0..drawn).map(place)
}

/// One in how many of `count` to draw, evenly, so that there are `most` at most.
pub fn one_in(count: usize, most: usize) -> usize {
    count.div_ceil(most.max(1)).max(1)
}

/// The number with 6 significant digits, so that its JSON is short; a chart shows fewer.
pub fn rounded(value: f64) -> f64 {
    let exponent = 5_i32.saturating_sub(value.abs().log10().floor() as i32);
    // Dividing by a power of ten gives the number of that short text; multiplying by its
    // inverse would not.
    let rounded = if exponent >= 0 {
        let scale = 10f64.powi(exponent);
        (value * scale).round() / scale
    } else {
        let scale = 10f64.powi(-exponent);
        (value / scale).round() * scale
    };
    // Not so: 0, and what is so small that its scale overflows.
    if rounded.is_finite() { rounded } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_are_drawn_whole_and_large_ones_evenly() {
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
    fn steps_are_even_and_leave_at_most_so_many() {
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
