//! Whether a mouse button or finger is down, so that a click's target does not move before the
//! click arrives.

use std::cell::{Cell, RefCell};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

thread_local! {
    static IS_DOWN: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Starts to watch the pointer. Call it once, when the page starts.
pub fn watch() {
    let Some(window) = web_sys::window() else {
        return;
    };
    // In the capture phase, so before any element's own handler.
    let options = EventListenerOptions::run_in_capture_phase();
    let listen = |event: &'static str, handler: fn()| {
        EventListener::new_with_options(&window, event, options, move |_| handler()).forget();
    };
    listen("pointerdown", || IS_DOWN.set(true));
    listen("click", release);
    listen("pointercancel", release);
    // A press that ends on another element fires no click.
    listen("pointerup", || {
        let later = Closure::once_into_js(release);
        let timer =
            web_sys::window().map(|window| window.set_timeout_with_callback(later.unchecked_ref()));
        if !matches!(timer, Some(Ok(_))) {
            release();
        }
    });
}

fn release() {
    IS_DOWN.set(false);
    for action in WAITING.take() {
        action();
    }
}

/// Runs an action now, or during a press, at its end just before the click. So a change of the
/// layout cannot move the target away under the pointer.
pub fn after_press(action: impl FnOnce() + 'static) {
    if IS_DOWN.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(action)));
    } else {
        action();
    }
}
