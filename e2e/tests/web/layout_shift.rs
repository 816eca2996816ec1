//! Nothing on the page moves while it loads.

use e2e::{Page, Result};
use serde_json::json;

/// The sum of the layout shifts since the page was opened, and the elements that moved.
const SHIFTS: &str = "const [done] = arguments;
    const seen = [];
    new PerformanceObserver((list) => seen.push(...list.getEntries()))
        .observe({ type: 'layout-shift', buffered: true });
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
    setTimeout(() => done([
        seen.filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0),
        seen.flatMap(({ value, sources }) => sources.map(({ node, previousRect, currentRect }) =>
            `${value.toFixed(4)} ${node?.nodeName}.${node?.className} ${place(previousRect)} -> ${place(currentRect)}`)),
    ]), 300);";

/// A browser that fetches everything anew for each visit.
async fn start_without_cache() -> Result<Page> {
    let page = Page::blank().await?;
    page.devtools("Network.enable", json!({})).await?;
    let parameters = json!({ "cacheDisabled": true });
    page.devtools("Network.setCacheDisabled", parameters)
        .await?;
    Ok(page)
}

async fn check_shifts(page: &Page, width: u32, fragment: &str) -> Result {
    page.goto("about:blank").await?;
    page.resize(width, 900).await?;
    page.load(fragment).await?;
    // Figures that come later from a worker must not move anything either.
    page.wait_for_figures().await?;
    let found = page.client().execute_async(SHIFTS, vec![]).await?;
    let (sum, moved): (f64, Vec<String>) = serde_json::from_value(found)?;
    assert!(sum < 0.05, "{fragment}: {sum}: {moved:#?}");
    Ok(())
}

#[tokio::test]
async fn the_sweep_does_not_shift() -> Result {
    let page = start_without_cache().await?;
    for width in [1440, 390] {
        check_shifts(&page, width, "page=sweep").await?;
        check_shifts(&page, width, "page=sweep&analysis=grid").await?;
    }
    page.finish().await
}

#[tokio::test]
async fn the_other_pages_do_not_shift() -> Result {
    let page = start_without_cache().await?;
    for width in [1440, 390] {
        check_shifts(&page, width, "page=attractiveness").await?;
        for name in ["simulator", "insights", "optimizer"] {
            let fragment = format!("page={name}&set=9.monthly_cost%3D449");
            check_shifts(&page, width, &fragment).await?;
        }
    }
    page.finish().await
}
