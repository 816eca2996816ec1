//! The dashboard without its server.

use e2e::{
    GRID_PRODUCT, Grid, Lockstep, MEASURES, MONTHLY_ROWS, Page, Result, Server, Simulation,
    repository_path, run_csv, wait_until_equal,
};

const SHARE: &str = "Predicted market share by product";
/// A grid large enough for a worker to compute.
const LARGE: &str = "7:100:299:1:195:4000:4995:5:4740";
const OFFLINE: &str = "Offline: shown from this browser's copy.";

/// The titles of the figures whose chart is drawn, and of all figures.
async fn figure_titles(page: &Page) -> Result<[Vec<String>; 2]> {
    let titles = |kind: &str| {
        format!(
            "const figures = [...document.querySelectorAll('figure')];
             return figures.filter((figure) => figure.querySelector('{kind}'))
                 .map((figure) => figure.getAttribute('aria-label'))"
        )
    };
    let drawn = page
        .eval_async(&titles(".chart[data-drawn] .main-svg"))
        .await?;
    Ok([drawn, page.eval_async(&titles(".chart")).await?])
}

async fn wait_for_charts(page: &Page, count: usize) -> Result {
    wait_until_equal("every figure drawn", true, async || {
        let [drawn, all] = figure_titles(page).await?;
        Ok(drawn == all && all.len() == count)
    })
    .await
}

#[tokio::test]
async fn after_one_visit_everything_works_without_the_server() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    let mut requests = server.requests();
    let count = requests.len();
    requests.sort();
    requests.dedup_by(|one, other| one.0 == other.0);
    assert_eq!(
        requests.len(),
        count,
        "requested twice: {:#?}",
        server.requests()
    );
    let url = server.url("");
    drop(server);

    page.reload().await?;
    wait_for_charts(&page, 5).await?;
    page.wait_for_status(OFFLINE).await?;
    assert_eq!(page.check_status_looks("offline").await?, [""; 0]);
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edited = Simulation::run_shipped(&["--set", "9.monthly_cost=449"])?;
    wait_until_equal("the edit's figures", edited.choosers(), async || {
        page.choosers().await
    })
    .await?;
    let file = page.figure(SHARE).await?.download_csv().await?;
    assert_eq!(file.lines().count(), 14, "{file}");

    page.set_fragment("page=sweep").await?;
    let sweep = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?;
    for (title, measure) in MEASURES {
        let table = sweep.changes(measure, None, false);
        page.figure(title).await?.wait_for_rows(&table).await?;
    }
    wait_for_charts(&page, 6 + sweep.segments().len()).await?;
    let rows = MONTHLY_ROWS.iter().flat_map(|row| ["--row", row]);
    let rows: Vec<&str> = ["--attribute", "monthly_cost"]
        .into_iter()
        .chain(rows)
        .collect();
    let expected = run_csv("sweep", &repository_path("Data"), &rows)?;
    assert_eq!(page.download_text("Download sweep CSV").await?, expected);

    // A new page starts its worker without the server, too.
    page.open_tab(&format!("{url}#page=sweep&analysis=grid&grid={LARGE}"))
        .await?;
    let grid = Grid::run_shipped(&[LARGE], &[])?;
    let table = grid.changes("ebit", GRID_PRODUCT, (195.0, 4740.0), false);
    page.figure("EBIT").await?.wait_for_rows(&table).await?;
    wait_for_charts(&page, 4).await?;
    page.wait_for_status(OFFLINE).await?;
    page.finish().await
}

#[tokio::test]
async fn with_the_server_a_reload_only_revalidates() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    let before = server.requests().len();
    page.reload().await?;
    let answered = async || {
        Ok(server
            .requests()
            .iter()
            .filter(|(path, _)| path == "/Precomputed%20Data/")
            .count())
    };
    wait_until_equal("the lists", 2, answered).await?;
    for (path, status) in server.requests().split_off(before) {
        let may = [
            "/sw.js",
            "/manifest.webmanifest",
            "/Data/",
            "/Precomputed%20Data/",
        ];
        assert!(may.contains(&&*path) && status == 304, "{path}: {status}");
    }
    page.wait_for_status("").await?;
    // Responses that are not part of the page are not stored.
    let script = "await fetch('/healthz'); return [String(await caches.match('/healthz'))]";
    assert_eq!(page.eval_async(script).await?, ["undefined"]);
    // The server stops while the page is open.
    drop(server);
    page.client()
        .execute("dispatchEvent(new Event('offline'))", vec![])
        .await?;
    page.wait_for_status(OFFLINE).await?;
    page.finish().await
}

#[tokio::test]
async fn a_copy_that_was_interrupted_is_completed_at_the_next_visit() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::open_with_copy(&server, "").await?;
    page.wait_for_offline_copy().await?;
    // As if the browser had been closed before the last files were stored.
    let script = "
        const [site] = (await caches.keys()).filter((name) => name.startsWith('conjoint-site-'));
        const cache = await caches.open(site);
        const files = await cache.keys();
        for (const file of files.slice(-3)) await cache.delete(file);
        return [String(files.length)]";
    let count = page.eval_async(script).await?;
    page.reload().await?;
    let script = "
        const [site] = (await caches.keys()).filter((name) => name.startsWith('conjoint-site-'));
        return [String((await (await caches.open(site)).keys()).length)]";
    let stored = async || page.eval_async(script).await;
    wait_until_equal("the files", count, stored).await?;
    page.finish().await
}

#[tokio::test]
async fn the_dashboard_can_be_installed() -> Result {
    let page = Page::open_with_copy(Server::shared()?, "").await?;
    page.wait_for_offline_copy().await?;
    let errors = page
        .devtools("Page.getInstallabilityErrors", serde_json::json!({}))
        .await?;
    assert_eq!(
        errors["installabilityErrors"],
        serde_json::json!([]),
        "{errors}"
    );
    page.finish().await
}

#[tokio::test]
async fn plain_http_from_another_machine_works_without_an_offline_copy() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::visit(&server.url_on("dashboard.test", "")).await?;
    page.wait_until_ready().await?;
    let found = page
        .eval_async("return ['serviceWorker' in navigator, isSecureContext].map(String)")
        .await?;
    assert_eq!(found, ["false", "false"]);
    wait_for_charts(&page, 5).await?;
    page.wait_for_status("").await?;
    assert!(server.requests().iter().all(|(path, _)| path != "/sw.js"));
    // The server cannot know that the browser ignores this header outside a secure context.
    let header = "The Cross-Origin-Opener-Policy header has been ignored";
    page.finish_ignoring(|complaint| complaint.contains(header))
        .await
}
