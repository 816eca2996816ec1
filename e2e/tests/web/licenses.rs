//! The list of what the dashboard contains of others, and the way to it.

use e2e::{Page, Result, Server, open};

#[tokio::test]
async fn the_list_of_licenses_is_a_page_of_its_own() -> Result {
    let server = Server::shared()?;
    let page = Page::visit(&format!("{}licenses.html", server.url(""))).await?;
    page.find("heading", "Licenses").await?;
    let rows = page.table("Parts by others").await?;
    assert_eq!(rows[0], ["name", "version", "license", "part of"]);
    for name in ["yew", "plotly.js", "@picocss/pico", "hyper", "rust-std"] {
        assert!(rows.iter().any(|row| row[0] == name), "{name}");
    }
    let styles = page.eval("return document.styleSheets.length").await?;
    assert_eq!(styles, 1);
    // The texts of licenses are long: only the list is looked at.
    page.eval("for (const one of document.querySelectorAll('h3, pre')) one.remove()")
        .await?;
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.finish().await
}

#[tokio::test]
async fn help_links_the_list_of_licenses() -> Result {
    let page = open("").await?;
    page.press("Help").await?;
    let link = page
        .find("link", "Licenses of the dashboard and its parts")
        .await?;
    assert_eq!(link.attr("href").await?.as_deref(), Some("/licenses.html"));
    page.finish().await
}
