// Starts the dashboard: loads the Wasm that this script's data attributes name, and shows a message if
// that fails. No other JavaScript of ours runs in the page.

/** Starts a program of the page; also called by the page itself, for the importer, because Rust cannot
 * call import(), which is not a function. */
globalThis.startProgram = async (js, wasm) => {
  // Both are on their way at once. A <link> that preloads the Wasm makes WebKit fetch it twice.
  const code = fetch(wasm);
  code.catch(() => {}); // It is reported where it is awaited.
  const { default: init } = await import(js);
  await init({ module_or_path: code });
};

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

/** Replaces the page with a message, as text only. The message asks for a reload, which then takes the
 * newest page that the browser has stored. */
function show(title, detail) {
  navigator.serviceWorker?.getRegistration().then((kept) => (kept?.waiting ?? kept?.active)?.postMessage({ type: "renew" }));
  const page = document.createElement("main");
  page.className = "boot";
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  page.append(box);
  for (const [tag, text] of [["h1", title], ["p", detail]]) {
    const line = document.createElement(tag);
    line.textContent = text;
    box.append(line);
  }
  document.getElementById("app").replaceChildren(page);
}

// A panic ends the Wasm for good: a message is better than a page that ignores clicks.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) {
    show("The dashboard stopped", `Please reload the page. If it stops again, report this: ${error.message}`);
  }
});

try {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off");
  }
  await startProgram(js, wasm);
} catch (error) {
  console.error(error);
  show("The dashboard could not be loaded", `Please reload the page. What went wrong: ${error.message ?? error}`);
}
