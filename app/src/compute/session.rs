//! What a worker computes after each edit of a large study: one request at a time.

use std::cell::RefCell;
use std::mem::Discriminant;
use std::rc::Rc;

use worker::protocol::{Request, RespondentFigure};

use super::client::{PendingRequest, StudySource, WorkerEvent, send_about};
use super::request_queue::RequestQueue;

/// What is requested; only the newest request of a kind waits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// The results of all figures.
    Results,
    /// The respondents of a figure.
    Respondents(Discriminant<RespondentFigure>),
    /// Scenarios side by side.
    Comparison,
    /// The results of a compared scenario.
    Compared,
}

/// A request, and what to do with its answer.
struct Job {
    request: Request,
    listen: Box<dyn Fn(WorkerEvent)>,
}

/// The requests about one study.
pub(super) struct Session {
    source: StudySource,
    queue: RefCell<RequestQueue<Kind, Job>>,
    pending: RefCell<Option<PendingRequest>>,
}

impl Session {
    pub(super) fn new(source: StudySource) -> Self {
        Self {
            source,
            queue: RefCell::default(),
            pending: RefCell::default(),
        }
    }

    /// The digest of the study.
    pub(super) fn digest(&self) -> &str {
        &self.source.digest
    }

    /// Sends a request, at once or when those before it are answered.
    pub(super) fn submit(
        self: &Rc<Self>,
        kind: Kind,
        request: Request,
        listen: impl Fn(WorkerEvent) + 'static,
    ) {
        let listen = Box::new(listen);
        let next = self
            .queue
            .borrow_mut()
            .submit(kind, Job { request, listen });
        self.send(next);
    }

    /// Withdraws a request that waits.
    pub(super) fn withdraw(&self, kind: Kind) {
        self.queue.borrow_mut().remove(&kind);
    }

    fn send(self: &Rc<Self>, job: Option<Job>) {
        let Some(Job { request, listen }) = job else {
            return;
        };
        let session = Rc::downgrade(self);
        let pending = send_about(&self.source, request, move |event| {
            let is_end = !matches!(event, WorkerEvent::Progress(_));
            listen(event);
            if is_end && let Some(session) = session.upgrade() {
                let next = session.queue.borrow_mut().next();
                session.send(next);
            }
        });
        self.pending.replace(Some(pending));
    }
}
