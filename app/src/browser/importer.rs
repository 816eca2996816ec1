//! The importer's element, and the messages between the page and the importer, which is a program of
//! its own with a Wasm of its own.
//!
//! The element is in the document from the start. The page moves it to where it is visible, so that
//! nothing in it is lost when another page or another study is shown. Messages are events on it: an
//! array of bytes, then the files that go with them.

use std::cell::{Cell, OnceCell};

use gloo::events::EventListener;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, Element, HtmlElement};

use super::page;

/// The id of the element.
const ELEMENT: &str = "importer";

thread_local! {
    /// The element, which a search of the document does not find while it is moved.
    static FOUND: OnceCell<HtmlElement> = const { OnceCell::new() };
    /// Whether the importer was started, or is being started.
    static IS_STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Who receives a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// The page.
    Page,
    /// The importer.
    Importer,
}

impl Recipient {
    /// The type of the event.
    fn event(self) -> &'static str {
        match self {
            Self::Page => "to-page",
            Self::Importer => "to-importer",
        }
    }
}

/// The importer's element.
pub fn element() -> Option<HtmlElement> {
    FOUND.with(|found| match found.get() {
        Some(element) => Some(element.clone()),
        None => {
            let document = web_sys::window()?.document()?;
            let element: HtmlElement = document.get_element_by_id(ELEMENT)?.dyn_into().ok()?;
            Some(found.get_or_init(|| element).clone())
        }
    })
}

/// Moves the importer's element into another one, which makes it visible.
pub fn show_in(place: &Element) {
    if let Some(element) = element() {
        element.set_hidden(false);
        // Fails only if the place is inside the element.
        let _ = place.append_child(&element);
    }
}

/// Moves the importer's element from a place, where it may be shown, to the end of the document, where it
/// is not visible. The place may have left the document already.
pub fn hide_from(place: &Element) {
    let body = web_sys::window().and_then(|window| window.document()?.body());
    let element = element().filter(|element| place.contains(Some(element)));
    if let Some((element, body)) = element.zip(body) {
        element.set_hidden(true);
        // The body can have any element.
        let _ = body.append_child(&element);
    }
}

/// Loads and starts the importer, unless that was done already.
///
/// # Errors
/// The browser's error if the program does not arrive; the next call tries again.
pub async fn start() -> Result<(), JsValue> {
    if IS_STARTED.replace(true) {
        return Ok(());
    }
    let started = match call_start() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    IS_STARTED.set(started.is_ok());
    started.map(|_| ())
}

/// Calls the function of boot.js that starts a program, because import() is not a function that Rust
/// could call.
fn call_start() -> Result<Promise, JsValue> {
    let start: Function = Reflect::get(&js_sys::global(), &"startProgram".into())?.dyn_into()?;
    let [script, wasm] = ["importer", "importerWasm"].map(page::address);
    let started = start.call2(&JsValue::UNDEFINED, &script?.into(), &wasm?.into())?;
    started.dyn_into()
}

/// Sends a message, with the files that go with it.
pub fn send(recipient: Recipient, message: &[u8], files: &[Uint8Array]) {
    let detail = Array::of1(&Uint8Array::from(message));
    for file in files {
        detail.push(file);
    }
    let options = CustomEventInit::new();
    options.set_detail(&detail);
    let event = CustomEvent::new_with_event_init_dict(recipient.event(), &options);
    if let Some((element, event)) = element().zip(event.ok()) {
        // Fails only for an event that is being dispatched.
        let _ = element.dispatch_event(&event);
    }
}

/// Calls `receive` with every message to a recipient, and the files that go with it. Dropping the
/// listener ends it.
pub fn on_message(
    recipient: Recipient,
    receive: impl Fn(&[u8], Vec<Uint8Array>) + 'static,
) -> Option<EventListener> {
    let listen = move |event: &web_sys::Event| {
        let Some(event) = event.dyn_ref::<CustomEvent>() else {
            return;
        };
        let mut parts = Array::from(&event.detail()).to_vec().into_iter();
        let message: Option<Uint8Array> = parts.next().and_then(|bytes| bytes.dyn_into().ok());
        let files = parts.filter_map(|file| file.dyn_into().ok()).collect();
        if let Some(message) = message {
            receive(&message.to_vec(), files);
        }
    };
    let element = element()?;
    Some(EventListener::new(&element, recipient.event(), listen))
}
