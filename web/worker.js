// Starts a program in a worker: the first message names its script and brings its compiled Wasm, which
// sends a message when it listens.

// A failure that nothing catches reaches the page, which otherwise waits for an answer for ever.
addEventListener("unhandledrejection", ({ reason }) => reportError(reason));

addEventListener("message", async ({ data: { script, module } }) => {
  const { default: init } = await import(script);
  await init({ module_or_path: module });
}, { once: true });
