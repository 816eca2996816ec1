//! The page "Data": files of other programs, and the importer, which is a program of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use e2e::{
    FolderCopy, Page, PhoneStudy, Result, Server, import_study, open, repository_path, run_json,
    wait_for, wait_until_equal,
};

/// The path of a made-up file.
fn example(name: &str) -> PathBuf {
    repository_path("conjoint/tests/examples").join(name)
}

/// The shares in percent that `conjoint simulate` gives, by product.
fn expected_shares(study: &Path) -> Result<BTreeMap<String, String>> {
    let result = run_json("simulate", study, &[])?;
    let products = result["products"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |product: &serde_json::Value| {
        let name = format!("{} {}", text(&product["brand"]), text(&product["model"]));
        let share = product["share"].as_f64().unwrap_or(f64::NAN);
        (name.trim().to_owned(), format!("{:.6}", share * 100.0))
    };
    Ok(products.iter().map(row).collect())
}

/// The shares in percent that the page shows, by product.
async fn shown_shares(page: &Page) -> Result<BTreeMap<String, String>> {
    let figure = page.figure("Predicted market share by product").await?;
    let rows = figure.rows().await?;
    let row = |row: &Vec<String>| {
        let share: f64 = row.get(1)?.parse().ok()?;
        Some((row.first()?.clone(), format!("{share:.6}")))
    };
    Ok(rows.iter().skip(1).filter_map(row).collect())
}

/// Opens what was recognized, goes to the simulator, and compares the shares with those of the command
/// line after `conjoint import` with the same answers.
async fn check_shares(page: &Page, file: &str, options: &[&str]) -> Result {
    let title = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    page.press("Open the study").await?;
    page.wait_for_text(&format!("Study opened: {title}"))
        .await?;
    page.press("Go to the simulator").await?;
    let out = tempfile::tempdir()?;
    import_study(&example(file), out.path(), options)?;
    let expected = expected_shares(out.path())?;
    assert!(!expected.is_empty());
    wait_until_equal(file, expected, async || shown_shares(page).await).await
}

#[tokio::test]
async fn a_report_of_lighthouse_studio_opens_as_it_is() -> Result {
    let page = open("page=data").await?;
    let file = "sawtooth-lighthouse-report.xlsx";
    page.pick_files(&[example(file)]).await?;
    page.wait_for_text("Check what was found, then open the study.")
        .await?;
    let attributes = page.table("Attributes and levels").await?;
    assert_eq!(attributes.len(), 6, "{attributes:?}");
    assert_eq!(
        attributes[2],
        ["Attribute 2", "numbers", "$299 · $499 · $799 · $1,099"]
    );
    assert_eq!(page.check_looks("import-report").await?, [""; 0]);
    // The brand is a question that the file cannot answer.
    page.choose("Brand", "Attribute 1").await?;
    page.find("textbox", "id of product 3").await?;
    check_shares(&page, file, &["--brand", "Attribute 1"]).await?;
    // The same answers are offered for the next file with the same columns.
    page.open_page("Data").await?;
    page.pick_files(&[example(file)]).await?;
    page.find("textbox", "id of product 3").await?;
    page.finish().await
}

#[tokio::test]
async fn preferences_of_conjointly_open_as_they_are() -> Result {
    let page = open("page=data").await?;
    let file = "conjointly-individual-preferences.xlsx";
    page.pick_files(&[example(file)]).await?;
    check_shares(&page, file, &[]).await?;
    page.finish().await
}

#[tokio::test]
async fn a_table_with_decimal_commas_opens_with_changed_products() -> Result {
    let page = open("page=data").await?;
    let file = "excel-decimal-comma-cp1252.csv";
    page.pick_files(&[example(file)]).await?;
    page.wait_for_text("Check what was found, then open the study.")
        .await?;
    check_shares(&page, file, &[]).await?;
    // Products are changed before the study is opened.
    page.open_page("Data").await?;
    page.pick_files(&[example(file)]).await?;
    page.fill("Price of product 1", "apples").await?;
    let problem = async || {
        let rows = page.table("Problems").await?;
        Ok(rows.get(1).map(|row| row[..3].to_vec()))
    };
    let expected = ["products", "2", "Price"].map(str::to_owned).to_vec();
    wait_until_equal("the problem of the price", Some(expected), problem).await?;
    page.fill("Price of product 1", "333").await?;
    page.press("Add product").await?;
    page.find("textbox", "id of product 4").await?;
    page.fill("Title", "Espresso").await?;
    page.press("Open the study").await?;
    page.wait_for_text("Study opened: Espresso").await?;
    page.press("Go to the simulator").await?;
    page.find("textbox", "Price of Alba").await?;
    page.finish().await
}

#[tokio::test]
async fn rescaled_utilities_are_opened_only_after_a_decision() -> Result {
    let page = open("page=data").await?;
    page.pick_files(&[example("sawtooth-lighthouse-zcdiffs.csv")])
        .await?;
    page.wait_for_text("These are zero-centered diffs").await?;
    // The browser itself keeps a required box from being left out.
    page.press("Open the study").await?;
    page.click("checkbox", "Go on with first choice only")
        .await?;
    page.press("Open the study").await?;
    page.wait_for_text("Study opened: sawtooth-lighthouse-zcdiffs")
        .await?;
    page.wait_for_text("first choice only").await?;
    page.finish().await
}

#[tokio::test]
async fn choices_are_recognized() -> Result {
    let page = open("page=data").await?;
    page.pick_files(&[example("sawtooth-cbc.cho")]).await?;
    page.wait_for_text("Recognized: choices in sawtooth-cbc.cho")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_damaged_file_is_named_and_the_open_study_stays() -> Result {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("run 7.csv");
    std::fs::write(&file, "id,B: x,B: y\n1,0.5,oops\n2,1.5,-1\n3,1,2\n4,1,2\n")?;
    let page = open("page=data").await?;
    page.pick_files(&[file]).await?;
    page.wait_for_text("The study cannot be opened.").await?;
    let rows = page.table("Problems").await?;
    assert_eq!(rows[1][..3], ["run 7.csv", "2", "B: y"]);
    assert!(rows[1][3].starts_with("`oops` is not a number"), "{rows:?}");
    page.find("heading", "Electric vehicle leases").await?;
    page.finish().await
}

/// Both programs number their listeners from 0, so that a click in one must never reach the other.
#[tokio::test]
async fn clicks_in_the_importer_reach_only_the_importer() -> Result {
    let study = PhoneStudy::new(12)?;
    let page = open("page=data").await?;
    page.pick_files(&study.files()).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    let address = page.eval("return location.hash").await?;
    // Every element of the importer is clicked; only its button does something in the page.
    page.eval(
        "const all = document.querySelectorAll('#importer *');
         for (const one of all) if (!one.matches('button, input, label, label *'))
             one.dispatchEvent(new MouseEvent('click', { bubbles: true }));",
    )
    .await?;
    let ids = "const ids = (selector) => [...document.querySelectorAll(selector)]
             .map((one) => one.__yew_subtree_id).filter((id) => id !== undefined);
         const own = new Set(ids('#importer, #importer *'));
         const others = ids('#app').concat(ids('#app *:not(#importer, #importer *)'));
         return [own.size > 0 && others.length > 0, others.some((id) => own.has(id))];";
    assert_eq!(page.eval(ids).await?, serde_json::json!([true, false]));
    assert_eq!(page.eval("return location.hash").await?, address);
    page.press("Go to the simulator").await?;
    page.find("textbox", "monthly cost of Quixotic One").await?;
    // The importer survives a change of page.
    page.open_page("Data").await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.finish().await
}

#[tokio::test]
async fn importing_works_without_the_server() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    drop(server);
    page.reload().await?;
    page.open_page("Data").await?;
    page.pick_files(&[example("conjointly-individual-preferences.xlsx")])
        .await?;
    page.press("Open the study").await?;
    page.wait_for_text("Study opened: conjointly-individual-preferences")
        .await?;
    Ok(())
}

#[tokio::test]
async fn without_its_program_the_importer_says_so() -> Result {
    let page = Page::open_blocking(Server::shared()?, &["*importer*"]).await?;
    page.wait_until_ready().await?;
    page.open_page("Data").await?;
    page.wait_for_text("The program that opens studies could not be loaded")
        .await?;
    wait_for("the rest of the page", async || {
        let found = page.scope().find_all("button", "Download template").await?;
        Ok((!found.is_empty()).then_some(()))
    })
    .await
}

#[tokio::test]
async fn only_a_workbook_needs_the_program_for_workbooks() -> Result {
    let site = FolderCopy::new("dist")?;
    for file in std::fs::read_dir(site.path())? {
        let path = file?.path();
        if path.to_string_lossy().contains("workbooks") {
            std::fs::remove_file(path)?;
        }
    }
    let shipped = ["Data", "Precomputed Data"].map(repository_path);
    let server = Server::start_shipped()?.replace(site.path(), &shipped[0], &shipped[1])?;
    let page = Page::open(&server, "").await?;
    page.open_page("Data").await?;
    page.pick_files(&[example("excel-decimal-comma-cp1252.csv")])
        .await?;
    page.find("button", "Open the study").await?;
    page.pick_files(&[example("conjointly-individual-preferences.xlsx")])
        .await?;
    page.wait_for_text("its program could not be loaded; check that the server runs")
        .await
}
