//! Keyboard shortcuts for undo and redo. While text is being typed, they belong to the browser.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// Calls `pressed` with true for undo (Ctrl+Z) and false for redo (Ctrl+Shift+Z, Ctrl+Y); with
/// Command instead of Ctrl on a Mac. Dropping the listeners ends it.
pub fn on_undo(pressed: impl Fn(bool) + 'static) -> Option<[EventListener; 3]> {
    let document = web_sys::window()?.document()?;
    // From the first character until the text is committed, cancelled or left.
    let is_typing = Rc::new(Cell::new(false));
    let input = {
        let is_typing = Rc::clone(&is_typing);
        EventListener::new(&document, "input", move |event| {
            is_typing.set(is_text_input(event));
        })
    };
    let focusout = {
        let is_typing = Rc::clone(&is_typing);
        EventListener::new(&document, "focusout", move |_| is_typing.set(false))
    };
    let options = EventListenerOptions::enable_prevent_default();
    let keydown = EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if ["Enter", "Escape"].contains(&key.key().as_str()) {
            is_typing.set(false);
        }
        let is_undo = match key.key().to_ascii_lowercase().as_str() {
            "z" => !key.shift_key(),
            "y" => false,
            _ => return,
        };
        if (key.ctrl_key() || key.meta_key()) && !key.alt_key() && !is_typing.get() {
            event.prevent_default();
            pressed(is_undo);
        }
    });
    Some([input, focusout, keydown])
}

fn is_text_input(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.type_() == "text")
}
