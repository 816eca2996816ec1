//! Layout with many products and attributes, and with long names in several scripts.

use std::fmt::Write as _;

use e2e::{Page, Result, Server, repository_path, wait_until_equal};
use serde_json::json;

const PRODUCTS: usize = 60;
const ATTRIBUTES: usize = 100;

/// Names of 90 letters, in Latin, Chinese and Arabic.
fn name(kind: &str, place: usize) -> String {
    let filler = ["letters ", "很长的名称", "اسم طويل "][place % 3];
    let text = format!("{kind} {place} {}", filler.repeat(90));
    text.chars().take(90).collect::<String>().trim().to_owned()
}

/// Writes the study: no money, and every attribute with two levels.
fn write_study(folder: &std::path::Path) -> Result {
    let columns: Vec<(String, String)> = (0..PRODUCTS)
        .map(|brand| ("brand".to_owned(), name("Brand", brand)))
        .chain((0..ATTRIBUTES).flat_map(|attribute| {
            ["low", "high"].map(|level| {
                let attribute = name("Attribute", attribute);
                (attribute, level.to_owned())
            })
        }))
        .collect();
    let header = |part: fn(&(String, String)) -> &String| {
        let parts = columns.iter().map(|column| format!(",{}", part(column)));
        format!("id{}\n", parts.collect::<String>())
    };
    let mut utilities = header(|(attribute, _)| attribute) + &header(|(_, level)| level);
    for respondent in 0..40_usize {
        write!(utilities, "{respondent}")?;
        for column in 0..columns.len() {
            let part = ((respondent * 31 + column * 17 + 1) as f64 * 0.618_033_988_75).fract();
            write!(utilities, ",{:.4}", 4.0 * part - 2.0)?;
        }
        utilities.push('\n');
    }
    std::fs::write(folder.join("UtilityScoresEV.csv"), utilities)?;
    let attributes = (0..ATTRIBUTES).map(|attribute| format!(",{}", name("Attribute", attribute)));
    let mut offers = format!("id,brand,model{}\n", attributes.collect::<String>());
    for product in 0..PRODUCTS {
        write!(
            offers,
            "{product},{},{}",
            name("Brand", product),
            name("Model", product)
        )?;
        for attribute in 0..ATTRIBUTES {
            let level = ["low", "high"][(product * 7 + attribute * 3) % 5 % 2];
            write!(offers, ",{level}")?;
        }
        offers.push('\n');
    }
    std::fs::write(folder.join("leaseOffers.csv"), offers)?;
    let settings = format!("{{\"title\": \"{}\"}}", name("Study", 1));
    std::fs::write(folder.join("study.json"), settings)?;
    Ok(())
}

/// The elements that reach beyond the window, if the page scrolls sideways.
const TOO_WIDE: &str = "
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('body *')].filter((element) =>
        element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest('.scroll > *'))
        .map((element) => `${element.tagName}.${element.getAttribute('class')}`)";

/// Makes the window as wide as usual screens.
async fn check_widths(page: &Page, what: &str) -> Result {
    for width in [390, 768, 1440, 1920] {
        page.resize(width, 900).await?;
        assert_eq!(page.eval(TOO_WIDE).await?, json!([]), "{what} at {width}");
    }
    Ok(())
}

/// Opens the study on a page without figures.
async fn open_study() -> Result<(Server, Page)> {
    let folder = tempfile::tempdir()?;
    write_study(folder.path())?;
    let server = Server::start(folder.path(), &repository_path("Precomputed Data"))?;
    let page = Page::open(&server, "page=data").await?;
    Ok((server, page))
}

// Two tests, which run side by side.

#[tokio::test]
async fn many_products_with_long_names_fit_the_figures_of_respondents() -> Result {
    let (_server, page) = open_study().await?;
    for tab in ["Data", "Product Attractiveness", "Insights"] {
        page.open_page(tab).await?;
        check_widths(&page, tab).await?;
    }
    page.finish().await
}

#[tokio::test]
async fn many_products_with_long_names_fit_the_figures_of_the_market() -> Result {
    let (_server, page) = open_study().await?;
    for tab in ["Optimizer", "Simulator"] {
        page.open_page(tab).await?;
        check_widths(&page, tab).await?;
    }
    // At first, the offers have twelve attributes, the brand among them.
    let controls = "return document.querySelectorAll('.offers td select').length";
    assert_eq!(page.eval(controls).await?, json!(PRODUCTS * 12));
    page.press("More attributes").await?;
    wait_until_equal(
        "all attributes and the brand",
        json!(PRODUCTS * (1 + ATTRIBUTES)),
        async || page.eval(controls).await,
    )
    .await?;
    check_widths(&page, "all attributes").await?;
    page.finish().await
}
