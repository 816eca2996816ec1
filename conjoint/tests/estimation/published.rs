//! Estimates of real data are the published ones, to the published digits.

use conjoint::estimation::AttributeKind::{Categorical, Linear, Numeric};
use conjoint::estimation::{
    AttributeKind, Estimation, EstimationSettings, Model, SurveyRequest, read_survey,
};

use crate::support::{reference, request, run};

fn fit(file: &str, attributes: &[(&str, AttributeKind)]) -> Option<Estimation> {
    let file = reference(&format!("choice/{file}"))?;
    let survey = read_survey(&[file], &request(attributes)).unwrap();
    Some(run(&survey, &EstimationSettings::new(Model::Logit)))
}

fn estimate_of(estimation: &Estimation, attribute: &str, level: &str) -> (f64, f64) {
    let mut parameters = estimation.report.parameters.iter();
    let found =
        parameters.find(|parameter| parameter.attribute == attribute && parameter.level == level);
    let found = found.unwrap_or_else(|| panic!("{attribute} {level}"));
    (found.estimate, found.standard_error.unwrap_or(f64::NAN))
}

fn assert_figure(value: f64, published: f64, digits: i32) {
    let tolerance = 0.5001 * 10_f64.powi(-digits);
    assert!(
        (value - published).abs() <= tolerance,
        "{value} instead of {published}"
    );
}

#[test]
fn yogurt_has_the_estimates_of_xlogit() {
    let Some(fit) = fit(
        "yogurt.csv",
        &[("price", Linear), ("feat", Linear), ("brand", Categorical)],
    ) else {
        return;
    };
    for (attribute, level, published) in [
        ("price", "", -0.366_584_5),
        ("feat", "", 0.491_433_4),
        ("brand", "dannon", 0.0),
        ("brand", "hiland", -3.715_600_2),
        ("brand", "weight", -0.641_184_3),
        ("brand", "yoplait", 0.734_571_2),
    ] {
        // The last digit of the optimizer that was published may be off by one.
        assert_figure(estimate_of(&fit, attribute, level).0, published, 6);
    }
    assert_figure(fit.report.log_likelihood.unwrap(), -2_656.887_877_9, 5);
}

#[test]
fn heating_has_the_estimates_of_mlogit() {
    let Some(costs) = fit("heating.csv", &[("ic", Linear), ("oc", Linear)]) else {
        return;
    };
    assert_figure(estimate_of(&costs, "ic", "").0, -0.006_231_9, 7);
    assert_figure(estimate_of(&costs, "oc", "").0, -0.004_580_1, 7);
    assert_figure(costs.report.log_likelihood.unwrap(), -1_095.237, 3);
    let attributes = [("system", Categorical), ("ic", Linear), ("oc", Linear)];
    let Some(fit) = fit("heating.csv", &attributes) else {
        return;
    };
    let (base, _) = estimate_of(&fit, "system", "hp");
    for (level, published) in [
        ("ec", 1.658_845_9),
        ("er", 1.853_437),
        ("gc", 1.710_979_3),
        ("gr", 0.308_263_3),
    ] {
        assert_figure(estimate_of(&fit, "system", level).0 - base, published, 6);
    }
    assert_figure(estimate_of(&fit, "ic", "").0, -0.001_533_2, 7);
    assert_figure(estimate_of(&fit, "oc", "").0, -0.006_996_4, 7);
}

#[test]
fn minivans_have_the_estimates_and_errors_of_the_textbook() {
    let categorical = [
        ("seat", Categorical),
        ("cargo", Categorical),
        ("eng", Categorical),
        ("price", Numeric),
    ];
    let Some(parts) = fit("minivan.csv", &categorical) else {
        return;
    };
    for (attribute, level, estimate, error) in [
        ("seat", "7", -0.535_280, 0.062_360),
        ("seat", "8", -0.305_840, 0.061_129),
        ("cargo", "3ft", 0.477_449, 0.050_888),
        ("eng", "hyb", -0.811_282, 0.060_130),
        ("eng", "elec", -1.530_762, 0.067_456),
        ("price", "35", -0.913_656, 0.060_601),
        ("price", "40", -1.725_851, 0.069_631),
    ] {
        let found = estimate_of(&parts, attribute, level);
        assert_figure(found.0, estimate, 6);
        assert_figure(found.1, error, 6);
    }
    assert_figure(parts.report.log_likelihood.unwrap(), -2_581.602, 3);
    let linear = [
        ("seat", Categorical),
        ("cargo", Categorical),
        ("eng", Categorical),
        ("price", Linear),
    ];
    let Some(fit) = fit("minivan.csv", &linear) else {
        return;
    };
    let (price, error) = estimate_of(&fit, "price", "");
    assert_figure(price, -0.173_305_3, 7);
    assert_figure(error, 0.006_939_8, 7);
    let (cargo, _) = estimate_of(&fit, "cargo", "3ft");
    assert_figure(cargo, 0.476_693_6, 7);
    assert_figure(-cargo / price, 2.750_6, 4);
    assert_figure(fit.report.log_likelihood.unwrap(), -2_582.055, 3);
}

#[test]
fn teas_have_the_part_worths_of_the_r_package() {
    let Some(file) = reference("choice/tea_ratings.csv") else {
        return;
    };
    let request = SurveyRequest {
        has_ratings: true,
        ..SurveyRequest::default()
    };
    let survey = read_survey(&[file], &request).unwrap();
    let fit = run(&survey, &EstimationSettings::new(Model::LeastSquares));
    assert_figure(fit.report.intercept.unwrap(), 3.553_4, 4);
    for (attribute, level, published) in [
        ("price", "low", 0.240_2),
        ("price", "medium", -0.143_1),
        ("price", "high", -0.097_1),
        ("variety", "black", 0.614_9),
        ("variety", "green", 0.034_9),
        ("variety", "red", -0.649_8),
        ("kind", "bags", 0.136_9),
        ("kind", "granulated", -0.889_8),
        ("kind", "leafy", 0.752_9),
        ("aroma", "yes", 0.410_8),
        ("aroma", "no", -0.410_8),
    ] {
        assert_figure(estimate_of(&fit, attribute, level).0, published, 4);
    }
    assert_eq!(fit.part_worths.ids.len(), 100);
}
