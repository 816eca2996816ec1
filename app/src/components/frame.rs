//! The frame of every page: the study's title, the tabs, and the tools.

use std::rc::Rc;

use crate::browser::{page, print, queue};
use crate::charts::Theme;
use yew::prelude::*;

/// A page of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// The page's id in links and in the document.
    pub id: AttrValue,
    /// The tab's text.
    pub title: AttrValue,
}

/// Sets the window's title, starts loading the chart library, and redraws charts for printing.
#[hook]
pub fn use_frame(title: &str) {
    use_effect_with(title.to_owned(), |title| page::set_title(title));
    // The offers stick below the frame, whose height follows from its content and the window.
    use_effect(page::measure_frame);
    use_effect_with((), |()| {
        let listener = page::on_resize(page::measure_frame);
        move || drop(listener)
    });
    // A page may have no chart that reports readiness. This runs after the effects of the charts
    // below, which have registered by then.
    use_effect(page::announce_ready);
    use_effect_with((), |()| {
        // The first chart may come much later, after a long computation.
        queue::prepare();
        let listeners = print::watch(|is_dark| Theme::from_preference(is_dark).template());
        move || drop(listeners)
    });
}

/// What the frame contains.
pub struct FrameParts {
    /// The tools of every page, next to the tabs.
    pub tools: Html,
    /// Scenarios and choice model; they stay in sight with the tabs.
    pub bars: Html,
    /// The selected page.
    pub content: Html,
    /// Whether newer results are being computed, which marks the content.
    pub is_updating: bool,
}

/// The title, the tabs, and the content of the selected page. Arrow keys, Home and End move between
/// tabs.
pub fn frame(
    title: &str,
    tabs: &Rc<[Tab]>,
    selected: &str,
    on_select: &Callback<AttrValue>,
    parts: FrameParts,
) -> Html {
    let FrameParts {
        tools,
        bars,
        content,
        is_updating,
    } = parts;
    let shown = tabs.iter().find(|tab| tab.id == selected);
    html! {
        <>
            <header class="frame" id={page::FRAME}>
                <h1>{ title }</h1>
                <div role="tablist" aria-label="Pages">
                    { for (0..tabs.len()).map(|index| tab_button(tabs, index, selected, on_select)) }
                </div>
                // A printed page has no tabs.
                <p class="print-only">{ shown.map(|tab| tab.title.clone()) }</p>
                <div class="tools">{ tools }</div>
                { bars }
            </header>
            <main>
                <div
                    role="tabpanel"
                    id="page"
                    aria-labelledby={tab_id(selected)}
                    aria-busy={is_updating.then_some("true")}
                    class={is_updating.then_some("stale")}
                    tabindex="0"
                >
                    { content }
                </div>
            </main>
        </>
    }
}

fn tab_button(
    tabs: &Rc<[Tab]>,
    index: usize,
    selected: &str,
    on_select: &Callback<AttrValue>,
) -> Html {
    let Some(Tab { id, title }) = tabs.get(index) else {
        return html! {};
    };
    let is_selected = id == selected;
    let onclick = on_select.reform({
        let id = id.clone();
        move |_: MouseEvent| id.clone()
    });
    let (tabs, on_select) = (Rc::clone(tabs), on_select.clone());
    let onkeydown = move |event: KeyboardEvent| {
        // With a modifier, the key is the browser's: Alt and ← goes back.
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let target = next_tab(&event.key(), index, tabs.len()).and_then(|next| tabs.get(next));
        if let Some(target) = target {
            event.prevent_default();
            on_select.emit(target.id.clone());
            page::focus(&tab_id(&target.id));
        }
    };
    html! {
        <button
            key={id.to_string()}
            type="button"
            role="tab"
            id={tab_id(id)}
            aria-selected={is_selected.to_string()}
            aria-controls="page"
            tabindex={if is_selected { "0" } else { "-1" }}
            {onclick}
            {onkeydown}
        >
            { title }
        </button>
    }
}

/// The element id of a page's tab.
pub fn tab_id(page: &str) -> String {
    format!("tab-{page}")
}

/// The tab to which a key moves the focus from the tab at `index`; wraps around.
fn next_tab(key: &str, index: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if index == last { 0 } else { index + 1 }),
        "ArrowLeft" => Some(index.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_tab;

    #[test]
    fn arrow_keys_wrap_around() {
        assert_eq!(next_tab("ArrowRight", 1, 2), Some(0));
        assert_eq!(next_tab("ArrowLeft", 0, 2), Some(1));
        assert_eq!(next_tab("End", 0, 3), Some(2));
        assert_eq!(next_tab("a", 0, 3), None);
        assert_eq!(next_tab("Home", 0, 0), None);
    }
}
