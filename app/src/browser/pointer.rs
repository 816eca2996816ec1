//! Whether a mouse button or finger is down, for what must not move the page under it.

use std::cell::{Cell, RefCell};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

thread_local! {
    static DOWN: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Begins to watch; called once, when the page starts.
pub fn watch() {
    let Some(window) = web_sys::window() else {
        return;
    };
    // Before any element hears of it.
    let first = EventListenerOptions::run_in_capture_phase();
    let listen = |event: &'static str, heard: fn()| {
        EventListener::new_with_options(&window, event, first, move |_| heard()).forget();
    };
    listen("pointerdown", || DOWN.set(true));
    listen("click", released);
    listen("pointercancel", released);
    // A press that ends elsewhere than it began has no click.
    listen("pointerup", || {
        let later = Closure::once_into_js(released);
        let timer =
            web_sys::window().map(|window| window.set_timeout_with_callback(later.unchecked_ref()));
        if !matches!(timer, Some(Ok(_))) {
            released();
        }
    });
}

fn released() {
    DOWN.set(false);
    for action in WAITING.take() {
        action();
    }
}

/// Runs the action now, or where a press is under way, when it ends, just before its click: what
/// the action changes on the page does not slide the click's target away.
pub fn after_press(action: impl FnOnce() + 'static) {
    if DOWN.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(action)));
    } else {
        action();
    }
}
