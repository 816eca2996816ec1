//! The settings of a CBC/HB run as a source of labels. The file is made up; its elements and their order are
//! those that CBC/HB 5.5 writes.

use conjoint::choice::Rule;
use conjoint::estimation::{SurveyRequest, read_survey};
use conjoint::import::{ImportOptions, InputFile, import};

use crate::support::{
    NAMES, assert_near, example, example_text, expected_numbers, file, shares, with_products,
};

/// The settings of the run of the examples, with this coding of the price.
fn settings(price_coding: &str) -> InputFile {
    let attributes: [(&str, &str, &[&str]); 5] = [
        ("Brand", "PartWorth", &["Alba", "Brévia", "Crema & Co"]),
        ("Price", price_coding, &["$299", "$499", "$799", "$1,099"]),
        ("Capacity", "PartWorth", &["1 l", "1.5 l", "2 l"]),
        ("Milk frother", "PartWorth", &["No", "Yes"]),
        ("Timer", "PartWorth", &["No", "Yes"]),
    ];
    let prices = ["299", "499", "799", "1099"];
    let mut text = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n\
        <CBCHBProjectParams_v5_5_0 xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"CBCHBProject\">\r\n\
        <CBCData><DataFileType>SingleCSV</DataFileType><DataFile>C:\\Projects\\Espresso\\choices.csv</DataFile>\
        <RespondentFile /><ResponseType>PerConcept</ResponseType><NoneType>Present</NoneType></CBCData>\r\n\
        <AttributeTable><Attributes>"
        .to_owned();
    for (name, coding, levels) in attributes {
        text += &format!(
            "<Attribute><Label>{name}</Label><CodingMethod>{coding}</CodingMethod><RankOrder>None</RankOrder><Levels>"
        );
        for (place, level) in levels.iter().enumerate() {
            let value = match coding {
                "PartWorth" => (place + 1).to_string(),
                _ => prices[place].to_owned(),
            };
            let level = level.replace('&', "&amp;");
            text += &format!(
                "<AttributeLevel><Label>{level}</Label><Value>{value}</Value></AttributeLevel>"
            );
        }
        text += "</Levels></Attribute>\r\n";
    }
    text += "</Attributes><Interactions /></AttributeTable>\
        <EstimateNoneIfPresent><Value>true</Value></EstimateNoneIfPresent>\
        <VariableCoding>Effects</VariableCoding></CBCHBProjectParams_v5_5_0>\r\n";
    file("espresso.cbchb", &text)
}

#[test]
fn settings_name_the_attributes_of_utilities() {
    let expected = expected_numbers("partworth", "share_of_preference");
    for name in [
        "sawtooth-cbchb_utilities.csv",
        "sawtooth-cbchb.hbu",
        "sawtooth-lighthouse-raw.csv",
    ] {
        let files = [settings("PartWorth"), example(name)];
        let imported =
            import(&files, &with_products(NAMES)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Vec<&str> = imported
            .attributes
            .iter()
            .map(|found| found.name.as_str())
            .collect();
        assert_eq!(found, NAMES, "{name}");
        assert_eq!(imported.attributes[0].levels[2], "Crema & Co", "{name}");
        assert!(imported.has_none, "{name}");
        assert_near(
            &shares(&imported, Rule::ShareOfPreference, 1.0),
            &expected,
            1e-4,
            name,
        );
    }
}

#[test]
fn settings_have_the_numbers_of_a_coefficient() {
    let files = [
        example("sawtooth-cbchb-linear_utilities.csv"),
        example("sawtooth-cbchb-linear_utillayout.xml"),
        settings("Linear"),
    ];
    let imported = import(&files, &with_products(NAMES)).unwrap();
    let expected = expected_numbers("linear", "share_of_preference");
    assert_near(
        &shares(&imported, Rule::ShareOfPreference, 1.0),
        &expected,
        1e-6,
        "linear",
    );
}

#[test]
fn settings_alone_say_what_to_open_with_them() {
    let error = import(&[settings("PartWorth")], &ImportOptions::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with(
            "espresso.cbchb: these are the settings of a CBC/HB run with the labels of 5 attributes"
        ),
        "{text}"
    );
    assert!(
        text.ends_with("*_utilities.csv or .hbu, or with its choices, `choices.csv`"),
        "{text}"
    );
    let error = import(&[example("sawtooth-cbc.att")], &ImportOptions::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("sawtooth-cbc.att: these are labels of 5 attributes"),
        "{text}"
    );
    let damaged = file(
        "x.cbchb",
        "<?xml version=\"1.0\"?><CBCHBProjectParams_v5_5_0><Attr",
    );
    let text = import(&[damaged], &ImportOptions::default())
        .unwrap_err()
        .to_string();
    assert!(text.starts_with("x.cbchb: the XML is damaged"), "{text}");
}

#[test]
fn settings_name_the_attributes_of_choices() {
    let files = [settings("PartWorth"), example("sawtooth-cbc.cho")];
    let text = import(&files, &ImportOptions::default())
        .unwrap_err()
        .to_string();
    assert!(
        text.starts_with("sawtooth-cbc.cho: these are choices"),
        "{text}"
    );
    let survey = read_survey(&files, &SurveyRequest::default()).unwrap();
    let found: Vec<&str> = survey
        .attributes
        .iter()
        .map(|found| found.name.as_str())
        .collect();
    assert_eq!(found, NAMES);
    assert!(
        survey.attributes[0]
            .levels
            .iter()
            .any(|level| level.text == "Brévia")
    );
}

#[test]
fn a_last_column_is_not_none_if_the_settings_say_so() {
    let settings = settings("PartWorth");
    let text = std::str::from_utf8(settings.bytes()).unwrap();
    let text = text.replace("<NoneType>Present<", "<NoneType>NotPresent<");
    let settings = InputFile::open(settings.name, text.into());
    let name = "sawtooth-cbchb_utilities.csv";
    let utilities = example_text(name)
        .replacen("NONE", "Extra", 1)
        .replacen("None", "Extra", 1);
    let utilities = InputFile::open(name, utilities.into());
    let error = import(&[utilities, settings], &ImportOptions::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("there are labels of 5 attributes") || error.contains("Extra"),
        "{error}"
    );
}
