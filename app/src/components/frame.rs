//! The frame of every page: the study's title, the tabs, and what is of use on all pages.

use std::rc::Rc;

use crate::browser::{page, print, queue};
use yew::prelude::*;

/// A page of the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Short and without spaces, as it stands in the address.
    pub id: AttrValue,
    /// As the reader sees it.
    pub title: AttrValue,
}

/// The window's title, and what a page of charts needs of the browser.
#[hook]
pub fn use_frame(title: &str) {
    use_effect_with(title.to_owned(), |title| page::set_title(title));
    // A page may have no chart to wait for; runs after the charts below took their places.
    use_effect(page::announce_ready);
    use_effect_with((), |()| {
        // Charts may come much later, when a long computation ends.
        queue::prepare();
        let listeners = print::watch();
        move || drop(listeners)
    });
}

/// Title, tabs and the page shown, which is one of them. Arrow keys, Home and End move along the
/// tabs.
pub fn frame(
    title: &str,
    tabs: &Rc<[Tab]>,
    selected: &str,
    on_select: &Callback<AttrValue>,
    tools: Html,
    content: Html,
) -> Html {
    let tab = |(place, tab): (usize, &Tab)| {
        let chosen = tab.id == selected;
        let choose = on_select.reform({
            let id = tab.id.clone();
            move |_: MouseEvent| id.clone()
        });
        let (tabs, on_select) = (Rc::clone(tabs), on_select.clone());
        let onkeydown = move |event: KeyboardEvent| {
            // With a modifier the key is the browser's: Alt and ← go back.
            if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            let target = neighbour(&event.key(), place, tabs.len()).and_then(|to| tabs.get(to));
            if let Some(target) = target {
                event.prevent_default();
                on_select.emit(target.id.clone());
                page::focus(&tab_id(&target.id));
            }
        };
        html! {
            <button
                key={tab.id.to_string()}
                type="button"
                role="tab"
                id={tab_id(&tab.id)}
                aria-selected={chosen.to_string()}
                aria-controls="page"
                tabindex={if chosen { "0" } else { "-1" }}
                onclick={choose}
                {onkeydown}
            >
                { &tab.title }
            </button>
        }
    };
    let shown = tabs.iter().find(|tab| tab.id == selected);
    html! {
        <>
            <header class="frame">
                <h1>{ title }</h1>
                <div role="tablist" aria-label="Pages">
                    { for tabs.iter().enumerate().map(tab) }
                </div>
                // Paper has no tabs.
                <p class="printed">{ shown.map(|tab| tab.title.clone()) }</p>
                <div class="tools">
                    { tools }
                    <button type="button" class="quiet" onclick={|_: MouseEvent| print::print()}>
                        { "Print" }
                    </button>
                </div>
            </header>
            <main>
                <div role="tabpanel" id="page" aria-labelledby={tab_id(selected)} tabindex="0">
                    { content }
                </div>
            </main>
        </>
    }
}

/// The element id of the tab of a page.
pub fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

/// Where a key leads from the tab at `place`, round the ends.
fn neighbour(key: &str, place: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if place == last { 0 } else { place + 1 }),
        "ArrowLeft" => Some(place.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::neighbour;

    #[test]
    fn arrow_keys_go_round() {
        assert_eq!(neighbour("ArrowRight", 1, 2), Some(0));
        assert_eq!(neighbour("ArrowLeft", 0, 2), Some(1));
        assert_eq!(neighbour("End", 0, 3), Some(2));
        assert_eq!(neighbour("a", 0, 3), None);
        assert_eq!(neighbour("Home", 0, 0), None);
    }
}
