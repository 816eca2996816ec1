//! The page draws every figure, fits every window, and causes no complaint of the browser.

use e2e::{Result, open};
use serde_json::json;

const TITLES: [&str; 5] = [
    "Predicted market share by product",
    "Attraction to chosen product",
    "Attraction in detail",
    "Attraction to chosen brand",
    "Brand scavengers",
];

#[tokio::test]
async fn the_first_page_fits_every_screen() -> Result {
    let page = open("").await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.find("tab", "Product Attractiveness").await?;
    assert_eq!(page.check_looks("attractiveness").await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn a_phone_shows_every_figure_without_scrolling_sideways() -> Result {
    let page = open("").await?;
    page.resize(390, 844).await?;
    page.reload().await?;
    let fits = async || -> Result<(bool, Vec<String>)> {
        // The elements that reach beyond the edge, for the failure's message.
        let script = "const wide = [...document.querySelectorAll('body *')].filter((element) =>
                element.getBoundingClientRect().right > 390.5 && !element.closest('.scroll > *'));
            return [document.documentElement.scrollWidth <= 390, wide.map((element) =>
                `${element.tagName}.${element.getAttribute('class')}`)]";
        let (fits, wide) = serde_json::from_value(page.eval(script).await?)?;
        Ok((fits, if fits { Vec::new() } else { wide }))
    };
    assert_eq!(fits().await?, (true, vec![]));
    for title in TITLES {
        let rows = page.figure(title).await?.rows().await?;
        assert!(rows.len() > 10 && rows[0].len() > 2, "{title}: {rows:?}");
        assert_eq!(fits().await?, (true, vec![]), "{title}");
    }
    page.press("More attributes").await?;
    page.find("textbox", "range of Tesla Model 3").await?;
    page.fill("monthly cost of Tesla Model 3", "1400").await?;
    page.wait_for_text("outside the surveyed range").await?;
    assert_eq!(fits().await?, (true, vec![]));
    page.finish().await
}

/// plotly.js silently draws a trace type that its bundle lacks as a scatter, and ignores unknown
/// settings.
#[tokio::test]
async fn plotly_knows_every_trace_and_setting() -> Result {
    let script = r#"return [...document.querySelectorAll(".js-plotly-plot")].flatMap((chart) => [
        ...chart.data.filter(({ type }, place) => chart._fullData[place].type !== type),
        ...(Plotly.validate(chart.data, chart.layout) ?? []),
    ].map((problem) => JSON.stringify(problem.msg ?? problem.type)))"#;
    for fragment in ["", "page=sweep", "page=sweep&analysis=grid", "page=market"] {
        let page = open(fragment).await?;
        page.wait_for_figures().await?;
        let problems = page.eval(script).await?;
        assert_eq!(problems, json!([]), "at {fragment}");
        page.finish().await?;
    }
    Ok(())
}
