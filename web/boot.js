// Starts the dashboard: loads the Wasm named by this script's own data attributes, and says
// in words what is wrong when that fails. No other JavaScript of ours runs in the page.

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

/** Puts a message into the page instead of what is there, as text only. What the browser keeps beside
 * the page in use is taken up by the next loading, which is what the message asks for. */
function tell(title, detail) {
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

// A panic ends the Wasm for good: an honest message is better than a page that ignores clicks.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError) {
    tell("The dashboard stopped", `Please reload the page. If it stops again, report this: ${error.message}`);
  }
});

try {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off");
  }
  const { default: init } = await import(js);
  await init({ module_or_path: wasm });
} catch (error) {
  console.error(error);
  tell("The dashboard could not be loaded", `Please reload the page. What went wrong: ${error.message ?? error}`);
}
