//! The menus of the frame and of figures, and the button that copies the link.

use e2e::{Page, Result, open, wait_until_equal};
use fantoccini::key::Key;
use serde_json::json;

const SHARE: &str = "Options of Predicted market share by product";

/// Checks whether a menu is open: its button says so, and its item is visible.
async fn check_menu(page: &Page, menu: &str, item: &str, is_open: bool) -> Result {
    let button = page.find("button", menu).await?;
    wait_until_equal(menu, Some(is_open.to_string()), async || {
        Ok(button.attr("aria-expanded").await?)
    })
    .await?;
    let items = page.scope().find_all("button", item).await?;
    assert_eq!(items.len(), usize::from(is_open), "{menu}");
    Ok(())
}

#[tokio::test]
async fn the_keyboard_opens_and_closes_a_menu_and_the_focus_returns() -> Result {
    let page = open("").await?;
    for (menu, item) in [("Export", "Print report"), (SHARE, "Data")] {
        page.find("button", menu)
            .await?
            .send_keys(&Key::Enter.to_string())
            .await?;
        check_menu(&page, menu, item, true).await?;
        // The items follow the button.
        page.send_keys(&Key::Tab.to_string()).await?;
        let focused = page.eval("return document.activeElement.closest('.menu-items') !== null");
        assert_eq!(focused.await?, json!(true), "{menu}");
        page.send_keys(&Key::Escape.to_string()).await?;
        check_menu(&page, menu, item, false).await?;
        assert_eq!(page.focused_name().await?, menu);
        // With the focus on the button, too.
        page.send_keys(&Key::Enter.to_string()).await?;
        check_menu(&page, menu, item, true).await?;
        page.send_keys(&Key::Escape.to_string()).await?;
        check_menu(&page, menu, item, false).await?;
        assert_eq!(page.focused_name().await?, menu);
    }
    // An item that is pressed disappears with the menu.
    for key in [Key::Enter, Key::Tab, Key::Enter] {
        page.send_keys(&key.to_string()).await?;
    }
    check_menu(&page, SHARE, "Data", false).await?;
    wait_until_equal("the focus", SHARE.to_owned(), async || {
        page.focused_name().await
    })
    .await?;
    page.finish().await
}

/// A menu closes when an item is pressed or the focus leaves.
async fn check_closing(page: &Page) -> Result {
    page.press_item(SHARE, "Data").await?;
    page.find("table", "Predicted market share by product, %")
        .await?;
    check_menu(page, SHARE, "Data", false).await?;
    // The item says what it shows.
    let item = page.scope().open_menu(SHARE, "Data").await?;
    assert_eq!(item.attr("aria-expanded").await?.as_deref(), Some("true"));

    page.click("button", "Export").await?;
    check_menu(page, SHARE, "Data", false).await?;
    check_menu(page, "Export", "Print report", true).await?;
    page.click("heading", "Electric vehicle leases").await?;
    check_menu(page, "Export", "Print report", false).await
}

#[tokio::test]
async fn a_menu_closes_with_its_use_and_is_inside_the_window() -> Result {
    let outside = "return [...document.querySelectorAll('.menu-items')]
        .filter((menu) => menu.checkVisibility())
        .map((menu) => menu.getBoundingClientRect())
        .filter(({ left, right }) => left < 0 || right > innerWidth)
        .map(({ left, right }) => `${left}–${right}`)";
    let page = open("").await?;
    check_closing(&page).await?;
    page.wait_for_figures().await?;
    for width in [1440, 390, 320] {
        page.resize(width, 900).await?;
        for (menu, item) in [
            ("Export", "Print report"),
            (SHARE, "Data"),
            ("Options of Money by brand", "Data"),
            ("Options of Share by segment", "Data"),
        ] {
            page.scope().open_menu(menu, item).await?;
            assert_eq!(page.eval(outside).await?, json!([]), "{menu} at {width}");
            let fits = "return document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(page.eval(fits).await?, json!(true), "{menu} at {width}");
            page.send_keys(&Key::Escape.to_string()).await?;
        }
    }
    page.finish().await
}

#[tokio::test]
async fn the_link_is_copied_or_shown_if_the_browser_does_not_copy() -> Result {
    let page = open("").await?;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.devtools("Browser.grantPermissions", permissions)
        .await?;
    page.fill("monthly cost of Tesla Model 3", "449").await?;
    page.wait_for_text("was 399").await?;
    page.press("Copy link").await?;
    page.wait_for_text("Link copied.").await?;
    let copied = page
        .eval_async("return [await navigator.clipboard.readText(), location.href]")
        .await?;
    assert_eq!(copied[0], copied[1]);
    assert!(copied[0].contains("449"), "{copied:?}");
    let status = "return [...document.querySelectorAll('[role=status]')]
        .some(({ textContent }) => textContent === 'Link copied.')";
    assert_eq!(page.eval(status).await?, json!(true));

    let refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))";
    page.eval(refuse).await?;
    page.press("Copy link").await?;
    page.wait_for_text("The browser does not copy; the link:")
        .await?;
    let shown = page.input_value("textbox", "Link").await?;
    assert_eq!(json!(shown), page.eval("return location.href").await?);
    assert_eq!(page.accessibility_violations().await?, [""; 0]);
    page.finish().await
}
