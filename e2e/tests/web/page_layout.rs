//! The page fits every window.

use e2e::{Page, Result, open};

/// The pages with figures that need no choice, and the figures.
const PAGES: [(&str, &[&str]); 3] = [
    (
        "",
        &[
            "Predicted market share by product",
            "Money by brand",
            "Demand curve",
            "Share by segment",
            "Choosers",
        ],
    ),
    (
        "page=attractiveness",
        &[
            "Predicted market share by product",
            "Attraction to chosen product",
            "Attraction in detail",
            "Attraction to chosen brand",
            "Brand scavengers",
        ],
    ),
    (
        "page=insights",
        &[
            "Importance",
            "Part-worths",
            "Willingness to pay",
            "Price elasticity",
            "Diversion",
        ],
    ),
];

#[tokio::test]
async fn product_attractiveness_fits_every_screen() -> Result {
    let page = open("page=attractiveness").await?;
    page.find("heading", "Electric vehicle leases").await?;
    page.find("tab", "Product Attractiveness").await?;
    assert_eq!(page.check_looks("attractiveness").await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn the_insights_and_the_optimizer_fit_every_screen() -> Result {
    let page = Page::blank().await?;
    for name in ["insights", "optimizer"] {
        page.show(&format!("page={name}&set=9.monthly_cost%3D449"))
            .await?;
        assert_eq!(page.check_looks(name).await?, [""; 0]);
    }
    page.finish().await
}

#[tokio::test]
async fn a_phone_shows_every_figure_without_scrolling_sideways() -> Result {
    let page = Page::blank().await?;
    page.resize(390, 844).await?;
    for (fragment, titles) in PAGES {
        page.show(fragment).await?;
        check_phone(&page, titles).await?;
    }
    page.finish().await
}

/// Checks that the page fits a phone, with the Data table of each figure and all attributes of offers.
async fn check_phone(page: &Page, titles: &[&str]) -> Result {
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
    for title in titles {
        let rows = page.figure(title).await?.rows().await?;
        assert!(rows.len() > 7 && rows[0].len() > 1, "{title}: {rows:?}");
        assert_eq!(fits().await?, (true, vec![]), "{title}");
    }
    page.press("More attributes").await?;
    page.find("textbox", "range of Tesla Model 3").await?;
    page.fill("monthly cost of Tesla Model 3", "1400").await?;
    page.wait_for_text("outside the surveyed range").await?;
    assert_eq!(fits().await?, (true, vec![]));
    Ok(())
}
