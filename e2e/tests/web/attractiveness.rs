//! Product Attractiveness: the shares equal those of `conjoint simulate` after every edit.

use e2e::{Page, Result, Simulation, first_difference, open, wait_for};

const SHARE: &str = "Predicted market share by product";

/// The expected Data table of the shares.
fn expected_shares(edits: &[&str]) -> Result<Vec<Vec<String>>> {
    let baseline = Simulation::run_shipped(&[])?;
    Ok(Simulation::run_shipped(edits)?.market_shares(&baseline))
}

/// Waits until the Data table of the shares equals the command line's figures.
async fn wait_for_shares(page: &Page, edits: &[&str]) -> Result {
    page.figure(SHARE)
        .await?
        .wait_for_rows_in_any_order(&expected_shares(edits)?)
        .await
}

#[tokio::test]
async fn editing_costs_moves_the_shares_and_enter_moves_down() -> Result {
    let page = open("page=attractiveness").await?;
    wait_for_shares(&page, &[]).await?;
    check_download(&page).await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    // Enter has moved the focus down.
    assert_eq!(page.focused_name().await?, "monthly cost of Tesla Model S");
    wait_for_shares(&page, &["--set", "9.monthly_cost=449"]).await?;
    page.wait_for_text("was 399").await?;
    page.fill("upfront cost of Chevrolet Bolt EV", "4995")
        .await?;
    page.fill("term of VW e-Golf SE", "24").await?;
    let edits = [
        "--set",
        "9.monthly_cost=449",
        "--set",
        "2.upfront_cost=4995",
        "--set",
        "13.term=24",
    ];
    wait_for_shares(&page, &edits).await?;
    page.press("Reset Tesla Model 3").await?;
    wait_for_shares(&page, &edits[2..]).await?;
    page.press("Reset all").await?;
    wait_for_shares(&page, &[]).await?;
    page.finish().await
}

#[tokio::test]
async fn categories_withdrawals_and_added_offers_move_the_shares() -> Result {
    let page = open("page=attractiveness").await?;
    page.press("More attributes").await?;
    page.choose("energy of Toyota Prius Prime", "Electric Vehicle")
        .await?;
    wait_for_shares(&page, &["--set", "12.energy=Electric Vehicle"]).await?;
    page.click("checkbox", "Withdraw Audi e-tron").await?;
    let edits = ["--set", "12.energy=Electric Vehicle", "--withdraw", "1"];
    wait_for_shares(&page, &edits).await?;

    page.choose("Offer to copy", "Tesla Model 3").await?;
    page.press("Add offer").await?;
    page.find("textbox", "monthly cost of Tesla Model 3 (14)")
        .await?;
    // A copy ties with its original, and ties go to the first offer: no respondent changes. It comes
    // after its brand's other offers, and has no baseline.
    let rows = page.figure(SHARE).await?.rows().await?;
    assert_eq!(rows[4], ["Tesla Model 3 (14)", "0", "", "0", ""]);
    page.press("Remove Tesla Model 3 (14)").await?;
    wait_for_shares(&page, &edits).await?;
    page.finish().await
}

#[tokio::test]
async fn an_invalid_text_keeps_the_last_figures() -> Result {
    let page = open("page=attractiveness").await?;
    let name = "monthly cost of Tesla Model 3";
    page.fill(name, "449").await?;
    page.fill(name, "44g").await?;
    page.wait_for_text("`44g` is not a number").await?;
    let input = page.find("textbox", name).await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("44g"));
    assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
    wait_for_shares(&page, &["--set", "9.monthly_cost=449"]).await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    // Both the text and the figures survive a reload.
    page.reload().await?;
    wait_for_shares(&page, &["--set", "9.monthly_cost=449"]).await?;
    let input = page.find("textbox", name).await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("44g"));

    // Escape restores the last valid value.
    page.click_element(&input).await?;
    input
        .send_keys(&fantoccini::key::Key::Escape.to_string())
        .await?;
    let restored = wait_for("the last value", async || {
        let value = page.find("textbox", name).await?.prop("value").await?;
        Ok((value.as_deref() == Some("449")).then_some(()))
    });
    restored.await?;

    page.fill(name, "1400").await?;
    page.wait_for_text("outside the surveyed range 120–1250")
        .await?;
    wait_for_shares(&page, &["--set", "9.monthly_cost=1400"]).await?;
    check_click_elsewhere(&page).await?;
    page.finish().await
}

#[tokio::test]
async fn reload_back_and_links_restore_the_edits() -> Result {
    let page = open("page=attractiveness").await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    wait_for_shares(&page, &["--set", "9.monthly_cost=449"]).await?;
    page.fill("monthly cost of Tesla Model S", "800").await?;
    let edits = [
        "--set",
        "9.monthly_cost=449",
        "--set",
        "10.monthly_cost=800",
    ];
    wait_for_shares(&page, &edits).await?;

    page.reload().await?;
    wait_for_shares(&page, &edits).await?;

    page.client().back().await?;
    wait_for_shares(&page, &edits[..2]).await?;
    let input = page
        .find("textbox", "monthly cost of Tesla Model S")
        .await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("900"));
    page.client().back().await?;
    wait_for_shares(&page, &[]).await?;
    page.client().forward().await?;
    wait_for_shares(&page, &edits[..2]).await?;
    check_select(&page).await?;

    let link = "page=attractiveness&set=9.monthly_cost%3D449&withdraw=3&set=77.term%3D1";
    page.load(link).await?;
    wait_for_shares(&page, &["--set", "9.monthly_cost=449", "--withdraw", "3"]).await?;
    page.wait_for_text("The link contains what this study does not have: set 77.term=1.")
        .await?;
    page.finish().await
}

/// The figure's data can be downloaded.
async fn check_download(page: &Page) -> Result {
    let saved = page.figure(SHARE).await?.download_csv().await?;
    let mut lines = saved.lines();
    let header = "product,live (%),baseline (%),\"live, respondents\",\"baseline, respondents\"";
    assert_eq!(lines.next(), Some(header));
    let rows = lines.map(|line| line.split(',').map(str::to_owned).collect());
    let mut rows: Vec<Vec<String>> = rows.collect();
    let mut expected = expected_shares(&[])?.split_off(1);
    rows.sort();
    expected.sort();
    assert_eq!(first_difference(&rows, &expected, 0.0), None);
    Ok(())
}

/// A select follows Back.
async fn check_select(page: &Page) -> Result {
    for tier in ["Minor", "Major", "Minor"] {
        page.choose("Brands", tier).await?;
    }
    page.client().back().await?;
    let follows = wait_for("the select", async || {
        let value = page.input_value("combobox", "Brands").await?;
        Ok((value == "Major").then_some(()))
    });
    follows.await
}

/// The click that leaves a cell with an invalid text is not lost.
async fn check_click_elsewhere(page: &Page) -> Result {
    let input = page
        .find("textbox", "monthly cost of Chevrolet Bolt EV")
        .await?;
    page.click_element(&input).await?;
    input.send_keys("abc").await?;
    // Leaving the cell shows a message, which moves the checkbox down while it is clicked.
    let withdraw = page.find("checkbox", "Withdraw Kia Optima Plug").await?;
    page.click_element(&withdraw).await?;
    page.wait_for_text("is not a number").await?;
    wait_for_shares(page, &["--set", "9.monthly_cost=1400", "--withdraw", "6"]).await
}
