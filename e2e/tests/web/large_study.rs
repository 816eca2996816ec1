//! A study with many respondents: after an edit, a worker computes its results, and the page goes on.

use std::collections::BTreeMap;
use std::path::Path;

use e2e::{
    Page, Result, Server, Simulation, generate_study, repository_path, wait_for, wait_until_equal,
};
use serde_json::json;

/// More respondents than an edit may have for the page to compute it.
const RESPONDENTS: &str = "Millennial=4000,Gen X=4000";

/// Whether anything on the page moves while results are computed.
const MOVED_WHILE_BUSY: &str = "
    const page = document.getElementById('page');
    const boxes = () => JSON.stringify([...page.querySelectorAll('*')]
        .map((element) => element.getBoundingClientRect()));
    const before = boxes();
    page.ariaBusy = 'true';
    const busy = boxes();
    page.ariaBusy = null;
    return busy !== before";

/// The number of respondents whose first choice a product is, by product.
type FirstChoices = BTreeMap<String, u64>;

/// The first choices, from the command line.
fn first_choices(study: &Path, edits: &[&str]) -> Result<FirstChoices> {
    Ok(Simulation::run(study, edits)?.choosers())
}

/// Waits until the page shows these first choices, and nothing is being updated.
async fn wait_for_first_choices(page: &Page, expected: &FirstChoices) -> Result {
    wait_until_equal("the first choices", expected.clone(), async || {
        page.choosers().await
    })
    .await?;
    wait_until_equal("no update", json!(true), async || {
        page.eval("return document.querySelector('#page[aria-busy]') === null")
            .await
    })
    .await
}

/// How often the page itself has computed results.
async fn recomputations(page: &Page) -> Result<usize> {
    let script = "return performance.getEntriesByName('recompute').length";
    let count = page.eval(script).await?;
    Ok(count.as_u64().unwrap_or_default() as usize)
}

#[tokio::test]
async fn the_worker_computes_edits_of_offers_and_of_the_choice_model() -> Result {
    let folder = tempfile::tempdir()?;
    generate_study(folder.path(), RESPONDENTS)?;
    let server = Server::start(folder.path(), &repository_path("Precomputed Data"))?;
    let page = Page::open(&server, "page=attractiveness").await?;
    wait_for_first_choices(&page, &first_choices(folder.path(), &[])?).await?;

    assert_eq!(page.eval(MOVED_WHILE_BUSY).await?, json!(false));
    page.eval(
        "window.busy = 0;
        new MutationObserver(() => {
            if (document.querySelector('#page[aria-busy]')) window.busy += 1;
        }).observe(document.getElementById('page'), { attributes: true });",
    )
    .await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    let edit = ["--set", "9.monthly_cost=449"];
    wait_for_first_choices(&page, &first_choices(folder.path(), &edit)?).await?;
    assert_ne!(page.eval("return window.busy").await?, json!(0));
    page.figure("Brand scavengers").await?;

    // The newest of several edits wins.
    for cost in ["459", "469", "479"] {
        page.fill("monthly cost of Tesla Model 3", cost).await?;
    }
    let edit = ["--set", "9.monthly_cost=479"];
    wait_for_first_choices(&page, &first_choices(folder.path(), &edit)?).await?;

    page.open_page("Simulator").await?;
    page.choose("Rule", "Share of preference").await?;
    wait_for("the analyses by the new rule", async || {
        // The figure may be replaced between finding and reading it.
        let Ok(text) = page.figure("Money by brand").await?.text().await else {
            return Ok(None);
        };
        let is_new = text.contains("By share of preference") && !text.contains("Computing");
        Ok(is_new.then_some(()))
    })
    .await?;
    assert_eq!(recomputations(&page).await?, 0);
    page.finish().await
}
