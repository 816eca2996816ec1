//! Files that the reader picks or drops; the page holds them by reference until they are read.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
    HtmlInputElement,
};

use super::describe;

/// Files and their paths, a path a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picked {
    /// As the picker or the folder gives them.
    pub paths: Vec<String>,
    /// The files.
    pub files: Vec<JsValue>,
}

impl Picked {
    fn add(&mut self, path: String, file: File) {
        self.paths.push(path);
        self.files.push(file.into());
    }

    fn list(&mut self, files: Option<FileList>) {
        let files = files.iter();
        for file in files.flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))) {
            // Below the folder that was picked, if one was.
            let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into());
            let path = path.ok().and_then(|path| path.as_string());
            let path = path.filter(|path| !path.is_empty());
            self.add(path.unwrap_or_else(|| file.name()), file);
        }
    }
}

/// What an input holds; it is empty then, so that the same files can be picked again.
pub fn take(input: &HtmlInputElement) -> Picked {
    let mut picked = Picked::default();
    picked.list(input.files());
    input.set_value("");
    picked
}

/// Name and text of the file that an input holds; nothing where it holds none. It is empty then.
///
/// # Errors
/// The browser's reason, when the file cannot be read.
pub async fn text(input: &HtmlInputElement) -> Option<(String, Result<String, String>)> {
    let file = input.files()?.get(0)?;
    input.set_value("");
    let text = JsFuture::from(file.text()).await;
    let text = text.map_err(|error| describe(&error));
    Some((
        file.name(),
        text.map(|text| text.as_string().unwrap_or_default()),
    ))
}

/// What was dropped: to be called while the event is being heard, and waited for later, since the
/// files in a folder come one by one.
pub fn dropped(transfer: &DataTransfer) -> impl Future<Output = Picked> + use<> {
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|at| items.get(at)?.webkit_get_as_entry().ok()?)
        .collect();
    let plain = transfer.files();
    async move {
        let mut picked = Picked::default();
        if entries.is_empty() {
            picked.list(plain);
        }
        let mut waiting = entries;
        while let Some(entry) = waiting.pop() {
            if let Some(folder) = entry.dyn_ref::<FileSystemDirectoryEntry>() {
                waiting.extend(inside(folder).await);
            } else if let Some(file) = file_of(&entry).await {
                let path = entry.full_path();
                picked.add(path.trim_start_matches('/').to_owned(), file);
            }
        }
        picked
    }
}

/// For as long as the listeners live, a file that is dropped beside its place opens nothing: the
/// browser would show it instead of the page.
pub fn guard() -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    let keep = |event: &'static str| {
        EventListener::new_with_options(&window, event, options, |event| event.prevent_default())
    };
    Some(["dragover", "drop"].map(keep))
}

/// What lies in a folder; what cannot be read is missing, and will be missed.
async fn inside(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let some = called_back(|done, failed| {
            reader.read_entries_with_callback_and_callback(done, failed)
        });
        let some = some
            .await
            .map(|some| Array::from(&some))
            .unwrap_or_default();
        // A browser hands over a hundred at a time, and none at the end.
        if some.length() == 0 {
            return all;
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file_of(entry: &FileSystemEntry) -> Option<File> {
    let entry = entry.dyn_ref::<FileSystemFileEntry>()?;
    let file = called_back(|done, failed| {
        entry.file_with_callback_and_callback(done, failed);
        Ok(())
    });
    file.await?.dyn_into().ok()
}

/// Waits for the first of two callbacks; nothing where the second is called.
async fn called_back(
    begin: impl Fn(&Function, &Function) -> Result<(), JsValue>,
) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if begin(&resolve, &reject).is_err() {
            // Then neither is called back.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}
