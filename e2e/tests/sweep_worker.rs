//! Sweeps that take long: computed beside the page, which answers meanwhile.

use e2e::{Grid, MEASURES, Page, Result, comes_to, until, visit};

const CORNER: &str = "Upfront cost of Nissan LEAF S, $ \\ Monthly cost of Nissan LEAF S, $ a month";
/// 200 × 200 pairs.
const LARGE: &str = "7:100:299:1:195:4000:4995:5:4740";
const LINK: &str = "page=sweep&analysis=grid&grid=7:100:299:1:195:4000:4995:5:4740";

async fn shows(page: &Page, row: &str, baseline: (f64, f64)) -> Result {
    let expected = Grid::of_shipped(&[row], &[])?;
    for (title, measure) in MEASURES {
        let table = expected.changes(measure, CORNER, baseline, false);
        page.figure(title).await?.shows(&table).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_large_grid_is_computed_in_the_background() -> Result {
    let (_server, page) = visit("page=sweep&analysis=grid").await?;
    // How long the page was ever without an answer.
    let watch = "window.longest = 0; let last = performance.now();
        setInterval(() => {
            const now = performance.now();
            window.longest = Math.max(window.longest, now - last);
            last = now;
        }, 5);
        window.seen = new Set();
        new MutationObserver(() => {
            const bar = document.querySelector('progress');
            if (bar) window.seen.add(bar.value);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });";
    page.client().execute(watch, vec![]).await?;
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
    shows(&page, LARGE, (195.0, 4740.0)).await?;
    let seen = page
        .client()
        .execute("return window.seen.size", vec![])
        .await?;
    assert!(
        seen.as_u64() > Some(3),
        "the progress bar showed {seen} values"
    );
    page.finish().await
}

#[tokio::test]
async fn a_computation_can_be_cancelled_and_begun_again() -> Result {
    let (_server, page) = visit(LINK).await?;
    // Slow enough for a person, or a test, to be in time.
    page.fill("monthly step of row 1", "0.5").await?;
    page.press("Cancel").await?;
    page.says("The computation was cancelled.").await?;
    page.press("Compute").await?;
    page.find("progressbar", "Computing the sweep").await?;
    page.press("Cancel").await?;
    page.says("The computation was cancelled.").await?;
    page.fill("monthly step of row 1", "1").await?;
    shows(&page, LARGE, (195.0, 4740.0)).await?;
    page.finish().await
}

#[tokio::test]
async fn a_newer_table_is_never_overwritten_by_an_older_one() -> Result {
    let (_server, page) = visit(LINK).await?;
    // The large one is under way, or has just ended; a small one is there at once.
    page.fill("monthly step of row 1", "0.5").await?;
    page.fill("monthly end of row 1", "200").await?;
    page.fill("upfront step of row 1", "995").await?;
    page.fill("upfront baseline of row 1", "4000").await?;
    let row = "7:100:200:0.5:195:4000:4995:995:4000";
    shows(&page, row, (195.0, 4000.0)).await?;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    shows(&page, row, (195.0, 4000.0)).await?;
    // The other page is not held up by what still computes, and coming back begins it again.
    page.fill("upfront step of row 1", "5").await?;
    page.find("tab", "Product Attractiveness")
        .await?
        .click()
        .await?;
    page.figure("Brand scavengers").await?;
    page.find("tab", "Attribute Sweep").await?.click().await?;
    shows(&page, "7:100:200:0.5:195:4000:4995:5:4000", (195.0, 4000.0)).await?;
    page.finish().await
}

#[tokio::test]
async fn a_worker_that_cannot_start_is_told() -> Result {
    let (server, page) = visit("page=sweep&analysis=grid").await?;
    drop(server);
    page.press("Remove row 2").await?;
    page.fill("monthly step of row 1", "0.01").await?;
    let outcome = until("an outcome", async || {
        let text = page
            .client()
            .execute("return document.body.innerText", vec![])
            .await?;
        let text = text.to_string();
        Ok(text.contains("The computation stopped").then_some(()))
    });
    outcome.await?;
    page.find("button", "Compute").await?;
    comes_to("the figures", false, async || {
        Ok(page.scope().all("figure", "EBIT").await?.is_empty())
    })
    .await
}
