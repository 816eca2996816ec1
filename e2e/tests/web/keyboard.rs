//! The page without a mouse, enlarged, and without motion.

use e2e::{Page, Result, open};
use fantoccini::key::Key;
use serde_json::json;

/// The focused element, whether its outline is visible, and the outline's colour.
const FOCUSED: &str = "
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const seen = outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && box.width > 0;
    focused.dataset.reached = 'true';
    return [focused.outerHTML.slice(0, 120), seen, outlineColor]";

/// The controls that Tab has not reached.
const UNREACHED: &str = "
    const controls = 'a, button, input, select, summary';
    return [...document.querySelectorAll(controls)].filter((control) =>
        control.checkVisibility({ visibilityProperty: true }) && !control.disabled
            && !control.dataset.reached && control.tabIndex >= 0
            // Tab reaches only the chosen radio of a group.
            && !(control.type === 'radio' && !control.checked))
        .map((control) => control.outerHTML.slice(0, 120))";

async fn press_tab_through(page: &Page) -> Result {
    let body = "document.activeElement.blur(); window.scrollTo(0, 0)";
    page.eval(body).await?;
    for _ in 0..400 {
        page.send_keys(&Key::Tab.to_string()).await?;
        let focused = page.eval(FOCUSED).await?;
        if focused.is_null() {
            break;
        }
        assert_eq!(focused[1], json!(true), "no outline: {focused}");
    }
    assert_eq!(page.eval(UNREACHED).await?, json!([]));
    Ok(())
}

#[tokio::test]
async fn tab_reaches_every_control_and_shows_its_focus() -> Result {
    for fragment in [
        "more=true",
        "page=sweep",
        "page=sweep&analysis=grid",
        "page=market",
    ] {
        let page = open(fragment).await?;
        press_tab_through(&page).await?;
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_cut_off_at_200_percent_and_at_320_pixels() -> Result {
    // Elements that reach beyond the window, except tables, which scroll; and texts that are cut off.
    let wrong = "
        const wide = [...document.querySelectorAll('body *')].filter((element) =>
            element.getBoundingClientRect().right > innerWidth + 0.5
            && !element.closest('.scroll > *, .unseen, svg') && element.checkVisibility());
        const cut = [...document.querySelectorAll('h1, h2, p, button, label, summary, dd')].filter(
            (element) => element.checkVisibility() && !element.closest('.unseen')
                && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
                && getComputedStyle(element).display !== 'inline');
        return [document.documentElement.scrollWidth <= innerWidth,
            [...wide, ...cut].map((element) => element.outerHTML.slice(0, 120))]";
    for fragment in [
        "more=true",
        "page=sweep",
        "page=sweep&analysis=grid",
        "page=market",
    ] {
        let page = open(fragment).await?;
        for width in [720, 320] {
            page.resize(width, 450).await?;
            page.eval("document.querySelectorAll('summary').forEach((it) => it.parentElement.open = true)")
                .await?;
            // The arrows of the summaries are wider while they turn.
            page.wait_for_transitions().await?;
            let found = page.eval(wrong).await?;
            assert_eq!(found, json!([true, []]), "{fragment} at {width}");
            page.press("Glossary").await?;
            page.wait_for_transitions().await?;
            assert_eq!(page.eval(wrong).await?, json!([true, []]), "the glossary");
            page.press("Close").await?;
        }
        page.finish().await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_moves_with_reduced_motion() -> Result {
    let page = open("").await?;
    page.emulate_media("", &[("prefers-reduced-motion", "reduce")])
        .await?;
    let moving = "return [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return parseFloat(transitionDuration) > 0.01 || parseFloat(animationDuration) > 0.01;
    }).map((element) => element.outerHTML.slice(0, 120))";
    assert_eq!(page.eval(moving).await?, json!([]));
    page.finish().await
}
