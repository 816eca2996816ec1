//! What holds for every text: the figures' explanations and the glossary.

use conjoint::format::{read_study, write_study};
use conjoint::sample_study::{Sample, generate};
use conjoint::study::{Settings, Study};

use super::glossary;
use super::how_to_read;
use super::terms::expand_terms;

/// A study of a few respondents.
pub(super) fn small_study() -> Study {
    let respondents = vec![("Gen X".to_owned(), 5)];
    generate(&Sample {
        seed: 1,
        respondents,
    })
    .unwrap()
}

/// Every explanation and every glossary entry, as the page shows it.
fn all_texts() -> Vec<(String, String)> {
    let settings = Settings::default();
    let explanations = how_to_read::ALL.map(|(figure, text)| {
        let name = format!("How to read {figure}");
        (name, expand_terms(&settings, text))
    });
    let entries = glossary::entries(&small_study());
    explanations.into_iter().chain(entries).collect()
}

/// The figures that draw intervals, and the entry that defines them.
const INTERVAL_TEXTS: [&str; 5] = [
    "How to read Predicted market share by product",
    "How to read Money by brand",
    "How to read Demand curve",
    "How to read Part-worths",
    "Interval",
];

#[test]
fn interval_texts_say_how_often_intervals_contain_the_true_value() {
    let texts = all_texts();
    for name in INTERVAL_TEXTS {
        let (_, text) = texts.iter().find(|(other, _)| other == name).unwrap();
        assert!(
            text.contains(
                "If the survey were repeated many times, about nine in ten such intervals would \
                 contain the true value"
            ),
            "{name}: {text}"
        );
        assert!(
            text.contains("a new survey's own figure would fall inside only about 76 times in 100"),
            "{name}: {text}"
        );
    }
}

#[test]
fn no_text_claims_that_a_new_figure_falls_inside_nine_times_in_ten() {
    for (name, text) in all_texts() {
        // What is left after the right sentence must not speak of nine in ten of anything.
        let rest = text.replace(
            "about nine in ten such intervals would contain the true value",
            "",
        );
        let claims = ["nine", "9 of 10", "9 in 10", "90 times", "surveys of"];
        let claim = claims.iter().find(|claim| rest.contains(**claim));
        assert_eq!(claim, None, "{name}: {text}");
    }
}

#[test]
fn every_explanation_is_listed() {
    let source = include_str!("how_to_read.rs");
    let constants = source.lines().filter(|line| line.starts_with("pub const "));
    assert_eq!(constants.count(), how_to_read::ALL.len());
}

#[test]
fn every_explanation_is_a_paragraph_with_an_example_or_a_limit() {
    for (figure, text) in how_to_read::ALL {
        let sentences = text.matches(". ").count() + 1;
        assert!(text.len() > 100 && text.ends_with('.'), "{figure}: {text}");
        assert!((3..=6).contains(&sentences), "{figure}: {text}");
    }
}

#[test]
fn every_word_in_braces_is_one_of_the_studys() {
    let mut files = write_study(&small_study());
    let words = r#"{"words": {"customer": "driver", "customers": "drivers", "month": "year"}}"#;
    files.insert("study.json", words.into());
    let study = read_study(&files).unwrap().study;
    for (figure, text) in how_to_read::ALL {
        let text = expand_terms(study.settings(), text);
        assert!(!text.contains(['{', '}']), "{figure}: {text}");
        assert!(!text.contains("customer"), "{figure}: {text}");
    }
    let arpu = expand_terms(study.settings(), how_to_read::ARPU);
    assert!(
        arpu.contains("average revenue per driver and year"),
        "{arpu}"
    );
}
