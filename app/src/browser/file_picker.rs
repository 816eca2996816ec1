//! Files that the reader picks or drops. The page holds only references; the worker reads them.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

use super::describe;

/// Files and their paths.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PickedFiles {
    /// One per file, relative to the picked or dropped folder.
    pub paths: Vec<String>,
    /// The files, as JavaScript `File` objects.
    pub files: Vec<JsValue>,
}

impl PickedFiles {
    fn add(&mut self, path: String, file: File) {
        self.paths.push(path);
        self.files.push(file.into());
    }

    fn add_all(&mut self, files: Option<FileList>) {
        let files = files.iter();
        for file in files.flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))) {
            // Empty unless a folder was picked.
            let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into());
            let path = path.ok().and_then(|path| path.as_string());
            let path = path.filter(|path| !path.is_empty());
            self.add(path.unwrap_or_else(|| file.name()), file);
        }
    }
}

/// Takes the files out of an input. The input is cleared, so that the same files can be picked
/// again.
pub fn take_files(input: &HtmlInputElement) -> PickedFiles {
    let mut picked = PickedFiles::default();
    picked.add_all(input.files());
    input.set_value("");
    picked
}

/// Takes the file out of an input and reads it: its name and its text, or `None` if the input is
/// empty.
///
/// # Errors
/// The browser's reason if the file cannot be read.
pub async fn take_text(input: &HtmlInputElement) -> Option<(String, Result<String, String>)> {
    let file = input.files()?.get(0)?;
    input.set_value("");
    let text = JsFuture::from(file.text()).await;
    let text = text.map_err(|error| describe(&error));
    Some((
        file.name(),
        text.map(|text| text.as_string().unwrap_or_default()),
    ))
}

/// The files that were dropped, with those in dropped folders. Call it in the event's handler, and
/// await the result later, because the browser lists folders asynchronously.
pub fn dropped_files(transfer: &DataTransfer) -> impl Future<Output = PickedFiles> + use<> {
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|at| items.get(at)?.webkit_get_as_entry().ok()?)
        .collect();
    // The list is empty once the event is over.
    let mut plain = PickedFiles::default();
    plain.add_all(transfer.files());
    async move {
        let mut picked = PickedFiles::default();
        let mut waiting = entries;
        while let Some(entry) = waiting.pop() {
            if let Some(folder) = entry.dyn_ref::<FileSystemDirectoryEntry>() {
                waiting.extend(read_folder(folder).await);
            } else if let Some(file) = read_entry(&entry).await {
                let path = entry.full_path();
                picked.add(path.trim_start_matches('/').to_owned(), file);
            }
        }
        // Some browsers give no entries, or entries that cannot be read, of files that were dropped
        // without a folder.
        if picked.files.is_empty() {
            return plain;
        }
        picked
    }
}

/// Keeps the browser from replacing the page with a file that is dropped outside the drop area.
/// Dropping the listeners ends it.
pub fn ignore_stray_drops() -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let ignore = |event: &'static str| {
        EventListener::new_with_options(&window, event, options, |event| event.prevent_default())
    };
    Some(["dragover", "drop"].map(ignore))
}

/// The entries of a folder. An entry that cannot be read is left out; the study's check reports the
/// missing file.
async fn read_folder(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let batch = first_callback(|done, failed| {
            reader.read_entries_with_callback_and_callback(done, failed)
        });
        let batch = batch
            .await
            .map(|entries| Array::from(&entries))
            .unwrap_or_default();
        // Browsers list up to a hundred entries per call, and none at the end.
        if batch.length() == 0 {
            return all;
        }
        all.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn read_entry(entry: &FileSystemEntry) -> Option<File> {
    let entry = entry.dyn_ref::<FileSystemFileEntry>()?;
    let file = first_callback(|done, failed| {
        entry.file_with_callback_and_callback(done, failed);
        Ok(())
    });
    file.await?.dyn_into().ok()
}

/// The argument of a success callback; `None` if the failure callback is called instead.
async fn first_callback(
    start: impl Fn(&Function, &Function) -> Result<(), JsValue>,
) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if start(&resolve, &reject).is_err() {
            // Neither callback will be called.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}
