//! The choice model above the offers: it applies to every page, and invalid input is reported next to
//! its control.

use e2e::{
    Lockstep, MEASURES, MONTHLY_ROWS, Result, Simulation, open, repository_path, run_json,
    wait_until_equal,
};
use serde_json::Value;

const SHARE: &str = "Predicted market share by product";
const RULES: [(&str, &[&str]); 3] = [
    ("Share of preference", &["--rule", "share-of-preference"]),
    ("Randomized first choice", &["--rule", "rfc"]),
    ("Purchase likelihood", &["--rule", "purchase-likelihood"]),
];

/// Every product's name and its share in percent, from `conjoint simulate` for the shipped study.
fn run_shares(arguments: &[&str]) -> Result<Vec<[String; 2]>> {
    let report = run_json("simulate", &repository_path("Data"), arguments)?;
    let products = report["products"].as_array().unwrap().iter();
    let row = |product: &Value| {
        let [brand, model] = ["brand", "model"].map(|key| product[key].as_str().unwrap());
        let share = product["share"].as_f64().unwrap() * 100.0;
        [format!("{brand} {model}"), share.to_string()]
    };
    Ok(products.map(row).collect())
}

#[tokio::test]
async fn the_choice_rule_applies_to_every_page() -> Result {
    let page = open("set=9.monthly_cost%3D449").await?;
    for (name, rule) in RULES {
        page.open_page("Simulator").await?;
        page.choose("Rule", name).await?;
        let edits = ["--set", "9.monthly_cost=449"];
        let live = run_shares(&[rule, &edits].concat())?;
        let header = ["product", "live", "baseline"].map(str::to_owned).to_vec();
        let rows = live.into_iter().zip(run_shares(rule)?);
        let rows = rows.map(|([name, live], [_, baseline])| vec![name, live, baseline]);
        let expected: Vec<_> = std::iter::once(header).chain(rows).collect();
        page.open_page("Product Attractiveness").await?;
        let figure = page.figure(SHARE).await?;
        figure.wait_for_rows_in_any_order(&expected).await?;
        let by = format!("By {} · 560 respondents", name.to_ascii_lowercase());
        page.wait_for_text(&by).await?;
        for tab in ["Insights", "Optimizer", "Attribute Sweep"] {
            page.open_page(tab).await?;
            assert_eq!(page.input_value("combobox", "Rule").await?, name, "{tab}");
        }
        page.wait_for_text(&by).await?;
    }
    page.finish().await
}

#[tokio::test]
async fn the_choice_model_applies_to_the_money_of_a_sweep() -> Result {
    let page = open("").await?;
    page.choose("Rule", "Share of preference").await?;
    page.open_settings().await?;
    page.fill("Scale factor", "0.5").await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "-1.5").await?;
    page.open_page("Attribute Sweep").await?;
    page.wait_for_text("By share of preference, scale 0.5, with None · 560 respondents")
        .await?;
    let method = [
        "--rule",
        "share-of-preference",
        "--scale",
        "0.5",
        "--none",
        "-1.5",
    ];
    let expected = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &method)?;
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, None, false);
        page.figure(title)
            .await?
            .wait_for_rows_within(&table, 1e-9)
            .await?;
    }
    page.finish().await
}

#[tokio::test]
async fn a_segment_applies_to_every_page() -> Result {
    let page = open("").await?;
    page.choose("Segment", "Gen X").await?;
    page.wait_for_text("By first choice · Gen X, 200 respondents")
        .await?;
    let model = page.find("region", "Choice model").await?;
    assert!(page.text_of(&model).await?.contains("200 respondents"));
    page.wait_for_text("All 200 respondents choose as at the baseline")
        .await?;
    let expected = Simulation::run_shipped(&["--segment", "Gen X"])?;
    let table = expected.market_shares(&expected);
    page.open_page("Product Attractiveness").await?;
    let figure = page.figure(SHARE).await?;
    figure.wait_for_rows_in_any_order(&table).await?;

    page.press("Undo").await?;
    page.open_page("Simulator").await?;
    page.wait_for_text("All 560 respondents choose as at the baseline")
        .await?;
    page.open_settings().await?;
    page.wait_for_text("none ticked: all segments are included")
        .await?;
    page.wait_for_text("none ticked: owners of all brands are included")
        .await?;

    // Several segments are ticked one by one, and the select says how many they are.
    page.click("checkbox", "Gen X").await?;
    page.click("checkbox", "Millennial").await?;
    page.wait_for_text("By first choice · Millennial + Gen X, 400 respondents")
        .await?;
    assert_eq!(page.input_value("combobox", "Segment").await?, "2 segments");
    page.choose("Segment", "All respondents").await?;
    page.wait_for_text("By first choice · 560 respondents")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn few_respondents_have_a_warning_and_none_has_a_row_in_the_results() -> Result {
    let page = open("owner=Audi").await?;
    let model = page.find("region", "Choice model").await?;
    let text = page.text_of(&model).await?;
    assert!(text.contains("fewer than 30"), "{text}");
    page.press("Reset method").await?;
    page.wait_for_text("560 respondents").await?;
    assert!(!page.text_of(&model).await?.contains("fewer than 30"));

    page.open_settings().await?;
    page.click("checkbox", "None option").await?;
    page.fill("Utility of None", "1").await?;
    let simulated = run_json("simulate", &repository_path("Data"), &["--none", "1"])?;
    let products = simulated["products"].as_array().unwrap();
    let chosen: f64 = products
        .iter()
        .map(|it| it["share"].as_f64().unwrap())
        .sum();
    let none = ((1.0 - chosen) * 1000.0).round() / 10.0;
    wait_until_equal("None in the results", format!("{none:.1} %"), async || {
        let rows = page.table("Results").await?;
        let none = rows.last().filter(|row| row[0] == "None");
        Ok(none.map_or_else(String::new, |row| row[1].clone()))
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn reload_and_back_restore_the_choice_model() -> Result {
    let page = open("").await?;
    page.choose("Rule", "Share of preference").await?;
    page.open_settings().await?;
    page.fill("Scale factor", "0.5").await?;
    page.click("checkbox", "Baby Boomer").await?;
    page.fill("availability of Tesla Model 3", "0.6").await?;
    page.reload().await?;
    page.open_settings().await?;
    assert_eq!(
        page.input_value("combobox", "Rule").await?,
        "Share of preference"
    );
    assert_eq!(page.input_value("textbox", "Scale factor").await?, "0.5");
    let available = page
        .input_value("textbox", "availability of Tesla Model 3")
        .await?;
    assert_eq!(available, "0.6");
    page.wait_for_text("scale 0.5, limited availability · Baby Boomer, 160 respondents")
        .await?;
    page.client().back().await?;
    page.wait_for_text("By share of preference, scale 0.5 · Baby Boomer, 160 respondents")
        .await?;
    page.press("Reset method").await?;
    page.wait_for_text("By first choice · 560 respondents")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn invalid_input_is_reported_next_to_its_control_and_changes_nothing() -> Result {
    // The page with the fewest figures.
    let page = open("page=optimizer&rule=share-of-preference").await?;
    page.open_settings().await?;
    for (control, text, message) in [
        ("Scale factor", "-1", "the scale factor -1 is out of range"),
        ("Seed", "x", "`x` is not a number"),
        (
            "availability of Tesla Model 3",
            "1.5",
            "is not a share of the market",
        ),
        (
            "constant of Tesla Model 3",
            "1e7",
            "is out of range; use a number from",
        ),
    ] {
        page.fill(control, text).await?;
        page.wait_for_text(message).await?;
        let input = page.find("textbox", control).await?;
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
        assert_eq!(page.input_value("textbox", control).await?, text);
    }
    page.wait_for_text("By share of preference · 560 respondents")
        .await?;

    // What cannot be calibrated says why.
    page.press("Calibrate to known shares").await?;
    assert!(!page.is_disabled("Calibrate").await?);
    page.fill("known share of Tesla Model 3", "140").await?;
    page.wait_for_text("The known share of Tesla Model 3 is 140 %")
        .await?;
    assert!(page.is_disabled("Calibrate").await?);
    page.fill("known share of Tesla Model 3", "40").await?;
    page.wait_for_text("they must sum to 100 %").await?;
    assert!(page.is_disabled("Calibrate").await?);
    page.press("Close").await?;
    page.choose("Rule", "First choice").await?;
    page.press("Calibrate to known shares").await?;
    page.wait_for_text("First choice cannot be calibrated")
        .await?;
    assert!(page.is_disabled("Calibrate").await?);
    page.finish().await
}

#[tokio::test]
async fn a_market_is_calibrated() -> Result {
    let targets: Vec<String> = (1..=13)
        .map(|id| format!("target={id}:{}", if id == 13 { 0.28 } else { 0.06 }))
        .collect();
    let fragment = format!(
        "page=insights&rule=share-of-preference&{}",
        targets.join("&")
    );
    let page = open(&fragment).await?;
    page.open_settings().await?;
    page.press("Calibrate to known shares").await?;
    page.wait_for_text("Sum of the known shares: 100.0 %")
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    // A column of a spreadsheet is entered from the cell on in which it is pasted.
    let paste = "const [input, text] = arguments;
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        const options = { clipboardData, bubbles: true, cancelable: true };
        input.dispatchEvent(new ClipboardEvent('paste', options));";
    let first = page.find("textbox", "known share of Audi e-tron").await?;
    let share_of = async |product: &str| {
        let name = format!("known share of {product}");
        page.input_value("textbox", &name).await
    };
    let arguments =
        |text: &str| Ok::<_, e2e::TestError>(vec![serde_json::to_value(&first)?, text.into()]);
    page.client()
        .execute(paste, arguments("7.0 %\n5\n")?)
        .await?;
    wait_until_equal("the second share", "5.0".to_owned(), async || {
        share_of("Chevrolet Bolt EV").await
    })
    .await?;
    assert_eq!(share_of("Audi e-tron").await?, "7.0");
    page.client().execute(paste, arguments("6\n6\n")?).await?;
    wait_until_equal("the second share", "6.0".to_owned(), async || {
        share_of("Chevrolet Bolt EV").await
    })
    .await?;
    page.press("Calibrate").await?;
    page.wait_for_text("has the fitted shares").await?;
    wait_until_equal("the calibrated shares", true, async || {
        let rows = page.table("Known shares").await?;
        let shares: Vec<_> = rows[1..].iter().map(|row| row[2].clone()).collect();
        let last = shares.last().map(String::as_str) == Some("28.0 %");
        Ok(last && shares[..12].iter().all(|share| share == "6.0 %"))
    })
    .await?;
    page.press("Close").await?;
    page.wait_for_text("constants · 560 respondents").await?;
    let elasticities = async |kind: &str, explanation: &str| -> Result<Vec<Vec<String>>> {
        page.choose("Elasticity", kind).await?;
        page.wait_for_text(explanation).await?;
        page.figure("Price elasticity").await?.rows().await
    };
    // The table follows its explanation, and the worker's results follow the calibration.
    wait_until_equal("elasticities without an effect", false, async || {
        let explanation = "when the price of the column's product rises by 1 %";
        let with = elasticities("Point", explanation).await?;
        let explanation = "the difference from Point is the effect of the constants";
        let without = elasticities("Point, without constants", explanation).await?;
        Ok(with[1] == without[1])
    })
    .await?;
    page.press("Reset method").await?;
    page.finish().await
}

#[tokio::test]
async fn a_choice_model_of_a_link_is_in_sight_and_can_be_changed_on_every_page() -> Result {
    let page = open("page=attractiveness&rule=share-of-preference").await?;
    assert_eq!(
        page.input_value("combobox", "Rule").await?,
        "Share of preference"
    );
    assert!(!page.is_disabled("Reset method").await?);
    page.choose("Rule", "First choice").await?;
    let expected = Simulation::run_shipped(&[])?.choosers();
    wait_until_equal("the first choices", true, async || {
        let rows = page.figure(SHARE).await?.rows().await?;
        Ok(rows[0].len() == 5)
    })
    .await?;
    assert_eq!(page.choosers().await?, expected);
    assert!(page.is_disabled("Reset method").await?);
    page.open_page("Data").await?;
    let model = page.scope().find_all("region", "Choice model").await?;
    assert!(model.is_empty());
    page.finish().await
}

#[tokio::test]
async fn the_error_scale_and_the_similarity_are_set_and_kept_in_the_link() -> Result {
    let page = open("rule=rfc").await?;
    page.wait_for_text("which brings the shares of reference offers")
        .await?;
    page.open_settings().await?;
    page.fill("Error scale", "0.8").await?;
    page.wait_for_text("the scale of the errors is 0.800 of the logit's, set by hand")
        .await?;
    page.fill("Error scale", "-1").await?;
    assert!(page.is_invalid("textbox", "Error scale").await?);
    page.fill("Error scale", "0.8").await?;
    page.click("checkbox", "range").await?;
    page.reload().await?;
    page.wait_for_text("set by hand").await?;
    let arguments = ["--rule", "rfc", "--rfc-scale", "0.8"];
    let similar = [
        "brand",
        "term",
        "vehicle_worth",
        "charge",
        "energy",
        "vehicle_type",
    ];
    let similar = similar.iter().flat_map(|name| ["--similar", name]);
    let arguments: Vec<&str> = arguments.into_iter().chain(similar).collect();
    let header = ["product", "live", "baseline"].map(str::to_owned).to_vec();
    let rows = run_shares(&arguments)?.into_iter();
    let rows = rows.map(|[name, share]| vec![name, share.clone(), share]);
    let expected: Vec<_> = std::iter::once(header).chain(rows).collect();
    page.open_page("Product Attractiveness").await?;
    let figure = page.figure(SHARE).await?;
    figure.wait_for_rows_in_any_order(&expected).await?;
    page.finish().await
}
