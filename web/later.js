
// --- Appended to the script of the page's Wasm: the second part of it, see web/build/split.mjs. ---

/** Its address, then its compiled module. */
let later;

/** Says where the second part is: its address, or its compiled module. */
export function locateLater(part) {
  later = part;
}

/** Has the second part at hand before anything asks for it. */
export async function loadLater() {
  if (typeof later === "string") later = await WebAssembly.compileStreaming(fetch(later));
}

/** The compiled second part, for a worker that runs the same Wasm; its address before it has come. */
function laterPart() {
  return later;
}

/** Joins the second part to the first, which is about to call it; the call waits where it has to be
 * loaded first. Whoever calls after that finds it in the table, and does not come here. */
function needLater() {
  if (typeof later === "string") later = new WebAssembly.Module(fetchNow(later));
  new WebAssembly.Instance(later, { first: wasm });
}

/** A file's bytes, without giving way to anything: as characters, because only texts come so. */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    request.send();
  } catch {
    // Told below: no answer has the status 0.
  }
  if (request.status !== 200) {
    throw new WebAssembly.RuntimeError(`a part of the dashboard could not be loaded (status ${request.status})`);
  }
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0) & 0xff);
}
