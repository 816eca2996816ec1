//! Where the importer is shown, which is a program of its own: loaded when this page is first shown.

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use crate::browser::{file_picker, importer};
use crate::components::Dispatch;
use crate::compute::importer::{
    ImporterMessage, PageMessage, on_importer_message, send_to_importer,
};
use crate::state::{Action, Page};

/// Properties of [`ImporterPlace`].
#[derive(Properties, PartialEq)]
pub struct ImporterPlaceProps {
    /// Receives the way to the simulator.
    pub dispatch: Dispatch,
}

/// The importer's element, or why it cannot be shown.
#[component]
pub fn ImporterPlace(props: &ImporterPlaceProps) -> Html {
    let place = use_node_ref();
    let message = use_state_eq(|| Some("Loading …"));
    {
        let (place, message) = (place.clone(), message.setter());
        use_effect_with((), move |()| {
            let place = place.cast::<Element>();
            if let Some(place) = &place {
                importer::show_in(place);
                send_to_importer(&PageMessage::Shown);
            }
            let listeners = file_picker::ignore_stray_drops();
            spawn_local(async move {
                message.set(importer::start().await.err().map(|_| NOT_LOADED));
            });
            move || {
                if let Some(place) = &place {
                    importer::hide_from(place);
                }
                drop(listeners);
            }
        });
    }
    {
        let dispatch = props.dispatch.clone();
        use_effect_with((), move |()| {
            let listener = on_importer_message(move |message, _| {
                if message == ImporterMessage::ShowSimulator {
                    dispatch.dispatch(Action::Go(Page::Simulator));
                }
            });
            move || drop(listener)
        });
    }
    html! {
        <section aria-labelledby="open-title" class="wide">
            <h2 id="open-title">{ "Open or import" }</h2>
            <p>
                { "Your files never leave this browser: they are read, checked and stored here. The \
                   page's security policy lets it contact only its own server, which accepts no \
                   files." }
            </p>
            <p role="status">{ *message }</p>
            <div ref={place} class="importer-place" />
        </section>
    }
}

/// The message when the program does not arrive.
const NOT_LOADED: &str = "The program that opens studies could not be loaded; check that the server \
    runs, then reload the page.";
