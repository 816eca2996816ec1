//! How long the analyses of the Simulator and of Insights take in the worker, how long the optimizer takes for
//! all of 100,000 candidates, from "Run" to its table, and how long the worker takes for all lines and for a
//! price equilibrium.
//!
//! Run with `make bench-page`; prints medians in milliseconds, in the order in which the
//! worker computes them. The first part of each run holds what comes before it too: the choice model, with
//! the draws of randomized first choice, and with a new worker its start and the study's reading.
#![allow(
    missing_docs,
    clippy::print_stdout,
    reason = "a measurement is for people to read"
)]

use std::time::Instant;

use e2e::{Page, Result, Server, wait_for};
use serde_json::json;

const RUNS: usize = 7;
const RULES: [&str; 4] = [
    "First choice",
    "Share of preference",
    "Randomized first choice",
    "Purchase likelihood",
];

/// The parts that the page recorded, once nothing is computed any more.
const PARTS: &str = "
    const status = [...document.querySelectorAll('.analysis-status [role=status]')];
    const parts = performance.getEntriesByType('measure').filter(({ name }) => name.startsWith('market '));
    const computing = status.some(({ textContent }) => textContent.startsWith('Computing'));
    return computing || parts.length === 0 ? null : parts.map(({ duration }) => duration)";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    measure_analyses("page=simulator", &RULES).await?;
    measure_analyses("page=insights", &RULES[..1]).await?;
    measure_optimizer().await?;
    measure_searches().await
}

/// The analyses of a page by some rules.
async fn measure_analyses(fragment: &str, rules: &[&str]) -> Result {
    println!("{fragment}");
    let page = Page::open_with_copy(Server::shared()?, fragment).await?;
    print_medians("First choice, a new worker", &[parts(&page).await?]);
    page.open_settings().await?;
    for rule in rules {
        page.choose("Rule", rule).await?;
        parts(&page).await?;
        let mut runs = Vec::new();
        for run in 0..RUNS {
            // Every seed makes a new choice model.
            page.eval("performance.clearMeasures()").await?;
            page.fill("Seed", &(run + 2).to_string()).await?;
            runs.push(parts(&page).await?);
        }
        print_medians(rule, &runs);
    }
    page.finish().await
}

/// All 75,582 lines of 8 of 19 offers by first choice, and the price equilibrium of 13 products: from a
/// request to the worker's last message about it.
async fn measure_searches() -> Result {
    let added: String = (14..20)
        .map(|id| format!("&add={id}:{}", id - 13))
        .collect();
    let page = Page::visit("about:blank").await?;
    page.preload(WATCH_WORKERS).await?;
    page.load(&format!("page=optimizer{added}")).await?;
    page.choose("Offers to add", "8").await?;
    print_answers(&page, "lines", "Search", "All 75,582 lines").await?;
    page.load("page=optimizer&rule=share-of-preference").await?;
    print_answers(&page, "search", "Run", "computed").await?;
    page.click("checkbox", "Competitors respond").await?;
    print_answers(&page, "search and equilibrium", "Run", "After ").await?;
    page.finish().await
}

/// Notes how long the workers take: milliseconds from each request to each message about it.
const WATCH_WORKERS: &str = "
    window.answers = [];
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) {
        this.begin = performance.now();
        this.onanswer ??= () => answers.push(performance.now() - this.begin);
        this.addEventListener('message', this.onanswer);
        return send.apply(this, message);
    };";

/// Whether a worker has answered, and nothing more is on its way.
const ANSWERED: &str =
    "return answers.length > 0 && document.querySelector('main progress') === null";

/// Presses a button some times until a text is there, and prints how long the worker took.
async fn print_answers(page: &Page, what: &str, button: &str, text: &str) -> Result {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        page.eval("answers.length = 0").await?;
        page.press(button).await?;
        wait_for("an answer", async || {
            let is_done = page.eval(ANSWERED).await? == json!(true);
            Ok((is_done && page.text().await?.contains(text)).then_some(()))
        })
        .await?;
        let longest = page.eval("return Math.max(...answers)").await?;
        runs.push(longest.as_f64().into_iter().collect());
    }
    print_medians(what, &runs);
    Ok(())
}

/// 50 × 50 × 40 monthly costs of a brand's three offers.
async fn measure_optimizer() -> Result {
    let vary = "vary=9.monthly_cost%3D300:545:5&vary=10.monthly_cost%3D700:1190:10\
        &vary=11.monthly_cost%3D850:1240:10";
    let fragment = format!("page=optimizer&brand=Tesla&objective=ebit&{vary}");
    let page = Page::open_with_copy(Server::shared()?, &fragment).await?;
    for rule in &RULES[..2] {
        page.choose("Rule", rule).await?;
        page.wait_for_figures().await?;
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let begin = Instant::now();
            page.press("Run").await?;
            wait_for("the candidates", async || {
                let is_computed = page.eval(COMPUTED).await?;
                Ok((is_computed == true).then_some(()))
            })
            .await?;
            runs.push(vec![begin.elapsed().as_secs_f64() * 1000.0]);
        }
        print_medians(&format!("{rule}, optimizer"), &runs);
    }
    page.finish().await
}

/// Whether the optimizer has finished.
const COMPUTED: &str = "
    const working = document.querySelector('.optimizer progress') !== null;
    const text = document.querySelector('.optimizer .best p')?.textContent ?? '';
    return !working && text.startsWith('All 100,000 candidates') && !text.includes('since')";

/// How long each analysis took.
async fn parts(page: &Page) -> Result<Vec<f64>> {
    wait_for("the analyses", async || {
        let parts = page.eval(PARTS).await?;
        Ok((parts != json!(null)).then(|| serde_json::from_value(parts).unwrap_or_default()))
    })
    .await
}

fn print_medians(what: &str, runs: &[Vec<f64>]) {
    let parts = runs.iter().map(Vec::len).min().unwrap_or_default();
    let median = |part: usize| {
        let mut times: Vec<f64> = runs
            .iter()
            .filter_map(|run| run.get(part))
            .copied()
            .collect();
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        format!("{median:8.1}")
    };
    let medians: Vec<String> = (0..parts).map(median).collect();
    println!("{what:<28}{} ms", medians.join(" "));
}
