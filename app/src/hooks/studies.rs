//! Which study is open: the server's, or one that this browser keeps; and how a new one is opened.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use files::messages::{Kept, Refusal, Reply, Request};
use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::components::Problem;
use crate::js::files::ask;
use crate::js::fragment;
use crate::js::pick::Picked;
use crate::js::thread::Running;
use crate::load::{self, Load, Loaded, Progress};
use crate::shelf;
use crate::state::{Page, digest_in};
use crate::words::faults;

/// How far the opening of files has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// Nothing is being opened.
    Idle,
    /// Files are being read: in words, and as a fraction where that is known.
    Reading(String, Option<f64>),
    /// They are no study that can be used.
    Refused(Rc<Attempt>),
    /// Why they could not be read at all, or not be kept.
    Failed(String),
    /// The study of this title was opened.
    Opened(String),
}

/// Files that were refused, so that they can be tried again under other names of columns.
#[derive(Debug, PartialEq)]
pub struct Attempt {
    /// What is wrong with them.
    pub refusal: Refusal,
    /// The files.
    pub picked: Rc<Picked>,
    /// The names of columns under which they were tried.
    pub columns: BTreeMap<String, String>,
}

/// The studies, and what can be done with them.
#[derive(Clone)]
pub struct Studies {
    desk: UseReducerHandle<Desk>,
    /// Where a request is being answered, which ends when another one begins.
    running: Rc<RefCell<Option<Running>>>,
}

impl PartialEq for Studies {
    /// What can be done is the same as long as the studies are.
    fn eq(&self, other: &Self) -> bool {
        self.desk == other.desk
    }
}

/// Which study is open, and what is being opened.
#[derive(Clone, PartialEq)]
struct Desk {
    /// The digest of a study that is kept; none for the server's.
    which: Option<String>,
    load: Load,
    shelf: Rc<[Kept]>,
    opening: Opening,
}

enum Step {
    /// Another study is to be shown, and is being loaded.
    Turn(Option<String>),
    /// The study of that digest has come so far.
    Load(Option<String>, Load),
    /// A study was opened from files.
    Opened(Kept, Rc<Loaded>),
    /// An opening has come so far.
    Opening(Opening),
    /// The list has changed.
    Shelf,
}

impl Reducible for Desk {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match step {
            Step::Turn(which) => {
                next.which = which;
                next.load = Load::Loading(Progress::default());
            }
            // Another study may have been asked for meanwhile.
            Step::Load(which, load) if which == next.which => next.load = load,
            Step::Load(..) => return self,
            Step::Opened(kept, loaded) => {
                next.which = Some(kept.digest);
                next.load = Load::Ready(loaded);
                next.opening = Opening::Opened(kept.title);
                next.shelf = shelf::list().into();
            }
            Step::Opening(opening) => next.opening = opening,
            Step::Shelf => next.shelf = shelf::list().into(),
        }
        Rc::new(next)
    }
}

/// The studies. The page begins with the one that its address asks for, if it is kept here, else
/// with the one that was open last; the server's is the first of all.
#[hook]
pub fn use_studies() -> Studies {
    let desk = use_reducer(|| {
        let shelf = shelf::list();
        let which =
            asked_for(&shelf).unwrap_or_else(|| shelf::open().filter(|it| is_kept(&shelf, it)));
        Desk {
            which,
            load: Load::Loading(Progress::default()),
            shelf: shelf.into(),
            opening: Opening::Idle,
        }
    });
    let running = use_mut_ref(|| None);
    let studies = Studies { desk, running };
    {
        let studies = studies.clone();
        use_effect_with((), move |()| studies.load(studies.desk.which.clone()));
    }
    {
        // Back, Forward and a link that is pasted may lead to another study.
        let studies = studies.clone();
        let (which, shelf) = (studies.desk.which.clone(), Rc::clone(&studies.desk.shelf));
        use_effect_with((which, shelf), move |(which, shelf)| {
            let (which, shelf) = (which.clone(), Rc::clone(shelf));
            let listener = fragment::on_change(move |_| {
                if let Some(wanted) = asked_for(&shelf).filter(|wanted| *wanted != which) {
                    studies.turn(wanted);
                }
            });
            move || drop(listener)
        });
    }
    studies
}

/// The study that the address asks for, if it names one: one that is kept, or else the server's.
fn asked_for(shelf: &[Kept]) -> Option<Option<String>> {
    let digest = digest_in(&fragment::read())?;
    Some(Some(digest).filter(|digest| is_kept(shelf, digest)))
}

fn is_kept(shelf: &[Kept], digest: &str) -> bool {
    shelf.iter().any(|study| study.digest == digest)
}

impl Studies {
    /// The study that is open.
    pub fn load_state(&self) -> &Load {
        &self.desk.load
    }

    /// The digest of the study that is open, where it is one that is kept.
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

    /// Opens files that the reader picked, in which some columns have names of their own.
    pub fn open(&self, picked: Rc<Picked>, columns: BTreeMap<String, String>) {
        let request = Request::Open {
            paths: picked.paths.clone(),
            columns: columns.clone(),
        };
        let files = picked.files.clone();
        let desk = self.desk.dispatcher();
        desk.dispatch(Step::Opening(Opening::Reading(
            "Reading the files".to_owned(),
            None,
        )));
        self.begin(&request, &files, move |reply, files| {
            desk.dispatch(match reply {
                Reply::Progress(words, done) => Step::Opening(Opening::Reading(words, done)),
                Reply::Refused(refusal) => {
                    let (picked, columns) = (Rc::clone(&picked), columns.clone());
                    Step::Opening(Opening::Refused(Rc::new(Attempt {
                        refusal,
                        picked,
                        columns,
                    })))
                }
                Reply::Study(kept, names) => match load::kept(&kept.digest, names, files) {
                    Ok(loaded) => {
                        show(Some(&kept.digest));
                        shelf::put(&kept);
                        Step::Opened(kept, Rc::new(loaded))
                    }
                    Err(reason) => Step::Opening(Opening::Failed(reason)),
                },
                Reply::Failed(reason) => Step::Opening(Opening::Failed(reason)),
                Reply::Made | Reply::Done => Step::Opening(Opening::Idle),
            });
        });
    }

    /// Ends the opening of files.
    pub fn cancel(&self) {
        drop(self.running.take());
        self.desk.dispatch(Step::Opening(Opening::Idle));
    }

    /// Shows a study that is kept, or the server's, as it is without edits.
    pub fn switch(&self, which: Option<String>) {
        show(which.as_deref());
        self.desk.dispatch(Step::Opening(Opening::Idle));
        self.turn(which);
    }

    /// Gives a study that is kept another title.
    pub fn rename(&self, digest: &str, title: &str) {
        let request = Request::Rename {
            digest: digest.to_owned(),
            title: title.to_owned(),
        };
        let (studies, digest, title) = (self.clone(), digest.to_owned(), title.to_owned());
        self.begin(&request, &[], move |reply, _| match reply {
            Reply::Failed(reason) => studies
                .desk
                .dispatch(Step::Opening(Opening::Failed(reason))),
            _ => {
                shelf::rename(&digest, &title);
                studies.desk.dispatch(Step::Shelf);
                if studies.desk.which.as_ref() == Some(&digest) {
                    studies.turn(Some(digest.clone()));
                }
            }
        });
    }

    /// Keeps a study no longer; where it is open, the server's takes its place.
    pub fn remove(&self, digest: &str) {
        let request = Request::Remove {
            digest: digest.to_owned(),
        };
        let (studies, digest) = (self.clone(), digest.to_owned());
        self.begin(&request, &[], move |reply, _| match reply {
            Reply::Failed(reason) => studies
                .desk
                .dispatch(Step::Opening(Opening::Failed(reason))),
            _ => {
                shelf::remove(&digest);
                studies.desk.dispatch(Step::Shelf);
                if studies.desk.which.as_ref() == Some(&digest) {
                    studies.switch(None);
                }
            }
        });
    }

    /// Asks the worker; an older request ends.
    fn begin(
        &self,
        request: &Request,
        files: &[wasm_bindgen::JsValue],
        heard: impl Fn(Reply, Vec<Uint8Array>) + 'static,
    ) {
        drop(self.running.take());
        match ask(request, files, heard) {
            Ok(running) => drop(self.running.replace(Some(running))),
            Err(reason) => self.desk.dispatch(Step::Opening(Opening::Failed(reason))),
        }
    }

    /// Shows another study at the address as it is.
    fn turn(&self, which: Option<String>) {
        shelf::set_open(which.as_deref());
        self.desk.dispatch(Step::Turn(which.clone()));
        self.load(which);
    }

    fn load(&self, which: Option<String>) {
        let desk = self.desk.dispatcher();
        let Some(digest) = which else {
            spawn_local(async move {
                let told = |progress| desk.dispatch(Step::Load(None, Load::Loading(progress)));
                let load = load::shipped(told).await;
                desk.dispatch(Step::Load(None, load));
            });
            return;
        };
        let tell = move |digest: &str, load| {
            desk.dispatch(Step::Load(Some(digest.to_owned()), load));
        };
        let failed = |reason: String| {
            Load::Failed(vec![Problem {
                place: "this browser".to_owned(),
                what: faults::not_kept(&reason),
            }])
        };
        let request = Request::Load {
            digest: digest.clone(),
        };
        self.begin(&request, &[], move |reply, files| match reply {
            Reply::Progress(words, done) => tell(&digest, Load::Reading(words, done)),
            Reply::Study(_, names) => tell(
                &digest,
                match load::kept(&digest, names, files) {
                    Ok(loaded) => Load::Ready(Rc::new(loaded)),
                    Err(reason) => failed(reason),
                },
            ),
            Reply::Failed(reason) => tell(&digest, failed(reason)),
            Reply::Refused(_) | Reply::Made | Reply::Done => {
                tell(&digest, failed("its files are damaged".to_owned()));
            }
        });
    }
}

/// Writes into the address which study is shown, without edits, on the page "Data"; unless it asks
/// for that study already, as where a link's study was missing till now.
fn show(which: Option<&str>) {
    shelf::set_open(which);
    if which.is_some() && digest_in(&fragment::read()).as_deref() == which {
        return;
    }
    let page = format!("page={}", Page::Data.id());
    fragment::push(&match which {
        Some(digest) => format!("{page}&study={digest}"),
        None => page,
    });
}
