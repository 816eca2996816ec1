//! How long the dashboard takes to open, how long to change between its pages, and how long an
//! edit takes with 20,000 respondents.
//!
//! Run with `make bench-page`; prints medians of ten runs in headless Chromium, 1440 × 900 pixels, and
//! those of first visits and edits in headless Firefox, too, if `CONJOINT_GECKODRIVER` names its driver.
//!
//! - `table`: from navigation to the frame in which the offers can be edited.
//! - `first figure`: to the end of the frame from which on one chart is drawn.
//! - `figures in sight`: to the end of the frame from which on every chart in the view is drawn.
//! - `all figures`: the same of every chart of the page.
//!
//! Each run with an empty cache uses a new browser, which has had time to settle. A frame
//! ends here when the page's main thread is done with it.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use e2e::{Browser, Chromium, Firefox, Page, Result, Server, generate_study, repository_path};
use serde_json::{Value, json};
use std::time::Duration;

const RUNS: usize = 10;
/// After which a browser is done with starting itself.
const SETTLED: Duration = Duration::from_secs(3);

/// Notes when something is first so at the end of a frame, from a moment on: milliseconds by name.
const WATCH: &str = r#"
    window.watch = (begin, conditions) => new Promise((resolve) => {
        const noted = {};
        const { port1, port2 } = new MessageChannel();
        let holds = [];
        port1.onmessage = () => {
            for (const name of holds) noted[name] ??= performance.now() - begin;
            if (Object.keys(noted).length === Object.keys(conditions).length) resolve(noted);
            else requestAnimationFrame(look);
        };
        const look = () => {
            holds = Object.keys(conditions).filter((name) => conditions[name]());
            port2.postMessage(null);
        };
        requestAnimationFrame(look);
    });
    window.drawn = (all) => {
        const inSight = (chart) => {
            const { top, bottom } = chart.getBoundingClientRect();
            return top < innerHeight && bottom > 0;
        };
        const shown = [...document.querySelectorAll(".chart")].filter((chart) => chart.checkVisibility());
        const wanted = all ? shown : shown.filter(inSight);
        return shown.length > 1 && wanted.every((chart) => chart.dataset.drawn);
    };
"#;

const LOAD: &str = r#"
    window.loading = watch(0, {
        "table": () => document.querySelector('input[aria-label^="monthly cost"]') !== null,
        "first figure": () => document.querySelector(".chart[data-drawn]") !== null,
        "figures in sight": () => drawn(false),
        "all figures": () => drawn(true),
    });
"#;

/// Presses a tab, and waits for the page that it is of.
const SWITCH: &str = r#"
    const [title, done] = arguments;
    const tab = [...document.querySelectorAll("[role=tab]")].find((tab) => tab.textContent.trim() === title);
    const begin = performance.now();
    tab.click();
    watch(begin, { "page": () => tab.ariaSelected === "true", "figures in sight": () => drawn(false) }).then(done);
"#;

/// Commits a cost, and waits until the charts that it changes are drawn, those in sight first.
const EDIT: &str = r#"
    const [label, text, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    const charts = [...document.querySelectorAll(".js-plotly-plot")];
    const changed = new Set();
    for (const chart of charts) chart.once("plotly_afterplot", () => changed.add(chart));
    const inSight = charts.filter((chart) => chart.getBoundingClientRect().top < innerHeight);
    const begin = performance.now();
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    watch(begin, { "edit to figures in sight": () => inSight.every((chart) => changed.has(chart)) }).then((noted) => {
        // The next edit waits until this one is drawn everywhere.
        setTimeout(() => done(noted), 1500);
    });
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let server = Server::shared()?;
    println!("Chromium");
    measure_first_visits::<Chromium>(server).await?;
    if std::env::var_os("CONJOINT_GECKODRIVER").is_some_and(|driver| !driver.is_empty()) {
        println!("Firefox");
        measure_first_visits::<Firefox>(server).await?;
    }

    let page = watched::<Chromium>().await?;
    load(&page, server).await?;
    page.wait_for_offline_copy().await?;
    let (mut loads, mut reloads) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        loads.push(load(&page, server).await?);
        page.client().refresh().await?;
        reloads.push(loading(&page).await?);
    }
    println!("from the browser's copy, coming from elsewhere");
    print_medians(&loads);
    println!("from the browser's copy, reloaded");
    print_medians(&reloads);

    let mut switches = Vec::new();
    for _ in 0..RUNS {
        for title in ["Product Attractiveness", "Attribute Sweep", "Simulator"] {
            let arguments = vec![json!(title)];
            switches.push(page.client().execute_async(SWITCH, arguments).await?);
        }
    }
    println!("change of pages");
    print_medians(&switches);
    page.finish().await?;

    let folder = tempfile::tempdir()?;
    generate_study(folder.path(), "Millennial=7000,Gen X=7000,Baby Boomer=6000")?;
    let server = Server::start(folder.path(), &repository_path("Precomputed Data"))?;
    let page = watched::<Chromium>().await?;
    println!("20,000 respondents");
    print_medians(&[load(&page, &server).await?]);
    measure_edits(&page).await?;
    page.finish().await
}

/// Visits with an empty cache, and edits in the last of them.
async fn measure_first_visits<B: Browser>(server: &Server) -> Result {
    let mut loads = Vec::new();
    for run in 0..RUNS {
        let page = watched::<B>().await?;
        loads.push(load(&page, server).await?);
        if run + 1 == RUNS {
            println!("empty cache");
            print_medians(&loads);
            measure_edits(&page).await?;
        }
        page.finish().await?;
    }
    Ok(())
}

/// Edits of one product's cost, to and fro.
async fn measure_edits(page: &Page) -> Result {
    let mut edits = Vec::new();
    for edit in 0..=RUNS {
        let text = if edit % 2 == 0 { "449" } else { "399" };
        let arguments = vec![json!("monthly cost of Tesla Model 3"), json!(text)];
        edits.push(page.client().execute_async(EDIT, arguments).await?);
    }
    print_medians(edits.get(1..).unwrap_or_default());
    Ok(())
}

/// A browser with an empty cache that can say when something is drawn.
async fn watched<B: Browser>() -> Result<Page> {
    let page = Page::visit_in::<B>("about:blank").await?;
    page.resize(1440, 900).await?;
    page.preload(&format!("{WATCH}{LOAD}")).await?;
    tokio::time::sleep(SETTLED).await;
    Ok(page)
}

/// Opens the dashboard and says how long that took.
async fn load(page: &Page, server: &Server) -> Result<Value> {
    // From nowhere, so that even the same address is opened anew.
    page.client().goto("about:blank").await?;
    page.client().goto(&server.url("")).await?;
    loading(page).await
}

/// How long the page took that is open.
async fn loading(page: &Page) -> Result<Value> {
    let script = "window.loading.then(arguments[0])";
    Ok(page.client().execute_async(script, vec![]).await?)
}

/// Prints the median of each figure.
fn print_medians(reports: &[Value]) {
    let names = reports.first().and_then(Value::as_object);
    for name in names.into_iter().flat_map(|names| names.keys()) {
        let figures = reports.iter().filter_map(|report| report[name].as_f64());
        let mut figures: Vec<f64> = figures.collect();
        figures.sort_by(f64::total_cmp);
        let median = figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN);
        println!("  {name:<26} median {median:6.0} ms of {}", figures.len());
    }
}
