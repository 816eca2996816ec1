//! The client of all workers: sends a request, and calls back with what comes of it.
//!
//! A worker answers one request at a time. One that has answered waits for the next request, with the
//! study that it holds; one that is busy is ended when its request is dropped, so that the newest
//! request wins and no older answer is heard. See [`super::pool`] for who answers, and [`super::program`]
//! for what a worker runs.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use conjoint::format::StudyFiles;
use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker};
use worker::protocol::{
    Event, Message, Progress, Request, Response, StudyParcel, WorkerError, decode, encode,
};

use super::pool::{Idle, Pool, must_send, should_retry};
use super::program;
use crate::browser::describe;

thread_local! {
    static POOL: RefCell<Pool<Worker>> = const { RefCell::new(Pool::new()) };
}

/// What comes of a request.
#[derive(Debug, Clone)]
pub enum WorkerEvent {
    /// How far it has come; more follows.
    Progress(Progress),
    /// The response, and the files that go with it; nothing follows.
    Response(Response, Vec<Uint8Array>),
    /// Why there is no response; the last event.
    Failed(WorkerError),
}

/// A study as a worker reads it.
#[derive(Debug, Clone)]
pub struct StudySource {
    /// The study's digest.
    pub digest: Rc<str>,
    /// Its files.
    pub files: Rc<StudyFiles>,
}

/// A request that is being answered; dropping it ends the work.
pub struct PendingRequest {
    task: Rc<Task>,
}

impl PendingRequest {
    /// Whether it was answered.
    pub fn is_finished(&self) -> bool {
        self.task.is_finished.get()
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.task.is_finished.set(true);
        if let Some(connection) = self.task.connection.take() {
            connection.end();
        }
    }
}

/// A request and its worker.
struct Task {
    request: Request,
    study: Option<StudySource>,
    attachments: Vec<JsValue>,
    listen: Box<dyn Fn(WorkerEvent)>,
    /// `None` before there is a worker, and once it has answered.
    connection: RefCell<Option<Connection>>,
    is_finished: Cell<bool>,
}

/// A worker, and what hears it.
struct Connection {
    worker: Worker,
    /// The digest of the study that the worker holds.
    study: Option<Rc<str>>,
    /// Whether it had waited for a request.
    was_idle: bool,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Connection {
    /// The worker, of which nothing more is heard.
    fn release(self) -> Worker {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker
    }

    fn end(self) {
        self.release().terminate();
    }
}

/// Sends a request about no study.
pub fn send(
    request: Request,
    attachments: Vec<JsValue>,
    listen: impl Fn(WorkerEvent) + 'static,
) -> PendingRequest {
    start(request, None, attachments, listen)
}

/// Sends a request about a study, which travels with it where the worker does not hold it.
pub fn send_about(
    study: &StudySource,
    request: Request,
    listen: impl Fn(WorkerEvent) + 'static,
) -> PendingRequest {
    start(request, Some(study.clone()), Vec::new(), listen)
}

fn start(
    request: Request,
    study: Option<StudySource>,
    attachments: Vec<JsValue>,
    listen: impl Fn(WorkerEvent) + 'static,
) -> PendingRequest {
    let task = Rc::new(Task {
        request,
        study,
        attachments,
        listen: Box::new(listen),
        connection: RefCell::default(),
        is_finished: Cell::new(false),
    });
    let idle = POOL
        .with_borrow_mut(|pool| pool.take(task.request.program(), task.request.follows_edits()));
    match idle {
        Some(Idle { worker, study, .. }) => {
            task.connect(worker, study, true);
            task.send();
        }
        None => task.start_worker(),
    }
    PendingRequest { task }
}

impl Task {
    /// Starts a worker, which gets the request when it listens.
    fn start_worker(self: &Rc<Self>) {
        let task = Rc::downgrade(self);
        let program = self.request.program();
        // Later, because whoever sends does not expect to be called back meanwhile.
        spawn_local(async move {
            let Some(worker) = connect_new(&task) else {
                return;
            };
            if let Err(error) = program::load(&worker, program).await
                && let Some(task) = task.upgrade()
            {
                web_sys::console::error_1(&error);
                task.fail(WorkerError::NotLoaded);
            }
        });
    }

    /// Listens to a worker.
    fn connect(self: &Rc<Self>, worker: Worker, study: Option<Rc<str>>, was_idle: bool) {
        let on_message = {
            let task = Rc::downgrade(self);
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| {
                if let Some(task) = task.upgrade() {
                    task.receive(&event.data());
                }
            })
        };
        let on_error = {
            let task = Rc::downgrade(self);
            Closure::<dyn FnMut(_)>::new(move |event: web_sys::Event| {
                if let Some(task) = task.upgrade() {
                    task.recover(&event);
                }
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        self.connection.replace(Some(Connection {
            worker,
            study,
            was_idle,
            _on_message: on_message,
            _on_error: on_error,
        }));
    }

    /// Sends the request to the worker.
    fn send(&self) {
        let sent = match &mut *self.connection.borrow_mut() {
            Some(connection) => self.post(connection),
            None => Ok(()),
        };
        if let Err(error) = sent {
            self.fail(WorkerError::Stopped(describe(&error)));
        }
    }

    fn post(&self, connection: &mut Connection) -> Result<(), JsValue> {
        let wanted = self.study.as_ref().map(|study| &study.digest);
        let is_missing = must_send(wanted.map(|it| &**it), connection.study.as_deref());
        let parcel = self.study.as_ref().filter(|_| is_missing);
        let files = parcel.map_or(Vec::new(), |study| study.files.iter().collect());
        let message = Message {
            study: parcel.map(|study| StudyParcel {
                digest: study.digest.to_string(),
                names: files.iter().map(|(name, _)| (*name).to_owned()).collect(),
            }),
            request: self.request.clone(),
        };
        let (parts, buffers) = (Array::new(), Array::new());
        let bytes = encode(&message);
        let contents = files.iter().map(|(_, content)| *content);
        for content in std::iter::once(bytes.as_slice()).chain(contents) {
            let copy = Uint8Array::from(content);
            buffers.push(&copy.buffer());
            parts.push(&copy);
        }
        // Not handed over: a request may have to be sent again.
        for attachment in &self.attachments {
            parts.push(attachment);
        }
        if is_missing {
            connection.study = wanted.cloned();
        }
        connection
            .worker
            .post_message_with_transfer(&parts, &buffers)
    }

    fn receive(self: &Rc<Self>, data: &JsValue) {
        let mut parts = Array::from(data).to_vec().into_iter();
        let bytes = parts
            .next()
            .map_or(Vec::new(), |bytes| Uint8Array::new(&bytes).to_vec());
        match decode(&bytes) {
            Ok(Event::Ready) => self.send(),
            Ok(Event::Progress(progress)) => (self.listen)(WorkerEvent::Progress(progress)),
            Ok(Event::End(end)) => {
                let files = parts.filter_map(|part| part.dyn_into().ok()).collect();
                self.free(end.is_ok());
                (self.listen)(match end {
                    Ok(response) => WorkerEvent::Response(response, files),
                    Err(error) => WorkerEvent::Failed(error),
                });
            }
            Err(error) => self.fail(error),
        }
    }

    /// Keeps the worker for the next request. After an error nobody knows what it holds.
    fn free(&self, has_study: bool) {
        self.is_finished.set(true);
        let Some(connection) = self.connection.take() else {
            return;
        };
        let idle = Idle {
            program: self.request.program(),
            follows_edits: self.request.follows_edits(),
            study: connection.study.clone().filter(|_| has_study),
            worker: connection.release(),
        };
        if let Some(displaced) = POOL.with_borrow_mut(|pool| pool.put(idle)) {
            displaced.terminate();
        }
    }

    /// After the worker died: sends the request to a new one, or gives up.
    fn recover(self: &Rc<Self>, event: &web_sys::Event) {
        let was_idle = self.connection.take().is_some_and(|connection| {
            let was_idle = connection.was_idle;
            connection.end();
            was_idle
        });
        if should_retry(was_idle) {
            self.start_worker();
            return;
        }
        // A script that does not arrive has no message.
        let message = Reflect::get(event, &"message".into()).ok();
        let message = message.and_then(|message| message.as_string());
        self.fail(message.map_or(WorkerError::NotLoaded, WorkerError::Stopped));
    }

    /// Gives up.
    fn fail(&self, error: WorkerError) {
        self.is_finished.set(true);
        if let Some(connection) = self.connection.take() {
            connection.end();
        }
        (self.listen)(WorkerEvent::Failed(error));
    }
}

/// Connects a request that is still wanted to a new worker.
fn connect_new(task: &Weak<Task>) -> Option<Worker> {
    let task = task.upgrade()?;
    match program::start() {
        Ok(worker) => {
            task.connect(worker.clone(), None, false);
            Some(worker)
        }
        Err(error) => {
            task.fail(WorkerError::Stopped(describe(&error)));
            None
        }
    }
}
