//! How long an edit takes in the page: in the model, and until everything is painted.
//!
//! Run with `make bench-page`; prints medians over edits of one product's cost, back and forth,
//! in headless Chromium. `recompute` is what the page itself records (User Timing).
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use e2e::{Page, Result, Server, shipped};
use serde_json::{Value, json};

const WARM_UP: usize = 10;
const EDITS: usize = 60;

/// Commits a cost and reports the measures of its recomputation, and how long it took until the
/// frame after the first and the last chart were drawn.
const EDIT: &str = r#"
    const [label, text, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    performance.clearMeasures();
    let first = 0, painted = 0, idle;
    const end = () => {
        const durations = {};
        for (const { name, duration } of performance.getEntriesByType("measure")) {
            durations[name] = (durations[name] ?? 0) + duration;
        }
        done({ first, painted, durations });
    };
    const charts = [...document.querySelectorAll(".js-plotly-plot")];
    const drawn = () => requestAnimationFrame(() => setTimeout(() => {
        painted = performance.now() - begin;
        first ||= painted;
        clearTimeout(idle);
        idle = setTimeout(() => {
            charts.forEach((chart) => chart.removeListener("plotly_afterplot", drawn));
            end();
        }, 120);
    }));
    charts.forEach((chart) => chart.on("plotly_afterplot", drawn));
    const begin = performance.now();
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let server = Server::start(&shipped("Data"), &shipped("Precomputed Data"))?;
    let page = Page::open(&server, "").await?;
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
        tell(name, reports, |report| &report["durations"][name.as_str()]);
    }
    tell("edit to first figure", reports, |report| &report["first"]);
    tell("edit to all figures", reports, |report| &report["painted"]);
    page.finish().await
}

/// Prints the median and the 90th percentile.
fn tell(name: &str, reports: &[Value], figure: impl Fn(&Value) -> &Value) {
    let figures = reports.iter().filter_map(|report| figure(report).as_f64());
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get(figures.len() * share / 100).copied();
    if let (Some(median), Some(slow)) = (at(50), at(90)) {
        println!(
            "{name:<24} median {median:7.2} ms, 90th percentile {slow:7.2} ms, {} edits",
            figures.len()
        );
    }
}
