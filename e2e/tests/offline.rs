//! The dashboard without its server, and with one that has something newer.

use e2e::{
    Copy, FIRST, Grid, Lockstep, Look, MEASURES, MONTHLY, Page, Result, Server, Simulation,
    comes_to, csv, shipped, visit,
};
use sha2::{Digest, Sha256};

const SHARE: &str = "Predicted market share by product";
/// Too many pairs for the page itself: a worker computes them.
const LARGE: &str = "7:100:299:1:195:4000:4995:5:4740";
const OFFLINE: &str = "Offline: shown from this browser's copy.";
const VERSION: &str = "A new version is ready.";
const STUDY: &str = "The study on the server has changed.";

/// What a script, which may wait, gives: a list of texts, in order.
async fn texts(page: &Page, script: &str) -> Result<Vec<String>> {
    let script = format!(
        "const [done] = arguments; (async () => {{ {script} }})().then(done, (e) => done([`${{e}}`]))"
    );
    let found = page.client().execute_async(&script, vec![]).await?;
    Ok(serde_json::from_value(found)?)
}

/// How many copies there are of the page and of the study.
async fn copies(page: &Page) -> Result<[usize; 2]> {
    let names = texts(page, "return caches.keys()").await?;
    let count = |kind| names.iter().filter(|name| name.starts_with(kind)).count();
    Ok([count("conjoint-site-"), count("conjoint-study-")])
}

/// Waits until everything is kept: the study is what comes last.
async fn is_kept(page: &Page) -> Result {
    comes_to("the copies", [1, 1], async || copies(page).await).await
}

/// All that the bar says.
async fn bar(page: &Page) -> Result<String> {
    let script = "return document.querySelector('.standing').textContent";
    let said = page.client().execute(script, vec![]).await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

/// Waits until the bar says just this.
async fn bar_says(page: &Page, words: &str) -> Result {
    comes_to("the bar", words.to_owned(), async || bar(page).await).await
}

/// Loads the page again and waits for its figures.
async fn reload(page: &Page) -> Result {
    page.client().refresh().await?;
    page.ready().await
}

/// The respondents of the share figure's products, live.
async fn live(page: &Page) -> Result<Vec<String>> {
    let rows = page.figure(SHARE).await?.rows().await?;
    Ok(rows.iter().skip(1).map(|row| row[1].clone()).collect())
}

/// What the command line says of it.
fn simulated(simulation: &Simulation) -> Vec<String> {
    let respondents = simulation.respondents().into_iter();
    respondents.map(|count| count.to_string()).collect()
}

/// Every figure's title, of those whose chart holds a drawing, and of all.
async fn figures(page: &Page) -> Result<[Vec<String>; 2]> {
    let titles = |kind: &str| {
        format!(
            "const figures = [...document.querySelectorAll('figure')];
             return figures.filter((figure) => figure.querySelector('{kind}'))
                 .map((figure) => figure.getAttribute('aria-label'))"
        )
    };
    let drawn = texts(page, &titles(".chart[data-drawn] .main-svg")).await?;
    Ok([drawn, texts(page, &titles(".chart")).await?])
}

async fn every_figure_is_drawn(page: &Page, count: usize) -> Result {
    comes_to("every figure drawn", true, async || {
        let [drawn, all] = figures(page).await?;
        Ok(drawn == all && all.len() == count)
    })
    .await
}

/// Looks at the bar over the page on every screen, and leaves the page as wide as at first.
async fn pictures(page: &Page, name: &str) -> Result {
    for look in Look::ALL.into_iter().rev() {
        page.screenshot(name, look).await?;
        page.resize(look.width, 800).await?;
        assert_eq!(page.accessibility().await?, [""; 0], "{look:?}");
    }
    Ok(())
}

#[tokio::test]
async fn once_loaded_it_works_without_its_server() -> Result {
    let (server, page) = visit("").await?;
    is_kept(&page).await?;
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

    reload(&page).await?;
    every_figure_is_drawn(&page, 5).await?;
    bar_says(&page, OFFLINE).await?;
    pictures(&page, "offline").await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edited = Simulation::of_shipped(&["--set", "9.monthly_cost=449"])?;
    comes_to("the edit's figures", simulated(&edited), async || {
        live(&page).await
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
    bar_says(&page, OFFLINE).await?;
    page.finish().await
}

#[tokio::test]
async fn with_its_server_it_says_nothing_and_asks_for_little() -> Result {
    let (server, page) = visit("").await?;
    is_kept(&page).await?;
    let before = server.requests().len();
    reload(&page).await?;
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
    bar_says(&page, "").await?;
    // What is not the page's is not kept.
    let script = "await fetch('/healthz'); return [String(await caches.match('/healthz'))]";
    assert_eq!(texts(&page, script).await?, ["undefined"]);
    // The server goes while the page is open.
    drop(server);
    page.client()
        .execute("dispatchEvent(new Event('offline'))", vec![])
        .await?;
    bar_says(&page, OFFLINE).await?;
    page.finish().await
}

/// The built page with another description, and the list of files that goes with it.
fn newer_site() -> Result<Copy> {
    let digest = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
        digits.collect::<String>()
    };
    let older = digest(&std::fs::read_to_string(shipped("dist/index.html"))?);
    let site = Copy::of("dist")?;
    let page = site.change("index.html", "Change a product's price", "Newer")?;
    site.change("sw.js", &older, &digest(&page))?;
    site.change("sw.js", "const BUILD = \"", "const BUILD = \"newer")?;
    Ok(site)
}

#[tokio::test]
async fn a_new_build_is_taken_when_the_reader_asks() -> Result {
    let (server, page) = visit("").await?;
    is_kept(&page).await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    texts(&page, "await caches.open('another-app'); return []").await?;
    let description = async || {
        texts(
            &page,
            "return [document.querySelector('meta[name=description]').content.slice(0, 5)]",
        )
        .await
    };
    let site = newer_site()?;
    let _server = server.replace(site.path(), &shipped("Data"), &shipped("Precomputed Data"))?;
    reload(&page).await?;
    bar_says(&page, &format!("{VERSION}Reload")).await?;
    pictures(&page, "new-version").await?;
    reload(&page).await?;
    assert_eq!(description().await?, ["Chang"]);
    bar_says(&page, &format!("{VERSION}Reload")).await?;

    page.press("Reload").await?;
    comes_to("the new page", vec!["Newer".to_owned()], description).await?;
    page.ready().await?;
    assert_eq!(
        page.value("textbox", "monthly cost of Tesla Model 3")
            .await?,
        "449"
    );
    let names = texts(&page, "return caches.keys()").await?;
    assert!(names.contains(&"another-app".to_owned()), "{names:?}");
    let sites: Vec<_> = names
        .iter()
        .filter(|name| name.starts_with("conjoint-site-"))
        .collect();
    assert!(
        matches!(*sites, [one] if one.starts_with("conjoint-site-newer")),
        "{names:?}"
    );
    bar_says(&page, "").await?;
    page.finish().await
}

#[tokio::test]
async fn a_changed_study_is_taken_whole_when_the_reader_asks() -> Result {
    let (server, page) = visit("").await?;
    is_kept(&page).await?;
    let study = Copy::of_data("leaseOffers.csv", "399,", "449,")?;
    let made = tempfile::tempdir()?;
    e2e::precompute(study.path(), made.path())?;
    let _server = server.replace(&shipped("dist"), study.path(), made.path())?;
    let older = simulated(&Simulation::of_shipped(&[])?);
    let newer = e2e::conjoint("simulate", study.path(), &[])?;
    let newer: Vec<String> = newer["products"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|product| product["respondents"].to_string())
        .collect();
    assert_ne!(older, newer);

    // The reader comes back to the tab.
    let back = "document.dispatchEvent(new Event('visibilitychange'))";
    page.client().execute(back, vec![]).await?;
    bar_says(&page, &format!("{STUDY}Reload")).await?;
    reload(&page).await?;
    assert_eq!(live(&page).await?, older);
    bar_says(&page, &format!("{STUDY}Reload")).await?;
    page.press("Reload").await?;
    comes_to("one study", [1, 1], async || copies(&page).await).await?;
    page.ready().await?;
    comes_to("the new figures", newer, async || live(&page).await).await?;
    // Nothing is told of precomputed data that is another study's.
    comes_to("remarks", 0, async || {
        Ok(texts(
            &page,
            "return [...document.querySelectorAll('.banner')].map((b) => b.textContent)",
        )
        .await?
        .len())
    })
    .await?;
    bar_says(&page, "").await?;
    page.finish().await
}

#[tokio::test]
async fn it_can_be_installed() -> Result {
    let (_server, page) = visit("").await?;
    is_kept(&page).await?;
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
    let found = texts(
        &page,
        "return ['serviceWorker' in navigator, isSecureContext].map(String)",
    )
    .await?;
    assert_eq!(found, ["false", "false"]);
    every_figure_is_drawn(&page, 5).await?;
    bar_says(&page, "").await?;
    assert!(server.requests().iter().all(|(path, _)| path != "/sw.js"));
    // The server cannot know that this browser does not take that header from here.
    let header = "The Cross-Origin-Opener-Policy header has been ignored";
    page.finish_but(|complaint| complaint.contains(header))
        .await
}
