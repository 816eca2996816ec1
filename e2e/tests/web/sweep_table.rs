//! The sweep's table: every error is reported next to its cell, and the last valid figures stay.

use e2e::{Lockstep, MONTHLY_ROWS, Page, Result, open, wait_until_equal};
use fantoccini::key::Key;

const OUTDATED: &str = "The figures below are older than the table.";

/// The message about a cell; empty if the cell is valid.
async fn cell_message(page: &Page, role: &str, name: &str) -> Result<String> {
    let cell = page.find(role, name).await?;
    let Some(id) = cell.attr("aria-describedby").await? else {
        return Ok(String::new());
    };
    let script = "return document.getElementById(arguments[0])?.textContent ?? ''";
    let text = page.client().execute(script, vec![id.into()]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Types a text, waits for the message, types the old text again, waits until the message is gone.
async fn check_message(page: &Page, cell: &str, text: &str, message: &str) -> Result {
    let before = page.input_value("textbox", cell).await?;
    page.fill(cell, text).await?;
    let what = format!("the message about {text} in {cell}");
    wait_until_equal(&what, (true, true), async || {
        let found = cell_message(page, "textbox", cell).await?;
        Ok((
            found.contains(message),
            page.is_invalid("textbox", cell).await?,
        ))
    })
    .await?;
    page.wait_for_text(OUTDATED).await?;
    // The cell still has the text that was typed.
    assert_eq!(page.input_value("textbox", cell).await?, text);
    page.fill(cell, &before).await?;
    wait_until_equal(&what, String::new(), async || {
        cell_message(page, "textbox", cell).await
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn errors_are_reported_next_to_their_cells() -> Result {
    let page = open("page=sweep").await?;
    for (cell, text, message) in [
        (
            "step of row 1",
            "30",
            "does not divide the range from 399 to 499",
        ),
        ("begin of row 1", "39g", "39g"),
        ("end of row 3", "1159", "has 5 points and row 1 has 6"),
    ] {
        check_message(&page, cell, text, message).await?;
    }
    page.choose("product of row 2", "Tesla Model 3").await?;
    wait_until_equal("the message about the product", true, async || {
        let message = cell_message(&page, "combobox", "product of row 2").await?;
        Ok(message.contains("is already in row 1"))
    })
    .await?;
    page.choose("product of row 2", "Tesla Model S").await?;
    wait_until_equal("the product", String::new(), async || {
        cell_message(&page, "combobox", "product of row 2").await
    })
    .await?;

    // A value beyond the surveyed range has only a warning.
    let row = "9:399:1399:100:399";
    page.set_fragment(&format!("page=sweep&monthly={row}"))
        .await?;
    page.wait_for_text("outside the surveyed range 120–1250")
        .await?;
    let sweep = Lockstep::run_shipped("monthly_cost", &[row], &[])?;
    let ebit = page.figure("EBIT").await?;
    ebit.wait_for_rows(&sweep.changes("ebit", None, false))
        .await?;

    page.show("page=sweep&analysis=grid").await?;
    check_grid(&page).await?;
    page.finish().await
}

/// A message about a cell that has the focus leaves it there.
async fn check_focus(page: &Page) -> Result {
    let tab = Key::Tab.to_string();
    for (cell, text) in [("begin of row 1", "349"), ("end of row 1", "449")] {
        page.click("textbox", cell).await?;
        let all = Key::Control + "a";
        page.send_keys(&format!("{all}{}{text}{tab}", Key::Null))
            .await?;
    }
    page.wait_for_text("is not one of the points").await?;
    assert_eq!(page.focused_name().await?, "step of row 1");
    page.send_keys(&format!("10{tab}")).await?;
    let step = async || page.input_value("textbox", "step of row 1").await;
    wait_until_equal("the step", "10".to_owned(), step).await
}

/// The grid has the same checks.
async fn check_grid(page: &Page) -> Result {
    for (cell, text, message) in [
        ("monthly step of row 1", "7", "does not divide"),
        ("upfront baseline of row 1", "4950", "the nearest is 4940"),
    ] {
        check_message(page, cell, text, message).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_last_valid_figures_stay_and_are_marked_as_outdated() -> Result {
    let page = open("page=sweep").await?;
    let before = Lockstep::run_shipped("monthly_cost", &MONTHLY_ROWS, &[])?;
    let before = before.changes("ebit", None, false);
    page.figure("EBIT").await?.wait_for_rows(&before).await?;
    page.fill("end of row 1", "490").await?;
    page.wait_for_text(OUTDATED).await?;
    page.figure("EBIT").await?.wait_for_rows(&before).await?;
    assert_eq!(
        page.accessibility_violations().await?,
        [""; 0],
        "with older figures"
    );

    // A link to an invalid table has a message and no figures.
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

    // A table without rows has a message.
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

/// A row with an unknown offer has a message.
async fn check_unknown_offer(page: &Page) -> Result {
    page.set_fragment("page=sweep&monthly=99:399:499:20:399")
        .await?;
    page.wait_for_text("no offer has the id `99`").await?;
    assert_eq!(
        page.input_value("combobox", "product of row 1").await?,
        "offer 99"
    );
    let message = cell_message(page, "combobox", "product of row 1").await?;
    assert!(message.contains("no offer has the id `99`"), "{message}");
    page.choose("product of row 1", "Tesla Model 3").await?;
    page.figure("EBIT").await.map(drop)
}

#[tokio::test]
async fn a_withdrawn_offer_is_marked() -> Result {
    let row = "13:199:299:20:199";
    let page = open(&format!("page=sweep&withdraw=13&monthly={row}")).await?;
    let cell = ("combobox", "product of row 1");
    assert_eq!(
        page.input_value(cell.0, cell.1).await?,
        "VW e-Golf SE (withdrawn)"
    );
    let message = cell_message(&page, cell.0, cell.1).await?;
    assert!(message.contains("withdrawn"), "{message}");
    assert!(!page.is_invalid(cell.0, cell.1).await?);
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    let sweep = Lockstep::run_shipped("monthly_cost", &[row], &["--withdraw", "13"])?;
    let ebit = page.figure("EBIT").await?;
    ebit.wait_for_rows(&sweep.changes("ebit", None, false))
        .await?;

    // Once it is offered again, the mark is gone.
    page.open_page("Product Attractiveness").await?;
    let withdraw = page.find("checkbox", "Withdraw VW e-Golf SE").await?;
    page.click_element(&withdraw).await?;
    page.open_page("Attribute Sweep").await?;
    assert_eq!(page.input_value(cell.0, cell.1).await?, "VW e-Golf SE");
    assert_eq!(cell_message(&page, cell.0, cell.1).await?, "");
    let sweep = Lockstep::run_shipped("monthly_cost", &[row], &[])?;
    let ebit = page.figure("EBIT").await?;
    ebit.wait_for_rows(&sweep.changes("ebit", None, false))
        .await?;
    check_unknown_offer(&page).await?;
    page.finish().await
}

/// Checks that the first row asks for an offer.
async fn check_offer_is_missing(page: &Page) -> Result {
    let cell = ("combobox", "product of row 1");
    assert_eq!(page.input_value(cell.0, cell.1).await?, "choose an offer");
    assert!(page.is_invalid(cell.0, cell.1).await?);
    let message = cell_message(page, cell.0, cell.1).await?;
    assert!(message.contains("offer"), "{message}");
    page.wait_for_text("The table cannot be computed; correct the marked cells")
        .await
}

#[tokio::test]
async fn removing_an_added_offer_empties_its_rows() -> Result {
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
    check_offer_is_missing(&page).await?;
    page.click("radio", "Attribute grid").await?;
    check_offer_is_missing(&page).await?;
    page.click("radio", "Lockstep").await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    // A new offer with the same id does not fill the row, not even after a reload.
    page.open_page(first).await?;
    page.press("Add offer").await?;
    page.find("textbox", "monthly cost of Audi e-tron (14)")
        .await?;
    page.open_page("Attribute Sweep").await?;
    check_offer_is_missing(&page).await?;
    page.reload().await?;
    check_offer_is_missing(&page).await?;

    page.choose(product, "Tesla Model 3").await?;
    page.figure("EBIT").await?;
    assert_eq!(cell_message(&page, "combobox", product).await?, "");
    page.finish().await
}

#[tokio::test]
async fn the_table_can_be_used_with_the_keyboard() -> Result {
    let page = open("page=sweep").await?;
    check_focus(&page).await?;
    page.press("Restore the default table").await?;
    // Enter commits and moves down.
    page.fill("begin of row 1", "379").await?;
    assert_eq!(page.focused_name().await?, "begin of row 2");
    // Escape restores the cell's value.
    page.click("textbox", "step of row 3").await?;
    page.send_keys("7").await?;
    page.send_keys(&Key::Escape.to_string()).await?;
    assert_eq!(page.input_value("textbox", "step of row 3").await?, "40");
    // The focus stays in the table when rows are removed.
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
