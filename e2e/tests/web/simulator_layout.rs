//! Simulator: what follows from an edit is in sight, and the page fits every screen.

use e2e::{Page, Result, open};
use serde_json::json;

const EDITED: &str = "set=9.monthly_cost%3D449";

/// The rows of tables with these names that are not wholly in the view, with their places.
const OUT_OF_SIGHT: &str = "
    const named = (selector, name) => [...document.querySelectorAll(selector)]
        .filter((element) => element.textContent.trim() === name);
    const rows = (name) => named('tr > :first-child', name).map((cell) => cell.parentElement);
    const bars = (name) => named('.ytick text', name);
    const [lines, products] = arguments;
    const wanted = [...lines.map((name) => [name, rows(name)]),
        ...products.map((name) => [`bar of ${name}`, bars(name)])];
    return wanted.flatMap(([name, found]) => {
        const shown = found.filter((element) => element.checkVisibility())
            .map((element) => element.getBoundingClientRect());
        const isInSight = ({ top, bottom, left, right }) =>
            top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
        return shown.length > 0 && shown.every(isInSight) ? []
            : [`${name}: ${shown.map(({ top, bottom }) => `${top}–${bottom}`).join(', ') || 'missing'}`];
    })";

#[tokio::test]
async fn what_follows_from_an_edit_is_in_sight_and_there_are_few_buttons() -> Result {
    let page = open(EDITED).await?;
    page.resize(1440, 900).await?;
    page.wait_for_figures().await?;
    let focus = page.table("Focus brand").await?;
    assert!(focus[1..].iter().all(|line| line.len() == 4), "{focus:?}");
    let wanted = vec![
        json!(["Share", "Revenue", "EBIT"]),
        json!(["Tesla Model 3"]),
    ];
    let hidden = page.client().execute(OUT_OF_SIGHT, wanted).await?;
    assert_eq!(hidden, json!([]));
    let scrolled = page.eval("return [scrollX, scrollY]").await?;
    assert_eq!(scrolled, json!([0, 0]));

    let script = "return [...document.querySelectorAll('button, summary, [role=button]')]
        .filter((button) => button.checkVisibility({ visibilityProperty: true, opacityProperty: true })
            && !button.closest('[aria-label=Offers] table'))
        .map((button) => button.ariaLabel ?? button.textContent.trim())";
    let buttons: Vec<String> = serde_json::from_value(page.eval(script).await?)?;
    assert!(buttons.len() <= 30, "{}: {buttons:?}", buttons.len());
    check_frame(&page).await?;
    check_phone(&page).await?;
    page.finish().await
}

/// The tabs, the scenarios, the choice model and the offers stay in sight further down.
async fn check_frame(page: &Page) -> Result {
    page.eval("scrollTo(0, 1500)").await?;
    let places = "const top = (role) => document.querySelector(role).getBoundingClientRect();
        return [['[role=tab]', '[aria-label=Scenarios]', '[aria-label=\"Choice model\"]', '.offers input']
            .filter((role) => !(top(role).top >= 0 && top(role).bottom <= innerHeight)),
            document.getElementById('frame').offsetHeight]";
    let (hidden, height): (Vec<String>, f64) = serde_json::from_value(page.eval(places).await?)?;
    assert_eq!(hidden, [""; 0]);
    assert!(height <= 180.0, "{height} pixels");
    Ok(())
}

/// A phone shows the lines of the brand in focus while the offers scroll.
async fn check_phone(page: &Page) -> Result {
    page.resize(390, 844).await?;
    for offset in [0, 300] {
        let script = format!("scrollTo(0, {offset})");
        page.eval(&script).await?;
        let lines = page.client().execute(
            OUT_OF_SIGHT,
            vec![json!(["Share", "Revenue", "EBIT"]), json!([])],
        );
        assert_eq!(lines.await?, json!([]), "at {offset}");
    }
    Ok(())
}

/// Waits until the intervals are there.
async fn wait_for_intervals(page: &Page) -> Result {
    page.wait_for_figures().await?;
    page.wait_for_text("with the 90 % interval of the share now")
        .await
}

#[tokio::test]
async fn the_simulator_fits_every_screen() -> Result {
    let page = open(EDITED).await?;
    wait_for_intervals(&page).await?;
    assert_eq!(page.check_looks("simulator").await?, [""; 0]);
    page.show("rule=rfc&draws=200&none=-1").await?;
    wait_for_intervals(&page).await?;
    page.open_settings().await?;
    assert_eq!(page.check_looks("simulator-settings").await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn offers_can_be_hidden() -> Result {
    let page = open(EDITED).await?;
    let width = "return document.querySelector('figure').clientWidth";
    let before = page.eval(width).await?.as_f64();
    page.press("Hide offers").await?;
    let button = page.find("button", "Show offers").await?;
    assert_eq!(
        button.attr("aria-expanded").await?.as_deref(),
        Some("false")
    );
    let focused = page.client().active_element().await?.text().await?;
    assert_eq!(focused, "Show offers");
    check_offers_are_hidden(&page).await?;
    assert!(page.eval(width).await?.as_f64() > before);
    // On every page, and in the link.
    page.open_page("Product Attractiveness").await?;
    check_offers_are_hidden(&page).await?;
    page.reload().await?;
    check_offers_are_hidden(&page).await?;
    page.press("Show offers").await?;
    assert_eq!(
        page.input_value("textbox", "monthly cost of Tesla Model 3")
            .await?,
        "449"
    );
    page.find("button", "Hide offers").await?;
    page.finish().await
}

async fn check_offers_are_hidden(page: &Page) -> Result {
    page.find("button", "Show offers").await?;
    let offers = page.scope().find_all("table", "Lease offers").await?;
    assert!(offers.is_empty());
    page.figure("Predicted market share by product").await?;
    Ok(())
}
