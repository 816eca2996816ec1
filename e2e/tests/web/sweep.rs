//! Attribute Sweep: its figures equal the command line's, in every view and for every table.

use e2e::{
    GRID_PRODUCT, GRID_ROWS, Grid, Lockstep, MEASURES, MONTHLY_ROWS, Page, Result, UPFRONT_ROWS,
    format_amount, format_short, format_signed, open, repository_path, run_csv, wait_until_equal,
};

/// Pairs of brand and parent.
fn read_parents() -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(repository_path("Data/brands.csv"))?;
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',').map(str::to_owned);
        (
            cells.next().unwrap_or_default(),
            cells.next().unwrap_or_default(),
        )
    });
    Ok(rows.collect())
}

/// Every view of the money figures: by brand or by parent, against which baseline.
const VIEWS: [(&str, bool, bool); 4] = [
    ("Consolidated, defined baseline", true, false),
    ("Individual, initial baseline", false, true),
    ("Consolidated, initial baseline", true, true),
    ("Individual, defined baseline", false, false),
];

/// Waits until the money figures and the movement equal the command line's, in the default view.
async fn wait_for_lockstep(page: &Page, expected: &Lockstep) -> Result {
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, None, false);
        page.figure(title).await?.wait_for_rows(&table).await?;
    }
    for segment in expected.segments() {
        let figure = page.figure(&format!("Movement: {segment}")).await?;
        figure.wait_for_rows(&expected.movement(&segment)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_default_lockstep_equals_the_command_lines() -> Result {
    let page = open("").await?;
    page.open_page("Attribute Sweep").await?;
    let monthly = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?;
    wait_for_lockstep(&page, &monthly).await?;
    let parents = read_parents()?;
    for (view, is_consolidated, initial) in VIEWS {
        page.choose("View", view).await?;
        let parents = is_consolidated.then_some(&*parents);
        for (title, measure) in MEASURES {
            let table = monthly.changes(measure, parents, initial);
            page.figure(title).await?.wait_for_rows(&table).await?;
        }
    }

    let at_one = page.figure("Movement at one point").await?;
    at_one.wait_for_rows(&monthly.movement_at(5)).await?;
    page.choose("Point", "439").await?;
    at_one.wait_for_rows(&monthly.movement_at(2)).await?;

    page.click("radio", "Upfront cost").await?;
    let upfront = Lockstep::run_shipped("upfront_cost", &UPFRONT_ROWS, &[])?;
    wait_for_lockstep(&page, &upfront).await?;
    page.choose("Point", "3940").await?;
    at_one.wait_for_rows(&upfront.movement_at(0)).await?;
    page.finish().await
}

#[tokio::test]
async fn an_edited_table_equals_the_command_lines_and_a_link_restores_it() -> Result {
    let page = open("page=sweep").await?;
    page.fill("end of row 1", "459").await?;
    page.press("Remove row 3").await?;
    page.fill("end of row 2", "960").await?;
    page.fill("baseline of row 2", "920").await?;
    page.fill("baseline of row 1", "419").await?;
    let rows = ["9:399:459:20:419", "10:900:960:20:920"];
    let expected = Lockstep::run_shipped("monthly_cost", &rows, &[])?;
    wait_for_lockstep(&page, &expected).await?;

    page.reload().await?;
    assert_eq!(
        page.input_value("textbox", "baseline of row 2").await?,
        "920"
    );
    wait_for_lockstep(&page, &expected).await?;

    // Another product, and a new row, which is valid without edits.
    page.choose("product of row 2", "VW e-Golf SE").await?;
    for (column, text) in [("begin", "179"), ("end", "239"), ("baseline", "199")] {
        page.fill(&format!("{column} of row 2"), text).await?;
    }
    page.press("Add row").await?;
    let mut added = Vec::new();
    for column in ["begin", "end", "step", "baseline"] {
        added.push(
            page.input_value("textbox", &format!("{column} of row 3"))
                .await?,
        );
    }
    let added = format!("1:{}", added.join(":"));
    let rows = ["9:399:459:20:419", "13:179:239:20:199", &added];
    let expected = Lockstep::run_shipped("monthly_cost", &rows, &[])?;
    wait_for_lockstep(&page, &expected).await?;

    page.press("Restore the default table").await?;
    wait_for_lockstep(
        &page,
        &Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?,
    )
    .await?;
    page.finish().await
}

/// Waits until the four heatmaps equal the command line's in both views.
async fn wait_for_grid(page: &Page, expected: &Grid, baseline: (f64, f64)) -> Result {
    for (view, percentage) in [("Percentage", true), ("Nominal", false)] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let table = expected.changes(measure, GRID_PRODUCT, baseline, percentage);
            page.figure(title).await?.wait_for_rows(&table).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_grid_equals_the_command_lines() -> Result {
    let page = open("").await?;
    page.open_page("Attribute Sweep").await?;
    page.click("radio", "Attribute grid").await?;
    let expected = Grid::run_shipped(&GRID_ROWS, &[])?;
    wait_for_grid(&page, &expected, (195.0, 4940.0)).await?;

    page.press("Remove row 2").await?;
    page.fill("monthly end of row 1", "225").await?;
    page.fill("upfront step of row 1", "250").await?;
    let expected = Grid::run_shipped(&["7:155:225:10:195:4540:5040:250:4790"], &[])?;
    page.fill("upfront baseline of row 1", "4790").await?;
    wait_for_grid(&page, &expected, (195.0, 4790.0)).await?;

    // A second product in the other direction; then a reload.
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
    let expected = Grid::run_shipped(&["7:155:225:10:195:4540:5040:250:4790", row], &[])?;
    wait_for_grid(&page, &expected, (195.0, 4790.0)).await?;
    page.reload().await?;
    wait_for_grid(&page, &expected, (195.0, 4790.0)).await?;
    page.finish().await
}

/// The sentence about the pair with the highest value, from the Data table of the changes.
fn expected_best(title: &str, table: &[Vec<String>], percentage: bool) -> String {
    let (columns, rows) = (&table[0][1..], &table[1..]);
    let cells = rows.iter().flat_map(|row| {
        let pairs = row[1..].iter().zip(columns);
        pairs.map(|(change, monthly)| [change, monthly, &row[0]].map(|cell| cell.parse().unwrap()))
    });
    // Among equal pairs the sentence is about the first.
    let first = |best: [f64; 3], cell: [f64; 3]| if cell[0] > best[0] { cell } else { best };
    let [change, monthly, upfront] = cells.reduce(first).unwrap();
    let change = match title {
        _ if percentage => format_signed(change, |size| format!("{size:.1} %")),
        "Customers" => {
            let customers = format_signed(change * 1000.0, format_short);
            format!("{customers} customers")
        }
        "ARPU" => format_signed(change, |size| format!("${} a month", format_short(size))),
        _ => format_signed(change * 1000.0, |size| {
            format!("${} a month", format_short(size))
        }),
    };
    let verb = if title == "Customers" { "are" } else { "is" };
    let (monthly, upfront) = (format_amount(monthly), format_amount(upfront));
    format!("{title} {verb} highest at {monthly} a month and {upfront} upfront: {change}")
}

/// The marks on cells of a heatmap.
async fn heatmap_marks(page: &Page, title: &str) -> Result<String> {
    let script = "return chart.layout.annotations.map(({ text }) => text).join()";
    let marks = page.figure(title).await?.eval_chart(script).await?;
    Ok(marks.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_best_pair_is_marked_and_described_or_that_there_is_none() -> Result {
    let page = open("page=sweep&analysis=grid").await?;
    let expected = Grid::run_shipped(&GRID_ROWS, &[])?;
    for (view, percentage) in [("Nominal", false), ("Percentage", true)] {
        page.choose("View", view).await?;
        for (title, measure) in MEASURES {
            let table = expected.changes(measure, GRID_PRODUCT, (195.0, 4940.0), percentage);
            page.wait_for_text(&expected_best(title, &table, percentage))
                .await?;
        }
    }
    assert_eq!(heatmap_marks(&page, "EBIT").await?, "★,◇");
    check_best_baseline(&page).await?;
    page.finish().await
}

/// A baseline that no pair exceeds is described.
async fn check_best_baseline(page: &Page) -> Result {
    // The default table, with the pair of the highest EBIT as the baseline.
    let rows = [
        "7:155:205:10:155:4540:5040:100:5040",
        "8:255:305:10:255:5340:5840:100:5840",
    ];
    let rows_of_link = rows.map(|row| format!("&grid={row}")).concat();
    page.show(&format!("page=sweep&analysis=grid{rows_of_link}"))
        .await?;
    let expected = Grid::run_shipped(&rows, &[])?;
    wait_for_grid(page, &expected, (155.0, 5040.0)).await?;
    let words = "No pair has a higher EBIT than the baseline, $155 a month and $5,040 upfront";
    page.wait_for_text(words).await
}

#[tokio::test]
async fn the_sweep_starts_from_the_edited_offers() -> Result {
    let page = open("").await?;
    page.fill("monthly cost of Chevrolet Bolt EV", "255")
        .await?;
    page.click("checkbox", "Withdraw VW e-Golf SE").await?;
    page.open_page("Attribute Sweep").await?;
    page.wait_for_text("The sweep starts from the edited offers (Chevrolet Bolt EV, VW e-Golf SE)")
        .await?;
    let edits = ["--set", "2.monthly_cost=255", "--withdraw", "13"];
    let expected = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &edits)?;
    wait_for_lockstep(&page, &expected).await?;

    // The offers are next to the sweep.
    page.press("Reset all").await?;
    wait_until_equal("the remark", false, async || {
        Ok(page.text().await?.contains("The sweep starts from"))
    })
    .await?;
    wait_for_lockstep(
        &page,
        &Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?,
    )
    .await?;
    page.finish().await
}

#[tokio::test]
async fn the_whole_sweep_can_be_downloaded() -> Result {
    let page = open("page=sweep&set=2.monthly_cost%3D255").await?;
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
    let arguments = with_rows(&["--attribute", "monthly_cost"], &MONTHLY_ROWS);
    let expected = run_csv("sweep", &repository_path("Data"), &arguments)?;
    assert_eq!(page.download_text("Download sweep CSV").await?, expected);

    page.click("radio", "Attribute grid").await?;
    let axes = ["--x", "monthly_cost", "--y", "upfront_cost"];
    let expected = run_csv(
        "grid",
        &repository_path("Data"),
        &with_rows(&axes, &GRID_ROWS),
    )?;
    page.figure("EBIT").await?;
    assert_eq!(page.download_text("Download sweep CSV").await?, expected);
    page.finish().await
}

#[tokio::test]
async fn the_sweep_fits_every_screen() -> Result {
    let page = open("page=sweep").await?;
    for analysis in ["Lockstep", "Attribute grid"] {
        page.click("radio", analysis).await?;
        page.figure("EBIT").await?;
        let name = format!("sweep-{}", analysis.replace(' ', "-").to_lowercase());
        assert_eq!(page.check_looks(&name).await?, [""; 0]);
    }
    page.finish().await
}
