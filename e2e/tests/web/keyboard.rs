//! The page without a mouse, enlarged, and without motion.

use e2e::{Page, Result, open};
use fantoccini::key::Key;
use serde_json::json;

/// Records every element that gets the focus, and whether its outline is visible.
const RECORD_FOCUS: &str = "
    document.activeElement.blur();
    scrollTo(0, 0);
    window.focused = [];
    document.querySelectorAll('[data-reached]').forEach((control) => delete control.dataset.reached);
    document.removeEventListener('focusin', window.recordFocus);
    window.recordFocus = ({ target }) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(target);
        const box = target.getBoundingClientRect();
        const isVisible = outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && box.width > 0;
        target.dataset.reached = 'true';
        window.focused.push([target.outerHTML.slice(0, 120), isVisible]);
    };
    document.addEventListener('focusin', window.recordFocus);";

/// How many times one command presses Tab.
const TABS: usize = 20;

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
    page.eval(RECORD_FOCUS).await?;
    let tabs = Key::Tab.to_string().repeat(TABS);
    // After the last control Tab starts again with the first one.
    for _ in 0..400 / TABS {
        page.send_keys(&tabs).await?;
        if page.eval(UNREACHED).await? == json!([]) {
            break;
        }
    }
    assert_eq!(page.eval(UNREACHED).await?, json!([]));
    let focused = page.eval("return window.focused").await?;
    let focused: Vec<(String, bool)> = serde_json::from_value(focused)?;
    for (element, is_visible) in focused {
        assert!(is_visible, "no outline: {element}");
    }
    Ok(())
}

#[tokio::test]
async fn tab_reaches_every_control_and_shows_its_focus() -> Result {
    let page = Page::blank().await?;
    for fragment in [
        "more=true",
        "page=attractiveness",
        "page=sweep",
        "page=sweep&analysis=grid",
        "page=insights",
        "page=optimizer",
    ] {
        page.show(fragment).await?;
        press_tab_through(&page).await?;
    }
    page.finish().await
}

/// Half of 1440 pixels, and the least that a page must fit.
const WIDTHS: [u32; 2] = [720, 320];

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
    let page = Page::blank().await?;
    for fragment in [
        "more=true",
        "set=9.monthly_cost%3D449",
        "page=attractiveness",
        "page=sweep",
        "page=sweep&analysis=grid",
        "page=insights",
        "page=optimizer",
    ] {
        page.show(fragment).await?;
        for width in WIDTHS {
            page.resize(width, 450).await?;
            page.eval("document.querySelectorAll('summary').forEach((it) => it.parentElement.open = true)")
                .await?;
            // The arrows of the summaries are wider while they turn.
            page.wait_for_transitions().await?;
            let found = page.eval(wrong).await?;
            assert_eq!(found, json!([true, []]), "{fragment} at {width}");
        }
    }
    page.press("Help").await?;
    for width in WIDTHS {
        page.resize(width, 450).await?;
        page.wait_for_transitions().await?;
        assert_eq!(page.eval(wrong).await?, json!([true, []]), "the help");
    }
    page.finish().await
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
