//! Layout with many products and attributes, and with long names in several scripts.

use std::fmt::Write as _;

use e2e::{Page, Result, Server, repository_path, wait_for, wait_until_equal};
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

/// The names on axes and in legends that reach beyond their chart. A long legend scrolls.
const OUTSIDE: &str = "
    const texts = '.xtick text, .ytick text, .xtitle, .legendtext, .annotation-text';
    return [...document.querySelectorAll('.chart')].flatMap((chart) => {
        const box = chart.getBoundingClientRect();
        const isOutside = (text) => {
            const { left, top, right, bottom } = text.getBoundingClientRect();
            return left < box.left - 1 || right > box.right + 1
                || !text.matches('.legendtext') && (top < box.top - 1 || bottom > box.bottom + 1);
        };
        return [...chart.querySelectorAll(texts)].filter(isOutside)
            .map((text) => `${chart.getAttribute('aria-label')}: ${text.textContent}`);
    })";

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

/// Names as the exports of survey tools have them, in place of some of the shipped study's.
const LONG_NAMES: [(&str, &str); 5] = [
    (
        "Chevrolet",
        "Chevrolet of North America and Europe with leasing for households and companies",
    ),
    (
        "Kia",
        "Kia with a warranty of seven years and a service package and winter tires and insurance",
    ),
    (
        "Plug-in Hybrid",
        "Plug-in Hybrid with a range of fifty miles that is charged at home or at work overnight",
    ),
    (
        "SUV",
        "SUV with seven seats and all-wheel drive and a trailer hitch and a panoramic glass roof",
    ),
    (
        "Gen X",
        "Gen X (born from 1965 to 1980) in a household with at least one car of their own today",
    ),
];

/// The shipped study with long names of brands, levels and a segment.
fn write_long_names(folder: &std::path::Path) -> Result {
    for entry in std::fs::read_dir(repository_path("Data"))? {
        let path = entry?.path();
        let content = std::fs::read_to_string(&path)?;
        let content = LONG_NAMES.iter().fold(content, |content, (short, long)| {
            content.replace(short, long)
        });
        std::fs::write(folder.join(path.file_name().unwrap()), content)?;
    }
    Ok(())
}

/// The tooltip at a place of a chart, in fractions of its width and height.
async fn tooltip(page: &Page, title: &str, [across, down]: [f64; 2]) -> Result<String> {
    let script = format!(
        "const chart = document.querySelector('.chart[aria-label=\"Chart: {title}\"]');
        const area = chart.querySelector('.nsewdrag');
        const {{ left, top, width, height }} = area.getBoundingClientRect();
        area.dispatchEvent(new MouseEvent('mousemove', {{ bubbles: true,
            clientX: left + {across} * width, clientY: top + {down} * height }}));
        return chart.querySelector('.hoverlayer').textContent"
    );
    wait_for("a tooltip", async || {
        let text = page.eval(&script).await?;
        Ok(text
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned))
    })
    .await
}

#[tokio::test]
async fn long_names_are_cut_and_whole_in_tooltips() -> Result {
    let folder = tempfile::tempdir()?;
    write_long_names(folder.path())?;
    let server = Server::start(folder.path(), &repository_path("Precomputed Data"))?;
    let page = Page::open(&server, "page=data").await?;
    // Each page, and where on it a mark belongs to the first of the long names: the second product's
    // cell of a matrix, the fifth product's row.
    let tabs = [
        (
            "Product Attractiveness",
            Some(("Attraction to chosen product", [1.5 / 13.0; 2])),
        ),
        ("Insights", None),
        ("Optimizer", None),
        ("Attribute Sweep", None),
        (
            "Simulator",
            Some(("Predicted market share by product", [0.01, 4.5 / 13.0])),
        ),
    ];
    for (tab, place) in tabs {
        page.open_page(tab).await?;
        for width in [390, 1440] {
            page.resize(width, 900).await?;
            let what = format!("{tab} at {width}");
            assert_eq!(page.eval(TOO_WIDE).await?, json!([]), "{what}");
            assert_eq!(page.eval(OUTSIDE).await?, json!([]), "{what}");
            let failures = "return document.querySelectorAll('.chart-failure').length";
            assert_eq!(page.eval(failures).await?, json!(0), "{what}");
        }
        if let Some((title, place)) = place {
            let text = tooltip(&page, title, place).await?;
            assert!(text.contains(LONG_NAMES[0].1), "{tab}: {text}");
        }
    }
    let heading = "
        const name = document.querySelector('.offers tbody th [title]');
        return [name.textContent, name.title]";
    let name = format!("{} Bolt EV", LONG_NAMES[0].1);
    let shown = "Chevrolet of North A…d companies Bolt EV";
    assert_eq!(page.eval(heading).await?, json!([shown, name]));
    page.finish().await
}

// Two tests of a large study, which run side by side.

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
