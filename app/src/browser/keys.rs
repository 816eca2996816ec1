//! The keys of undo and redo, which are the browser's own as long as a text is being typed.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

/// Calls back with true for undo (Ctrl+Z), with false for redo (Ctrl+Shift+Z, Ctrl+Y); on a Mac
/// with its own key in place of Ctrl. Ends when the listeners are dropped.
pub fn on_undo(pressed: impl Fn(bool) + 'static) -> Option<[EventListener; 3]> {
    let document = web_sys::window()?.document()?;
    // From the first letter until the text is committed, given up or left.
    let typing = Rc::new(Cell::new(false));
    let begun = {
        let typing = Rc::clone(&typing);
        EventListener::new(&document, "input", move |event| typing.set(is_text(event)))
    };
    let left = {
        let typing = Rc::clone(&typing);
        EventListener::new(&document, "focusout", move |_| typing.set(false))
    };
    let options = EventListenerOptions::enable_prevent_default();
    let down = EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if ["Enter", "Escape"].contains(&key.key().as_str()) {
            typing.set(false);
        }
        let undo = match key.key().to_ascii_lowercase().as_str() {
            "z" => !key.shift_key(),
            "y" => false,
            _ => return,
        };
        if (key.ctrl_key() || key.meta_key()) && !key.alt_key() && !typing.get() {
            event.prevent_default();
            pressed(undo);
        }
    });
    Some([begun, left, down])
}

fn is_text(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.type_() == "text")
}
