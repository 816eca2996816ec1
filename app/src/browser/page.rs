//! The document: where the dashboard lives, which element has the focus, when it is ready.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement};
use yew::NodeRef;

/// A chart's element carries this attribute from the first time it was drawn.
const DRAWN: &str = "data-drawn";
/// The document's event when no chart waits for its first drawing any more.
const READY: &str = "ready";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element that the dashboard fills.
pub fn root() -> Option<Element> {
    document()?.get_element_by_id("app")
}

/// The address of a part of the dashboard, which the build writes on the script that starts it.
///
/// # Errors
/// That it does not say, in words for the reader.
pub fn address(part: &str) -> Result<String, JsValue> {
    let script = document()
        .and_then(|document| document.query_selector("script[data-wasm]").ok()?)
        .and_then(|script| script.dyn_into::<HtmlElement>().ok());
    script
        .and_then(|script| script.dataset().get(part))
        .ok_or_else(|| {
            js_sys::Error::new(&format!("the page does not say where its {part} is")).into()
        })
}

/// Adds a script to the page; resolves when it was run, or could not be.
///
/// # Errors
/// What the browser said.
pub fn run_script(source: &str) -> Result<Promise, JsValue> {
    let document = document().ok_or_else(|| js_sys::Error::new("no document"))?;
    let script: HtmlElement = document.create_element("script")?.dyn_into()?;
    let head = document
        .head()
        .ok_or_else(|| js_sys::Error::new("no head"))?;
    let ended = Promise::new(&mut |resolve, _| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&resolve));
    });
    script.set_attribute("src", source)?;
    head.append_child(&script)?;
    Ok(ended)
}

/// Sets the text of the browser's tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the keyboard's focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus keeps it where it was.
        let _ = element.focus();
    }
}

/// Opens a dialog, which takes the focus until it is closed.
pub fn open_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        // One that is open already stays so.
        let _ = dialog.show_modal();
    }
}

/// Notes that a chart's element has been drawn; see [`announce_ready`].
pub fn mark_drawn(chart: &Element) {
    // Fails only for an invalid attribute name.
    let _ = chart.set_attribute(DRAWN, "true");
    announce_ready();
}

/// Sets `data-ready` of the document to "true" as soon as no chart waits for its first drawing,
/// and says so once.
pub fn announce_ready() {
    let Some(document) = document() else { return };
    let waiting = document.query_selector(&format!(".chart:not([{DRAWN}])"));
    if matches!(waiting, Ok(None))
        && let Some(root) = document.document_element()
        && !root.has_attribute("data-ready")
    {
        let _ = root.set_attribute("data-ready", "true");
        if let Ok(event) = Event::new(READY) {
            let _ = document.dispatch_event(&event);
        }
    }
}

/// Whether no chart waits for its first drawing any more.
pub fn is_ready() -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute("data-ready"))
}

/// Calls back once the first figures are drawn. Ends when the listener is dropped.
pub fn once_ready(called: impl FnOnce() + 'static) -> Option<EventListener> {
    let page = document()?;
    Some(EventListener::once(&page, READY, move |_| called()))
}

/// Calls back when the first figures are drawn, when the reader comes back to the page, and when
/// the network comes or goes. Ends when the listeners are dropped.
pub fn on_return(called: impl Fn() + 'static) -> Vec<EventListener> {
    let (Some(window), Some(page)) = (web_sys::window(), document()) else {
        return Vec::new();
    };
    let called = Rc::new(called);
    let listen = |target: &web_sys::EventTarget, kind| {
        let (called, page) = (Rc::clone(&called), page.clone());
        EventListener::new(target, kind, move |_| {
            if !page.hidden() || kind == READY {
                called();
            }
        })
    };
    vec![
        listen(&page, READY),
        listen(&page, "visibilitychange"),
        listen(&window, "online"),
        listen(&window, "offline"),
    ]
}

/// Loads the page again, at the address that it has.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A browser that refuses leaves the page as it is.
        let _ = window.location().reload();
    }
}
