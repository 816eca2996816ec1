//! A worker that its owner keeps for several requests, because it remembers something between them.
//! Others are shared; see [`super::client`].

use std::cell::{Cell, RefCell};

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};
use worker::protocol::{
    Event, Message, Program, Progress, Request, Response, WorkerError, decode, encode,
};

use super::program;
use crate::browser::describe;

/// A worker of one owner; dropping it ends it.
pub struct OwnedWorker {
    worker: Worker,
    is_ended: Cell<bool>,
    /// Ends the wait for the next event.
    reject: RefCell<Option<Function>>,
}

impl OwnedWorker {
    /// A worker that has no program yet; see [`OwnedWorker::load`].
    ///
    /// # Errors
    /// The browser's reason if it cannot start one.
    pub fn new() -> Result<Self, WorkerError> {
        let worker = program::start().map_err(|error| WorkerError::Stopped(describe(&error)))?;
        Ok(Self {
            worker,
            is_ended: Cell::new(false),
            reject: RefCell::default(),
        })
    }

    /// Gives the worker its program, and waits until it listens.
    ///
    /// # Errors
    /// A program that does not arrive or does not start.
    pub async fn load(&self, program: Program) -> Result<(), WorkerError> {
        if let Err(error) = program::load(&self.worker, program).await {
            web_sys::console::error_1(&error);
            return Err(WorkerError::NotLoaded);
        }
        self.next_event().await.map(drop)
    }

    /// Sends a request with its files, and waits for the response and the files that go with it. The
    /// worker answers one request at a time.
    ///
    /// # Errors
    /// What the worker answers, or why it died.
    pub async fn ask(
        &self,
        request: Request,
        attachments: &[JsValue],
        report: &dyn Fn(Progress),
    ) -> Result<(Response, Vec<Uint8Array>), WorkerError> {
        let message = Message {
            study: None,
            request,
        };
        let parts = Array::of1(&Uint8Array::from(encode(&message).as_slice()));
        for attachment in attachments {
            parts.push(attachment);
        }
        let sent = self.worker.post_message(&parts);
        sent.map_err(|error| WorkerError::Stopped(describe(&error)))?;
        loop {
            match self.next_event().await? {
                (Event::Ready, _) => {}
                (Event::Progress(progress), _) => report(progress),
                (Event::End(end), files) => return end.map(|response| (response, files)),
            }
        }
    }

    /// Ends the worker. Whoever waits for it gets an error.
    pub fn end(&self) {
        self.is_ended.set(true);
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        if let Some(reject) = self.reject.take() {
            // A promise's own function does not fail.
            let _ = reject.call0(&JsValue::UNDEFINED);
        }
    }

    /// The next event, and the files that go with it. An event is never missed, because the browser
    /// delivers each in a task of its own, and who waits goes on before the next task.
    async fn next_event(&self) -> Result<(Event, Vec<Uint8Array>), WorkerError> {
        if self.is_ended.get() {
            return Err(WorkerError::Stopped("it was ended".to_owned()));
        }
        let promise = Promise::new(&mut |resolve, reject| {
            self.worker.set_onmessage(Some(&resolve));
            self.worker.set_onerror(Some(&reject));
            self.reject.replace(Some(reject));
        });
        let event = JsFuture::from(promise).await.map_err(|event| {
            // A script that does not arrive has no message.
            let message = Reflect::get(&event, &"message".into()).ok();
            let message = message.and_then(|message| message.as_string());
            message.map_or(WorkerError::NotLoaded, WorkerError::Stopped)
        })?;
        let event: MessageEvent = event.unchecked_into();
        let mut parts = Array::from(&event.data()).to_vec().into_iter();
        let bytes = parts.next().map(|bytes| Uint8Array::new(&bytes).to_vec());
        let files = parts.filter_map(|part| part.dyn_into().ok()).collect();
        Ok((decode(&bytes.unwrap_or_default())?, files))
    }
}

impl Drop for OwnedWorker {
    fn drop(&mut self) {
        self.end();
    }
}
