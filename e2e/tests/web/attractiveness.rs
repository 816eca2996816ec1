//! Product Attractiveness: every edit shows what `conjoint simulate` prints for it.

use e2e::{Page, Result, Simulation, open, wait_for};

const SHARE: &str = "Predicted market share by product";

/// The shares' Data table as the command line's figures make it: respondents live and at the
/// baseline.
fn simulated(edits: &[&str]) -> Result<Vec<Vec<String>>> {
    let live = Simulation::run_shipped(edits)?;
    let baseline = Simulation::run_shipped(&[])?;
    let counts = live.respondents().into_iter().zip(baseline.respondents());
    let rows = live.products().into_iter().zip(counts);
    let rows = rows.map(|(name, (live, base))| vec![name, live.to_string(), base.to_string()]);
    let header = ["product", "live", "baseline"].map(str::to_owned).to_vec();
    Ok(std::iter::once(header).chain(rows).collect())
}

/// Waits until the share figure's Data table holds what the command line prints.
async fn shows(page: &Page, edits: &[&str]) -> Result {
    page.figure(SHARE)
        .await?
        .wait_for_rows(&simulated(edits)?)
        .await
}

#[tokio::test]
async fn an_edit_of_a_cost_moves_the_shares() -> Result {
    let page = open("").await?;
    shows(&page, &[]).await?;
    page.wait_for_text("All 560 respondents choose as at the baseline.")
        .await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    shows(&page, &["--set", "9.monthly_cost=449"]).await?;
    page.wait_for_text("was 399").await?;
    page.wait_for_text("respondents change their choice.")
        .await?;
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
    shows(&page, &edits).await?;
    page.press("Reset Tesla Model 3").await?;
    shows(&page, &edits[2..]).await?;
    page.press("Reset all").await?;
    shows(&page, &[]).await?;
    page.finish().await
}

#[tokio::test]
async fn a_category_a_withdrawal_and_an_added_offer_move_the_shares() -> Result {
    let page = open("").await?;
    page.press("More attributes").await?;
    page.choose("energy of Toyota Prius Prime", "Electric Vehicle")
        .await?;
    shows(&page, &["--set", "12.energy=Electric Vehicle"]).await?;
    page.click("checkbox", "Withdraw Audi e-tron").await?;
    let edits = ["--set", "12.energy=Electric Vehicle", "--withdraw", "1"];
    shows(&page, &edits).await?;

    page.choose("Offer to copy", "Tesla Model 3").await?;
    page.press("Add offer").await?;
    page.find("textbox", "monthly cost of Tesla Model 3 (14)")
        .await?;
    // A copy ties with its model, and ties go to the first: nobody moves.
    let rows = page.figure(SHARE).await?.rows().await?;
    assert_eq!(
        rows.last().map(Vec::as_slice),
        Some(
            ["Tesla Model 3 (14)", "0", ""]
                .map(str::to_owned)
                .as_slice()
        )
    );
    page.press("Remove Tesla Model 3 (14)").await?;
    shows(&page, &edits).await?;
    page.finish().await
}

#[tokio::test]
async fn a_text_that_cannot_be_used_keeps_the_last_figures() -> Result {
    let page = open("").await?;
    let name = "monthly cost of Tesla Model 3";
    page.fill(name, "449").await?;
    page.fill(name, "44g").await?;
    page.wait_for_text("`44g` is not a number").await?;
    let input = page.find("textbox", name).await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("44g"));
    assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
    shows(&page, &["--set", "9.monthly_cost=449"]).await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);

    // Neither text nor figures are lost in a reload.
    page.reload().await?;
    shows(&page, &["--set", "9.monthly_cost=449"]).await?;
    let input = page.find("textbox", name).await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("44g"));

    // Escape brings the last value back.
    input.click().await?;
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
    shows(&page, &["--set", "9.monthly_cost=1400"]).await?;
    page.finish().await
}

#[tokio::test]
async fn enter_commits_and_moves_down() -> Result {
    let page = open("").await?;
    page.fill("upfront cost of Tesla Model 3", "5000").await?;
    assert_eq!(page.focused_name().await?, "upfront cost of Tesla Model S");
    page.finish().await
}

#[tokio::test]
async fn reload_back_and_a_link_restore_the_edits() -> Result {
    let page = open("").await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    shows(&page, &["--set", "9.monthly_cost=449"]).await?;
    page.fill("monthly cost of Tesla Model S", "800").await?;
    let edits = [
        "--set",
        "9.monthly_cost=449",
        "--set",
        "10.monthly_cost=800",
    ];
    shows(&page, &edits).await?;

    page.reload().await?;
    shows(&page, &edits).await?;

    page.client().back().await?;
    shows(&page, &edits[..2]).await?;
    let input = page
        .find("textbox", "monthly cost of Tesla Model S")
        .await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("900"));
    page.client().back().await?;
    shows(&page, &[]).await?;
    page.client().forward().await?;
    shows(&page, &edits[..2]).await?;
    page.finish().await?;

    let link = "page=attractiveness&set=9.monthly_cost%3D449&withdraw=3&set=77.term%3D1";
    let page = open(link).await?;
    shows(&page, &["--set", "9.monthly_cost=449", "--withdraw", "3"]).await?;
    page.wait_for_text("The link asks for what this study does not have: set 77.term=1.")
        .await?;
    page.finish().await
}

#[tokio::test]
async fn the_figures_data_can_be_taken_along() -> Result {
    let page = open("").await?;
    let saved = page.figure(SHARE).await?.download_csv().await?;
    let mut lines = saved.lines();
    let header = "product,live (respondents),baseline (respondents)";
    assert_eq!(lines.next(), Some(header));
    for row in simulated(&[])?.iter().skip(1) {
        assert_eq!(lines.next(), Some(row.join(",").as_str()));
    }
    page.finish().await
}

#[tokio::test]
async fn a_select_shows_what_back_brings() -> Result {
    let page = open("").await?;
    for tier in ["Minor", "Major", "Minor"] {
        page.choose("Brands", tier).await?;
    }
    page.client().back().await?;
    let follows = wait_for("the select", async || {
        let value = page.input_value("combobox", "Brands").await?;
        Ok((value == "Major").then_some(()))
    });
    follows.await?;
    page.finish().await
}

#[tokio::test]
async fn the_click_that_leaves_a_cell_is_not_lost() -> Result {
    let page = open("").await?;
    let input = page
        .find("textbox", "monthly cost of Chevrolet Bolt EV")
        .await?;
    input.click().await?;
    input.send_keys("abc").await?;
    // The message that appears makes the row grow, above the box that is clicked.
    let withdraw = page.find("checkbox", "Withdraw Kia Optima Plug").await?;
    withdraw.click().await?;
    page.wait_for_text("is not a number").await?;
    shows(&page, &["--withdraw", "6"]).await?;
    page.finish().await
}
