//! The document: the dashboard's root element, the focus, readiness, reloading.

use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement};
use yew::NodeRef;

/// The attribute of a chart's element that has been drawn at least once.
const DRAWN: &str = "data-drawn";
/// The document's event once every chart has been drawn.
const READY: &str = "ready";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The id of the frame: title, tabs, tools and bars.
pub const FRAME: &str = "frame";

/// Writes the frame's height to the document as `--frame`, for what stays in sight below it.
pub fn measure_frame() {
    let Some(document) = document() else { return };
    let frame = document.get_element_by_id(FRAME);
    let frame = frame.and_then(|frame| frame.dyn_into::<HtmlElement>().ok());
    let height = frame.map_or(0, |frame| frame.offset_height());
    let Some(root) = document.document_element() else {
        return;
    };
    let style = format!("--frame:{height}px");
    // Writing the same height again would make the browser look through the styles of the whole page.
    if root.get_attribute("style").as_deref() != Some(style.as_str()) {
        // Fails only for an invalid attribute name.
        let _ = root.set_attribute("style", &style);
    }
}

/// Calls `resized` when the window's size changes. Dropping the listener ends it.
pub fn on_resize(resized: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "resize", move |_| resized()))
}

/// The element that contains the dashboard.
pub fn root() -> Option<Element> {
    document()?.get_element_by_id("app")
}

/// The URL of a part of the dashboard: a `data-` attribute that the build writes on the script that
/// starts the page.
///
/// # Errors
/// When the attribute is missing.
pub fn address(part: &str) -> Result<String, JsValue> {
    let script = document()
        .and_then(|document| document.query_selector("script[data-wasm]").ok()?)
        .and_then(|script| script.dyn_into::<HtmlElement>().ok());
    script
        .and_then(|script| script.dataset().get(part))
        .ok_or_else(|| js_sys::Error::new(&format!("the page has no address of its {part}")).into())
}

/// Adds a script to the page. The promise resolves when the script has run or failed to load.
///
/// # Errors
/// The browser's error.
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

/// Sets the title of the browser's tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the element with this id, if there is one.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If the element cannot take the focus, the focus stays where it is.
        let _ = element.focus();
    }
}

/// Opens a modal dialog.
pub fn open_dialog(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        // Fails only if the dialog is already open.
        let _ = dialog.show_modal();
    }
}

/// Marks a chart's element as drawn; see [`announce_ready`].
pub fn mark_drawn(chart: &Element) {
    // Fails only for an invalid attribute name.
    let _ = chart.set_attribute(DRAWN, "true");
    announce_ready();
}

/// Once every chart has been drawn, sets the document's `data-ready` to "true" and emits an event,
/// the first time only.
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

/// Whether the first figures have been drawn.
pub fn is_ready() -> bool {
    let root = document().and_then(|document| document.document_element());
    root.is_some_and(|root| root.has_attribute("data-ready"))
}

/// Calls `called` once the first figures are drawn. Dropping the listener ends it.
pub fn once_ready(called: impl FnOnce() + 'static) -> Option<EventListener> {
    let page = document()?;
    Some(EventListener::once(&page, READY, move |_| called()))
}

/// Calls `returned` when the first figures are drawn, when the reader returns to the page, and when
/// the network connects or disconnects. Dropping the listeners ends it.
pub fn on_return(returned: impl Fn() + 'static) -> Vec<EventListener> {
    let (Some(window), Some(page)) = (web_sys::window(), document()) else {
        return Vec::new();
    };
    let returned = Rc::new(returned);
    let listen = |target: &web_sys::EventTarget, kind| {
        let (returned, page) = (Rc::clone(&returned), page.clone());
        EventListener::new(target, kind, move |_| {
            if !page.hidden() || kind == READY {
                returned();
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

/// Reloads the page at its current address.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // If the browser refuses, the page just stays as it is.
        let _ = window.location().reload();
    }
}
