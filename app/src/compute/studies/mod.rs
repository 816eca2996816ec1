//! Which study is open: the server's, or one that this browser stores or that the importer opened.

mod state;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use worker::protocol::{FilesRequest, Progress, Request, Response, Stage, StoredStudy};
use yew::prelude::*;

use super::client::{PendingRequest, WorkerEvent, send};
use super::load::{self, Load};
use super::{program, study_library};
use crate::browser::{fragment, storage};
use crate::compute::Problem;
use crate::compute::importer::{
    ImporterMessage, PageMessage, on_importer_message, send_to_importer,
};
use crate::state::{Page, find_digest, study_field};
use state::{Step, StudiesState};

/// The studies, and what can be done with them.
#[derive(Clone)]
pub struct Studies {
    state: UseReducerHandle<StudiesState>,
    shared: Rc<SharedState>,
}

/// What callbacks need that run long after they were made.
#[derive(Default)]
struct SharedState {
    /// The digest of the study that is shown; `None` for the server's.
    digest: RefCell<Option<String>>,
    /// The digest of the server's study, once that is known.
    shipped: RefCell<Option<Rc<str>>>,
    /// The number of switches to another study.
    switches: Cell<usize>,
    /// The request that reads a study; it ends when another one is read.
    reading: RefCell<Option<PendingRequest>>,
    /// The requests that change stored studies, which run to their end.
    changes: RefCell<Vec<PendingRequest>>,
}

impl PartialEq for Studies {
    /// What can be done follows from the state.
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

/// The studies. The page begins with the study of its address, if that is stored here, else with the
/// one that was open last, else with the server's.
#[hook]
pub fn use_studies() -> Studies {
    let state = use_reducer(|| {
        let stored = study_library::list();
        let last = study_library::open().filter(|digest| study_library::contains(&stored, digest));
        let linked = find_digest(&fragment::read());
        let digest = match linked {
            None => last,
            // The server's study may be stored too; a link means the copy only if that was open.
            Some(_) if last.is_none() && linked == study_library::shipped() => None,
            Some(digest) => Some(digest).filter(|digest| study_library::contains(&stored, digest)),
        };
        StudiesState::new(digest, stored)
    });
    let shared = use_memo((), |()| Rc::new(SharedState::default()));
    let studies = Studies {
        state,
        shared: Rc::clone(&shared),
    };
    {
        let studies = studies.clone();
        use_effect_with((), move |()| {
            studies.shared.digest.replace(studies.state.digest.clone());
            studies.load(studies.state.digest.clone(), 0);
            let prefetch = program::prefetch();
            move || drop(prefetch)
        });
    }
    {
        let studies = studies.clone();
        use_effect_with((), move |()| {
            // Back, Forward and a link that is pasted may lead to another study.
            let on_address = {
                let studies = studies.clone();
                fragment::on_change(move |_| studies.follow_address())
            };
            // Another window may open or remove one.
            let state = studies.state.dispatcher();
            let on_storage = storage::on_change(study_library::STUDIES, move || {
                state.dispatch(Step::Stored(study_library::list()));
            });
            let on_importer = on_importer_message(move |message, files| {
                if let ImporterMessage::Opened(study, names) = message {
                    studies.take_opened(&study, names, files);
                }
            });
            move || drop((on_address, on_storage, on_importer))
        });
    }
    studies
}

impl Studies {
    /// How far the study that is to be shown has come.
    pub fn load_state(&self) -> &Load {
        &self.state.load
    }

    /// The digest of the open study; `None` for the server's.
    pub fn open_digest(&self) -> Option<&str> {
        self.state.digest.as_deref()
    }

    /// The stored studies.
    pub fn stored(&self) -> &Rc<[StoredStudy]> {
        &self.state.stored
    }

    /// Why the last change of the list of studies failed.
    pub fn failure(&self) -> Option<&str> {
        self.state.failure.as_deref()
    }

    /// Shows a study that the importer opened, on the page "Data".
    fn take_opened(&self, study: &StoredStudy, names: Vec<String>, files: Vec<Uint8Array>) {
        let is_stored = study.storage_error.is_none();
        match load::from_worker(&study.digest, is_stored, names, files) {
            Ok(loaded) => {
                drop(self.shared.reading.take());
                self.shared.digest.replace(Some(study.digest.clone()));
                write_address(Some(&study.digest), is_stored);
                self.state.dispatch(Step::Stored(study_library::list()));
                let opened = Step::Opened(study.digest.clone(), Rc::new(loaded));
                self.state.dispatch(opened);
            }
            Err(reason) => send_to_importer(&PageMessage::NotShown(reason)),
        }
    }

    /// Shows a stored study, or the server's, without edits.
    pub fn switch(&self, digest: Option<String>) {
        write_address(digest.as_deref(), true);
        self.show(digest);
    }

    /// Gives a stored study another title.
    pub fn rename(&self, digest: &str, title: &str) {
        let request = FilesRequest::Rename {
            digest: digest.to_owned(),
            title: title.to_owned(),
        };
        let (studies, digest, title) = (self.clone(), digest.to_owned(), title.to_owned());
        self.change(request, move || {
            let renamed = study_library::rename(&digest, &title);
            // The title is everywhere in the dashboard.
            if *studies.shared.digest.borrow() == Some(digest.clone()) {
                studies.show(Some(digest.clone()));
            }
            renamed
        });
    }

    /// Deletes a stored study; if it is open, the server's takes its place.
    pub fn remove(&self, digest: &str) {
        let request = FilesRequest::Remove {
            digest: digest.to_owned(),
        };
        let (studies, digest) = (self.clone(), digest.to_owned());
        self.change(request, move || {
            let removed = study_library::remove(&digest);
            if *studies.shared.digest.borrow() == Some(digest.clone()) {
                studies.switch(None);
            }
            removed
        });
    }

    /// Requests a stored study's content; an older such request ends.
    fn read(&self, request: FilesRequest, listen: impl Fn(WorkerEvent) + 'static) {
        drop(self.shared.reading.take());
        let pending = send(Request::Files(request), Vec::new(), listen);
        self.shared.reading.replace(Some(pending));
    }

    /// Requests a change of a stored study, and then changes the list.
    fn change(&self, request: FilesRequest, change: impl Fn() -> Result<(), String> + 'static) {
        let state = self.state.dispatcher();
        let listen = move |event| {
            let outcome = match event {
                WorkerEvent::Progress(_) => return,
                WorkerEvent::Response(..) => change(),
                WorkerEvent::Failed(error) => Err(error.to_string()),
            };
            state.dispatch(Step::Stored(study_library::list()));
            if let Err(reason) = outcome {
                state.dispatch(Step::Failed(reason));
            }
        };
        let pending = send(Request::Files(request), Vec::new(), listen);
        let mut changes = self.shared.changes.borrow_mut();
        changes.retain(|pending| !pending.is_finished());
        changes.push(pending);
    }

    /// Shows the study of the address, if it is another one and available.
    fn follow_address(&self) {
        let Some(digest) = find_digest(&fragment::read()) else {
            return;
        };
        let is_shipped = self.shared.shipped.borrow().as_deref() == Some(digest.as_str());
        // The dashboard follows a link of its own study itself, and says so where a study is unknown.
        let is_shown = match &*self.shared.digest.borrow() {
            Some(shown) => *shown == digest,
            None => is_shipped,
        };
        if !is_shown && study_library::contains(&study_library::list(), &digest) {
            self.show(Some(digest));
        } else if !is_shown && is_shipped {
            self.show(None);
        }
    }

    /// Shows another study at the address as it is.
    fn show(&self, digest: Option<String>) {
        study_library::set_open(digest.as_deref());
        send_to_importer(&PageMessage::Switched);
        drop(self.shared.reading.take());
        self.shared.digest.replace(digest.clone());
        let switch = self.shared.switches.get() + 1;
        self.shared.switches.set(switch);
        self.state.dispatch(Step::Switch(digest.clone(), switch));
        self.load(digest, switch);
    }

    fn load(&self, digest: Option<String>, switch: usize) {
        let state = self.state.dispatcher();
        let set = move |load| state.dispatch(Step::Load(switch, load));
        let Some(digest) = digest else {
            let shared = Rc::clone(&self.shared);
            spawn_local(async move {
                let load = load::shipped(|progress| set(Load::Loading(progress))).await;
                if let Load::Ready(loaded) = &load {
                    let digest = &loaded.source.digest;
                    study_library::set_shipped(digest);
                    shared.shipped.replace(Some(Rc::clone(digest)));
                }
                set(load);
            });
            return;
        };
        let request = FilesRequest::Load {
            digest: digest.clone(),
        };
        self.read(request, move |event| {
            set(match event {
                WorkerEvent::Progress(Progress::Stage(stage, done)) => {
                    Load::Reading(stage_text(stage).to_owned(), done)
                }
                WorkerEvent::Response(Response::Study(_, names), files) => {
                    match load::from_worker(&digest, true, names, files) {
                        Ok(loaded) => Load::Ready(Rc::new(loaded)),
                        Err(reason) => Load::Unavailable(reason),
                    }
                }
                WorkerEvent::Response(Response::Refused(refusal), _) => {
                    Load::Failed(refusal.problems.iter().map(Problem::from).collect())
                }
                WorkerEvent::Failed(error) => Load::Unavailable(error.to_string()),
                WorkerEvent::Progress(_) | WorkerEvent::Response(..) => return,
            });
        });
    }
}

/// What is being done with files, in words.
pub fn stage_text(stage: Stage) -> &'static str {
    match stage {
        Stage::Opening => "Opening the files",
        Stage::Importing => "Importing the files",
        Stage::Checking => "Checking the study",
        Stage::Assembling => "Putting the study together",
        Stage::Storing => "Storing the study",
    }
}

/// Writes into the address which study is shown, without edits, on the page "Data"; unless it has that
/// study already, as where a link's study was missing until now. The next visit begins with the study
/// if it is stored.
fn write_address(digest: Option<&str>, is_stored: bool) {
    study_library::set_open(digest.filter(|_| is_stored));
    if digest.is_some() && find_digest(&fragment::read()).as_deref() == digest {
        return;
    }
    let page = format!("page={}", Page::Data.id());
    fragment::push(&match digest {
        Some(digest) => format!("{page}&{}", study_field(digest)),
        None => page,
    });
}
