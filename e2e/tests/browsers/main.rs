//! The dashboard in the browsers that `tests/web` does not use: one visit each, from the first figures
//! to a reload without the server.
//!
//! Run `make test-browsers`, which names the browsers that are installed: `firefox` and `webkit`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use e2e::{
    Browser, Firefox, Lockstep, MEASURES, MONTHLY_ROWS, Page, PhoneStudy, Result, Server,
    Simulation, WebKit, import_study, repository_path, run_json, wait_until_equal,
};

const SHARE: &str = "Predicted market share by product";
const COST: &str = "monthly cost of Tesla Model 3";
const VARIED: &str = "9.monthly_cost=389:439:10";

#[tokio::test]
async fn firefox() -> Result {
    visit::<Firefox>().await
}

#[tokio::test]
async fn webkit() -> Result {
    visit::<WebKit>().await
}

#[tokio::test]
async fn firefox_reports_what_a_test_must_not_miss() -> Result {
    complain::<Firefox>().await
}

#[tokio::test]
async fn webkit_reports_what_a_test_must_not_miss() -> Result {
    complain::<WebKit>().await
}

/// A warning, an exception, and a script that the content policy blocks.
async fn complain<B: Browser>() -> Result {
    let policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'nonce-1'\">";
    let scripts = "<script nonce=1>setTimeout(() => {
            console.warn('unusual');
            document.head.append(Object.assign(document.createElement('script'), { text: '1' }));
            throw new Error('broken');
        }, 500)</script>";
    let page = Page::visit_in::<B>(&format!("data:text/html,{policy}{scripts}")).await?;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let error = format!("{:?}", page.finish().await.unwrap_err());
    for part in ["unusual", "broken", "script-src"] {
        assert!(error.contains(part), "no {part}: {error}");
    }
    Ok(())
}

async fn visit<B: Browser>() -> Result {
    let server = Server::start_shipped()?;
    let page = Page::visit_in::<B>(&server.url("")).await?;
    page.wait_until_ready().await?;
    let requests = server.requests();
    let programs = requests
        .iter()
        .filter(|(path, _)| path.starts_with("/app_bg-"));
    assert_eq!(programs.count(), 1, "{requests:?}");
    edits_give_the_figures_of_the_command_line(&page).await?;
    sweeps_give_the_figures_of_the_command_line(&page).await?;
    the_optimizer_finds_the_best_candidate(&page).await?;
    a_workbook_is_imported(&page).await?;
    a_study_of_a_zip_survives_a_reload(&page).await?;
    page.wait_for_offline_copy().await?;
    drop(server);
    without_the_server_everything_works(&page).await?;
    // What it says of a server that is gone is not the page's fault.
    page.finish().await
}

/// After an edit that a person types, also in the file that a figure offers to save.
async fn edits_give_the_figures_of_the_command_line(page: &Page) -> Result {
    page.fill(COST, "449").await?;
    page.wait_for_figures().await?;
    let edited = Simulation::run_shipped(&["--set", "9.monthly_cost=449"])?;
    let choosers = async || page.choosers().await;
    wait_until_equal("the edit's figures", edited.choosers(), choosers).await?;
    let baseline = Simulation::run_shipped(&[])?;
    let file = page.figure(SHARE).await?.download_csv().await?;
    assert_eq!(
        file.lines().count(),
        baseline.products().len() + 1,
        "{file}"
    );
    page.press("Reset all").await?;
    wait_until_equal("the baseline", baseline.choosers(), choosers).await
}

/// WebKit puts a legend that has a box of its own above its group.
async fn legends_are_level_with_their_radios(page: &Page) -> Result {
    let script = "return [...document.querySelectorAll('.radios:has(legend)')]
        .filter((group) => group.checkVisibility()).map((group) => {
            const text = document.createRange();
            text.selectNodeContents(group.querySelector('legend'));
            const [legend, label] = [text, group.querySelector('label')].map((it) => it.getBoundingClientRect());
            return legend.height > 0 && legend.top < label.bottom && legend.bottom > label.top;
        })";
    let level: Vec<bool> = serde_json::from_value(page.eval(script).await?)?;
    assert!(!level.is_empty() && level.iter().all(|it| *it), "{level:?}");
    Ok(())
}

/// Firefox draws a light scrollbar on a dark page by default.
async fn scrollbars_have_the_colors_of_the_page(page: &Page) -> Result {
    let script = "return CSS.supports('-moz-appearance', 'none')
        && getComputedStyle(document.querySelector('.sweep .scroll, .scroll')).scrollbarColor === 'auto'";
    assert_eq!(page.eval(script).await?, false);
    Ok(())
}

async fn sweeps_give_the_figures_of_the_command_line(page: &Page) -> Result {
    page.open_page("Attribute Sweep").await?;
    let sweep = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?;
    for (title, measure) in MEASURES {
        let table = sweep.changes(measure, None, false);
        page.figure(title).await?.wait_for_rows(&table).await?;
    }
    legends_are_level_with_their_radios(page).await?;
    scrollbars_have_the_colors_of_the_page(page).await
}

async fn the_optimizer_finds_the_best_candidate(page: &Page) -> Result {
    let varied = VARIED.replace('=', "%3D");
    page.set_fragment(&format!("page=optimizer&brand=Tesla&vary={varied}"))
        .await?;
    page.press("Run").await?;
    page.wait_for_text("All 6 candidates were computed").await?;
    let arguments = ["--brand", "Tesla", "--vary", VARIED, "--objective", "share"];
    let report = run_json("optimize", &repository_path("Data"), &arguments)?;
    let share = report["best"][0]["objective"].as_f64().unwrap();
    let rows = page.table("Best candidates").await?;
    assert!(
        rows[1].contains(&format!("{:.1} %", share * 100.0)),
        "{rows:?}"
    );
    Ok(())
}

async fn a_workbook_is_imported(page: &Page) -> Result {
    let name = "conjointly-individual-preferences";
    let file = repository_path("conjoint/tests/examples").join(format!("{name}.xlsx"));
    page.open_page("Data").await?;
    page.pick_files(std::slice::from_ref(&file)).await?;
    page.press("Open the study").await?;
    page.wait_for_text(&format!("Study opened: {name}")).await?;
    let out = tempfile::tempdir()?;
    import_study(&file, out.path(), &[])?;
    page.open_page("Simulator").await?;
    wait_for_shares(page, &run_json("simulate", out.path(), &[])?).await
}

/// Waits until the figure of market shares has these, in percent.
async fn wait_for_shares(page: &Page, simulated: &serde_json::Value) -> Result {
    let digits = |share: f64| format!("{share:.6}");
    let products = simulated["products"].as_array().unwrap();
    let shares = products
        .iter()
        .map(|product| product["share"].as_f64().unwrap() * 100.0);
    let mut expected: Vec<String> = shares.map(digits).collect();
    expected.sort();
    wait_until_equal("the imported shares", expected, async || {
        let rows = page.figure(SHARE).await?.rows().await?;
        let shown = rows.iter().skip(1).filter_map(|row| row[1].parse().ok());
        let mut shown: Vec<String> = shown.map(digits).collect();
        shown.sort();
        Ok(shown)
    })
    .await
}

async fn a_study_of_a_zip_survives_a_reload(page: &Page) -> Result {
    let study = PhoneStudy::new(60)?;
    let zip = study.write_zip("phones.zip", "phones/")?;
    page.open_page("Data").await?;
    page.pick_files(&[zip]).await?;
    page.wait_for_text("Study opened: Telephones").await?;
    page.reload().await?;
    page.find("heading", "Telephones").await?;
    page.open_page("Product Attractiveness").await?;
    let expected = Simulation::run(study.path(), &[])?;
    let share = page.figure(SHARE).await?;
    let rows = expected.market_shares(&expected);
    share.wait_for_rows_in_any_order(&rows).await?;
    page.open_page("Data").await?;
    page.press("Back to the shipped study").await?;
    page.find("heading", "Electric vehicle leases")
        .await
        .map(drop)
}

/// Waits until every chart is drawn and nothing moves any more, as a person does before a click.
async fn wait_for_charts(page: &Page) -> Result {
    let script = "const charts = [...document.querySelectorAll('figure .chart')];
        return charts.length > 0 && charts.every((chart) => chart.querySelector('.main-svg'))";
    wait_until_equal("the charts", true, async || {
        Ok(page.eval(script).await? == true)
    })
    .await
}

async fn without_the_server_everything_works(page: &Page) -> Result {
    page.reload().await?;
    page.wait_for_status("Offline: shown from this browser's copy.")
        .await?;
    page.open_page("Product Attractiveness").await?;
    wait_for_charts(page).await?;
    page.fill(COST, "449").await?;
    page.wait_for_figures().await?;
    let edited = Simulation::run_shipped(&["--set", "9.monthly_cost=449"])?;
    wait_until_equal("the edit's figures", edited.choosers(), async || {
        page.choosers().await
    })
    .await
}
