//! The printed page: a report without controls.

use e2e::{Page, Result, open, wait_until_equal};
use serde_json::json;

/// A4 without the margins, CSS pixels.
const WIDTH: u32 = 703;

/// Lays the page out for paper, as the browser does between the events of printing.
async fn lay_out_for_paper(page: &Page, scheme: &str) -> Result {
    page.eval("dispatchEvent(new Event('beforeprint'))").await?;
    page.emulate_media("print", &[("prefers-color-scheme", scheme)])
        .await?;
    let size = json!({ "width": WIDTH, "height": 1032, "deviceScaleFactor": 1, "mobile": false });
    page.devtools("Emulation.setDeviceMetricsOverride", size)
        .await
        .map(drop)
}

/// Figures wider than the paper, hidden titles, visible controls, pale texts.
const PROBLEMS: &str = "
    const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });
    const problems = [];
    for (const figure of document.querySelectorAll('figure')) {
        const title = figure.querySelector('h2');
        if (!isVisible(title) || title.textContent !== figure.ariaLabel) problems.push(figure.ariaLabel);
        if (getComputedStyle(figure).breakInside !== 'avoid') problems.push(`${title.textContent} breaks`);
        for (const drawn of figure.querySelectorAll('.main-svg')) {
            if (drawn.getBoundingClientRect().right > innerWidth + 0.5) problems.push(`${title.textContent} is cut`);
        }
        const text = figure.querySelector('.xtick text, .ytick text');
        const [light] = getComputedStyle(text).fill.match(/\\d+/);
        if (light > 120) problems.push(`${title.textContent} is pale`);
    }
    for (const control of document.querySelectorAll('button, [role=tab], summary, dialog, .modebar')) {
        if (isVisible(control)) problems.push(control.outerHTML);
    }
    const shade = getComputedStyle(document.body).color.match(/[\\d.]+/)[0];
    if (shade > 120) problems.push(`pale text: ${shade}`);
    for (const table of document.querySelectorAll('table')) {
        if (table.getBoundingClientRect().right > innerWidth + 0.5) problems.push(table.caption.textContent);
    }
    return problems";

/// Prints the page, saves the PDF for people to look at, and checks its size, its number of pages,
/// and that the charts on the screen do not change.
async fn check_pdf(page: &Page, name: &str, figures: usize) -> Result {
    let layout = "return [...document.querySelectorAll('.chart')].map((chart) =>
        [chart.clientWidth, chart.clientHeight, chart._fullLayout?.width,
            chart._fullLayout?.height, chart._fullLayout?.font.color])";
    let before = page.eval(layout).await?;
    let printed = page.print_pdf(name).await?;
    assert!(printed.starts_with(b"%PDF"), "{name}");
    // A PDF's page objects are plain text; the size is in each of them or in their parent.
    let text = String::from_utf8_lossy(&printed);
    let pages = text.matches("/Type /Page\n").count();
    assert!((2..=figures + 2).contains(&pages), "{name}: {pages} pages");
    // A4 in points, rounded as the browser does.
    assert!(text.contains("/MediaBox [0 0 594.95"), "{name}");
    wait_until_equal("the charts on the screen", before, async || {
        page.eval(layout).await
    })
    .await
}

/// Prints a page from a screen in both color schemes: paper is white even if the screen is dark.
async fn check_printing(fragment: &str, name: &str, figures: usize) -> Result {
    let page = Page::blank().await?;
    for scheme in ["light", "dark"] {
        page.emulate_media("", &[("prefers-color-scheme", scheme)])
            .await?;
        page.load(fragment).await?;
        page.wait_for_figures().await?;
        page.scope().open_menu("Export", "Print report").await?;
        check_pdf(&page, &format!("{name}-{scheme}"), figures).await?;
        lay_out_for_paper(&page, scheme).await?;
        assert_eq!(page.eval(PROBLEMS).await?, json!([]), "{scheme}");
        let count = "return document.querySelectorAll('figure').length";
        assert_eq!(page.eval(count).await?, json!(figures));
        page.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await?;
    }
    page.finish().await
}

#[tokio::test]
async fn product_attractiveness_is_printed_as_a_report() -> Result {
    let fragment = "page=attractiveness&set=9.monthly_cost%3D449&withdraw=12";
    check_printing(fragment, "attractiveness", 5).await
}

#[tokio::test]
async fn a_lockstep_is_printed_as_a_report() -> Result {
    check_printing("page=sweep&set=2.monthly_cost%3D255", "sweep", 9).await
}

#[tokio::test]
async fn a_grid_is_printed_as_a_report() -> Result {
    check_printing("page=sweep&analysis=grid", "grid", 4).await
}

#[tokio::test]
async fn the_simulator_is_printed_as_a_report() -> Result {
    check_printing("set=9.monthly_cost%3D449&withdraw=12", "simulator", 5).await
}

#[tokio::test]
async fn the_insights_are_printed_as_a_report() -> Result {
    check_printing("page=insights&set=9.monthly_cost%3D449", "insights", 5).await
}

#[tokio::test]
async fn the_report_lists_the_edits() -> Result {
    let page = open("set=9.monthly_cost%3D449&withdraw=12").await?;
    lay_out_for_paper(&page, "light").await?;
    page.wait_for_text("monthly cost of Tesla Model 3: 449, was 399.")
        .await?;
    page.wait_for_text("Toyota Prius Prime was withdrawn.")
        .await?;
    // The cover line: study, scenario, date and link; the year comes last in the language of the tests.
    page.wait_for_text("Electric vehicle leases · Now · ")
        .await?;
    let link = page.eval("return location.href").await?;
    page.wait_for_text(&format!(" · {}", link.as_str().unwrap_or_default()))
        .await?;
    let marked = "return getComputedStyle(document.querySelector('.offers .edited')).fontWeight";
    assert_eq!(page.eval(marked).await?, json!("700"));
    page.finish().await
}
