//! Nothing on the page moves while it loads.

use e2e::{Page, Result, Server};

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

async fn check_shifts(width: u32, fragment: &str) -> Result {
    let server = Server::shared()?;
    let page = Page::visit("about:blank").await?;
    page.resize(width, 900).await?;
    page.client().goto(&server.url(fragment)).await?;
    page.wait_until_ready().await?;
    // Figures that come later from a worker must not move anything either.
    page.wait_for_figures().await?;
    let found = page.client().execute_async(SHIFTS, vec![]).await?;
    let (sum, moved): (f64, Vec<String>) = serde_json::from_value(found)?;
    assert!(sum < 0.05, "{fragment}: {sum}: {moved:#?}");
    page.finish().await
}

#[tokio::test]
async fn the_sweep_does_not_shift() -> Result {
    check_shifts(1440, "page=sweep").await?;
    check_shifts(1440, "page=sweep&analysis=grid").await?;
    check_shifts(390, "page=sweep").await?;
    check_shifts(390, "page=sweep&analysis=grid").await
}

#[tokio::test]
async fn the_simulator_does_not_shift() -> Result {
    check_shifts(1440, "page=simulator&set=9.monthly_cost%3D449").await?;
    check_shifts(390, "page=simulator&set=9.monthly_cost%3D449").await
}

#[tokio::test]
async fn product_attractiveness_does_not_shift() -> Result {
    check_shifts(1440, "page=attractiveness").await?;
    check_shifts(390, "page=attractiveness").await
}

#[tokio::test]
async fn the_insights_and_the_optimizer_do_not_shift() -> Result {
    for page in ["page=insights", "page=optimizer"] {
        check_shifts(1440, &format!("{page}&set=9.monthly_cost%3D449")).await?;
        check_shifts(390, &format!("{page}&set=9.monthly_cost%3D449")).await?;
    }
    Ok(())
}
