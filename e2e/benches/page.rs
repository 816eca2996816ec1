//! How long an edit takes in the page: in the model, and until the browser has rendered it.
//!
//! Run with `make bench-page`; prints medians over edits of one product's cost, back and forth, on the
//! Simulator and on Product Attractiveness, in headless Chromium with a view of 1440 × 900 pixels at
//! the top of the page. On the Simulator the worker's analyses follow, and are drawn as well.
//!
//! - `recompute` and `recompute densities` are what the page itself records (User Timing).
//! - `edit to figures in sight`: from Enter to the end of the frame from which on every chart
//!   that is in the view, be it by a corner, shows the edit.
//! - `edit to all figures`: the same of every chart of the page.
//! - `bare react`: what the first chart takes when a script hands plotly.js the same two states
//!   of its data, in the same page and right after the edit; from the call to the end of its
//!   frame. The edit is also printed as a multiple of it, which depends less on the machine and its
//!   load than the milliseconds.
//!
//! A frame ends here when the page's main thread is done with it; showing it on the screen needs no more of
//! the page.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use e2e::{Page, Result, Server};
use serde_json::{Value, json};

const WARM_UP: usize = 10;
const EDITS: usize = 60;

/// Commits a cost, then lets plotly.js draw only the first chart, in its old and its new state.
///
/// A frame shows what was drawn when it began; the message posted then arrives when it ended.
const EDIT: &str = r#"
    const [label, text, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    const charts = [...document.querySelectorAll(".js-plotly-plot")];
    const state = ({ data, layout }) => JSON.stringify([data, layout]);
    const before = state(charts[0]);
    const inSight = (chart) => {
        const { top, bottom } = chart.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
    };
    const watched = charts.map((chart) => ({ chart, seen: inSight(chart), drawn: false, shown: 0 }));
    const frameEnd = (begins) => new Promise((resolve) => requestAnimationFrame(() => {
        begins?.();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
    }));
    const listeners = watched.map((one) => () => { one.drawn = true; });
    watched.forEach(({ chart }, place) => chart.on("plotly_afterplot", listeners[place]));
    performance.clearMeasures();

    const begin = performance.now();
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));

    (async () => {
        // Charts that an edit does not change are not drawn: it ends when nothing was for long.
        for (let last = begin; performance.now() - last < 150;) {
            let fresh = [];
            await frameEnd(() => { fresh = watched.filter(({ drawn, shown }) => drawn && !shown); });
            for (const one of fresh) last = one.shown = performance.now();
        }
        watched.forEach(({ chart }, place) => chart.removeListener("plotly_afterplot", listeners[place]));
        const durations = {};
        for (const { name, duration } of performance.getEntriesByType("measure")) {
            durations[name] = (durations[name] ?? 0) + duration;
        }
        const after = state(charts[0]);
        const bare = async (state) => {
            const [data, layout] = JSON.parse(state);
            const begin = performance.now();
            Plotly.react(charts[0], data, layout, charts[0]._context);
            await frameEnd();
            return performance.now() - begin;
        };
        const bares = [await bare(before), await bare(after)];
        const latest = (some) => Math.max(...some.map(({ shown }) => shown - begin));
        done({
            inSight: latest(watched.filter(({ seen }) => seen)),
            all: latest(watched),
            bare: (bares[0] + bares[1]) / 2,
            durations,
        });
    })();
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    for id in ["simulator", "attractiveness"] {
        println!("{id}");
        measure_page(&format!("page={id}")).await?;
    }
    Ok(())
}

/// Measures edits on a page.
async fn measure_page(fragment: &str) -> Result {
    let page = Page::open_with_copy(Server::shared()?, fragment).await?;
    page.wait_for_figures().await?;
    page.resize(1440, 900).await?;
    let label = "monthly cost of Tesla Model 3";
    let mut reports = Vec::new();
    for edit in 0..WARM_UP + EDITS {
        let text = if edit % 2 == 0 { "449" } else { "399" };
        let arguments = vec![json!(label), json!(text)];
        reports.push(page.client().execute_async(EDIT, arguments).await?);
    }
    let reports = reports.get(WARM_UP..).unwrap_or_default();
    let names = reports
        .iter()
        .filter_map(|report| report["durations"].as_object());
    let mut names: Vec<&String> = names.flat_map(|durations| durations.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        print_median(name, reports, |report| &report["durations"][name.as_str()]);
    }
    let bare = print_median("bare react", reports, |report| &report["bare"]);
    for (name, key) in [
        ("edit to figures in sight", "inSight"),
        ("edit to all figures", "all"),
    ] {
        let median = print_median(name, reports, |report| &report[key]);
        if let (Some(median), Some(bare)) = (median, bare) {
            println!("{:26}{:5.1} × bare react", "", median / bare);
        }
    }
    page.finish().await
}

/// Prints the median and the 90th percentile, and gives the median.
fn print_median(name: &str, reports: &[Value], figure: impl Fn(&Value) -> &Value) -> Option<f64> {
    let figures = reports.iter().filter_map(|report| figure(report).as_f64());
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get(figures.len() * share / 100).copied();
    let (median, slow) = (at(50)?, at(90)?);
    println!(
        "{name:<24} median {median:7.2} ms, 90th percentile {slow:7.2} ms, {} edits",
        figures.len()
    );
    Some(median)
}
