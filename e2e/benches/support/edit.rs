//! How long an edit of a cost takes until the page shows its results, and for how long it blocks the page.

use e2e::{Page, Result};
use serde_json::{Value, json};

const EDITS: usize = 10;

/// Commits a cost, waits for its results, then for a second without work.
const EDIT: &str = r#"
    const [label, text, done] = arguments;
    const input = document.querySelector(`[aria-label="${label}"]`);
    const page = document.getElementById("page");
    const results = () => document.querySelector("section.results-table table").textContent;
    const before = results();
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: "longtask" });
    const begin = performance.now();
    input.value = text;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    const { port1, port2 } = new MessageChannel();
    let shown = 0;
    const look = () => requestAnimationFrame(() => port2.postMessage(null));
    port1.onmessage = () => {
        const isShown = !page.hasAttribute("aria-busy") && results() !== before;
        if (!isShown) return look();
        shown = performance.now() - begin;
        const finish = () => {
            const statuses = [...document.querySelectorAll(".analysis-status [role=status]")];
            if (statuses.some((status) => status.textContent !== "")) return setTimeout(finish, 100);
            const longest = Math.max(0, ...tasks.map(({ duration }) => duration));
            observer.disconnect();
            done({ results: shown, "longest task": longest });
        };
        setTimeout(finish, 1000);
    };
    look();
"#;

/// Edits a cost to and fro, and prints medians of ten edits:
///
/// - `results`: from Enter to the end of the frame whose table "Results" shows the edit.
/// - `longest task`: the longest time meanwhile, and until everything else has followed, for which the
///   page's thread did not answer; the browser reports tasks of 50 ms or more, so that 0 means less.
pub async fn measure(page: &Page, input: &str, costs: [&str; 2]) -> Result {
    let mut reports = Vec::new();
    for edit in 0..=EDITS {
        let arguments = vec![json!(input), json!(costs[edit % 2])];
        reports.push(page.client().execute_async(EDIT, arguments).await?);
    }
    // The first edit sends the study to the worker.
    for name in ["results", "longest task"] {
        println!("  {name:<14}{}", summary(reports.get(1..), name));
    }
    Ok(())
}

/// The median and the maximum of a figure of some reports.
fn summary(reports: Option<&[Value]>, name: &str) -> String {
    let figures = reports.into_iter().flatten();
    let mut figures: Vec<f64> = figures.filter_map(|report| report[name].as_f64()).collect();
    figures.sort_by(f64::total_cmp);
    let median = figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN);
    let most = figures.last().copied().unwrap_or(f64::NAN);
    format!(
        "median {median:6.0} ms, at most {most:6.0} ms of {}",
        figures.len()
    )
}
