//! Saved scenarios, undo and redo, and links to a study.

use e2e::{
    Figure, Page, Result, Simulation, format_amount, format_signed, open, repository_path,
    run_json, wait_for, wait_until_equal,
};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::Value;

const PRICE: &str = "monthly cost of Tesla Model 3";
const DEARER: [&str; 2] = ["--set", "9.monthly_cost=449"];
const FEWER: [&str; 4] = ["--set", "9.monthly_cost=449", "--withdraw", "7"];

/// Waits until the figures of Product Attractiveness equal the command line's.
async fn wait_for_figures(page: &Page, edits: &[&str]) -> Result {
    page.open_page("Product Attractiveness").await?;
    let expected = Simulation::run_shipped(edits)?.choosers();
    wait_until_equal("the figures", expected, async || page.choosers().await).await
}

/// Saves the current edits as a scenario.
async fn save_scenario(page: &Page, name: &str) -> Result {
    page.open_page("Data").await?;
    page.fill("Scenario name", name).await?;
    page.find("button", &format!("Load {name}")).await?;
    Ok(())
}

/// Opens a page and saves the scenarios [`DEARER`] and [`FEWER`], of which it shows the second.
async fn open_with_two() -> Result<Page> {
    let page = open("").await?;
    page.fill(PRICE, "449").await?;
    save_scenario(&page, "Dearer").await?;
    page.open_page("Product Attractiveness").await?;
    let withdraw = page.find("checkbox", "Withdraw Nissan LEAF S").await?;
    page.click_element(&withdraw).await?;
    save_scenario(&page, "Fewer").await?;
    Ok(page)
}

async fn scenario_names(page: &Page) -> Result<Vec<String>> {
    page.eval_async(
        "return [...document.querySelectorAll('.scenarios li strong')].map((it) => it.textContent)",
    )
    .await
}

async fn wait_for_scenarios(page: &Page, expected: &[&str]) -> Result {
    let expected: Vec<String> = expected.iter().map(|name| (*name).to_owned()).collect();
    wait_until_equal("the scenarios", expected, async || {
        scenario_names(page).await
    })
    .await
}

#[tokio::test]
async fn scenarios_are_stored_and_loaded() -> Result {
    let page = open_with_two().await?;
    page.reload().await?;
    wait_for_scenarios(&page, &["Dearer", "Fewer"]).await?;
    page.press("Load Dearer").await?;
    page.wait_for_text("All pages now show “Dearer”.").await?;
    wait_for_figures(&page, &DEARER).await?;
    page.press("Undo").await?;
    wait_for_figures(&page, &FEWER).await?;

    page.open_page("Data").await?;
    page.press("Save scenario").await?;
    page.wait_for_text("Give the scenario a name first.")
        .await?;
    page.fill("Scenario name", " Dearer ").await?;
    page.wait_for_text("A scenario named “Dearer” already exists.")
        .await?;
    page.press("Replace Dearer").await?;
    page.press("Duplicate Dearer").await?;
    wait_for_scenarios(&page, &["Dearer", "Dearer (2)", "Fewer"]).await?;
    page.press("Delete Dearer").await?;
    wait_for_scenarios(&page, &["Dearer (2)", "Fewer"]).await?;
    page.press("Bring back Dearer").await?;
    wait_for_scenarios(&page, &["Dearer", "Dearer (2)", "Fewer"]).await?;
    assert_eq!(page.focused_name().await?, "Scenario name");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.press("Undo").await?;
    page.press("Load Dearer (2)").await?;
    wait_for_figures(&page, &FEWER).await?;
    page.finish().await
}

/// A brand's figure in the command line's output.
fn brand_figure(report: &Value, brand: usize, key: &str) -> f64 {
    report["brands"][brand][key].as_f64().unwrap_or(f64::NAN)
}

/// Checks that a comparison of the baseline and two scenarios has room for two more, not for three.
async fn check_fifth_is_refused(page: &Page) -> Result {
    for _ in 0..3 {
        page.press("Duplicate Dearer").await?;
    }
    for number in 2..5 {
        let name = format!("Compare Dearer ({number})");
        page.click("checkbox", &name).await?;
    }
    page.wait_for_text(
        "The comparison has room for 4 scenarios; remove one before you add “Dearer (4)”.",
    )
    .await?;
    let fifth = page.find("checkbox", "Compare Dearer (4)").await?;
    assert!(!fifth.is_selected().await?);
    Ok(())
}

/// The figure that compares this number of sets of offers; a worker computes it, and until it has, the page
/// shows the figure of the previous selection or none.
async fn find_comparison_of(page: &Page, sets: usize) -> Result<Figure<'_>> {
    wait_for("the comparison of the ticked scenarios", async || {
        let Ok(figure) = page.figure("Scenarios compared").await else {
            return Ok(None);
        };
        let columns = figure
            .rows()
            .await
            .ok()
            .and_then(|rows| Some(rows.first()?.len()));
        Ok((columns == Some(1 + sets)).then_some(figure))
    })
    .await
}

#[tokio::test]
async fn compared_scenarios_equal_the_command_lines() -> Result {
    let page = open_with_two().await?;
    for name in ["Fewer", "Dearer"] {
        let compare = page.find("checkbox", &format!("Compare {name}")).await?;
        page.click_element(&compare).await?;
    }
    let reports = [&[] as &[&str], &DEARER, &FEWER]
        .map(|edits| run_json("simulate", &repository_path("Data"), edits));
    let reports = reports.into_iter().collect::<Result<Vec<Value>>>()?;
    let header = |category: &str| {
        let names = [category, "baseline", "Dearer", "Fewer"];
        names.map(str::to_owned).to_vec()
    };
    let compared = find_comparison_of(&page, 3).await?;
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
                .map(|report| brand_figure(report, brand, key).to_string());
            let name = name.unwrap_or_default().to_owned();
            expected.push(std::iter::once(name).chain(figures).collect());
        }
        compared.wait_for_rows(&expected).await?;
    }

    // The table below is rounded, with the difference to the baseline.
    let ebit = page.table("EBIT").await?;
    let tesla = reports[0]["brands"]
        .as_array()
        .and_then(|brands| brands.iter().position(|brand| brand["brand"] == "Tesla"))
        .unwrap_or_default();
    let written = |value: f64| format!("{} K", format_amount((value * 10.0).round() / 10.0));
    let [before, dearer, _] =
        [0, 1, 2].map(|place| brand_figure(&reports[place], tesla, "ebit_new"));
    let change = format_signed(dearer - before, written);
    assert_eq!(ebit[0][2..4], ["Dearer", "Dearer, change"]);
    let row = ebit.iter().find(|row| row[0] == "Tesla");
    let row = row.map(|row| row[1..4].to_vec()).unwrap_or_default();
    assert_eq!(row, [written(before), written(dearer), change]);

    check_fifth_is_refused(&page).await?;
    find_comparison_of(&page, 5).await?;
    assert_eq!(page.check_looks("scenarios").await?, [""; 0]);
    page.finish().await
}

/// Imports a file of scenarios.
async fn import_scenarios(page: &Page, text: &str) -> Result {
    let file = tempfile::Builder::new().suffix(".json").tempfile()?;
    std::fs::write(file.path(), text)?;
    let name = file.path().file_name().unwrap_or_default().to_owned();
    let input = Locator::Css("input[aria-label='Import scenarios']");
    let input = page.client().find(input).await?;
    input.send_keys(&file.path().to_string_lossy()).await?;
    // Waits until the page has read the file, which is deleted when this returns.
    let name = name.to_string_lossy().into_owned();
    e2e::wait_for("the result of the import", async || {
        let texts = page.eval_async("return [document.body.innerText]").await?;
        let done = |text: &String| text.contains("Imported ") || text.contains(&name);
        Ok(texts.iter().any(done).then_some(()))
    })
    .await
}

#[tokio::test]
async fn exported_scenarios_work_on_the_command_line_and_can_be_imported() -> Result {
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
    wait_for_scenarios(&page, &["Fewer"]).await?;
    import_scenarios(&page, &text).await?;
    page.wait_for_text("Imported 1 scenario; 1 already existed.")
        .await?;
    wait_for_scenarios(&page, &["Fewer", "Dearer"]).await?;
    page.press("Load Dearer").await?;
    wait_for_figures(&page, &DEARER).await?;

    page.open_page("Data").await?;
    import_scenarios(&page, &text.replace("\"7\"", "\"77\"")).await?;
    page.wait_for_text("scenario `Fewer`: withdraw 77: no offer has the id `77`; ids are")
        .await?;
    import_scenarios(&page, "id,brand\n").await?;
    page.wait_for_text("the text is not JSON").await?;
    wait_for_scenarios(&page, &["Fewer", "Dearer"]).await?;
    let digest: Value = serde_json::from_str(&text)?;
    let digest = digest["study"]["digest"].as_str().unwrap_or_default();
    import_scenarios(&page, &text.replace(digest, "0123456789abcdef")).await?;
    page.wait_for_text("The file belongs to another study, “Electric vehicle leases”")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn scenarios_that_cannot_be_stored_have_a_warning() -> Result {
    let page = open("page=data").await?;
    let refuse = "Storage.prototype.setItem = () => { throw new Error('no room') }; return []";
    page.eval_async(refuse).await?;
    page.fill("Scenario name", "None").await?;
    page.wait_for_text("This browser cannot store the scenarios: no room.")
        .await?;
    page.fill("Scenario name", "Other").await?;
    wait_for_scenarios(&page, &["None", "Other"]).await?;
    page.finish().await
}

#[tokio::test]
async fn edits_can_be_undone_and_redone() -> Result {
    let page = open("").await?;
    assert!(page.is_disabled("Undo").await? && page.is_disabled("Redo").await?);
    page.fill(PRICE, "449").await?;
    page.click("checkbox", "Withdraw Nissan LEAF S").await?;
    wait_for_figures(&page, &FEWER).await?;
    page.press("Undo").await?;
    wait_for_figures(&page, &DEARER).await?;
    let undo = Key::Control + "z";
    page.send_keys(&undo).await?;
    wait_for_figures(&page, &[]).await?;
    assert!(page.is_disabled("Undo").await?);
    assert_eq!(page.input_value("textbox", PRICE).await?, "399");
    page.press("Redo").await?;
    wait_for_figures(&page, &DEARER).await?;
    page.send_keys(&(Key::Control + "y")).await?;
    wait_for_figures(&page, &FEWER).await?;
    assert!(page.is_disabled("Redo").await?);

    // While a text is typed, the browser handles the keys, and the offers do not change.
    let input = page.find("textbox", "term of Tesla Model 3").await?;
    page.click_element(&input).await?;
    page.send_keys("5").await?;
    page.send_keys(&undo).await?;
    page.send_keys(&Key::Escape.to_string()).await?;
    wait_for_figures(&page, &FEWER).await?;
    // Afterwards the page handles them, even in the same cell.
    page.click_element(&input).await?;
    page.send_keys(&undo).await?;
    wait_for_figures(&page, &DEARER).await?;

    // The browser's Back undoes independently of Redo.
    page.client().back().await?;
    wait_for_figures(&page, &FEWER).await?;
    page.finish().await
}

async fn current_fragment(page: &Page) -> Result<String> {
    let hash = page.eval_async("return [location.hash.slice(1)]").await?;
    Ok(hash.concat())
}

#[tokio::test]
async fn a_link_restores_the_page_in_another_browser() -> Result {
    let page = open_with_two().await?;
    page.open_page("Product Attractiveness").await?;
    wait_until_equal("the page", true, async || {
        Ok(current_fragment(&page)
            .await?
            .contains("page=attractiveness"))
    })
    .await?;
    let link = current_fragment(&page).await?;
    assert!(link.starts_with("study="), "{link}");
    let other = open(&link).await?;
    wait_for_figures(&other, &FEWER).await?;
    wait_until_equal("the address", link, async || current_fragment(&other).await).await?;
    other.finish().await?;
    page.finish().await
}

#[tokio::test]
async fn a_link_of_another_study_has_a_warning() -> Result {
    let link = "study=0123456789abcdef&set=9.monthly_cost%3D449&page=attractiveness";
    let page = open(link).await?;
    page.wait_for_text("This link belongs to another study, with the digest 0123456789abcdef")
        .await?;
    assert_eq!(
        page.scope().find_all("table", "Lease offers").await?.len(),
        0
    );
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.reload().await?;
    page.wait_for_text("This link belongs to another study")
        .await?;
    // The link is still there on the page on which that study can be opened.
    page.open_page("Data").await?;
    page.find("textbox", "Scenario name").await?;
    page.wait_for_text("This link belongs to another study")
        .await?;
    wait_until_equal(
        "the link",
        link.replace("attractiveness", "data"),
        async || current_fragment(&page).await,
    )
    .await?;

    page.press("Show this study").await?;
    wait_for_figures(&page, &[]).await?;
    page.set_fragment(link).await?;
    page.press("Apply the edits to this study").await?;
    wait_for_figures(&page, &DEARER).await?;
    page.press("Undo").await?;
    wait_for_figures(&page, &[]).await?;
    page.finish().await
}
