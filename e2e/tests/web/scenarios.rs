//! Scenarios under names, undo and redo, and links that know their study.

use e2e::{
    Page, Result, Simulation, format_amount, format_signed, open, repository_path, run_json,
    wait_until_equal,
};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

const PRICE: &str = "monthly cost of Tesla Model 3";
const DEARER: [&str; 2] = ["--set", "9.monthly_cost=449"];
const FEWER: [&str; 4] = ["--set", "9.monthly_cost=449", "--withdraw", "7"];

async fn go(page: &Page, tab: &str) -> Result {
    Ok(page.find("tab", tab).await?.click().await?)
}

/// Waits until the first page's figures are those of the command line.
async fn shows(page: &Page, edits: &[&str]) -> Result {
    go(page, "Product Attractiveness").await?;
    let expected = Simulation::run_shipped(edits)?.respondents();
    wait_until_equal("the figures", expected, async || page.respondents().await).await
}

/// Saves the edits of the first page under a name.
async fn save(page: &Page, name: &str) -> Result {
    go(page, "Data").await?;
    page.fill("Scenario name", name).await?;
    page.find("button", &format!("Load {name}")).await?;
    Ok(())
}

/// A page with the scenarios [`DEARER`] and [`FEWER`], the second of which is what it shows.
async fn open_with_two() -> Result<Page> {
    let page = open("").await?;
    page.fill(PRICE, "449").await?;
    save(&page, "Dearer").await?;
    go(&page, "Product Attractiveness").await?;
    let withdraw = page.find("checkbox", "Withdraw Nissan LEAF S").await?;
    withdraw.click().await?;
    save(&page, "Fewer").await?;
    Ok(page)
}

async fn names(page: &Page) -> Result<Vec<String>> {
    page.eval_async(
        "return [...document.querySelectorAll('.scenarios li strong')].map((it) => it.textContent)",
    )
    .await
}

async fn lists(page: &Page, expected: &[&str]) -> Result {
    let expected: Vec<String> = expected.iter().map(|name| (*name).to_owned()).collect();
    wait_until_equal("the scenarios", expected, async || names(page).await).await
}

#[tokio::test]
async fn scenarios_are_kept_and_taken_up_again() -> Result {
    let page = open_with_two().await?;
    page.reload().await?;
    lists(&page, &["Dearer", "Fewer"]).await?;
    page.press("Load Dearer").await?;
    page.wait_for_text("“Dearer” is what the pages show now.")
        .await?;
    shows(&page, &DEARER).await?;
    page.press("Undo").await?;
    shows(&page, &FEWER).await?;

    go(&page, "Data").await?;
    page.press("Save scenario").await?;
    page.wait_for_text("Give the scenario a name first.")
        .await?;
    page.fill("Scenario name", " Dearer ").await?;
    page.wait_for_text("There is a scenario “Dearer” already.")
        .await?;
    page.press("Replace Dearer").await?;
    page.press("Duplicate Dearer").await?;
    lists(&page, &["Dearer", "Dearer (2)", "Fewer"]).await?;
    page.press("Delete Dearer").await?;
    lists(&page, &["Dearer (2)", "Fewer"]).await?;
    page.press("Bring back Dearer").await?;
    lists(&page, &["Dearer", "Dearer (2)", "Fewer"]).await?;
    assert_eq!(page.focused_name().await?, "Scenario name");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.press("Undo").await?;
    page.press("Load Dearer (2)").await?;
    shows(&page, &FEWER).await?;
    page.finish().await
}

/// A brand's figure of the command line.
fn figure(report: &Value, brand: usize, key: &str) -> f64 {
    report["brands"][brand][key].as_f64().unwrap_or(f64::NAN)
}

#[tokio::test]
async fn compared_scenarios_have_the_command_lines_figures() -> Result {
    let page = open_with_two().await?;
    for name in ["Fewer", "Dearer"] {
        let compare = page.find("checkbox", &format!("Compare {name}")).await?;
        compare.click().await?;
    }
    let reports = [&[] as &[&str], &DEARER, &FEWER]
        .map(|edits| run_json("simulate", &repository_path("Data"), edits));
    let reports = reports.into_iter().collect::<Result<Vec<Value>>>()?;
    let header = |category: &str| {
        let names = [category, "baseline", "Dearer", "Fewer"];
        names.map(str::to_owned).to_vec()
    };
    let compared = page.figure("Scenarios compared").await?;
    let products = Simulation::run_shipped(&[])?.products();
    let mut expected = vec![header("product")];
    for (place, name) in products.into_iter().enumerate() {
        let counts = reports
            .iter()
            .map(|report| report["products"][place]["respondents"].to_string());
        expected.push(std::iter::once(name).chain(counts).collect());
    }
    compared.wait_for_rows(&expected).await?;

    let brands = reports[0]["brands"].as_array().map_or(0, Vec::len);
    for (measure, key) in [
        ("Customers", "sio_new"),
        ("Revenue", "revenue_new"),
        ("ARPU", "arpu_new"),
        ("EBIT", "ebit_new"),
    ] {
        page.choose("Measure", measure).await?;
        let mut expected = vec![header("brand")];
        for brand in 0..brands {
            let name = reports[0]["brands"][brand]["brand"].as_str();
            let figures = reports
                .iter()
                .map(|report| figure(report, brand, key).to_string());
            let name = name.unwrap_or_default().to_owned();
            expected.push(std::iter::once(name).chain(figures).collect());
        }
        compared.wait_for_rows(&expected).await?;
    }

    // Rounded for reading, with the difference to the baseline.
    let ebit = page.table("EBIT").await?;
    let tesla = reports[0]["brands"]
        .as_array()
        .and_then(|brands| brands.iter().position(|brand| brand["brand"] == "Tesla"))
        .unwrap_or_default();
    let written = |value: f64| format!("{} K", format_amount((value * 10.0).round() / 10.0));
    let [before, dearer, _] = [0, 1, 2].map(|place| figure(&reports[place], tesla, "ebit_new"));
    let change = format_signed(dearer - before, written);
    assert_eq!(ebit[0][2..4], ["Dearer", "Dearer, change"]);
    let row = ebit.iter().find(|row| row[0] == "Tesla");
    let row = row.map(|row| row[1..4].to_vec()).unwrap_or_default();
    assert_eq!(row, [written(before), written(dearer), change]);

    // A fifth is refused.
    for _ in 0..3 {
        page.press("Duplicate Dearer").await?;
    }
    for number in 2..5 {
        let name = format!("Compare Dearer ({number})");
        page.click("checkbox", &name).await?;
    }
    page.wait_for_text(
        "4 scenarios are compared already; leave one out before you take “Dearer (4)” in.",
    )
    .await?;
    let fifth = page.find("checkbox", "Compare Dearer (4)").await?;
    assert!(!fifth.is_selected().await?);
    assert_eq!(compared.rows().await?[0].len(), 6);
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    for look in e2e::Look::ALL {
        page.screenshot("scenarios", look).await?;
    }
    page.finish().await
}

/// Has the page take a file of scenarios in.
async fn import(page: &Page, text: &str) -> Result {
    let file = tempfile::Builder::new().suffix(".json").tempfile()?;
    std::fs::write(file.path(), text)?;
    let name = file.path().file_name().unwrap_or_default().to_owned();
    let input = Locator::Css("input[aria-label='Import scenarios']");
    let input = page.client().find(input).await?;
    input.send_keys(&file.path().to_string_lossy()).await?;
    // The file goes with this: it is to be read first.
    let name = name.to_string_lossy().into_owned();
    e2e::wait_for("a word on the import", async || {
        let told = page.eval_async("return [document.body.innerText]").await?;
        let done = |text: &String| text.contains("taken in.") || text.contains(&name);
        Ok(told.iter().any(done).then_some(()))
    })
    .await
}

#[tokio::test]
async fn exported_scenarios_are_the_command_lines_and_come_back() -> Result {
    let page = open_with_two().await?;
    let text = page.download_text("Export scenarios").await?;
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), &text)?;
    let path = file.path().to_string_lossy().into_owned();
    for (name, edits) in [("Dearer", &DEARER as &[&str]), ("Fewer", &FEWER)] {
        let of_file = Simulation::run_shipped(&["--scenario", &path, "--name", name])?;
        let of_edits = Simulation::run_shipped(edits)?;
        assert_eq!(of_file.respondents(), of_edits.respondents());
        assert_eq!(of_file.ebit(), of_edits.ebit());
    }

    page.press("Delete Dearer").await?;
    lists(&page, &["Fewer"]).await?;
    import(&page, &text).await?;
    page.wait_for_text("1 scenario was taken in. There already: 1.")
        .await?;
    lists(&page, &["Fewer", "Dearer"]).await?;
    page.press("Load Dearer").await?;
    shows(&page, &DEARER).await?;

    go(&page, "Data").await?;
    import(&page, &text.replace("\"7\"", "\"77\"")).await?;
    page.wait_for_text("scenario `Fewer`: withdraw 77: no offer has the id `77`; ids are")
        .await?;
    import(&page, "id,brand\n").await?;
    page.wait_for_text("the text is no JSON").await?;
    lists(&page, &["Fewer", "Dearer"]).await?;
    let digest: Value = serde_json::from_str(&text)?;
    let digest = digest["study"]["digest"].as_str().unwrap_or_default();
    import(&page, &text.replace(digest, "0123456789abcdef")).await?;
    page.wait_for_text("The file is of another study, “Electric vehicle leases”")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_says_so() -> Result {
    let page = open("page=data").await?;
    let refuse = "Storage.prototype.setItem = () => { throw new Error('no room') }; return []";
    page.eval_async(refuse).await?;
    page.fill("Scenario name", "None").await?;
    page.wait_for_text("This browser does not keep the scenarios: no room.")
        .await?;
    page.fill("Scenario name", "Other").await?;
    lists(&page, &["None", "Other"]).await?;
    page.finish().await
}

#[tokio::test]
async fn edits_are_undone_and_made_again() -> Result {
    let page = open("").await?;
    let idle = async |name: &str| -> Result<bool> {
        let button = page.find("button", name).await?;
        Ok(button.attr("aria-disabled").await?.as_deref() == Some("true"))
    };
    assert!(idle("Undo").await? && idle("Redo").await?);
    page.fill(PRICE, "449").await?;
    page.click("checkbox", "Withdraw Nissan LEAF S").await?;
    shows(&page, &FEWER).await?;
    page.press("Undo").await?;
    shows(&page, &DEARER).await?;
    let undo = Key::Control + "z";
    page.send_keys(&undo).await?;
    shows(&page, &[]).await?;
    assert!(idle("Undo").await?);
    assert_eq!(page.input_value("textbox", PRICE).await?, "399");
    page.press("Redo").await?;
    shows(&page, &DEARER).await?;
    page.send_keys(&(Key::Control + "y")).await?;
    shows(&page, &FEWER).await?;
    assert!(idle("Redo").await?);

    // While a text is being typed the keys are the browser's; the offers stay as they are.
    let input = page.find("textbox", "term of Tesla Model 3").await?;
    input.click().await?;
    page.send_keys("5").await?;
    page.send_keys(&undo).await?;
    page.send_keys(&Key::Escape.to_string()).await?;
    shows(&page, &FEWER).await?;
    // After it they are the page's, in the same cell, too.
    input.click().await?;
    page.send_keys(&undo).await?;
    shows(&page, &DEARER).await?;

    // The browser's Back is an undo of its own, and leaves Redo as it was.
    page.client().back().await?;
    shows(&page, &FEWER).await?;
    page.finish().await
}

async fn fragment(page: &Page) -> Result<String> {
    let hash = page.eval_async("return [location.hash.slice(1)]").await?;
    Ok(hash.concat())
}

#[tokio::test]
async fn a_link_gives_the_same_page_on_another_machine() -> Result {
    let page = open_with_two().await?;
    go(&page, "Product Attractiveness").await?;
    wait_until_equal("the page", true, async || {
        Ok(fragment(&page).await?.contains("page=attractiveness"))
    })
    .await?;
    let link = fragment(&page).await?;
    assert!(link.starts_with("study="), "{link}");
    let other = open(&link).await?;
    shows(&other, &FEWER).await?;
    wait_until_equal("the address", link, async || fragment(&other).await).await?;
    other.finish().await?;
    page.finish().await
}

#[tokio::test]
async fn a_link_of_another_study_says_so() -> Result {
    let link = "study=0123456789abcdef&set=9.monthly_cost%3D449&page=attractiveness";
    let page = open(link).await?;
    page.wait_for_text(
        "The link is of another study: it asks for the one with the digest 0123456789abcdef",
    )
    .await?;
    assert_eq!(
        page.scope().find_all("table", "Lease offers").await?.len(),
        0
    );
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.reload().await?;
    page.wait_for_text("The link is of another study").await?;
    // On the page where that study can be opened the link is still there.
    go(&page, "Data").await?;
    page.find("textbox", "Scenario name").await?;
    page.wait_for_text("The link is of another study").await?;
    wait_until_equal(
        "the link",
        link.replace("attractiveness", "data"),
        async || fragment(&page).await,
    )
    .await?;

    page.press("Show this study").await?;
    shows(&page, &[]).await?;
    page.set_fragment(link).await?;
    page.press("Apply the edits to this study").await?;
    shows(&page, &DEARER).await?;
    page.press("Undo").await?;
    shows(&page, &[]).await?;
    page.finish().await
}
