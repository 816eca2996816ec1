// Starts a program in a worker: the first message names its script and brings its compiled Wasm, which
// sends a message when it listens.

// A failure that nothing catches reaches the page, which otherwise waits for an answer for ever.
addEventListener("unhandledrejection", ({ reason }) => reportError(reason));

addEventListener("message", async ({ data: { script, module, workbooks } }) => {
  /** Loads the program for workbooks into this worker; called by the first one, because Rust cannot call
   * import(), which is not a function. */
  globalThis.loadWorkbooks = () => start(workbooks.script, workbooks.wasm);
  await start(script, module);
}, { once: true });

async function start(script, wasm) {
  const { default: init } = await import(script);
  await init({ module_or_path: wasm });
}
