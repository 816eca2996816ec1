//! The sweep's table: every rule is told beside the cell that breaks it, and what was right
//! before stays drawn.

use e2e::{Lockstep, MONTHLY_ROWS, Page, Result, open, wait_until_equal};
use fantoccini::key::Key;

const OLDER: &str = "The figures below are older than the table.";

/// What is said of the cell with this name.
async fn told(page: &Page, role: &str, name: &str) -> Result<String> {
    let cell = page.find(role, name).await?;
    let Some(id) = cell.attr("aria-describedby").await? else {
        return Ok(String::new());
    };
    let script = "return document.getElementById(arguments[0])?.textContent ?? ''";
    let text = page.client().execute(script, vec![id.into()]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Whether a cell is marked as wrong.
async fn is_wrong(page: &Page, role: &str, name: &str) -> Result<bool> {
    let cell = page.find(role, name).await?;
    Ok(cell.attr("aria-invalid").await?.as_deref() == Some("true"))
}

/// Writes a text, expects the message, writes the old text again: the message is gone.
async fn breaks(page: &Page, cell: &str, text: &str, at: &str, message: &str) -> Result {
    let before = page.input_value("textbox", cell).await?;
    page.fill(cell, text).await?;
    let what = format!("what is said of {at} after {text} in {cell}");
    wait_until_equal(&what, (true, true), async || {
        let said = told(page, "textbox", at).await?;
        Ok((said.contains(message), is_wrong(page, "textbox", at).await?))
    })
    .await?;
    page.wait_for_text(OLDER).await?;
    // What was typed is there still.
    assert_eq!(page.input_value("textbox", cell).await?, text);
    page.fill(cell, &before).await?;
    wait_until_equal(&what, String::new(), async || {
        told(page, "textbox", at).await
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn each_rule_has_its_message_beside_its_cell() -> Result {
    let page = open("page=sweep").await?;
    let slips = [
        (
            "step of row 1",
            "30",
            "step of row 1",
            "does not divide the range from 399 to 499",
        ),
        (
            "step of row 2",
            "0",
            "step of row 2",
            "a step of 0 leads nowhere",
        ),
        ("step of row 1", "-20", "step of row 1", "write 20"),
        (
            "baseline of row 1",
            "400",
            "baseline of row 1",
            "none of the points; the nearest is 399",
        ),
        (
            "end of row 3",
            "1159",
            "end of row 3",
            "has 5 points and row 1 has 6",
        ),
        ("begin of row 1", "39g", "begin of row 1", "39g"),
        ("begin of row 1", "", "begin of row 1", "number"),
        (
            "baseline of row 2",
            "920",
            "baseline of row 2",
            "all rows need the same point, here 900",
        ),
        (
            "step of row 1",
            "0.001",
            "step of row 1",
            "at most 10000 are computed",
        ),
    ];
    for (cell, text, at, message) in slips {
        breaks(&page, cell, text, at, message).await?;
    }
    page.choose("product of row 2", "Tesla Model 3").await?;
    wait_until_equal("what is said of the product", true, async || {
        let said = told(&page, "combobox", "product of row 2").await?;
        Ok(said.contains("stands in row 1 too"))
    })
    .await?;
    page.choose("product of row 2", "Tesla Model S").await?;
    wait_until_equal("the product", String::new(), async || {
        told(&page, "combobox", "product of row 2").await
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn the_grid_has_the_same_rules() -> Result {
    let page = open("page=sweep&analysis=grid").await?;
    let slips = [
        (
            "monthly step of row 1",
            "7",
            "monthly step of row 1",
            "does not divide",
        ),
        (
            "upfront step of row 2",
            "0",
            "upfront step of row 2",
            "a step of 0",
        ),
        (
            "upfront baseline of row 1",
            "4950",
            "upfront baseline of row 1",
            "the nearest is 4940",
        ),
        (
            "upfront end of row 2",
            "5740",
            "upfront end of row 2",
            "has 5 points and row 1 has 6",
        ),
    ];
    for (cell, text, at, message) in slips {
        breaks(&page, cell, text, at, message).await?;
    }
    page.finish().await
}

#[tokio::test]
async fn what_was_right_before_stays_drawn_and_is_marked() -> Result {
    let page = open("page=sweep").await?;
    let before = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?;
    let before = before.changes("ebit", None, false);
    page.figure("EBIT").await?.wait_for_rows(&before).await?;
    page.fill("end of row 1", "490").await?;
    page.wait_for_text(OLDER).await?;
    page.figure("EBIT").await?.wait_for_rows(&before).await?;
    assert_eq!(
        page.accessibility_violations().await?,
        [""; 0],
        "with older figures"
    );

    // A link to a table that was never right says so, and has no figures.
    page.reload().await?;
    page.wait_for_text("There are no figures yet.").await?;
    assert!(page.scope().find_all("figure", "EBIT").await?.is_empty());
    assert_eq!(
        page.accessibility_violations().await?,
        [""; 0],
        "without figures"
    );

    let rows = [
        "9:399:479:20:399",
        "10:900:980:20:900",
        "11:999:1159:40:999",
    ];
    for (row, end) in [(1, "479"), (2, "980"), (3, "1159")] {
        page.fill(&format!("end of row {row}"), end).await?;
    }
    let after = Lockstep::run_shipped("monthly_cost", &rows, &[])?;
    page.figure("EBIT")
        .await?
        .wait_for_rows(&after.changes("ebit", None, false))
        .await?;

    // Without a row there is nothing to sweep.
    for row in ["Remove row 3", "Remove row 2", "Remove row 1"] {
        page.press(row).await?;
    }
    page.wait_for_text("there is no row; add a product to sweep")
        .await?;
    page.press("Add row").await?;
    page.find("textbox", "begin of row 1").await?;
    wait_until_equal("the message", true, async || {
        let text = page
            .client()
            .execute("return document.body.innerText", vec![]);
        Ok(!text.await?.to_string().contains("there is no row"))
    })
    .await?;
    page.finish().await
}

#[tokio::test]
async fn an_offer_that_is_gone_is_told() -> Result {
    let page = open("page=sweep&monthly=99:399:499:20:399").await?;
    assert_eq!(
        page.input_value("combobox", "product of row 1").await?,
        "offer 99"
    );
    let said = told(&page, "combobox", "product of row 1").await?;
    assert!(said.contains("no offer has the id `99`"), "{said}");
    page.choose("product of row 1", "Tesla Model 3").await?;
    page.figure("EBIT").await?;
    page.finish().await
}

#[tokio::test]
async fn a_withdrawn_offer_is_marked_as_such() -> Result {
    let row = "13:199:299:20:199";
    let page = open(&format!("page=sweep&withdraw=13&monthly={row}")).await?;
    let cell = ("combobox", "product of row 1");
    assert_eq!(
        page.input_value(cell.0, cell.1).await?,
        "VW e-Golf SE (withdrawn)"
    );
    let said = told(&page, cell.0, cell.1).await?;
    assert!(said.contains("withdrawn"), "{said}");
    assert!(!is_wrong(&page, cell.0, cell.1).await?);
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    let sweep = Lockstep::run_shipped("monthly_cost", &[row], &["--withdraw", "13"])?;
    let ebit = page.figure("EBIT").await?;
    ebit.wait_for_rows(&sweep.changes("ebit", None, false))
        .await?;

    // Brought back, it is an offer as all others.
    page.open_page("Product Attractiveness").await?;
    let withdraw = page.find("checkbox", "Withdraw VW e-Golf SE").await?;
    withdraw.click().await?;
    page.open_page("Attribute Sweep").await?;
    assert_eq!(page.input_value(cell.0, cell.1).await?, "VW e-Golf SE");
    assert_eq!(told(&page, cell.0, cell.1).await?, "");
    let sweep = Lockstep::run_shipped("monthly_cost", &[row], &[])?;
    let ebit = page.figure("EBIT").await?;
    ebit.wait_for_rows(&sweep.changes("ebit", None, false))
        .await?;
    page.finish().await
}

/// That the first row of the table shown has lost its offer.
async fn wants_an_offer(page: &Page) -> Result {
    let cell = ("combobox", "product of row 1");
    assert_eq!(page.input_value(cell.0, cell.1).await?, "choose an offer");
    assert!(is_wrong(page, cell.0, cell.1).await?);
    let said = told(page, cell.0, cell.1).await?;
    assert!(said.contains("offer"), "{said}");
    page.wait_for_text("The table cannot be computed as it stands")
        .await
}

#[tokio::test]
async fn an_added_offer_that_is_removed_leaves_its_rows_to_another() -> Result {
    let page = open(
        "page=sweep&add=14%3A9&monthly=14:399:499:20:399&monthly=10:900:1000:20:900\
         &grid=14:399:499:20:399:5594:5794:100:5594",
    )
    .await?;
    let (product, first) = ("product of row 1", "Product Attractiveness");
    let added = "Tesla Model 3 (14)";
    assert_eq!(page.input_value("combobox", product).await?, added);
    page.figure("EBIT").await?;

    page.open_page(first).await?;
    page.press(&format!("Remove {added}")).await?;
    page.open_page("Attribute Sweep").await?;
    wants_an_offer(&page).await?;
    page.click("radio", "Attribute grid").await?;
    wants_an_offer(&page).await?;
    page.click("radio", "Lockstep").await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    // Another offer that takes the id is not what the row was about; nor is it after a reload.
    page.open_page(first).await?;
    page.press("Add offer").await?;
    page.find("textbox", "monthly cost of Audi e-tron (14)")
        .await?;
    page.open_page("Attribute Sweep").await?;
    wants_an_offer(&page).await?;
    page.reload().await?;
    wants_an_offer(&page).await?;

    page.choose(product, "Tesla Model 3").await?;
    page.figure("EBIT").await?;
    assert_eq!(told(&page, "combobox", product).await?, "");
    page.finish().await
}

#[tokio::test]
async fn a_value_beyond_the_surveyed_range_computes_and_is_told() -> Result {
    let page = open("page=sweep&monthly=9:399:1399:100:399").await?;
    page.figure("EBIT").await?;
    page.wait_for_text("outside the surveyed range 120–1250")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn the_table_is_worked_by_keyboard() -> Result {
    let page = open("page=sweep").await?;
    // Enter commits and moves down.
    page.fill("begin of row 1", "379").await?;
    assert_eq!(page.focused_name().await?, "begin of row 2");
    // Escape brings back what the table holds.
    page.find("textbox", "step of row 3").await?.click().await?;
    page.send_keys("7").await?;
    page.send_keys(&Key::Escape.to_string()).await?;
    assert_eq!(page.input_value("textbox", "step of row 3").await?, "40");
    // The focus stays among the rows as these go.
    for (row, next) in [
        ("Remove row 1", "Remove row 1"),
        ("Remove row 2", "Remove row 1"),
    ] {
        page.find("button", row).await?.send_keys(" ").await?;
        wait_until_equal("the focus", next.to_owned(), async || {
            page.focused_name().await
        })
        .await?;
    }
    page.finish().await
}
