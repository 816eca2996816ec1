//! The messages between the page and the importer.

use gloo::events::EventListener;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use worker::protocol::{StoredStudy, decode, encode};

use crate::browser::importer::{self, Recipient};

/// What the importer sends to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ImporterMessage {
    /// A study was opened; its files, packed, come next to this under these names.
    Opened(StoredStudy, Vec<String>),
    /// The user wants to work with the open study.
    ShowSimulator,
}

/// What the page sends to the importer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageMessage {
    /// The importer is visible again, at another place in the document.
    Shown,
    /// Another study is shown, which the importer did not open.
    Switched,
    /// Why a study that the importer opened cannot be shown.
    NotShown(String),
}

/// Sends a message to the page, with the files that go with it.
pub fn send_to_page(message: &ImporterMessage, files: &[Uint8Array]) {
    importer::send(Recipient::Page, &encode(message), files);
}

/// Sends a message to the importer, which receives it if it was started.
pub fn send_to_importer(message: &PageMessage) {
    importer::send(Recipient::Importer, &encode(message), &[]);
}

/// Calls `receive` with every message of the importer. Dropping the listener ends it.
pub fn on_importer_message(
    receive: impl Fn(ImporterMessage, Vec<Uint8Array>) + 'static,
) -> Option<EventListener> {
    // Both programs are of the same build, so every message can be read.
    importer::on_message(Recipient::Page, move |message, files| {
        if let Ok(message) = decode(message) {
            receive(message, files);
        }
    })
}

/// Calls `receive` with every message of the page. Dropping the listener ends it.
pub fn on_page_message(receive: impl Fn(PageMessage) + 'static) -> Option<EventListener> {
    importer::on_message(Recipient::Importer, move |message, _| {
        if let Ok(message) = decode(message) {
            receive(message);
        }
    })
}
