//! The page "Data": from choices to part-worths and a study.

use std::path::{Path, PathBuf};

use e2e::{
    Page, Result, TestError, estimate_study, open, repository_path, wait_for, wait_until_equal,
};
use serde_json::Value;

/// A file of the example study.
fn example(name: &str) -> PathBuf {
    repository_path("conjoint/tests/examples").join(name)
}

/// Opens the page "Data" with files of choices picked.
async fn open_choices(files: &[PathBuf]) -> Result<Page> {
    let page = open("page=data").await?;
    page.pick_files(files).await?;
    page.find("heading", "Estimate").await?;
    Ok(page)
}

/// Presses "Start" once the files are read.
async fn start(page: &Page) -> Result {
    let is_idle = async || page.is_disabled("Start").await;
    wait_until_equal("whether \"Start\" is disabled", false, is_idle).await?;
    page.press("Start").await
}

/// Attribute, level and estimate of each parameter, as `conjoint estimate` prints them.
fn estimates(report: &Value) -> Vec<[String; 3]> {
    let parameters = report["parameters"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = parameters.map(|parameter| {
        let estimate = parameter["estimate"].as_f64().unwrap_or(f64::NAN);
        [
            text(&parameter["attribute"]),
            text(&parameter["level"]),
            format!("{estimate:.6}"),
        ]
    });
    rows.collect()
}

/// The same from the page's table.
async fn shown_estimates(page: &Page) -> Result<Vec<[String; 3]>> {
    let rows = page.table("Part-worths").await?;
    let rows = rows.into_iter().skip(1).map(|row| {
        let mut cells = row.into_iter();
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    });
    Ok(rows.collect())
}

/// Estimates with the command line.
fn expected(files: &[PathBuf], options: &[&str]) -> Result<(tempfile::TempDir, Value)> {
    let folder = tempfile::tempdir()?;
    let report = estimate_study(files, &folder.path().join("study"), options)?;
    Ok((folder, report))
}

#[tokio::test]
async fn a_logit_is_that_of_the_command_line_and_becomes_a_study() -> Result {
    for files in [
        vec![example("sawtooth-cbc.cho"), example("sawtooth-cbc.att")],
        vec![example("cbctools-long.csv")],
        vec![example("conjointly-offline-responses.csv")],
    ] {
        let page = open_choices(&files).await?;
        page.choose("Model", "Multinomial logit").await?;
        start(&page).await?;
        page.wait_for_text("The optimum was found").await?;
        let (folder, report) = expected(&files, &["--model", "mnl"])?;
        assert_eq!(shown_estimates(&page).await?, estimates(&report));
        page.press("Use this study").await?;
        let title = files[0].file_stem().unwrap_or_default().display();
        page.wait_for_text(&format!("Study opened: {title}"))
            .await?;
        page.press("Go to the simulator").await?;
        wait_for_shares(&page, &folder.path().join("study")).await?;
        page.finish().await?;
    }
    Ok(())
}

/// Waits until the page shows as many products as the study of the command line has.
async fn wait_for_shares(page: &Page, study: &Path) -> Result {
    let expected = e2e::Simulation::run(study, &[])?.products().len();
    let count = async || {
        let figure = page.figure("Predicted market share by product").await?;
        Ok(figure.rows().await?.len() - 1)
    };
    wait_until_equal("the number of products", expected, count).await
}

#[tokio::test]
async fn hierarchical_bayes_shows_its_progress_and_can_be_cancelled() -> Result {
    let files = [example("sawtooth-cbc.cho"), example("sawtooth-cbc.att")];
    let page = open_choices(&files).await?;
    page.open_details("More settings").await?;
    page.fill("Iterations", "1000000").await?;
    start(&page).await?;
    let trace = page.figure("Trace").await?;
    let rows = trace.rows().await?;
    assert_eq!(rows[0][1..], ["chain 1", "chain 2"]);
    page.figure("R-hat").await?;
    page.figure("Effective draws").await?;
    page.find("progressbar", "Estimating").await?;
    // The run goes on while another page is shown.
    page.open_page("Simulator").await?;
    page.open_page("Data").await?;
    page.find("progressbar", "Estimating").await?;
    page.press("Cancel").await?;
    page.wait_for_text("Cancelled. Nothing was estimated.")
        .await?;
    assert!(page.scope().find_all("figure", "Trace").await?.is_empty());
    page.finish().await
}

#[tokio::test]
async fn chains_on_the_page_draw_what_those_of_the_command_line_draw() -> Result {
    let files = [example("sawtooth-cbc.cho"), example("sawtooth-cbc.att")];
    let page = open_choices(&files).await?;
    page.open_details("More settings").await?;
    page.fill("Iterations", "150").await?;
    page.choose("Constraint of Price", "decreasing").await?;
    start(&page).await?;
    page.wait_for_text("Not converged").await?;
    let options = ["--iterations", "150", "--decreasing", "Price"];
    let (_folder, report) = expected(&files, &options)?;
    assert_eq!(report["converged"], false);
    assert_eq!(shown_estimates(&page).await?, estimates(&report));
    let people = page.figure("Root likelihood by respondent").await?;
    assert_eq!(people.rows().await?.len(), 1 + 6);
    page.figure("Part-worths over respondents").await?;
    // A study from chains that have not converged says so in its title.
    page.press("Use this study").await?;
    page.wait_for_text("Study opened: sawtooth-cbc (not converged)")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn what_keeps_files_from_being_estimated_is_listed_with_its_place() -> Result {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("separable.csv");
    let rows = [
        "1,1,1,1,small",
        "1,1,2,0,large",
        "2,1,1,1,small",
        "2,1,2,0,large",
    ];
    std::fs::write(
        &file,
        format!("id,task,alt,choice,size\n{}\n", rows.join("\n")),
    )?;
    let page = open_choices(&[file]).await?;
    page.choose("Model", "Multinomial logit").await?;
    start(&page).await?;
    let problems = wait_for("the problem", async || {
        let tables = page.scope().find_all("table", "Problems").await?;
        match tables.first() {
            Some(table) => Ok(Some(page.scope().table_cells(table).await?)),
            None => Ok(None),
        }
    })
    .await?;
    let row = problems
        .get(1)
        .ok_or_else(|| TestError::new("no problem is listed"))?;
    assert_eq!(
        (row[0].as_str(), row[2].as_str()),
        ("separable.csv", "size")
    );
    assert!(row[3].contains("perfectly predicted"), "{}", row[3]);
    assert!(!row[3].contains("--"), "{}", row[3]);
    page.finish().await
}
