//! The brands of a market.

use crate::index_vec::ParentIndex;

/// Colours that readers with normal sight, and readers who see no red, no green or no blue, can
/// tell apart; the ones furthest apart come first. They were found by a search over P. Tol's
/// schemes ("Colour Schemes", SRON/EPS/TN/09-002, 2021), Okabe and Ito's (2008) and a grid of
/// OKLCH, which maximized the smallest distance.
pub const PALETTE: [&str; 12] = [
    "#d8122c", "#7550eb", "#33bbee", "#a80391", "#a7777c", "#ed6e12", "#5b1625", "#227727",
    "#81a563", "#d671a7", "#ab79f5", "#0077bb",
];

/// Whether a brand is one of the large ones in its market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Tier {
    /// One of the large brands.
    Major,
    /// One of the others.
    Minor,
}

/// A brand of the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// The company that owns it. A brand without a known parent is its own.
    pub parent: ParentIndex,
    /// Its tier, if the study gives one. Otherwise it follows from the predicted shares.
    pub tier: Option<Tier>,
    /// Its colour in every figure, in CSS notation.
    pub colour: String,
}

/// The default colour of the brand at a position.
pub(crate) fn palette_colour(position: usize) -> &'static str {
    PALETTE[position % PALETTE.len()]
}

/// Whether a text can be a CSS colour: `#` and digits, a function of numbers, or a word. A text
/// that passes cannot be anything but a colour, wherever a page inserts it.
pub(crate) fn is_css_colour(text: &str) -> bool {
    let hex = |digits: &str| {
        matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|d| d.is_ascii_hexdigit())
    };
    let numbers = |inner: &str| {
        inner.contains(|digit: char| digit.is_ascii_digit())
            && inner
                .chars()
                .all(|letter| letter.is_ascii_digit() || " .,%/+-".contains(letter))
    };
    let function = |name: &str| {
        let inner = text
            .strip_prefix(name)
            .and_then(|rest| rest.strip_suffix(')'));
        inner.is_some_and(numbers)
    };
    let named = !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphabetic());
    named
        || text.strip_prefix('#').is_some_and(hex)
        || ["rgb(", "rgba(", "hsl(", "hsla("].into_iter().any(function)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How readers see linear light: with all cones, without the red ones, and without the green
    /// ones, at full severity (G. M. Machado et al., "A Physiologically-based Model for Simulation
    /// of Color Vision Deficiency", 2009, table 1).
    const SIGHTS: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ];

    fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
    }

    /// CIE L*a*b* of a colour, as one of the readers sees it.
    fn lab(colour: &str, sight: [[f64; 3]; 3]) -> [f64; 3] {
        let linear = [1, 3, 5].map(|at| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        let seen = times(sight, linear).map(|value| value.clamp(0.0, 1.0));
        let xyz = times(
            [
                [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
                [0.2126, 0.7152, 0.0722],
                [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
            ],
            seen,
        );
        let [x, y, z] = xyz.map(|value| {
            if value > 0.008_856 {
                value.cbrt()
            } else {
                7.787 * value + 16.0 / 116.0
            }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn palette_colours_differ_for_every_reader() {
        for (index, colour) in PALETTE.iter().enumerate() {
            assert!(is_css_colour(colour));
            for other in PALETTE.iter().take(index) {
                for sight in SIGHTS {
                    let pairs = lab(colour, sight).into_iter().zip(lab(other, sight));
                    let distance = pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    // A difference of 2 is just visible, one of 10 is visible at a glance.
                    assert!(distance > 12.0, "{colour} and {other}: {distance}");
                }
            }
        }
    }

    #[test]
    fn colours_are_recognized() {
        for colour in [
            "gold",
            "#abc",
            "#abcd",
            "#A1b2C3",
            "#a1b2c3d4",
            "rgb(10, 20, 30)",
            "rgba(10 20 30 / 50%)",
            "hsl(120, 50%, 25.5%)",
        ] {
            assert!(is_css_colour(colour), "{colour}");
        }
        for text in [
            "",
            "#12",
            "#12345",
            "#ggg",
            "rgb()",
            "rgb(1;x)",
            "url(x)",
            "a b",
            "rgb(1,2,3",
        ] {
            assert!(!is_css_colour(text), "{text}");
        }
    }
}
