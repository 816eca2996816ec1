//! The open study: what it consists of, and downloads of its files and of a template.

use std::rc::Rc;

use conjoint::format::list_omissions;
use conjoint::study::Study;
use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use worker::protocol::{FilesRequest, Request, Response};
use yew::prelude::*;

use crate::browser::download;
use crate::charts::file_stem;
use crate::components::scroll_area;
use crate::compute::client::send;
use crate::compute::load::{self, Loaded, Origin};
use crate::compute::{PendingRequest, WorkerEvent};
use crate::format::count;
use crate::text::messages;

/// The open study.
pub fn about(loaded: &Rc<Loaded>) -> Html {
    let study = loaded.simulation.selected();
    let origin = match loaded.origin {
        Origin::Server => "the shipped study",
        Origin::Stored => "a study of your own, stored in this browser",
        Origin::Opened => "a study of your own, which will be lost when you close the page",
    };
    html! {
        <section aria-labelledby="about-title">
            <h2 id="about-title">{ "The study that is open" }</h2>
            <p>{ format!("This is {origin}.") }</p>
            { facts(loaded) }
            { defaults(study) }
            if !loaded.warnings.is_empty() {
                <h3>{ "Remarks" }</h3>
                <ul>
                    { for loaded.warnings.iter().map(|warning| html! {
                        <li>{ warning.to_string() }</li>
                    }) }
                </ul>
            }
            if loaded.origin == Origin::Stored {
                <ZipButton
                    text="Download this study"
                    description="Its files as a zip, including the column names chosen here."
                    study={Rc::clone(loaded)}
                />
            }
            <ZipButton
                text="Download template"
                description="The shipped study as a zip, to fill in your own data."
            />
        </section>
    }
}

fn facts(loaded: &Loaded) -> Html {
    let study = loaded.simulation.selected();
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
    html! { <dl>{ for facts.iter().filter(|(_, value)| !value.is_empty()).map(fact) }</dl> }
}

/// What the files leave out, and the default that is used instead.
fn defaults(study: &Study) -> Html {
    let omissions = list_omissions(study);
    if omissions.is_empty() {
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
                { for omissions.iter().map(|omission| html! {
                    <tr>
                        <th scope="row">{ &omission.what }</th>
                        <td class="text">{ &omission.instead }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    };
    scroll_area("What the files leave out, scrollable", "", table)
}

/// Properties of [`ZipButton`].
#[derive(Properties, PartialEq)]
struct ZipButtonProps {
    /// The button's text.
    text: AttrValue,
    /// What the zip contains.
    description: AttrValue,
    /// The study to download; without one, the shipped study.
    #[prop_or_default]
    study: Option<Rc<Loaded>>,
}

/// A button that downloads the files of a study as a zip.
#[component]
fn ZipButton(props: &ZipButtonProps) -> Html {
    // Dropping a request cancels it.
    let pending = use_mut_ref(|| None::<PendingRequest>);
    let failure = use_state_eq(|| None::<String>);
    let save = {
        let (failure, study) = (failure.setter(), props.study.clone());
        Callback::from(move |_: MouseEvent| {
            let (pending, failure, study) = (pending.clone(), failure.clone(), study.clone());
            spawn_local(async move {
                let request = save_zip(study, move |outcome| failure.set(outcome.err())).await;
                pending.replace(request);
            });
        })
    };
    html! {
        <div class="actions">
            <button type="button" class="quiet" onclick={save}>{ &props.text }</button>
            <span>{ &props.description }</span>
            if let Some(reason) = &*failure {
                <span role="alert">{ reason }</span>
            }
        </div>
    }
}

/// Has the worker zip the files of a study, and saves the zip. The worker stores the files of a
/// study of the reader's own; those of the shipped study are sent along.
async fn save_zip(
    study: Option<Rc<Loaded>>,
    finished: impl Fn(Result<(), String>) + 'static,
) -> Option<PendingRequest> {
    let (request, contents, name) = match study {
        Some(study) => {
            let digest = study.source.digest.to_string();
            let title = &study.simulation.selected().settings().title;
            let name = format!("{}.zip", file_stem(title));
            (FilesRequest::ZipStored { digest }, Vec::new(), name)
        }
        None => {
            let files = match load::shipped_files().await {
                Ok(files) => files,
                Err(reason) => {
                    finished(Err(messages::zip_error(&reason)));
                    return None;
                }
            };
            let (names, contents) = files
                .iter()
                .map(|(name, bytes)| (name.to_owned(), Uint8Array::from(bytes).into()))
                .unzip();
            let request = FilesRequest::Zip { names };
            (request, contents, "template.zip".to_owned())
        }
    };
    Some(send(Request::Files(request), contents, move |event| {
        finished(match event {
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
