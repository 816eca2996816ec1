//! The dashboard without its server.

use e2e::{
    FIRST, Grid, Lockstep, MEASURES, MONTHLY, Page, Result, Server, Simulation, comes_to, csv,
    shipped, visit,
};

const SHARE: &str = "Predicted market share by product";
/// Too many pairs for the page itself: a worker computes them.
const LARGE: &str = "7:100:299:1:195:4000:4995:5:4740";
const OFFLINE: &str = "Offline: shown from this browser's copy.";

/// Every figure's title, of those whose chart holds a drawing, and of all.
async fn figures(page: &Page) -> Result<[Vec<String>; 2]> {
    let titles = |kind: &str| {
        format!(
            "const figures = [...document.querySelectorAll('figure')];
             return figures.filter((figure) => figure.querySelector('{kind}'))
                 .map((figure) => figure.getAttribute('aria-label'))"
        )
    };
    let drawn = page.texts(&titles(".chart[data-drawn] .main-svg")).await?;
    Ok([drawn, page.texts(&titles(".chart")).await?])
}

async fn every_figure_is_drawn(page: &Page, count: usize) -> Result {
    comes_to("every figure drawn", true, async || {
        let [drawn, all] = figures(page).await?;
        Ok(drawn == all && all.len() == count)
    })
    .await
}

#[tokio::test]
async fn once_loaded_it_works_without_its_server() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    let mut asked = server.requests();
    let count = asked.len();
    asked.sort();
    asked.dedup_by(|one, other| one.0 == other.0);
    assert_eq!(
        asked.len(),
        count,
        "asked for twice: {:#?}",
        server.requests()
    );
    let url = server.url("");
    drop(server);

    page.reload().await?;
    every_figure_is_drawn(&page, 5).await?;
    page.bar_says(OFFLINE).await?;
    assert_eq!(page.bar_pictures("offline").await?, [""; 0]);
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edited = Simulation::of_shipped(&["--set", "9.monthly_cost=449"])?;
    comes_to("the edit's figures", edited.respondents(), async || {
        page.respondents().await
    })
    .await?;
    let file = page.figure(SHARE).await?.file().await?;
    assert_eq!(file.lines().count(), 14, "{file}");

    page.follow("page=sweep").await?;
    let sweep = Lockstep::of_shipped("monthly_cost", &MONTHLY, &[])?;
    for (title, measure) in MEASURES {
        let table = sweep.changes(measure, None, false);
        page.figure(title).await?.shows(&table).await?;
    }
    every_figure_is_drawn(&page, 5 + sweep.segments().len()).await?;
    let rows = MONTHLY.iter().flat_map(|row| ["--row", row]);
    let rows: Vec<&str> = ["--attribute", "monthly_cost"]
        .into_iter()
        .chain(rows)
        .collect();
    let expected = csv("sweep", &shipped("Data"), &rows)?;
    assert_eq!(page.download("Download sweep CSV").await?, expected);

    // A page of its own, whose worker is started without the server, too.
    page.open_tab(&format!("{url}#page=sweep&analysis=grid&grid={LARGE}"))
        .await?;
    let grid = Grid::of_shipped(&[LARGE], &[])?;
    for (title, measure) in MEASURES {
        let table = grid.changes(measure, FIRST, (195.0, 4740.0), false);
        page.figure(title).await?.shows(&table).await?;
    }
    every_figure_is_drawn(&page, 4).await?;
    page.bar_says(OFFLINE).await?;
    page.finish().await
}

#[tokio::test]
async fn with_its_server_it_says_nothing_and_asks_for_little() -> Result {
    let (server, page) = visit("").await?;
    page.is_kept().await?;
    let before = server.requests().len();
    page.reload().await?;
    let answered = async || {
        Ok(server
            .requests()
            .iter()
            .filter(|(path, _)| path == "/Precomputed%20Data/")
            .count())
    };
    comes_to("the lists", 2, answered).await?;
    for (path, status) in server.requests().split_off(before) {
        let may = [
            "/sw.js",
            "/manifest.webmanifest",
            "/Data/",
            "/Precomputed%20Data/",
        ];
        assert!(may.contains(&&*path) && status == 304, "{path}: {status}");
    }
    page.bar_says("").await?;
    // What is not the page's is not kept.
    let script = "await fetch('/healthz'); return [String(await caches.match('/healthz'))]";
    assert_eq!(page.texts(script).await?, ["undefined"]);
    // The server goes while the page is open.
    drop(server);
    page.client()
        .execute("dispatchEvent(new Event('offline'))", vec![])
        .await?;
    page.bar_says(OFFLINE).await?;
    page.finish().await
}

#[tokio::test]
async fn it_can_be_installed() -> Result {
    let (_server, page) = visit("").await?;
    page.is_kept().await?;
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
async fn plain_http_from_another_machine_works_without_a_copy() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::visit(&server.url_on("dashboard.test", "")).await?;
    page.ready().await?;
    let found = page
        .texts("return ['serviceWorker' in navigator, isSecureContext].map(String)")
        .await?;
    assert_eq!(found, ["false", "false"]);
    every_figure_is_drawn(&page, 5).await?;
    page.bar_says("").await?;
    assert!(server.requests().iter().all(|(path, _)| path != "/sw.js"));
    // The server cannot know that this browser does not take that header from here.
    let header = "The Cross-Origin-Opener-Policy header has been ignored";
    page.finish_but(|complaint| complaint.contains(header))
        .await
}
