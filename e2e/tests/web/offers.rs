//! The table of offers: editing every attribute, with the keyboard as well.

use e2e::{Page, Result, Simulation, open, repository_path, wait_until_equal};
use fantoccini::key::Key;

const ATTRACTION: &str = "Attraction to chosen product";
const PRICE: &str = "monthly cost of Tesla Model 3";

/// Waits until the Data table of the attraction equals the command line's.
async fn wait_for_attraction(page: &Page, edits: &[&str]) -> Result {
    let expected = Simulation::run_shipped(edits)?.attraction();
    page.figure(ATTRACTION)
        .await?
        .wait_for_rows(&expected)
        .await
}

/// Replaces the text of an input without committing it.
async fn type_over(page: &Page, name: &str, text: &str) -> Result {
    page.click("textbox", name).await?;
    let all = Key::Control + "a";
    page.send_keys(&format!("{all}{}{text}", Key::Null)).await
}

#[tokio::test]
async fn every_attribute_of_every_offer_can_be_edited() -> Result {
    let page = open("page=attractiveness").await?;
    page.press("More attributes").await?;
    let offers = std::fs::read_to_string(repository_path("Data/leaseOffers.csv"))?;
    let mut lines = offers
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let script = "return Object.fromEntries([...document.querySelectorAll('input, select')]
        .map((control) => [control.ariaLabel, control.value]))";
    let values = page.eval(script).await?;
    for offer in lines {
        let [_, brand, model, ..] = offer[..] else {
            panic!("{offer:?}");
        };
        for (column, value) in header.iter().zip(&offer) {
            if ["id", "model"].contains(column) {
                continue;
            }
            let name = format!("{} of {brand} {model}", column.replace('_', " "));
            assert_eq!(values[&name], *value, "{name}");
        }
    }
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    page.fill("range of Tesla Model 3", "300").await?;
    wait_for_attraction(&page, &["--set", "9.range=300"]).await?;
    page.wait_for_text("was 250").await?;
    page.choose("vehicle type of Tesla Model 3", "SUV").await?;
    let edits = [
        "--set",
        "9.range=300",
        "--set",
        "9.vehicle_type=SUV",
        "--set",
        "1.brand=VW",
    ];
    wait_for_attraction(&page, &edits[..4]).await?;
    page.choose("brand of Audi e-tron", "VW").await?;
    wait_for_attraction(&page, &edits).await?;
    // The offer is named after its new brand, and the cell shows the old one.
    page.find("combobox", "brand of VW e-tron").await?;
    page.wait_for_text("was Audi").await?;

    // The link also says that all columns are shown.
    page.reload().await?;
    assert_eq!(
        page.input_value("textbox", "range of Tesla Model 3")
            .await?,
        "300"
    );
    wait_for_attraction(&page, &edits).await?;
    page.press("More attributes").await?;
    wait_until_equal("the columns", 0, async || {
        Ok(page
            .scope()
            .find_all("textbox", "range of Tesla Model 3")
            .await?
            .len())
    })
    .await?;
    wait_for_attraction(&page, &edits).await?;
    page.press("Reset VW e-tron").await?;
    wait_for_attraction(&page, &edits[..4]).await?;
    page.finish().await
}

#[tokio::test]
async fn tab_moves_through_the_cells_and_commits() -> Result {
    let page = open("page=attractiveness").await?;
    let first = "monthly cost of Audi e-tron";
    page.click("textbox", first).await?;
    for next in [
        "upfront cost of Audi e-tron",
        "term of Audi e-tron",
        "Withdraw Audi e-tron",
    ] {
        page.send_keys(&Key::Tab.to_string()).await?;
        assert_eq!(page.focused_name().await?, next);
    }
    // Tab skips "Reset", which has nothing to reset.
    page.send_keys(&Key::Tab.to_string()).await?;
    assert_eq!(
        page.focused_name().await?,
        "monthly cost of Chevrolet Bolt EV"
    );

    // This opens the figure's Data table, whose button takes the focus.
    wait_for_attraction(&page, &[]).await?;
    type_over(&page, PRICE, "449").await?;
    wait_for_attraction(&page, &[]).await?;
    page.send_keys(&Key::Tab.to_string()).await?;
    assert_eq!(page.focused_name().await?, "upfront cost of Tesla Model 3");
    wait_for_attraction(&page, &["--set", "9.monthly_cost=449"]).await?;
    assert_eq!(page.focused_name().await?, "upfront cost of Tesla Model 3");
    type_over(&page, PRICE, "429").await?;
    page.click("textbox", first).await?;
    wait_for_attraction(&page, &["--set", "9.monthly_cost=429"]).await?;
    assert_eq!(page.focused_name().await?, first);
    page.finish().await
}

#[tokio::test]
async fn buttons_that_disable_or_remove_themselves_do_not_lose_the_focus() -> Result {
    let page = open("page=attractiveness").await?;
    let enter = Key::Enter.to_string();
    // From the last cell of an offer to its "Reset", which is disabled after its use.
    page.fill("term of Tesla Model 3", "24").await?;
    page.wait_for_text("was 36").await?;
    page.find("checkbox", "Withdraw Tesla Model 3")
        .await?
        .send_keys(&Key::Tab.to_string())
        .await?;
    assert_eq!(page.focused_name().await?, "Reset Tesla Model 3");
    page.send_keys(&enter).await?;
    wait_for_charts(&page, &[]).await?;
    assert!(page.is_disabled("Reset Tesla Model 3").await?);
    assert_eq!(page.focused_name().await?, "Reset Tesla Model 3");
    // A second press does nothing, and Tab continues from there.
    page.send_keys(&enter).await?;
    page.send_keys(&Key::Tab.to_string()).await?;
    assert_eq!(page.focused_name().await?, "monthly cost of Tesla Model S");

    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.wait_for_text("was 399").await?;
    let all = page.find("button", "Reset all").await?;
    assert!(!page.is_disabled("Reset all").await?);
    all.send_keys(&enter).await?;
    wait_for_charts(&page, &[]).await?;
    assert!(page.is_disabled("Reset all").await?);
    let focused = page.client().active_element().await?.text().await?;
    assert_eq!(focused, "Reset all");

    // "Remove" removes itself with its row: the focus moves to the next row's, in the end to "Add offer".
    let add = page.find("button", "Add offer").await?;
    for copy in ["Audi e-tron (14)", "Audi e-tron (15)", "Audi e-tron (16)"] {
        add.send_keys(&enter).await?;
        page.find("button", &format!("Remove {copy}")).await?;
    }
    let remove = page.find("button", "Remove Audi e-tron (15)").await?;
    remove.send_keys(&enter).await?;
    for (left, next) in [
        (15, "Remove Audi e-tron (16)"),
        (14, "Remove Audi e-tron (14)"),
    ] {
        wait_until_equal("the offers", left, async || count_offers(&page).await).await?;
        assert_eq!(page.focused_name().await?, next);
        page.send_keys(&enter).await?;
    }
    wait_until_equal("the offers", 13, async || count_offers(&page).await).await?;
    let focused = page.client().active_element().await?.text().await?;
    assert_eq!(focused, "Add offer");
    page.finish().await
}

/// The number of offers in the table.
async fn count_offers(page: &Page) -> Result<usize> {
    Ok(page.table("Lease offers").await?.len() - 1)
}

#[tokio::test]
async fn escape_discards_a_text_and_arrow_keys_take_steps() -> Result {
    let page = open("page=attractiveness").await?;
    for (text, before) in [("449", "399"), ("44g", "399"), ("", "399")] {
        type_over(&page, PRICE, text).await?;
        page.send_keys(&Key::Escape.to_string()).await?;
        assert_eq!(page.input_value("textbox", PRICE).await?, before, "{text}");
        assert_eq!(page.focused_name().await?, PRICE);
        page.send_keys(&Key::Tab.to_string()).await?;
        assert_eq!(page.input_value("textbox", PRICE).await?, before, "{text}");
    }
    wait_for_attraction(&page, &[]).await?;

    page.fill(PRICE, "449").await?;
    type_over(&page, PRICE, "500").await?;
    page.send_keys(&Key::Escape.to_string()).await?;
    assert_eq!(page.input_value("textbox", PRICE).await?, "449");
    page.send_keys(&Key::Tab.to_string()).await?;
    wait_for_attraction(&page, &["--set", "9.monthly_cost=449"]).await?;

    page.press("Reset all").await?;
    check_arrow_keys(&page).await?;
    page.finish().await
}

#[tokio::test]
async fn an_edit_moves_neither_the_page_nor_the_focus() -> Result {
    let page = open("page=attractiveness").await?;
    page.press("More attributes").await?;
    // The scroll positions of the page and of every element around the cell.
    let scrolled = async || -> Result<Vec<f64>> {
        let script = "const places = [window.scrollX, window.scrollY];
            for (let e = document.activeElement; e; e = e.parentElement) {
                if (e.tagName !== 'INPUT') places.push(e.scrollLeft, e.scrollTop);
            }
            return places";
        let places = page.eval(script).await?;
        Ok(serde_json::from_value(places)?)
    };
    let cases = [
        (
            0,
            "monthly cost of Chevrolet Bolt EV",
            "165",
            "2.monthly_cost=165",
            "monthly cost of Jaguar I-Pace",
        ),
        (
            150,
            "upfront cost of Kia Niro EV",
            "4000",
            "4.upfront_cost=4000",
            "upfront cost of Kia Niro Plug",
        ),
        (
            90,
            "range of Kia Niro Plug",
            "40",
            "5.range=40",
            "range of Kia Optima Plug",
        ),
    ];
    let mut edits = Vec::new();
    for (down, name, text, edit, below) in cases {
        let scroll = format!("window.scrollTo(0, {down})");
        page.eval(&scroll).await?;
        type_over(&page, name, text).await?;
        let before = scrolled().await?;
        assert_eq!(
            before[1],
            f64::from(down),
            "{name}: the page is not where it should begin"
        );
        page.send_keys(&Key::Enter.to_string()).await?;
        edits.extend(["--set", edit]);
        assert_eq!(page.focused_name().await?, below);
        wait_for_charts(&page, &edits).await?;
        assert_eq!(scrolled().await?, before, "{name}");
        assert_eq!(page.focused_name().await?, below);
    }
    // There is no row below the last one.
    let last = "monthly cost of VW e-Golf SE";
    page.fill(last, "205").await?;
    assert_eq!(page.focused_name().await?, last);
    page.finish().await
}

/// Arrow keys take round steps, and Enter moves on.
async fn check_arrow_keys(page: &Page) -> Result {
    page.click("textbox", PRICE).await?;
    // From 399, in steps of a hundredth of the surveyed range.
    page.send_keys(&Key::Up.to_string()).await?;
    wait_for_charts(page, &["--set", "9.monthly_cost=419"]).await?;
    assert_eq!(page.input_value("textbox", PRICE).await?, "419");
    assert_eq!(page.focused_name().await?, PRICE);
    let down = Key::Down.to_string();
    page.send_keys(&down.repeat(3)).await?;
    wait_for_charts(page, &["--set", "9.monthly_cost=359"]).await?;
    page.send_keys(&Key::Enter.to_string()).await?;
    assert_eq!(page.focused_name().await?, "monthly cost of Tesla Model S");
    assert_eq!(page.input_value("textbox", PRICE).await?, "359");
    Ok(())
}

/// Waits until the charts equal the command line's figures, without a click, which would move the
/// focus and scroll the page.
async fn wait_for_charts(page: &Page, edits: &[&str]) -> Result {
    let choosers = Simulation::run_shipped(edits)?.choosers();
    let all: u64 = choosers.values().sum();
    let figure = page.figure("Predicted market share by product").await?;
    wait_until_equal("the bars", choosers, async || {
        let script =
            "const [{ x, y }] = chart._fullData; return [...y].map((name, at) => [name, x[at]])";
        let bars = figure.eval_chart(script).await?;
        let bars: Vec<(String, f64)> = serde_json::from_value(bars)?;
        let count = |share: f64| (share / 100.0 * all as f64).round() as u64;
        Ok(bars
            .into_iter()
            .map(|(name, share)| (name, count(share)))
            .collect())
    })
    .await?;
    let expected = Simulation::run_shipped(edits)?.attraction();
    let cells = expected.iter().skip(1).flat_map(|row| &row[1..]);
    let figure = page.figure(ATTRACTION).await?;
    wait_until_equal("the heatmap", true, async || {
        let drawn = figure
            .eval_chart("return chart._fullData[0].z.flatMap((row) => [...row])")
            .await?;
        let drawn: Vec<f64> = serde_json::from_value(drawn)?;
        // A chart has fewer digits than the table.
        let close = |(drawn, cell): (&f64, &String)| {
            (drawn - cell.parse().unwrap_or(f64::NAN)).abs() < 1e-3
        };
        Ok(drawn.iter().zip(cells.clone()).all(close))
    })
    .await
}
