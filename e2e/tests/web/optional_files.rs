//! A study without money files, with its own column names and terms.

use std::path::Path;

use e2e::{
    FolderCopy, Lockstep, MONTHLY_ROWS, Page, Result, Server, Simulation, precompute_study,
    wait_until_equal,
};

const MONEY: [&str; 4] = [
    "recontractRateEV.csv",
    "churnRateEV.csv",
    "baseARPU_EV.csv",
    "baseVolumeEBIT_EV.csv",
];

const SETTINGS: &str = r#"{
  "title": "Tariffs",
  "currency": "€",
  "columns": { "id": "number", "segment": "group", "monthly_cost": "price", "brand": "carrier" },
  "words": {
    "offers": "Tariffs on offer",
    "customer": "subscriber",
    "customers": "subscribers",
    "contract": "subscription",
    "service": "line",
    "month": "quarter"
  }
}"#;

/// Renames columns in a file's header lines, and removes columns from all lines.
fn rewrite(path: &Path, headers: usize, renamed: &[(&str, &str)], removed: &[&str]) -> Result {
    let text = std::fs::read_to_string(path)?;
    let first = text.lines().next().unwrap_or_default();
    let kept: Vec<bool> = first
        .split(',')
        .map(|name| !removed.contains(&name))
        .collect();
    let line = |(row, line): (usize, &str)| {
        let cells = line.split(',').zip(&kept).filter(|(_, kept)| **kept);
        let cells = cells.map(|(cell, _)| {
            let other = renamed
                .iter()
                .find(|(from, _)| row < headers && *from == cell);
            other.map_or(cell, |(_, to)| *to)
        });
        cells.collect::<Vec<_>>().join(",")
    };
    let lines: Vec<String> = text.lines().enumerate().map(line).collect();
    Ok(std::fs::write(path, lines.join("\n"))?)
}

/// The shipped study as one of tariffs: without money and brands, with the monthly cost or no cost.
fn make_tariffs(has_cost: bool) -> Result<FolderCopy> {
    let copy = FolderCopy::new("Data")?;
    for file in MONEY.iter().chain(&["brands.csv"]) {
        std::fs::remove_file(copy.path().join(file))?;
    }
    let renamed = [("id", "number"), ("segment", "group"), ("brand", "carrier")];
    let renamed: Vec<_> = renamed
        .into_iter()
        .chain([("monthly_cost", "price")])
        .collect();
    let mut removed = vec!["upfront_cost", "term"];
    let mut settings = SETTINGS.to_owned();
    if !has_cost {
        removed.push("monthly_cost");
        settings = settings.replace("\"monthly_cost\": \"price\", ", "");
    }
    for (file, headers) in [("leaseOffers.csv", 1), ("UtilityScoresEV.csv", 2)] {
        rewrite(&copy.path().join(file), headers, &renamed, &removed)?;
    }
    std::fs::write(copy.path().join("study.json"), settings)?;
    Ok(copy)
}

/// Opens the page on a study.
async fn open_study(study: &FolderCopy, fragment: &str) -> Result<(Server, Page)> {
    let made = FolderCopy::new("Precomputed Data")?;
    std::fs::remove_file(made.path().join("simulate_new.csv"))?;
    precompute_study(study.path(), made.path())?;
    let server = Server::start(study.path(), made.path())?;
    let page = Page::open(&server, fragment).await?;
    Ok((server, page))
}

#[tokio::test]
async fn the_first_page_works_without_money_and_uses_the_studys_terms() -> Result {
    let study = make_tariffs(true)?;
    let (_server, page) = open_study(&study, "").await?;
    page.find("heading", "Tariffs").await?;
    let offers = page.table("Tariffs on offer").await?;
    assert_eq!(
        offers[0],
        ["offer", "price € a quarter", "withdraw", "actions"]
    );
    assert_eq!(
        page.choosers().await?,
        Simulation::run(study.path(), &[])?.choosers()
    );

    page.fill("price of Tesla Model 3", "449").await?;
    let edited = Simulation::run(study.path(), &["--set", "9.price=449"])?;
    let input = page.find("textbox", "price of Tesla Model 3").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("449"));
    wait_until_equal("the live shares", edited.choosers(), async || {
        page.choosers().await
    })
    .await?;
    let results = page.table("Results").await?;
    let header = ["brand, product", "share", "change, points", "90 % interval"];
    assert_eq!(results[0], header);
    page.wait_for_text("no money files, so there are no subscribers, revenue, ARPU and EBIT")
        .await?;
    page.wait_for_text("base_volume_ebit.csv to see them.")
        .await?;
    let focus = page.table("Focus brand").await?;
    assert_eq!(focus.len(), 2, "{focus:?}");
    assert_eq!(focus[1][0], "Share");
    for title in ["Demand curve", "Share by segment"] {
        page.figure(title).await?;
    }
    let money = page.scope().find_all("figure", "Money by brand").await?;
    assert!(money.is_empty());
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    page.open_page("Product Attractiveness").await?;
    page.figure("Attraction to chosen product")
        .await?
        .wait_for_rows(&edited.attraction())
        .await?;

    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    page.press("Help").await?;
    page.wait_for_text("Subscriptions in force, each for one line, after renewals")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn a_sweep_shows_the_movement_and_names_the_missing_files() -> Result {
    let study = make_tariffs(true)?;
    let (_server, page) = open_study(&study, "page=sweep").await?;
    page.find("radio", "Price").await?;
    assert_eq!(
        page.scope().find_all("radio", "Upfront cost").await?.len(),
        0
    );
    assert_eq!(page.scope().find_all("combobox", "View").await?.len(), 0);
    let expected = Lockstep::run(study.path(), "price", &MONTHLY_ROWS, &[])?;
    for segment in expected.segments() {
        let figure = page.figure(&format!("Movement: {segment}")).await?;
        figure.wait_for_rows(&expected.movement(&segment)).await?;
    }
    page.wait_for_text("so there are no subscribers, revenue, ARPU and EBIT: add")
        .await?;
    for title in ["Subscribers", "Revenue", "ARPU", "EBIT"] {
        assert_eq!(
            page.scope().find_all("figure", title).await?.len(),
            0,
            "{title}"
        );
    }
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.click("radio", "Attribute grid").await?;
    page.wait_for_text("so there are no subscribers, revenue, ARPU and EBIT: add")
        .await?;
    assert_eq!(page.scope().find_all("table", "Sweep").await?.len(), 0);
    page.click("radio", "Lockstep").await?;
    page.figure("Movement at one point").await?;
    page.finish().await
}

#[tokio::test]
async fn without_a_cost_there_are_shares_but_no_sweep() -> Result {
    let study = make_tariffs(false)?;
    let (_server, page) = open_study(&study, "").await?;
    assert_eq!(
        page.choosers().await?,
        Simulation::run(study.path(), &[])?.choosers()
    );
    // Without a cost the table shows all attributes.
    page.find("combobox", "energy of Tesla Model 3").await?;
    page.open_page("Attribute Sweep").await?;
    page.wait_for_text("there is nothing to sweep").await?;
    assert_eq!(page.scope().find_all("radio", "Lockstep").await?.len(), 0);
    page.finish().await
}
