//! Keeps the events of the importer and the page apart.
//!
//! Yew numbers the roots of a program from 1, writes the number of its root on every element with a
//! listener, and has each root handle the events of elements with its number. The page and the importer
//! are two programs, so both have a root 1, and the page's root, which surrounds the importer's, would
//! call its own listeners for clicks in the importer. The importer therefore uses up the first numbers.

use yew::prelude::*;

/// More roots than the page has: one, and no portals.
const ROOTS_OF_THE_PAGE: usize = 16;

/// A component that shows nothing.
#[component]
fn Nothing() -> Html {
    html! {}
}

/// Uses up the numbers that the page's roots can have.
pub fn skip_those_of_the_page() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    for _ in 0..ROOTS_OF_THE_PAGE {
        if let Ok(element) = document.create_element("div") {
            yew::Renderer::<Nothing>::with_root(element)
                .render()
                .destroy();
        }
    }
}
