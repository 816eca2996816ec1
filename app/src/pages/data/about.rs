//! The study that is open: what it consists of, and a zip to start one's own from.

use std::rc::Rc;

use conjoint::format::list_omissions;
use conjoint::study::Study;
use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use worker::protocol::{FilesRequest, Request, Response};
use yew::prelude::*;

use crate::browser::download;
use crate::charts::file_stem;
use crate::components::scroll;
use crate::compute::client::send;
use crate::compute::load::{self, Loaded, Origin};
use crate::compute::{PendingRequest, WorkerEvent};
use crate::format::count;
use crate::text::messages;

/// What the open study consists of.
pub fn about(loaded: &Rc<Loaded>) -> Html {
    let study = loaded.simulation.selected();
    let whose = match loaded.origin {
        Origin::Server => "the shipped study",
        Origin::Kept => "a study of your own, kept in this browser",
        Origin::Opened => "a study of your own, which is gone when the page is closed",
    };
    let segments: Vec<&str> = study.segments().iter().map(String::as_str).collect();
    let brands: Vec<&str> = study
        .brands()
        .iter()
        .map(|brand| brand.name.as_str())
        .collect();
    let facts = [
        ("Title", study.settings().title.clone()),
        ("Description", study.settings().description.clone()),
        ("Respondents", count(study.respondents().len())),
        ("Products", count(study.offers().len())),
        ("Brands", brands.join(", ")),
        ("Segments", segments.join(", ")),
        ("Digest", loaded.source.digest.to_string()),
    ];
    let fact = |(name, value): &(&str, String)| {
        html! { <><dt>{ *name }</dt><dd>{ value }</dd></> }
    };
    html! {
        <section aria-labelledby="about-title">
            <h2 id="about-title">{ "The study that is open" }</h2>
            <p>{ format!("This is {whose}.") }</p>
            <dl>{ for facts.iter().filter(|(_, value)| !value.is_empty()).map(fact) }</dl>
            { left_out(study) }
            if !loaded.warnings.is_empty() {
                <h3>{ "Remarks" }</h3>
                <ul>
                    { for loaded.warnings.iter().map(|warning| html! {
                        <li>{ warning.to_string() }</li>
                    }) }
                </ul>
            }
            if loaded.origin == Origin::Kept {
                <Zip
                    text="Download this study"
                    purpose="Its files as a zip, with the names of columns chosen here."
                    of={Rc::clone(loaded)}
                />
            }
            <Zip
                text="Download template"
                purpose="The shipped study as a zip, to put your own figures into."
            />
        </section>
    }
}

/// What the files leave out, and what is shown instead.
fn left_out(study: &Study) -> Html {
    let left_out = list_omissions(study);
    if left_out.is_empty() {
        return html! {};
    }
    let table = html! {
        <table>
            <caption>{ "What the files leave out" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "what" }</th>
                    <th scope="col">{ "instead" }</th>
                </tr>
            </thead>
            <tbody>
                { for left_out.iter().map(|left_out| html! {
                    <tr>
                        <th scope="row">{ &left_out.what }</th>
                        <td class="text">{ &left_out.instead }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    };
    scroll("What the files leave out, scrollable", "", table)
}

/// Properties of [`Zip`].
#[derive(Properties, PartialEq)]
struct ZipProps {
    /// The button's text.
    text: AttrValue,
    /// What the zip is good for.
    purpose: AttrValue,
    /// The study whose files it holds; without one, the shipped study.
    #[prop_or_default]
    of: Option<Rc<Loaded>>,
}

/// A button that saves a study's files as a zip.
#[component]
fn Zip(props: &ZipProps) -> Html {
    let running = use_mut_ref(|| None::<PendingRequest>);
    let failure = use_state_eq(|| None::<String>);
    let save = {
        let (failure, of) = (failure.setter(), props.of.clone());
        Callback::from(move |_: MouseEvent| {
            let (running, failure, of) = (running.clone(), failure.clone(), of.clone());
            spawn_local(async move {
                let began = zip(of, move |outcome| failure.set(outcome.err())).await;
                running.replace(began);
            });
        })
    };
    html! {
        <div class="actions">
            <button type="button" class="quiet" onclick={save}>{ &props.text }</button>
            <span>{ &props.purpose }</span>
            if let Some(reason) = &*failure {
                <span role="alert">{ reason }</span>
            }
        </div>
    }
}

/// Has a zip made of a study's files, and saves it: the worker has those of a study that is kept,
/// and is given those of the shipped one.
async fn zip(
    of: Option<Rc<Loaded>>,
    ended: impl Fn(Result<(), String>) + 'static,
) -> Option<PendingRequest> {
    let (request, contents, name) = match of {
        Some(own) => {
            let digest = own.source.digest.to_string();
            let title = &own.simulation.selected().settings().title;
            let name = format!("{}.zip", file_stem(title));
            (FilesRequest::ZipStored { digest }, Vec::new(), name)
        }
        None => {
            let files = match load::shipped_files().await {
                Ok(files) => files,
                Err(reason) => {
                    ended(Err(messages::zip_error(&reason)));
                    return None;
                }
            };
            let (names, contents) = files
                .iter()
                .map(|(name, bytes)| (name.to_owned(), Uint8Array::from(bytes).into()))
                .unzip();
            (
                FilesRequest::Zip { names },
                contents,
                "template.zip".to_owned(),
            )
        }
    };
    Some(send(Request::Files(request), contents, move |event| {
        ended(match event {
            WorkerEvent::Response(Response::File, files) => match files.first() {
                Some(zip) => {
                    download::zip(&name, zip).map_err(|reason| messages::save_error(&reason))
                }
                None => return,
            },
            WorkerEvent::Failed(error) => Err(messages::zip_error(&error.to_string())),
            WorkerEvent::Progress(_) | WorkerEvent::Response(..) => return,
        });
    }))
}
