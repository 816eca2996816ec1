// The second thread, for what would hold up the page: runs the page's own Wasm, whose compiled
// parts come with the first message, so that nothing is fetched or compiled twice. The Wasm
// sees that it has no window and answers requests instead of drawing a page.

addEventListener("message", async ({ data: { js, module, later } }) => {
  try {
    const { default: init, locateLater } = await import(js);
    // The Wasm that opens and exports files is in one part.
    locateLater?.(later);
    await init({ module_or_path: module });
  } catch (error) {
    postMessage(error);
  }
}, { once: true });
