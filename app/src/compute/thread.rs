//! A second thread: a module worker, what it says, and its end.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::browser::page;

/// A worker with a request.
#[derive(Clone)]
pub(super) struct Asked {
    worker: Worker,
    finished: Rc<Cell<bool>>,
}

impl Asked {
    /// Sends the worker a message.
    ///
    /// # Errors
    /// What the browser said.
    pub(super) fn send(&self, message: &JsValue) -> Result<(), JsValue> {
        self.worker.post_message(message)
    }

    /// The worker, free for whoever asks next: nothing more is heard of this request.
    pub(super) fn free(&self) -> Worker {
        self.finished.set(true);
        silence(&self.worker);
        self.worker.clone()
    }
}

/// A request that is being answered; dropping it ends the work.
pub struct Running {
    asked: Asked,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

impl Running {
    /// The worker and its request.
    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether it was answered.
    pub fn is_finished(&self) -> bool {
        self.asked.finished.get()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that is done may work for somebody else by now.
        if !self.is_finished() {
            silence(&self.asked.worker);
            self.asked.worker.terminate();
        }
    }
}

/// A worker that loads a Wasm by its script's address, and says so when that listens. `later` is
/// the second part of a Wasm that has two, else undefined.
///
/// # Errors
/// What the browser said.
pub(super) fn start(script: &str, module: &JsValue, later: &JsValue) -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&page::address("worker")?, &options)?;
    let first = Object::new();
    Reflect::set(&first, &"js".into(), &script.into())?;
    Reflect::set(&first, &"module".into(), module)?;
    Reflect::set(&first, &"later".into(), later)?;
    worker.post_message(&first)?;
    Ok(worker)
}

/// Hears a worker out: `heard` is given all that it says until it is freed, `failed` the reason, in
/// words for the reader, where it cannot go on.
pub(super) fn hear(
    worker: Worker,
    heard: impl Fn(&Asked, JsValue) + 'static,
    failed: impl Fn(String) + 'static,
) -> Running {
    let asked = Asked {
        worker,
        finished: Rc::default(),
    };
    let heard = {
        let asked = asked.clone();
        Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| heard(&asked, event.data()))
    };
    let failed = Closure::<dyn FnMut(_)>::new(move |event: Event| {
        // A script that does not arrive has no message.
        let message = Reflect::get(&event, &"message".into());
        let message = message.ok().and_then(|message| message.as_string());
        let missing = || {
            "its program could not be loaded; check that the server runs, then reload the page"
                .to_owned()
        };
        failed(message.unwrap_or_else(missing));
    });
    let worker = &asked.worker;
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Running {
        asked,
        _heard: heard,
        _failed: failed,
    }
}

/// What the worker still has to say is heard by nobody.
fn silence(worker: &Worker) {
    worker.set_onmessage(None);
    worker.set_onerror(None);
}
