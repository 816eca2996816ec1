//! The brands of a market.

use crate::index_vec::ParentIndex;

/// Colors that readers with normal sight, and readers who see no red, no green or no blue, can
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
    /// Its color in every figure, in CSS notation.
    pub color: String,
}

/// The default color of the brand at a position.
pub(crate) fn palette_color(position: usize) -> &'static str {
    PALETTE[position % PALETTE.len()]
}

/// Whether a text can be a CSS color: `#` and digits, a function of numbers, or a word. A text
/// that passes cannot be anything but a color, wherever a page inserts it.
pub(crate) fn is_css_color(text: &str) -> bool {
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

    #[test]
    fn colors_are_recognized() {
        for color in [
            "gold",
            "#abc",
            "#abcd",
            "#A1b2C3",
            "#a1b2c3d4",
            "rgb(10, 20, 30)",
            "rgba(10 20 30 / 50%)",
            "hsl(120, 50%, 25.5%)",
        ]
        .into_iter()
        .chain(PALETTE)
        {
            assert!(is_css_color(color), "{color}");
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
            assert!(!is_css_color(text), "{text}");
        }
    }
}
