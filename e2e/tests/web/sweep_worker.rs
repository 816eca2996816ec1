//! Long sweeps: a worker computes them while the page stays responsive.

use e2e::{
    GRID_PRODUCT, Grid, MEASURES, Page, Result, Server, TestError, first_difference, open,
    repository_path, wait_for, wait_until_equal,
};
use serde_json::Value;

/// 200 × 200 pairs.
const LARGE: &str = "7:100:299:1:195:4000:4995:5:4740";
/// A grid small enough for the page itself to compute.
const SMALL: &str = "7:155:205:10:195:4540:5040:100:4940";

/// A link to a grid with these rows.
fn link<S: AsRef<str>>(rows: &[S]) -> String {
    let rows = rows.iter().map(|row| format!("&grid={}", row.as_ref()));
    format!("page=sweep&analysis=grid{}", rows.collect::<String>())
}

/// A row for each offer with this number of values of either cost, the first of which is this much
/// below the offer's monthly cost: the longest computation for this number of points.
fn rows_of_every_offer(points: u32, below: u32) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(repository_path("Data/leaseOffers.csv"))?;
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let (monthly, upfront): (u32, u32) = (cells[3].parse()?, cells[4].parse()?);
        let (first, last) = (monthly - below, monthly - below + points - 1);
        let (lowest, highest) = (upfront - 500, upfront - 500 + 5 * (points - 1));
        let id = cells[0];
        Ok(format!(
            "{id}:{first}:{last}:1:{monthly}:{lowest}:{highest}:5:{upfront}"
        ))
    });
    rows.collect()
}

/// Waits until the figure "EBIT" is that of a grid. All four measures come in one message, and two tests
/// compare all of them.
async fn wait_for_ebit(page: &Page, expected: &Grid, baseline: (f64, f64)) -> Result {
    let table = expected.changes("ebit", GRID_PRODUCT, baseline, false);
    page.figure("EBIT").await?.wait_for_rows(&table).await
}

/// Waits until a worker has reported some progress.
async fn wait_for_progress(page: &Page) -> Result {
    let script = "return document.querySelector('progress')?.value > 0";
    wait_until_equal("progress", Some(true), async || {
        Ok(page.eval(script).await?.as_bool())
    })
    .await
}

/// Records in `window.events`, in order: the progress bar's values and its removal, the sentence above
/// the figure "EBIT", and for each chart that is drawn its first label and its number of columns.
async fn record_events(page: &Page) -> Result {
    page.figure("EBIT").await?;
    let plots = "return document.querySelectorAll('.js-plotly-plot').length";
    wait_until_equal("the charts", Some(4), async || {
        Ok(page.eval(plots).await?.as_u64())
    })
    .await?;
    let script = r#"
        window.events = [];
        const last = {};
        const record = (what, value) => {
            if (last[what] === value) return;
            last[what] = value;
            window.events.push([what, value]);
        };
        const observe = () => {
            record("progress", document.querySelector("progress")?.value ?? null);
            const words = document.querySelectorAll("figure[aria-label='EBIT'] p");
            const texts = [...words].map(({ textContent }) => textContent);
            record("sentence", texts.find((text) => text.includes(" upfront")) ?? null);
        };
        observe();
        new MutationObserver(observe).observe(document.body, {
            subtree: true, childList: true, attributes: true, characterData: true,
        });
        for (const chart of document.querySelectorAll(".js-plotly-plot")) {
            let previous = chart.data;
            chart.on("plotly_afterplot", () => {
                // The same data drawn again, for example in another size.
                if (chart.data === previous) return;
                previous = chart.data;
                const { x } = chart.data[0];
                window.events.push(["drawn", `${x[0]} and ${x.length}`]);
            });
        }
    "#;
    page.eval(script).await?;
    Ok(())
}

/// The events that [`record_events`] has recorded.
async fn recorded_events(page: &Page) -> Result<Vec<(String, Value)>> {
    let events = page.client().execute("return window.events", vec![]);
    Ok(serde_json::from_value(events.await?)?)
}

#[tokio::test]
async fn the_page_responds_while_a_large_grid_is_computed() -> Result {
    let page = open(&link(&[SMALL])).await?;
    record_events(&page).await?;
    // Chooses another view of the old figures as soon as the worker has reported some progress.
    let choose = r#"
        const done = new MutationObserver(() => {
            if (!(document.querySelector("progress")?.value > 0)) return;
            done.disconnect();
            const selects = [...document.querySelectorAll("select")];
            const view = selects.find((select) => select.value === "Nominal");
            setTimeout(() => {
                view.value = "Percentage";
                view.dispatchEvent(new Event("change", { bubbles: true }));
            });
        });
        done.observe(document.body, { subtree: true, childList: true, attributes: true });
    "#;
    page.eval(choose).await?;
    let rows = rows_of_every_offer(200, 40)?;
    // The Data table's axes are those of the first row.
    let leaf = rows.iter().position(|row| row.starts_with("7:"));
    let mut rows = rows;
    rows.swap(0, leaf.unwrap_or_default());
    page.set_fragment(&link(&rows)).await?;

    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let expected = Grid::run_shipped(&rows, &[])?;
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, GRID_PRODUCT, (195.0, 4740.0), true);
        page.figure(title).await?.wait_for_rows(&table).await?;
    }
    let events = recorded_events(&page).await?;
    let is_progress = |(what, value): &(String, Value)| what == "progress" && !value.is_null();
    let values = events.iter().filter(|entry| is_progress(entry)).count();
    assert!(values > 3, "the progress bar showed {values} values");
    // Both the sentence and the charts changed before the progress bar's last value.
    let last = events.iter().rposition(is_progress).unwrap_or_default();
    let meanwhile = &events[..last];
    let percent = |value: &Value| value.as_str().is_some_and(|text| text.contains('%'));
    let sentence = meanwhile
        .iter()
        .position(|(what, value)| what == "sentence" && percent(value));
    let sentence =
        sentence.ok_or_else(|| TestError::new(format!("no new sentence in {events:?}")))?;
    let drawn = meanwhile[sentence..]
        .iter()
        .filter(|(what, _)| what == "drawn");
    assert_eq!(drawn.count(), MEASURES.len(), "{events:?}");
    page.finish().await
}

#[tokio::test]
async fn a_large_grid_that_is_typed_equals_the_command_lines() -> Result {
    let page = open("page=sweep&analysis=grid").await?;
    record_events(&page).await?;
    page.press("Remove row 2").await?;
    for (column, text) in [
        ("monthly begin", "100"),
        ("monthly end", "299"),
        ("monthly step", "1"),
        ("upfront begin", "4000"),
        ("upfront end", "4995"),
        ("upfront step", "5"),
        ("upfront baseline", "4740"),
    ] {
        page.fill(&format!("{column} of row 1"), text).await?;
    }
    let expected = Grid::run_shipped(&[LARGE], &[])?;
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, GRID_PRODUCT, (195.0, 4740.0), false);
        page.figure(title).await?.wait_for_rows(&table).await?;
    }
    check_worker_was_used(&page).await?;
    page.finish().await
}

/// Checks that there was a progress bar since [`record_events`].
async fn check_worker_was_used(page: &Page) -> Result {
    let events = recorded_events(page).await?;
    let progress = |(what, value): &(String, Value)| what == "progress" && value.is_number();
    assert!(events.iter().any(progress), "no progress bar in {events:?}");
    Ok(())
}

#[tokio::test]
async fn a_large_grid_starts_from_the_edited_offers() -> Result {
    let edited = "&set=2.monthly_cost%3D255&set=7.term%3D36&withdraw=13";
    let page = open(&format!("{}{edited}", link(&[SMALL]))).await?;
    record_events(&page).await?;
    page.set_fragment(&format!("{}{edited}", link(&[LARGE])))
        .await?;
    let edits = [
        "--set",
        "2.monthly_cost=255",
        "--set",
        "7.term=36",
        "--withdraw",
        "13",
    ];
    let expected = Grid::run_shipped(&[LARGE], &edits)?;
    wait_for_ebit(&page, &expected, (195.0, 4740.0)).await?;
    check_worker_was_used(&page).await?;
    page.finish().await
}

/// The cells of a table in the rows and columns that another table has, by name.
fn select_cells(table: &[Vec<String>], other: &[Vec<String>]) -> Vec<Vec<String>> {
    let column = |name: &String| table[0].iter().position(|column| column == name);
    let columns: Vec<usize> = other[0].iter().filter_map(column).collect();
    let row = |name: &String| table.iter().find(|row| row[0] == *name);
    let rows = other.iter().filter_map(|named| row(&named[0]));
    rows.map(|row| columns.iter().map(|column| row[*column].clone()).collect())
        .collect()
}

#[tokio::test]
async fn a_large_grid_includes_added_offers() -> Result {
    // The command line cannot add offers: compares with a small grid, at the pairs that both have.
    let shipped = "7:155:205:10:195:4540:4940:100:4740";
    let added = "14:255:305:10:295:5340:5740:100:5540";
    let edited = "&add=14%3A9&set=14.monthly_cost%3D199&set=14.upfront_cost%3D5540";
    let others = "14:200:399:1:295:4800:5795:5:5540";
    let page = open(&link(&[shipped])).await?;
    record_events(&page).await?;
    let ebit = page.figure("EBIT").await?;
    let without = ebit.rows().await?;
    page.set_fragment(&format!("{}{edited}", link(&[shipped, added])))
        .await?;
    wait_for("the added offer's effect", async || {
        Ok((ebit.rows().await? != without).then_some(()))
    })
    .await?;
    let small = ebit.rows().await?;
    page.set_fragment(&format!("{}{edited}", link(&[LARGE, others])))
        .await?;
    let large = wait_for("200 points", async || {
        Ok(Some(ebit.rows().await?).filter(|rows| rows.len() == 201))
    })
    .await?;
    let found = select_cells(&large, &small);
    assert_eq!(first_difference(&found, &small, 0.0), None);
    check_worker_was_used(&page).await?;
    page.finish().await
}

#[tokio::test]
async fn a_computation_can_be_cancelled_and_restarted() -> Result {
    // The largest possible grid of all offers, so that there is time to cancel.
    let page = open(&link(&rows_of_every_offer(500, 100)?)).await?;
    wait_for_progress(&page).await?;
    assert_eq!(
        page.accessibility_violations().await?,
        [""; 0],
        "while computing"
    );
    // A screen reader does not read every step of the progress.
    let script = "return document.querySelector('p[role=status]').textContent";
    let status = page.eval(script).await?;
    assert_eq!(status, "Computing. There are no figures yet.");
    page.press("Cancel").await?;
    page.wait_for_text("The computation was cancelled. There are no figures yet.")
        .await?;
    assert_eq!(
        page.accessibility_violations().await?,
        [""; 0],
        "after Cancel"
    );
    page.press("Compute").await?;
    page.find("progressbar", "Computing the sweep").await?;
    wait_for_progress(&page).await?;
    page.press("Cancel").await?;
    page.wait_for_text("The computation was cancelled.").await?;
    page.set_fragment(&link(&[LARGE])).await?;
    wait_for_ebit(&page, &Grid::run_shipped(&[LARGE], &[])?, (195.0, 4740.0)).await?;
    page.finish().await
}

/// Waits until all four charts have been drawn with this first label and number of columns.
async fn wait_for_drawing(page: &Page, columns: &str) -> Result {
    wait_for(columns, async || {
        let events = recorded_events(page).await?;
        let drawn = events.iter().filter(|(_, value)| *value == *columns);
        Ok((drawn.count() >= MEASURES.len()).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_newer_table_is_never_overwritten_by_an_older_one() -> Result {
    let page = open(&link(&[SMALL])).await?;
    record_events(&page).await?;
    // The first column of each table identifies it.
    let (older, newer) = (rows_of_every_offer(300, 60)?, rows_of_every_offer(300, 50)?);
    let columns = |row: &str| {
        let first = row.split(':').nth(1).unwrap_or_default();
        format!("{first} and 300")
    };
    let (old, new) = (columns(&older[0]), columns(&newer[0]));
    // From a large table to a small one, which is drawn at once.
    page.set_fragment(&link(&older)).await?;
    wait_for_progress(&page).await?;
    page.set_fragment(&link(&["7:165:205:10:195:4540:5040:100:4940"]))
        .await?;
    wait_for_drawing(&page, "165 and 5").await?;
    // From a large one to another of the same size: the older computations began earlier and would be
    // done by the time it is drawn.
    page.set_fragment(&link(&older)).await?;
    wait_for_progress(&page).await?;
    page.set_fragment(&link(&newer)).await?;
    wait_for_drawing(&page, &new).await?;
    // And from there to the first table, which is drawn after anything that was still queued.
    page.set_fragment(&link(&[SMALL])).await?;
    wait_for_drawing(&page, "155 and 6").await?;
    wait_for_ebit(&page, &Grid::run_shipped(&[SMALL], &[])?, (195.0, 4940.0)).await?;
    let mut drawn = recorded_events(&page).await?;
    drawn.retain(|(what, _)| what == "drawn");
    let drawn = drawn.iter().filter_map(|(_, value)| value.as_str());
    let mut drawn: Vec<&str> = drawn.collect();
    drawn.dedup();
    assert!(!drawn.contains(&old.as_str()), "{drawn:?}");
    let expected = ["165 and 5", new.as_str(), "155 and 6"];
    assert_eq!(drawn, expected);
    page.finish().await
}

#[tokio::test]
async fn another_page_is_not_blocked_and_coming_back_restarts_the_computation() -> Result {
    let page = open(&link(&[LARGE])).await?;
    page.open_page("Product Attractiveness").await?;
    page.figure("Brand scavengers").await?;
    page.open_page("Attribute Sweep").await?;
    wait_for_ebit(&page, &Grid::run_shipped(&[LARGE], &[])?, (195.0, 4740.0)).await?;
    page.finish().await
}

#[tokio::test]
async fn a_worker_that_cannot_start_is_reported() -> Result {
    // Without a secure context there is no offline copy to load the worker from.
    let server = Server::start_shipped()?;
    let url = server.url_on("dashboard.test", "page=sweep&analysis=grid");
    let page = Page::visit(&url).await?;
    page.wait_until_ready().await?;
    drop(server);
    page.press("Remove row 2").await?;
    page.fill("monthly step of row 1", "0.01").await?;
    page.wait_for_text("The computation stopped").await?;
    page.find("button", "Compute").await?;
    wait_until_equal("the figures", false, async || {
        Ok(page.scope().find_all("figure", "EBIT").await?.is_empty())
    })
    .await
}
