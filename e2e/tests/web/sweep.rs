//! Attribute Sweep: its figures are the command line's, in every view and for every table.

use e2e::{
    FIRST, GRID, Grid, Lockstep, Look, MEASURES, MONTHLY, Page, Result, UPFRONT, amount, csv,
    shipped, signed, visit,
};

/// Every brand's parent.
fn parents() -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(shipped("Data/brands.csv"))?;
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',').map(str::to_owned);
        (
            cells.next().unwrap_or_default(),
            cells.next().unwrap_or_default(),
        )
    });
    Ok(rows.collect())
}

/// The four money figures in all four views, and the movement.
async fn shows_lockstep(page: &Page, expected: &Lockstep) -> Result {
    let parents = parents()?;
    for (view, whose, initial) in [
        ("Consolidated, defined baseline", Some(&*parents), false),
        ("Individual, initial baseline", None, true),
        ("Consolidated, initial baseline", Some(&*parents), true),
        ("Individual, defined baseline", None, false),
    ] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let table = expected.changes(measure, whose, initial);
            page.figure(title).await?.shows(&table).await?;
        }
    }
    for segment in expected.segments() {
        let figure = page.figure(&format!("Movement: {segment}")).await?;
        figure.shows(&expected.movement(&segment)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_lockstep_of_the_first_tables_is_the_command_lines() -> Result {
    let (_server, page) = visit("").await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    let monthly = Lockstep::of_shipped("monthly_cost", &MONTHLY, &[])?;
    shows_lockstep(&page, &monthly).await?;

    let at_one = page.figure("Movement at one point").await?;
    at_one.shows(&monthly.movement_at(5)).await?;
    page.choose("Point", "439").await?;
    at_one.shows(&monthly.movement_at(2)).await?;

    page.find("radio", "Upfront cost").await?.click().await?;
    let upfront = Lockstep::of_shipped("upfront_cost", &UPFRONT, &[])?;
    shows_lockstep(&page, &upfront).await?;
    page.choose("Point", "3940").await?;
    at_one.shows(&upfront.movement_at(0)).await?;
    page.finish().await
}

#[tokio::test]
async fn another_table_gives_other_figures_that_a_link_restores() -> Result {
    let (_server, page) = visit("page=sweep").await?;
    page.fill("end of row 1", "459").await?;
    page.press("Remove row 3").await?;
    page.fill("end of row 2", "960").await?;
    page.fill("baseline of row 2", "920").await?;
    page.fill("baseline of row 1", "419").await?;
    let rows = ["9:399:459:20:419", "10:900:960:20:920"];
    let expected = Lockstep::of_shipped("monthly_cost", &rows, &[])?;
    shows_lockstep(&page, &expected).await?;

    page.client().refresh().await?;
    page.ready().await?;
    assert_eq!(page.value("textbox", "baseline of row 2").await?, "920");
    shows_lockstep(&page, &expected).await?;

    // Another product, and a row of one's own, which is valid at once.
    page.choose("product of row 2", "VW e-Golf SE").await?;
    for (column, text) in [("begin", "179"), ("end", "239"), ("baseline", "199")] {
        page.fill(&format!("{column} of row 2"), text).await?;
    }
    page.press("Add row").await?;
    let mut added = Vec::new();
    for column in ["begin", "end", "step", "baseline"] {
        added.push(page.value("textbox", &format!("{column} of row 3")).await?);
    }
    let added = format!("1:{}", added.join(":"));
    let rows = ["9:399:459:20:419", "13:179:239:20:199", &added];
    let expected = Lockstep::of_shipped("monthly_cost", &rows, &[])?;
    shows_lockstep(&page, &expected).await?;

    page.press("Restore the default table").await?;
    shows_lockstep(&page, &Lockstep::of_shipped("monthly_cost", &MONTHLY, &[])?).await?;
    page.finish().await
}

/// The four heatmaps in both views.
async fn shows_grid(page: &Page, expected: &Grid, baseline: (f64, f64)) -> Result {
    for (view, percentage) in [("Percentage", true), ("Nominal", false)] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let table = expected.changes(measure, FIRST, baseline, percentage);
            page.figure(title).await?.shows(&table).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_grid_is_the_command_lines() -> Result {
    let (_server, page) = visit("").await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    page.find("radio", "Attribute grid").await?.click().await?;
    let expected = Grid::of_shipped(&GRID, &[])?;
    shows_grid(&page, &expected, (195.0, 4940.0)).await?;

    page.press("Remove row 2").await?;
    page.fill("monthly end of row 1", "225").await?;
    page.fill("upfront step of row 1", "250").await?;
    let expected = Grid::of_shipped(&["7:155:225:10:195:4540:5040:250:4790"], &[])?;
    page.fill("upfront baseline of row 1", "4790").await?;
    shows_grid(&page, &expected, (195.0, 4790.0)).await?;

    // Two products in the other direction, after a reload.
    page.press("Add row").await?;
    page.choose("product of row 2", "Kia Niro EV").await?;
    for (column, text) in [
        ("monthly begin", "309"),
        ("monthly end", "239"),
        ("monthly step", "-10"),
        ("monthly baseline", "269"),
        ("upfront begin", "4014"),
        ("upfront end", "4514"),
        ("upfront step", "250"),
        ("upfront baseline", "4264"),
    ] {
        page.fill(&format!("{column} of row 2"), text).await?;
    }
    let row = "4:309:239:-10:269:4014:4514:250:4264";
    let expected = Grid::of_shipped(&["7:155:225:10:195:4540:5040:250:4790", row], &[])?;
    shows_grid(&page, &expected, (195.0, 4790.0)).await?;
    page.client().refresh().await?;
    page.ready().await?;
    shows_grid(&page, &expected, (195.0, 4790.0)).await?;
    page.finish().await
}

/// The sentence about the pair where a measure is highest, of the Data table of its changes.
fn best(title: &str, table: &[Vec<String>], percentage: bool) -> String {
    let (columns, rows) = (&table[0][1..], &table[1..]);
    let cells = rows.iter().flat_map(|row| {
        let pairs = row[1..].iter().zip(columns);
        pairs.map(|(change, monthly)| [change, monthly, &row[0]].map(|cell| cell.parse().unwrap()))
    });
    // Of pairs that are equally good, the sentence is about the first.
    let first = |best: [f64; 3], cell: [f64; 3]| if cell[0] > best[0] { cell } else { best };
    let [change, monthly, upfront] = cells.reduce(first).unwrap();
    let change = match title {
        _ if percentage => signed(change, |size| format!("{size:.1} %")),
        "Customers" => {
            let customers = signed(change * 1000.0, |size| format!("{size:.0}"));
            format!("{customers} customers")
        }
        "ARPU" => signed(change, |size| format!("${size:.2} a month")),
        _ => signed(change, |size| format!("${size:.1} K a month")),
    };
    let verb = if title == "Customers" { "are" } else { "is" };
    let (monthly, upfront) = (amount(monthly), amount(upfront));
    format!("{title} {verb} highest at {monthly} a month and {upfront} upfront: {change}")
}

/// The texts that mark cells of a heatmap.
async fn marks(page: &Page, title: &str) -> Result<String> {
    let script = "return chart.layout.annotations.map(({ text }) => text).join()";
    let marks = page.figure(title).await?.chart(script).await?;
    Ok(marks.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_best_pair_is_marked_and_told_in_words() -> Result {
    let (_server, page) = visit("page=sweep&analysis=grid").await?;
    let expected = Grid::of_shipped(&GRID, &[])?;
    for (view, percentage) in [("Nominal", false), ("Percentage", true)] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let table = expected.changes(measure, FIRST, (195.0, 4940.0), percentage);
            page.says(&best(title, &table, percentage)).await?;
        }
    }
    assert_eq!(marks(&page, "EBIT").await?, "★,◇");
    page.finish().await
}

#[tokio::test]
async fn a_baseline_that_no_pair_exceeds_is_told_as_such() -> Result {
    // The first table, with the pair of the highest EBIT as its baseline.
    let rows = [
        "7:155:205:10:155:4540:5040:100:5040",
        "8:255:305:10:255:5340:5840:100:5840",
    ];
    let (_server, page) = visit(&format!(
        "page=sweep&analysis=grid&grid={}&grid={}",
        rows[0], rows[1]
    ))
    .await?;
    let expected = Grid::of_shipped(&rows, &[])?;
    shows_grid(&page, &expected, (155.0, 5040.0)).await?;
    let words = "No pair has a higher EBIT than the baseline, $155 a month and $5,040 upfront";
    page.says(words).await?;
    page.finish().await
}

#[tokio::test]
async fn the_sweep_starts_from_the_edited_offers() -> Result {
    let (_server, page) = visit("").await?;
    page.fill("monthly cost of Chevrolet Bolt EV", "255")
        .await?;
    page.find("checkbox", "Withdraw VW e-Golf SE")
        .await?
        .click()
        .await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    page.says("The sweep starts from the edited offers (Chevrolet Bolt EV, VW e-Golf SE)")
        .await?;
    let edits = ["--set", "2.monthly_cost=255", "--withdraw", "13"];
    let expected = Lockstep::of_shipped("monthly_cost", &MONTHLY, &edits)?;
    shows_lockstep(&page, &expected).await?;

    let back = "see and change them in Product Attractiveness";
    page.find("link", back).await?.click().await?;
    page.press("Reset all").await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    assert!(page.scope().all("link", back).await?.is_empty());
    shows_lockstep(&page, &Lockstep::of_shipped("monthly_cost", &MONTHLY, &[])?).await?;
    page.finish().await
}

#[tokio::test]
async fn the_whole_sweep_can_be_taken_along() -> Result {
    let (_server, page) = visit("page=sweep&set=2.monthly_cost%3D255").await?;
    let edits = ["--set", "2.monthly_cost=255"];
    let with_rows = |first: &[&'static str], rows: &[&'static str]| {
        let rows = rows.iter().flat_map(|row| ["--row", row]);
        first
            .iter()
            .copied()
            .chain(rows)
            .chain(edits)
            .collect::<Vec<_>>()
    };
    let arguments = with_rows(&["--attribute", "monthly_cost"], &MONTHLY);
    let expected = csv("sweep", &shipped("Data"), &arguments)?;
    assert_eq!(page.download("Download sweep CSV").await?, expected);

    page.find("radio", "Attribute grid").await?.click().await?;
    let axes = ["--x", "monthly_cost", "--y", "upfront_cost"];
    let expected = csv("grid", &shipped("Data"), &with_rows(&axes, &GRID))?;
    page.figure("EBIT").await?;
    assert_eq!(page.download("Download sweep CSV").await?, expected);
    page.finish().await
}

#[tokio::test]
async fn every_width_and_scheme_shows_the_sweep() -> Result {
    let (_server, page) = visit("page=sweep").await?;
    for analysis in ["Lockstep", "Attribute grid"] {
        page.find("radio", analysis).await?.click().await?;
        page.figure("EBIT").await?;
        for look in Look::ALL {
            let name = format!("sweep-{}", analysis.replace(' ', "-").to_lowercase());
            page.screenshot(&name, look).await?;
            assert_eq!(page.accessibility().await?, [""; 0], "{analysis}, {look:?}");
            let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
            let fits = page.client().execute(fits, vec![]).await?;
            assert_eq!(fits.as_bool(), Some(true), "{analysis}, {look:?}");
        }
    }
    page.finish().await
}
