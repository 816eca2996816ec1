//! What is wrong with files and requests: each fault has its own message with file, row and column.

use conjoint::estimation::hb::Direction;
use conjoint::estimation::{
    EstimationSettings, Holdout, Model, SurveyRequest, estimate, read_survey,
};

use crate::support::{read_text, text_file};

fn assert_unreadable(text: &str, message: &str) {
    let error = read_text(text).unwrap_err().to_string();
    assert!(
        error.contains(message),
        "{error}\ndoes not contain\n{message}"
    );
}

fn assert_refused(text: &str, model: Model, message: &str) {
    let survey = read_text(text).unwrap();
    let error = estimate(&survey, &EstimationSettings::new(model), &mut |_| true)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(message),
        "{error}\ndoes not contain\n{message}"
    );
}

const HEADER: &str = "id,task,alt,size,price,choice\n";

/// Tasks of two alternatives each: sizes, prices and which is chosen.
fn tasks(tasks: &[([&str; 2], [f64; 2], usize)]) -> String {
    let mut text = HEADER.to_owned();
    for (number, (sizes, prices, chosen)) in tasks.iter().enumerate() {
        for place in 0..2 {
            let (size, price) = (sizes[place], prices[place]);
            let mark = u8::from(place == *chosen);
            text += &format!(
                "{},{number},{place},{size},{price},{mark}\n",
                number % 2 + 1
            );
        }
    }
    text
}

#[test]
fn files_are_refused_with_the_place_and_the_remedy() {
    let with = |rows: &str| format!("{HEADER}{rows}");
    for (text, message) in [
        (
            with("1,1,1,S,5,1\n1,1,2,M,6,1\n"),
            "choices.csv:3: respondent `1`, task `1`: two alternatives are marked as chosen",
        ),
        (
            with("1,1,1,S,5,1\n1,1,1,M,6,0\n"),
            "choices.csv:3: respondent `1`, task `1`: alternative `1` occurs twice",
        ),
        (
            with("1,1,1,S,5,1\n"),
            "choices.csv:2: respondent `1`, task `1`: it has only 1 alternative",
        ),
        (
            with("1,1,1,S,5,maybe\n1,1,2,M,6,0\n"),
            "choices.csv:2: choice: `maybe` does not say whether",
        ),
        (
            with("1,1,1,S,5,1\n1,1,2,M,NaN,0\n"),
            "price: `NaN` is not a value",
        ),
        (
            with("1,1,1,S,5,1\n1,1,2,M,6,0\n1.0,2,1,S,5,1\n1.0,2,2,M,6,0\n"),
            "choices.csv:4: id: `1.0` here and `1` in line 2 are the same number in two forms",
        ),
        (with(",1,1,S,5,1\n"), "choices.csv:2: id: the cell is empty"),
        (
            with("1,1,1,S,5,0\n1,1,2,M,6,0\n"),
            "no task can be used (1 × task without a choice; 1 × respondent without a usable task)",
        ),
        (HEADER.to_owned(), "no task can be used"),
        (
            "a,b\n1,2\n".to_owned(),
            "choices.csv: no respondents, tasks and choices were found",
        ),
    ] {
        assert_unreadable(&text, message);
    }
}

#[test]
fn missing_answers_are_left_out_and_counted() {
    let text = format!(
        "{HEADER}1,1,1,S,5,1\n1,1,2,M,6,0\n1,2,1,S,5,\n1,2,2,M,6,\n2,1,1,S,5,0\n2,1,2,M,6,0\n"
    );
    let survey = read_text(&text).unwrap();
    assert_eq!((survey.respondents.len(), survey.task_count()), (1, 1));
    let left_out: Vec<(usize, &str)> = survey
        .left_out
        .iter()
        .map(|entry| (entry.count, entry.reason.as_str()))
        .collect();
    assert_eq!(
        left_out,
        [
            (2, "task without a choice"),
            (1, "respondent without a usable task")
        ]
    );
}

#[test]
fn options_name_columns_that_exist() {
    let file = text_file(
        "choices.csv",
        &format!("{HEADER}1,1,1,S,5,1\n1,1,2,M,6,0\n"),
    );
    let request = SurveyRequest {
        respondent: Some("who".to_owned()),
        ..SurveyRequest::default()
    };
    let error = read_survey(&[file], &request).unwrap_err().to_string();
    assert!(
        error.starts_with("--respondent: choices.csv has no column `who`; it has `id`"),
        "{error}"
    );
}

#[test]
fn numbers_are_asked_for_where_words_are() {
    let file = text_file(
        "choices.csv",
        &format!("{HEADER}1,1,1,S,5,1\n1,1,2,cheap,6,0\n"),
    );
    let request = SurveyRequest {
        attributes: vec![(
            "size".to_owned(),
            Some(conjoint::estimation::AttributeKind::Linear),
        )],
        ..SurveyRequest::default()
    };
    let error = read_survey(&[file], &request).unwrap_err().to_string();
    assert!(
        error.contains("choices.csv:2: size: `S` is not a number"),
        "{error}"
    );
}

#[test]
fn designs_that_cannot_be_estimated_are_refused_by_name() {
    let balanced = [
        (["S", "M"], [1.0, 2.0], 0),
        (["M", "S"], [1.0, 2.0], 1),
        (["S", "M"], [2.0, 1.0], 1),
        (["M", "S"], [2.0, 1.0], 0),
        (["S", "M"], [1.0, 1.0], 0),
    ];
    let constant = balanced.map(|(_, prices, chosen)| (["S", "S"], prices, chosen));
    assert_refused(
        &tasks(&constant),
        Model::Logit,
        "size: the attribute never varies within a task",
    );
    // The size follows from the price.
    let together = balanced.map(|(sizes, _, chosen)| {
        (
            sizes,
            sizes.map(|size| if size == "S" { 1.0 } else { 2.0 }),
            chosen,
        )
    });
    assert_refused(
        &tasks(&together),
        Model::Logit,
        "the choices cannot separate `size M`, `price 2`",
    );
    let certain = balanced.map(|(sizes, prices, _)| (sizes, prices, usize::from(sizes[1] == "S")));
    assert_refused(
        &tasks(&certain),
        Model::Logit,
        "size `S`: the choices are perfectly predicted by it",
    );
    assert_refused(
        &tasks(&balanced[..1]),
        Model::Logit,
        "2 parameters cannot be estimated from 1 choices",
    );
    let alone = tasks(&balanced).replace("\n2,", "\n1,");
    assert_refused(
        &alone,
        Model::Hierarchical,
        "hierarchical Bayes needs at least 2 respondents",
    );
    // The prior keeps separable choices finite.
    let survey = read_text(&tasks(&certain)).unwrap();
    let settings = EstimationSettings {
        iterations: Some(200),
        ..EstimationSettings::new(Model::Hierarchical)
    };
    let estimation = estimate(&survey, &settings, &mut |_| true).unwrap();
    assert!(
        estimation
            .part_worths
            .values
            .iter()
            .flatten()
            .all(|value| value.is_finite())
    );
}

#[test]
fn damaged_cho_files_name_the_line() {
    for (text, message) in [
        (
            "1 0 2 1 0\n\n2 1\n1 1\n2 2\n3 9\n",
            "study.cho:6: the chosen concept belongs here: 1 to 2",
        ),
        (
            "1 0 2 1 0\n\n2 1\n1 1\n2\n1 9\n",
            "study.cho:5: 2 levels of a concept belong here",
        ),
        (
            "1 0 2 1 0\n\n2 1\n1 1\n",
            "study.cho:5: the file ends where",
        ),
        ("1 0 2\n", "study.cho:1: a respondent begins here"),
    ] {
        let error = read_survey(&[text_file("study.cho", text)], &SurveyRequest::default())
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn requests_that_do_not_fit_the_files_name_the_option() {
    let balanced = [
        (["S", "M"], [1.0, 2.0], 0),
        (["M", "S"], [1.0, 2.0], 1),
        (["S", "M"], [2.0, 1.0], 1),
        (["M", "S"], [2.0, 1.0], 0),
    ];
    let text = tasks(&balanced);
    let weightless = text.replace('\n', ",0\n").replacen(",0\n", ",weight\n", 1);
    let plain = SurveyRequest::default;
    for (text, request, message) in [
        ("", plain(), "choices.csv: the file is empty"),
        (
            &text,
            SurveyRequest {
                alternative: Some("xx".to_owned()),
                ..plain()
            },
            "--alternative: choices.csv has no column `xx`; it has `id`, `task`",
        ),
        (
            &text,
            SurveyRequest {
                attributes: ["size", "price", "size"]
                    .map(|name| (name.to_owned(), None))
                    .into(),
                ..plain()
            },
            "--attribute: `size` is named twice",
        ),
        (
            &weightless,
            SurveyRequest {
                weight: Some("weight".to_owned()),
                ..plain()
            },
            "--weight: every respondent has the weight 0",
        ),
        (
            &text,
            SurveyRequest {
                holdout: Holdout::Last(2),
                ..plain()
            },
            "--holdout: no task is left to estimate from",
        ),
        (
            &text,
            SurveyRequest {
                holdout: Holdout::Named(vec!["1".to_owned(), "77".to_owned()]),
                ..plain()
            },
            "--holdout-tasks: no task with an answer is called `77`",
        ),
    ] {
        let error = read_survey(&[text_file("choices.csv", text)], &request);
        let error = error.unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
    let settings = EstimationSettings {
        directions: [Direction::Decreasing, Direction::Increasing]
            .map(|direction| ("price".to_owned(), direction))
            .into(),
        ..EstimationSettings::new(Model::Hierarchical)
    };
    let error = estimate(&read_text(&text).unwrap(), &settings, &mut |_| true);
    assert_eq!(
        error.unwrap_err().to_string(),
        "--decreasing and --increasing: `price` is in both; choose one"
    );
}
