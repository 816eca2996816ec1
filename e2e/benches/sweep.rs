//! How long sweeps take in the page: the first lockstep and grid on the page's own thread, and
//! 200 × 200 pairs in a worker, with how long the page was ever without an answer meanwhile.
//!
//! Run with `make bench-page`. `sweep` is what the page itself records (User Timing); the ratio is
//! to a recomputation of the first page's figures in the same browser.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use e2e::{Page, Result, Server, shipped};

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

/// Commits a text that a worker computes, and reports when its figures were there and the longest
/// time for which the page did not answer before.
const LARGE: &str = r#"
    const [label, text, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    const begin = performance.now();
    let last = begin, longest = 0, computed = 0;
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        const now = performance.now();
        const status = document.querySelector(".status").textContent;
        if (now - begin > 50 && !status.startsWith("Computing")) {
            done({ computed: last - begin, longest });
            return;
        }
        longest = Math.max(longest, now - last);
        last = now;
        setTimeout(() => channel.port2.postMessage(0), 0);
    };
    channel.port2.postMessage(0);
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::open(&server, "").await?;
    let own = ("monthly cost of Tesla Model 3", ["449", "399"]);
    let edit = measure(&page, own, "recompute").await?;
    println!("recompute (first page)   median {edit:7.3} ms");

    page.client().goto(&server.url("page=sweep")).await?;
    page.client().refresh().await?;
    page.ready().await?;
    let row = ("baseline of row 1", ["419", "399"]);
    // One row, so that any of its points can be the baseline.
    page.press("Remove row 3").await?;
    page.press("Remove row 2").await?;
    let one = measure(&page, row, "sweep").await?;
    tell("lockstep, 6 points × 1", one, edit);
    page.press("Restore the first table").await?;
    let row = ("end of row 1", ["499.0", "499"]);
    let lockstep = measure(&page, row, "sweep").await?;
    tell("lockstep, 6 points × 3", lockstep, edit);

    page.find("radio", "Attribute grid").await?.click().await?;
    let row = ("monthly end of row 1", ["205.0", "205"]);
    let grid = measure(&page, row, "sweep").await?;
    tell("grid, 6 × 6 pairs × 2", grid, edit);

    // Not computed until the baseline is one of the points.
    let link = "page=sweep&analysis=grid&grid=7:100:299:1:195:4000:4995:5:1";
    page.client().goto(&server.url(link)).await?;
    page.client().refresh().await?;
    page.ready().await?;
    for (worker, baseline) in [("a new worker", "4740"), ("the same worker", "4745")] {
        let arguments = vec!["upfront baseline of row 1".into(), baseline.into()];
        let report = page.client().execute_async(LARGE, arguments).await?;
        println!(
            "grid, 200 × 200 pairs, {worker}: {:.0} ms; longest without an answer {:.0} ms",
            report["computed"].as_f64().unwrap_or_default(),
            report["longest"].as_f64().unwrap_or_default(),
        );
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

fn tell(what: &str, median: f64, edit: f64) {
    println!(
        "{what:<24} median {median:7.3} ms, {:.2} × a recompute",
        median / edit
    );
}
