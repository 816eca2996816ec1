//! The standard normal distribution.

#![allow(
    clippy::excessive_precision,
    reason = "coefficients with all digits that were published"
)]

/// The quantile of the standard normal distribution at a probability in (0, 1): algorithm AS 241 of
/// M. J. Wichura ("The percentage points of the normal distribution", 1988), accurate to about
/// 16 digits. Infinite at 0 and 1.
///
/// Only additions, products, quotients, square roots and `libm` logarithms, so that it is the same to
/// the bit on every machine.
///
/// # Examples
/// ```
/// use conjoint::stats::normal::normal_quantile;
///
/// assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
/// assert_eq!(normal_quantile(0.5), 0.0);
/// ```
pub fn normal_quantile(probability: f64) -> f64 {
    let from_middle = probability - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = probability.min(1.0 - probability);
    if tail <= 0.0 {
        return f64::INFINITY.copysign(from_middle);
    }
    let r = (-libm::log(tail)).sqrt();
    let value = match r <= 5.0 {
        true => polynomial(&TAIL.0, r - 1.6) / polynomial(&TAIL.1, r - 1.6),
        false => polynomial(&FAR_TAIL.0, r - 5.0) / polynomial(&FAR_TAIL.1, r - 5.0),
    };
    value.copysign(from_middle)
}

/// A polynomial whose coefficients begin with that of the highest power.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients
        .iter()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

type Ratio = ([f64; 8], [f64; 8]);

#[rustfmt::skip]
const CENTRE: Ratio = (
    [
        2.509_080_928_730_122_672_7e3, 3.343_057_558_358_812_810_5e4,
        6.726_577_092_700_870_085_3e4, 4.592_195_393_154_987_145_7e4,
        1.373_169_376_550_946_112_5e4, 1.971_590_950_306_551_442_7e3,
        1.331_416_678_917_843_774_5e2, 3.387_132_872_796_366_608_0e0,
    ],
    [
        5.226_495_278_852_854_561_0e3, 2.872_908_573_572_194_267_4e4,
        3.930_789_580_009_271_061_0e4, 2.121_379_430_158_659_586_7e4,
        5.394_196_021_424_751_107_7e3, 6.871_870_074_920_579_083_0e2,
        4.231_333_070_160_091_125_2e1, 1.0,
    ],
);

#[rustfmt::skip]
const TAIL: Ratio = (
    [
        7.745_450_142_783_414_076_40e-4, 2.272_384_498_926_918_458_33e-2,
        2.417_807_251_774_506_117_70e-1, 1.270_458_252_452_368_382_58e0,
        3.647_848_324_763_204_605_04e0, 5.769_497_221_460_691_405_50e0,
        4.630_337_846_156_545_295_90e0, 1.423_437_110_749_683_577_34e0,
    ],
    [
        1.050_750_071_644_416_843_24e-9, 5.475_938_084_995_344_946_00e-4,
        1.519_866_656_361_645_719_66e-2, 1.481_039_764_274_800_745_90e-1,
        6.897_673_349_851_000_045_50e-1, 1.676_384_830_183_803_849_40e0,
        2.053_191_626_637_758_821_87e0, 1.0,
    ],
);

#[rustfmt::skip]
const FAR_TAIL: Ratio = (
    [
        2.010_334_399_292_288_132_65e-7, 2.711_555_568_743_487_578_15e-5,
        1.242_660_947_388_078_438_60e-3, 2.653_218_952_657_612_309_30e-2,
        2.965_605_718_285_048_912_30e-1, 1.784_826_539_917_291_335_80e0,
        5.463_784_911_164_114_369_90e0, 6.657_904_643_501_103_777_20e0,
    ],
    [
        2.044_263_103_389_939_785_64e-15, 1.421_511_758_316_445_888_70e-7,
        1.846_318_317_510_054_681_80e-5, 7.868_691_311_456_132_591_00e-4,
        1.487_536_129_085_061_485_25e-2, 1.369_298_809_227_358_053_10e-1,
        5.998_322_065_558_879_376_90e-1, 1.0,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_tables() {
        for (probability, expected) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_407),
            (0.95, 1.644_853_626_951_472_7),
        ] {
            let value = normal_quantile(probability);
            assert!((value - expected).abs() < 1e-13, "{probability}: {value}");
        }
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    }
}
