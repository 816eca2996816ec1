//! Colors with enough contrast, as WCAG 2.2 defines it, between a mark and its background.

/// The contrast that WCAG 2.2 requires of graphics (success criterion 1.4.11).
const MIN_CONTRAST: f64 = 3.0;

/// Steps from a color to black or white.
const STEPS: u16 = 32;

/// The color if it has enough contrast to the surface; otherwise mixed with as much black (`towards`
/// 0) or white (255) as it needs. A color that is not written as `#rrggbb` does not change.
pub(super) fn ensure_contrast(color: &str, surface: &str, towards: u8) -> String {
    let (Some(own), Some(behind)) = (channels(color), channels(surface)) else {
        return color.to_owned();
    };
    let mixed = |step: u16| {
        own.map(|channel| {
            let (own, end) = (u16::from(channel), u16::from(towards));
            // At most 255, as both are.
            ((own * (STEPS - step) + end * step) / STEPS) as u8
        })
    };
    let legible = (0..=STEPS)
        .map(mixed)
        .find(|mixed| contrast(*mixed, behind) >= MIN_CONTRAST);
    let [red, green, blue] = legible.unwrap_or(own);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Red, green and blue of `#rrggbb`.
fn channels(color: &str) -> Option<[u8; 3]> {
    let digits = color.strip_prefix('#').filter(|it| it.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some([red, green, blue])
}

/// The contrast ratio, 1–21, whichever of the two is lighter.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let [one, other] = [one, other].map(|color| luminance(color) + 0.05);
    one.max(other) / one.min(other)
}

/// Relative luminance, 0–1.
fn luminance(color: [u8; 3]) -> f64 {
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Theme;
    use super::*;
    use conjoint::study::PALETTE;

    /// The colors of the shipped study's brands.
    fn brands() -> Vec<&'static str> {
        let lines = include_str!("../../../Data/brands.csv").lines().skip(1);
        lines.map(|line| line.rsplit(',').next().unwrap()).collect()
    }

    /// Linear light as readers see it who have all cones, or no red, green or blue ones, at full
    /// severity (G. M. Machado et al., "A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency", 2009, table 1).
    const SIGHTS: [[[f64; 3]; 3]; 4] = [
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
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
    }

    /// OKLab (B. Ottosson, 2020) of a color as a reader sees it.
    fn seen(color: &str, sight: [[f64; 3]; 3]) -> [f64; 3] {
        let light = times(sight, channels(color).unwrap().map(linear));
        let light = light.map(|value| value.clamp(0.0, 1.0));
        let cones = times(
            [
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            light,
        );
        times(
            [
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }

    fn distance(one: &str, other: &str, sight: [[f64; 3]; 3]) -> f64 {
        let pairs = seen(one, sight).into_iter().zip(seen(other, sight));
        pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn contrast_ratios_are_those_of_wcag() {
        assert_eq!(contrast([0; 3], [255; 3]), 21.0);
        assert!((contrast([0x77; 3], [255; 3]) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn a_color_changes_only_as_much_as_needed() {
        assert_eq!(ensure_contrast("#0072b2", "#ffffff", 0), "#0072b2");
        assert_eq!(ensure_contrast("#ddaa33", "#ffffff", 0), "#b38a29");
        assert_eq!(ensure_contrast("gold", "#ffffff", 0), "gold");
        assert_eq!(ensure_contrast("#fffffg", "#ffffff", 0), "#fffffg");
    }

    #[test]
    fn every_brand_has_enough_contrast_in_both_themes() {
        assert_eq!(brands().len(), 8);
        for (theme, surface) in [(Theme::Light, "#ffffff"), (Theme::Dark, "#1c212c")] {
            for brand in brands().into_iter().chain(PALETTE) {
                let drawn = theme.mark(brand);
                let [drawn, behind] = [drawn.as_str(), surface].map(|it| channels(it).unwrap());
                assert!(
                    contrast(drawn, behind) >= MIN_CONTRAST,
                    "{brand} in {theme:?}"
                );
            }
        }
    }

    /// Asserts that every reader can tell the colors from each other.
    fn assert_distinguishable(colors: &[String]) {
        for (place, one) in colors.iter().enumerate() {
            for other in &colors[..place] {
                let apart = SIGHTS.map(|sight| distance(one, other, sight));
                let least_apart = apart.into_iter().fold(f64::MAX, f64::min);
                // Side by side, a difference of 0.02 is barely visible.
                assert!(least_apart > 0.06, "{one} and {other}: {apart:?}");
            }
        }
    }

    #[test]
    fn palette_colors_differ_for_every_reader() {
        assert_distinguishable(&PALETTE.map(str::to_owned));
    }

    #[test]
    fn brands_are_distinguishable_for_every_reader_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark] {
            for colors in [brands(), PALETTE.to_vec()] {
                let drawn: Vec<String> = colors.iter().map(|it| theme.mark(it)).collect();
                assert_distinguishable(&drawn);
            }
        }
    }
}
