//! A damaged study, and precomputed data of another study.

use e2e::{FolderCopy, Page, Result, Server, repository_path};

#[tokio::test]
async fn every_problem_of_a_damaged_study_is_listed() -> Result {
    let copy = FolderCopy::edited_data("leaseOffers.csv", "759,2499", "x,y")?;
    let server = Server::start(copy.path(), &repository_path("Precomputed Data"))?;
    let page = Page::visit(&server.url("")).await?;
    page.wait_for_text("The study cannot be shown").await?;
    let problems = page.table("Problems").await?;
    assert_eq!(problems[1][0], "leaseOffers.csv:2: monthly_cost");
    assert!(problems[1][1].starts_with("`x` is not a number"));
    assert_eq!(problems[2][0], "leaseOffers.csv:2: upfront_cost");
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn outdated_precomputed_data_is_reported_with_the_command_that_renews_it() -> Result {
    let copy = FolderCopy::edited_data("leaseOffers.csv", "759,2499", "749,2499")?;
    let server = Server::start(copy.path(), &repository_path("Precomputed Data"))?;
    let page = Page::open(&server, "").await?;
    page.wait_for_text("leaseOffers.csv has changed since")
        .await?;
    page.wait_for_text("conjoint precompute --data Data --out \"Precomputed Data\"")
        .await?;
    let input = page.find("textbox", "monthly cost of Audi e-tron").await?;
    assert_eq!(input.prop("value").await?.as_deref(), Some("749"));
    page.finish().await
}
