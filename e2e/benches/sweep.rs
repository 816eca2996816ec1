//! How long sweeps take in the page: the first lockstep and grid on the page's main thread, and
//! 200 × 200 pairs in a worker, with how long the page was ever without an answer meanwhile and
//! while it drew what came.
//!
//! Run with `make bench-page`. `sweep` is what the page itself records (User Timing); the ratio is
//! to a recomputation of the first page's figures in the same browser.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use e2e::{Page, Result, Server, wait_until_equal};

const WARM_UP: usize = 10;
const RUNS: usize = 60;

/// Commits two texts in turn and reports the durations that the page recorded under a name.
const MEASURE: &str = r#"
    const [label, texts, name, runs, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    performance.clearMeasures();
    let run = 0;
    const next = () => {
        if (run === runs) {
            done(performance.getEntriesByName(name).map(({ duration }) => duration));
            return;
        }
        input.value = texts[run++ % 2];
        const enter = { key: "Enter", bubbles: true, cancelable: true };
        input.dispatchEvent(new KeyboardEvent("keydown", enter));
        // Every change is an entry in the history, of which a browser allows 20 a second.
        setTimeout(next, 60);
    };
    next();
"#;

/// Commits a text that a worker computes, and reports when its figures were computed, when all four
/// were drawn, and the longest time for which the page did not answer until then and from then on.
///
/// The page answers when a message that it sends itself arrives. The stall in which the worker's
/// answer is put together ends the computation and counts as drawing, which is what it delays.
const LARGE: &str = r#"
    const [label, text, done] = arguments;
    const charts = () => [...document.querySelectorAll(".js-plotly-plot")];
    const input = document.querySelector(`[aria-label="${label}"]`);
    const older = charts().map(({ data }) => data);
    let drawn = 0;
    charts().forEach((chart, place) => {
        const count = () => {
            // A chart that is drawn again without new data is the older one.
            if (chart.data === older[place]) return;
            chart.removeListener("plotly_afterplot", count);
            drawn += 1;
        };
        chart.on("plotly_afterplot", count);
    });
    const begin = performance.now();
    let last = begin, began = false, computed = null, computing = 0, drawing = 0;
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        const now = performance.now();
        const bar = document.querySelector("progress");
        began ||= bar !== null;
        if (began && !bar) computed ??= now - begin;
        if (computed === null) computing = Math.max(computing, now - last);
        else drawing = Math.max(drawing, now - last);
        last = now;
        if (computed !== null && drawn === older.length) {
            done({ computed, drawn: now - begin, computing, drawing });
            return;
        }
        setTimeout(() => channel.port2.postMessage(0), 0);
    };
    channel.port2.postMessage(0);
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let server = Server::shared()?;
    let page = Page::open_with_copy(server, "").await?;
    let cost = ("monthly cost of Tesla Model 3", ["449", "399"]);
    let edit = measure(&page, cost, "recompute").await?;
    println!("recompute (first page)   median {edit:7.3} ms");

    page.client().goto(&server.url("page=sweep")).await?;
    page.reload().await?;
    let row = ("baseline of row 1", ["419", "399"]);
    // One row, so that any of its points can be the baseline.
    page.press("Remove row 3").await?;
    page.press("Remove row 2").await?;
    let one = measure(&page, row, "sweep").await?;
    print_ratio("lockstep, 6 points × 1", one, edit);
    page.press("Restore the default table").await?;
    let row = ("end of row 1", ["499.0", "499"]);
    let lockstep = measure(&page, row, "sweep").await?;
    print_ratio("lockstep, 6 points × 3", lockstep, edit);

    page.click("radio", "Attribute grid").await?;
    let row = ("monthly end of row 1", ["205.0", "205"]);
    let grid = measure(&page, row, "sweep").await?;
    print_ratio("grid, 6 × 6 pairs × 2", grid, edit);

    // Two columns, which the page computes itself; a step of 1 makes them 200.
    let link = "page=sweep&analysis=grid&grid=7:100:299:199:299:4000:4995:5:4740";
    page.client().goto(&server.url(link)).await?;
    page.reload().await?;
    for worker in ["a new worker", "the same worker"] {
        wait_for_heatmaps(&page, 2).await?;
        let arguments = vec!["monthly step of row 1".into(), "1".into()];
        let report = page.client().execute_async(LARGE, arguments).await?;
        let of = |name: &str| report[name].as_f64().unwrap_or_default();
        println!(
            "grid, 200 × 200 pairs, {worker}: computed in {:.0} ms, drawn in {:.0} ms; longest \
             without an answer {:.0} ms while computing, {:.0} ms while drawing",
            of("computed"),
            of("drawn"),
            of("computing"),
            of("drawing"),
        );
        page.fill("monthly step of row 1", "199").await?;
    }
    page.finish().await
}

/// The median of what the page records while a cell changes to and fro, milliseconds.
async fn measure(page: &Page, (label, texts): (&str, [&str; 2]), name: &str) -> Result<f64> {
    let arguments = vec![
        label.into(),
        texts.to_vec().into(),
        name.into(),
        (WARM_UP + RUNS).into(),
    ];
    let durations = page.client().execute_async(MEASURE, arguments).await?;
    let durations = durations.as_array().into_iter().flatten();
    let mut durations: Vec<f64> = durations
        .filter_map(serde_json::Value::as_f64)
        .skip(WARM_UP)
        .collect();
    durations.sort_by(f64::total_cmp);
    Ok(durations
        .get(durations.len() / 2)
        .copied()
        .unwrap_or(f64::NAN))
}

/// Waits until all four heatmaps are drawn with this number of columns.
async fn wait_for_heatmaps(page: &Page, columns: u64) -> Result {
    let script = "return [...document.querySelectorAll('.js-plotly-plot')]
        .filter(({ data }) => data[0].x.length === arguments[0]).length";
    wait_until_equal("the heatmaps", Some(4), async || {
        let drawn = page.client().execute(script, vec![columns.into()]);
        Ok(drawn.await?.as_u64())
    })
    .await
}

fn print_ratio(what: &str, median: f64, edit: f64) {
    println!(
        "{what:<24} median {median:7.3} ms, {:.2} × a recompute",
        median / edit
    );
}
