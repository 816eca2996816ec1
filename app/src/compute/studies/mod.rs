//! Which study is open: the server's, or one that this browser keeps; and how a new one is opened.

mod desk;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use worker::messages::{Kept, Reply, Request};
use yew::prelude::*;

use crate::browser::pick::Picked;
use crate::browser::{fragment, storage};
use crate::components::Problem;
use crate::compute::files::ask;
use crate::compute::load::{self, Load};
use crate::compute::study_library;
use crate::compute::thread::Running;
use crate::state::{Page, digest_in, study_field};
use crate::text::messages;
pub use desk::{Attempt, Opening};
use desk::{Desk, Step};

/// The studies, and what can be done with them.
#[derive(Clone)]
pub struct Studies {
    desk: UseReducerHandle<Desk>,
    now: Rc<Now>,
}

/// How things stand when an answer comes, which may be long after the question.
#[derive(Default)]
struct Now {
    /// The digest of the study that is shown; none for the server's.
    which: RefCell<Option<String>>,
    /// The digest of the server's study, once that is known.
    shipped: RefCell<Option<Rc<str>>>,
    /// How many studies were asked for.
    turns: Cell<usize>,
    /// What reads a study; it ends when another one is read.
    reading: RefCell<Option<Running>>,
    /// What changes those that are kept; it comes to its end whatever happens meanwhile.
    keeping: RefCell<Vec<Running>>,
}

impl PartialEq for Studies {
    /// What can be done is the same as long as the studies are.
    fn eq(&self, other: &Self) -> bool {
        self.desk == other.desk
    }
}

/// The studies. The page begins with the one that its address asks for, if it is kept here, else
/// with the one that was open last; the server's is the first of all.
#[hook]
pub fn use_studies() -> Studies {
    let desk = use_reducer(|| {
        let shelf = study_library::list();
        let last = study_library::open().filter(|digest| is_kept(&shelf, digest));
        let asked = digest_in(&fragment::read());
        let which = match asked {
            None => last,
            // Of the server's study a copy may be kept, and is not meant where that was open.
            Some(_) if last.is_none() && asked == study_library::shipped() => None,
            Some(digest) => Some(digest).filter(|digest| is_kept(&shelf, digest)),
        };
        Desk::new(which, shelf)
    });
    let now = use_memo((), |()| Rc::new(Now::default()));
    let studies = Studies {
        desk,
        now: Rc::clone(&now),
    };
    {
        let studies = studies.clone();
        use_effect_with((), move |()| {
            studies.now.which.replace(studies.desk.which.clone());
            studies.load(studies.desk.which.clone(), 0);
        });
    }
    {
        let studies = studies.clone();
        use_effect_with((), move |()| {
            // Back, Forward and a link that is pasted may lead to another study.
            let followed = {
                let studies = studies.clone();
                fragment::on_change(move |_| studies.follow())
            };
            // Another window may open or remove one.
            let desk = studies.desk.dispatcher();
            let seen = storage::on_change(study_library::STUDIES, move || {
                desk.dispatch(Step::Shelf(study_library::list()));
            });
            move || drop((followed, seen))
        });
    }
    studies
}

fn is_kept(shelf: &[Kept], digest: &str) -> bool {
    shelf.iter().any(|study| study.digest == digest)
}

impl Studies {
    /// How far the study that is to be shown has come.
    pub fn load_state(&self) -> &Load {
        &self.desk.load
    }

    /// The digest of the study that is open, where it is not the server's.
    pub fn open_digest(&self) -> Option<&str> {
        self.desk.which.as_deref()
    }

    /// The studies that are kept.
    pub fn shelf(&self) -> &Rc<[Kept]> {
        &self.desk.shelf
    }

    /// How far the opening of files has come.
    pub fn opening(&self) -> &Opening {
        &self.desk.opening
    }

    /// What the last change of the list of studies met.
    pub fn fault(&self) -> Option<&str> {
        self.desk.fault.as_deref()
    }

    /// Opens files that the reader picked, in which some columns have names of their own.
    pub fn open(&self, picked: Rc<Picked>, columns: BTreeMap<String, String>) {
        let request = Request::Open {
            paths: picked.paths.clone(),
            columns: columns.clone(),
        };
        let files = picked.files.clone();
        let (studies, desk) = (self.clone(), self.desk.dispatcher());
        let began = Opening::Reading("Reading the files".to_owned(), None);
        desk.dispatch(Step::Opening(began));
        self.read(&request, &files, move |reply, files| {
            let told = |opening| Step::Opening(opening);
            desk.dispatch(match reply {
                Reply::Progress(words, done) => told(Opening::Reading(words, done)),
                Reply::Refused(refusal) => told(Opening::Refused(Rc::new(Attempt {
                    refusal,
                    picked: Rc::clone(&picked),
                    columns: columns.clone(),
                }))),
                Reply::Study(study, names) => studies.opened(study, names, files),
                Reply::Failed(reason) => told(Opening::Failed(reason)),
                Reply::Made | Reply::Done => told(Opening::Idle),
            });
        });
    }

    /// Takes up a study that was opened from files.
    fn opened(&self, mut study: Kept, names: Vec<String>, files: Vec<Uint8Array>) -> Step {
        if study.unkept.is_none() {
            study.unkept = study_library::put(&study).err();
        }
        let is_kept = study.unkept.is_none();
        match load::own(&study.digest, is_kept, names, files) {
            Ok(loaded) => {
                self.now.which.replace(Some(study.digest.clone()));
                show(Some(&study.digest), is_kept);
                self.desk.dispatch(Step::Shelf(study_library::list()));
                Step::Opened(Rc::new(study), Rc::new(loaded))
            }
            Err(reason) => Step::Opening(Opening::Failed(reason)),
        }
    }

    /// Ends the opening of files.
    pub fn cancel(&self) {
        drop(self.now.reading.take());
        self.desk.dispatch(Step::Opening(Opening::Cancelled));
    }

    /// Shows a study that is kept, or the server's, as it is without edits.
    pub fn switch(&self, which: Option<String>) {
        show(which.as_deref(), true);
        self.turn(which);
    }

    /// Gives a study that is kept another title.
    pub fn rename(&self, digest: &str, title: &str) {
        let request = Request::Rename {
            digest: digest.to_owned(),
            title: title.to_owned(),
        };
        let (studies, digest, title) = (self.clone(), digest.to_owned(), title.to_owned());
        self.keep(&request, move || {
            let renamed = study_library::rename(&digest, &title);
            // The title is everywhere in the dashboard.
            if *studies.now.which.borrow() == Some(digest.clone()) {
                studies.turn(Some(digest.clone()));
            }
            renamed
        });
    }

    /// Keeps a study no longer; where it is open, the server's takes its place.
    pub fn remove(&self, digest: &str) {
        let request = Request::Remove {
            digest: digest.to_owned(),
        };
        let (studies, digest) = (self.clone(), digest.to_owned());
        self.keep(&request, move || {
            let removed = study_library::remove(&digest);
            if *studies.now.which.borrow() == Some(digest.clone()) {
                studies.switch(None);
            }
            removed
        });
    }

    /// Asks for a study's content; an older request ends.
    fn read(
        &self,
        request: &Request,
        files: &[wasm_bindgen::JsValue],
        heard: impl Fn(Reply, Vec<Uint8Array>) + 'static,
    ) {
        drop(self.now.reading.take());
        let running = ask(request, files, heard);
        self.now.reading.replace(running);
    }

    /// Asks for a change of what is kept, and then changes the list.
    fn keep(&self, request: &Request, change: impl Fn() -> Result<(), String> + 'static) {
        let desk = self.desk.dispatcher();
        let heard = move |reply, _| {
            let outcome = match reply {
                Reply::Progress(..) => return,
                Reply::Failed(reason) => Err(reason),
                _ => change(),
            };
            desk.dispatch(Step::Shelf(study_library::list()));
            if let Err(reason) = outcome {
                desk.dispatch(Step::StudyError(reason));
            }
        };
        let running = ask(request, &[], heard);
        let mut keeping = self.now.keeping.borrow_mut();
        keeping.retain(|running| !running.is_finished());
        keeping.extend(running);
    }

    /// Goes where the address has gone, if it asks for another study that is at hand.
    fn follow(&self) {
        let Some(digest) = digest_in(&fragment::read()) else {
            return;
        };
        let is_shipped = self.now.shipped.borrow().as_deref() == Some(digest.as_str());
        // What the shown study is asked for, it shows itself; of one that is nowhere, it says so.
        let is_shown = match &*self.now.which.borrow() {
            Some(own) => *own == digest,
            None => is_shipped,
        };
        if !is_shown && is_kept(&study_library::list(), &digest) {
            self.turn(Some(digest));
        } else if !is_shown && is_shipped {
            self.turn(None);
        }
    }

    /// Shows another study at the address as it is.
    fn turn(&self, which: Option<String>) {
        study_library::set_open(which.as_deref());
        drop(self.now.reading.take());
        self.now.which.replace(which.clone());
        let turn = self.now.turns.get() + 1;
        self.now.turns.set(turn);
        self.desk.dispatch(Step::Turn(which.clone(), turn));
        self.load(which, turn);
    }

    fn load(&self, which: Option<String>, turn: usize) {
        let desk = self.desk.dispatcher();
        let tell = move |load| desk.dispatch(Step::Load(turn, load));
        let Some(digest) = which else {
            let now = Rc::clone(&self.now);
            spawn_local(async move {
                let load = load::shipped(|progress| tell(Load::Loading(progress))).await;
                if let Load::Ready(loaded) = &load {
                    study_library::set_shipped(&loaded.digest);
                    now.shipped.replace(Some(Rc::clone(&loaded.digest)));
                }
                tell(load);
            });
            return;
        };
        let request = Request::Load {
            digest: digest.clone(),
        };
        self.read(&request, &[], move |reply, files| {
            tell(match reply {
                Reply::Progress(words, done) => Load::Reading(words, done),
                Reply::Study(_, names) => match load::own(&digest, true, names, files) {
                    Ok(loaded) => Load::Ready(Rc::new(loaded)),
                    Err(reason) => unshown(&reason),
                },
                Reply::Failed(reason) => unshown(&reason),
                Reply::Refused(refusal) => {
                    Load::Failed(refusal.problems.iter().map(Problem::from).collect())
                }
                Reply::Made | Reply::Done => unshown("the worker's answer is another one's"),
            });
        });
    }
}

/// A study that is kept and cannot be shown.
fn unshown(reason: &str) -> Load {
    Load::Failed(vec![Problem {
        place: "this browser".to_owned(),
        what: messages::study_not_shown(reason),
    }])
}

/// Writes into the address which study is shown, without edits, on the page "Data"; unless it asks
/// for that study already, as where a link's study was missing till now. A study that is not kept
/// is not that of the next visit.
fn show(which: Option<&str>, is_kept: bool) {
    study_library::set_open(which.filter(|_| is_kept));
    if which.is_some() && digest_in(&fragment::read()).as_deref() == which {
        return;
    }
    let page = format!("page={}", Page::Data.id());
    fragment::push(&match which {
        Some(digest) => format!("{page}&{}", study_field(digest)),
        None => page,
    });
}
