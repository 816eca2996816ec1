//! How far the opening of files has come, and the requests behind it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Uint8Array;
use worker::protocol::{
    FilesRequest, ImportAnswers, ImportPreview, Progress, Recognition, Refusal, Request, Response,
    StoredStudy,
};
use yew::prelude::*;

use super::saved_answers;
use crate::browser::file_picker::PickedFiles;
use crate::browser::page;
use crate::compute::client::send;
use crate::compute::importer::{ImporterMessage, PageMessage, on_page_message, send_to_page};
use crate::compute::{PendingRequest, WorkerEvent, stage_text, study_library};

/// The id of the element with the outcome.
pub const OUTCOME: &str = "opening";

/// How far the opening of files has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// Nothing is being opened.
    Idle,
    /// Files are being read: in words, and the fraction that is done, where it is known.
    Reading(String, Option<f64>),
    /// They are no study that can be used.
    Refused(Rc<Attempt>),
    /// They are utilities of another program, about which the user may be asked.
    Recognized(Rc<Import>),
    /// They are choices.
    Choices(Rc<Choices>),
    /// The user has cancelled it.
    Cancelled,
    /// Why they could not be read at all.
    Failed(String),
    /// This study was opened.
    Opened(Rc<StoredStudy>),
}

/// Files that were refused, so that they can be tried again with other names of columns.
#[derive(Debug, PartialEq)]
pub struct Attempt {
    /// What is wrong with them.
    pub refusal: Refusal,
    /// The files.
    pub picked: Rc<PickedFiles>,
    /// The names of columns with which they were tried.
    pub columns: BTreeMap<String, String>,
}

/// Files of another program that can be imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The files.
    pub picked: Rc<PickedFiles>,
    /// What importing them gives.
    pub preview: Rc<ImportPreview>,
    /// What is wrong with the newest answers.
    pub refusal: Option<Refusal>,
    /// Whether the preview of the newest answers is still being computed.
    pub is_updating: bool,
}

/// Files with choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// The files.
    pub picked: Rc<PickedFiles>,
    /// The file with the choices.
    pub file: String,
    /// Their layout, in words.
    pub layout: String,
}

/// The opening, and what can be done.
#[derive(Clone)]
pub struct Opener {
    opening: UseStateHandle<Opening>,
    shared: Rc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// The request that is being answered; it ends when another one is sent.
    pending: RefCell<Option<PendingRequest>>,
    /// Whether a study was opened and its outcome does not have the focus yet.
    needs_focus: Cell<bool>,
}

impl PartialEq for Opener {
    /// What can be done follows from the state.
    fn eq(&self, other: &Self) -> bool {
        self.opening == other.opening
    }
}

/// The opening of files, which ends when the page shows another study.
#[hook]
pub fn use_opener() -> Opener {
    let opening = use_state_eq(|| Opening::Idle);
    let shared = use_memo((), |()| Rc::new(Shared::default()));
    let opener = Opener {
        opening,
        shared: Rc::clone(&shared),
    };
    {
        let (opening, shared) = (opener.opening.setter(), Rc::clone(&opener.shared));
        use_effect_with((), move |()| {
            let listener = on_page_message(move |message| match message {
                // The focused element belonged to the dashboard of the previous study.
                PageMessage::Shown => {
                    if shared.needs_focus.take() {
                        page::focus(OUTCOME);
                    }
                }
                PageMessage::Switched => {
                    drop(shared.pending.take());
                    opening.set(Opening::Idle);
                }
                PageMessage::NotShown(reason) => opening.set(Opening::Failed(reason)),
            });
            move || drop(listener)
        });
    }
    opener
}

impl Opener {
    /// How far the opening has come.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Opens files that the user picked, in which some columns have other names, or recognizes them as
    /// those of another program.
    pub fn open(&self, picked: Rc<PickedFiles>, columns: BTreeMap<String, String>) {
        let request = FilesRequest::Open {
            paths: picked.paths.clone(),
            columns: columns.clone(),
        };
        self.show_start();
        let opener = self.clone();
        self.send(request, &Rc::clone(&picked), move |event| match event {
            WorkerEvent::Response(Response::Refused(refusal), _) => {
                let attempt = Attempt {
                    refusal,
                    picked: Rc::clone(&picked),
                    columns: columns.clone(),
                };
                opener.opening.set(Opening::Refused(Rc::new(attempt)));
            }
            WorkerEvent::Response(Response::Recognized(recognition), _) => {
                opener.take_recognition(&picked, recognition);
            }
            event => opener.take(event),
        });
    }

    /// Shows what importing files with other answers gives.
    pub fn answer(&self, import: &Import, answers: ImportAnswers) {
        let request = FilesRequest::Recognize {
            paths: import.picked.paths.clone(),
            answers: Box::new(answers.clone()),
        };
        let preview = Rc::new(ImportPreview {
            answers,
            ..ImportPreview::clone(&import.preview)
        });
        let import = Import {
            preview,
            is_updating: true,
            ..import.clone()
        };
        self.opening
            .set(Opening::Recognized(Rc::new(import.clone())));
        let opener = self.clone();
        let picked = Rc::clone(&import.picked);
        self.send(request, &picked, move |event| {
            let mut next = Import {
                is_updating: false,
                ..import.clone()
            };
            match event {
                WorkerEvent::Progress(_) => return,
                WorkerEvent::Response(Response::Recognized(Recognition::Utilities(preview)), _) => {
                    next.preview = Rc::from(preview);
                    next.refusal = None;
                }
                WorkerEvent::Response(Response::Refused(refusal), _) => {
                    next.refusal = Some(refusal);
                }
                event => return opener.take(event),
            }
            opener.opening.set(Opening::Recognized(Rc::new(next)));
        });
    }

    /// Imports files with the answers of the preview.
    pub fn import(&self, import: &Rc<Import>) {
        let request = FilesRequest::Import {
            paths: import.picked.paths.clone(),
            answers: Box::new(import.preview.answers.clone()),
        };
        // The focused element is about to disappear.
        page::focus(OUTCOME);
        self.show_start();
        let (opener, import) = (self.clone(), Rc::clone(import));
        let picked = Rc::clone(&import.picked);
        self.send(request, &picked, move |event| match event {
            WorkerEvent::Response(Response::Refused(refusal), _) => {
                let import = Import {
                    refusal: Some(refusal),
                    ..Import::clone(&import)
                };
                opener.opening.set(Opening::Recognized(Rc::new(import)));
            }
            event => {
                if let WorkerEvent::Response(Response::Study(..), _) = &event {
                    saved_answers::put(&import.preview, &import.preview.answers);
                }
                opener.take(event);
            }
        });
    }

    /// Gives an opened study a market size and a currency, so that money can be shown.
    pub fn set_market(&self, study: &StoredStudy, thousands: f64, currency: String) {
        let request = FilesRequest::SetMarket {
            digest: study.digest.clone(),
            thousands,
            currency,
        };
        page::focus(OUTCOME);
        self.show_start();
        let (opener, digest) = (self.clone(), study.digest.clone());
        self.send(request, &PickedFiles::default(), move |event| {
            if let WorkerEvent::Response(Response::Study(..), _) = &event {
                // If the browser refuses, the list keeps a study that can no longer be opened.
                let _ = study_library::remove(&digest);
            }
            opener.take(event);
        });
    }

    /// Ends the opening of files.
    pub fn cancel(&self) {
        // The focused button is about to disappear.
        page::focus(OUTCOME);
        drop(self.shared.pending.take());
        self.opening.set(Opening::Cancelled);
    }

    fn show_start(&self) {
        let first = Opening::Reading("Reading the files".to_owned(), None);
        self.opening.set(first);
    }

    /// Sends a request about files; an older one ends.
    fn send(
        &self,
        request: FilesRequest,
        picked: &PickedFiles,
        listen: impl Fn(WorkerEvent) + 'static,
    ) {
        let pending = send(Request::Files(request), picked.files.clone(), listen);
        self.shared.pending.replace(Some(pending));
    }

    /// Shows what every request has in common: progress, a study, a failure.
    fn take(&self, event: WorkerEvent) {
        match event {
            WorkerEvent::Progress(Progress::Stage(stage, done)) => {
                let text = stage_text(stage).to_owned();
                self.opening.set(Opening::Reading(text, done));
            }
            WorkerEvent::Response(Response::Study(study, names), files) => {
                self.shared.needs_focus.set(true);
                self.hand_over(study, names, &files);
            }
            WorkerEvent::Failed(error) => self.opening.set(Opening::Failed(error.to_string())),
            WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
        }
    }

    /// Shows what files of another program are; the answers for an earlier file with the same columns are
    /// tried at once.
    fn take_recognition(&self, picked: &Rc<PickedFiles>, recognition: Recognition) {
        let picked = Rc::clone(picked);
        match recognition {
            Recognition::Choices { file, layout } => {
                let choices = Choices {
                    picked,
                    file,
                    layout,
                };
                self.opening.set(Opening::Choices(Rc::new(choices)));
            }
            Recognition::Utilities(preview) => {
                let import = Import {
                    picked,
                    preview: Rc::from(preview),
                    refusal: None,
                    is_updating: false,
                };
                match saved_answers::find(&import.preview) {
                    Some(mut answers) => {
                        answers.title.clone_from(&import.preview.answers.title);
                        self.answer(&import, answers);
                    }
                    None => self.opening.set(Opening::Recognized(Rc::new(import))),
                }
            }
        }
        page::focus(OUTCOME);
    }

    /// Adds a study to the list of stored ones and has the page show it.
    fn hand_over(&self, mut study: StoredStudy, names: Vec<String>, files: &[Uint8Array]) {
        if study.storage_error.is_none() {
            study.storage_error = study_library::put(&study).err();
        }
        // Before the page receives the study, because it may answer at once that it cannot show it.
        self.opening.set(Opening::Opened(Rc::new(study.clone())));
        send_to_page(&ImporterMessage::Opened(study, names), files);
    }
}
