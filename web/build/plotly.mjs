// plotly.js with nothing but what app/src/charts draws. Of the published bundles, those that have
// heatmaps have nine more traces; they and the rest that is left out here would be a sixth of all
// that the page loads.
//   node web/build/plotly.mjs <file to write>
// Next to it, packages.json lists the folders of the npm packages in it, for licenses.mjs.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);

/** A trace that is missing here is silently drawn as a scatter, which is always there. */
const TRACES = ["bar", "heatmap"];

/** Parts that every bundle has and no chart here uses: plotly.js asks for each by name, if it is there. */
const UNUSED = ["annotations3d", "grid", "images", "rangeselector", "rangeslider", "selections", "sliders", "updatemenus"];

/** What the cartesian axes call of "selections" without asking whether it is there; dragging only zooms. */
const CALLED = ["clearOutline", "clearSelectionsCache", "prepSelect", "selectOnClick"];

/** The parts of D3 3 that remain; each file names those that it needs in lines of `import "…";`. */
const D3 = ["start", "compat/", "arrays/extent", "arrays/max", "arrays/min", "behavior/drag", "core/rebind", "event/",
  "format/round", "scale/linear", "selection/", "transition/", "end"];

/** The text of these parts and of what they import, each once, as D3 itself is put together from its sources. */
function concatenated(parts, folder, seen = new Set()) {
  const text = (path) => {
    const file = path.endsWith("/") ? join(path, "index.js") : `${path}.js`;
    if (seen.has(file)) return "";
    seen.add(file);
    return readFileSync(file, "utf8").replaceAll(/^import "(.*)";$/gm, (_, part) => text(join(dirname(file), part)));
  };
  return parts.map((part) => text(join(folder, part))).join("\n");
}

const leaveOut = {
  name: "leave out",
  setup({ onLoad, onResolve }) {
    const unused = new RegExp(`plotly\\.js[\\\\/]src[\\\\/]components[\\\\/](${UNUSED.join("|")})[\\\\/]index\\.js$`);
    onLoad({ filter: unused }, ({ path }) => {
      const [, name] = path.match(unused);
      const called = name === "selections" ? CALLED.map((method) => `${method}() {}`) : [];
      return { contents: `module.exports = { ${['moduleType: "component"', `name: "${name}"`, ...called]} };` };
    });
    onLoad({ filter: /@plotly[\\/]d3[\\/]d3\.js$/ }, ({ path }) => ({ contents: concatenated(D3, join(dirname(path), "src")) }));
    // Charts here have no dates; every axis asks for these functions.
    onResolve({ filter: /^d3-time-format$/ }, () => ({ path: "d3-time-format", namespace: "dates" }));
    onLoad({ filter: /^d3-time-format$/, namespace: "dates" }, () => ({
      contents: `
        const format = () => String;
        module.exports = { timeFormat: format, utcFormat: format, timeFormatLocale: () => ({ utcFormat: format }) };`,
    }));
    // Of the buttons' icons, that of the only button.
    onLoad({ filter: /plotly\.js[\\/]src[\\/]fonts[\\/]ploticon\.js$/ }, ({ path }) => ({
      contents: `module.exports = ${JSON.stringify({ home: require(path).home })};`,
    }));
    onLoad({ filter: /plotly\.js[\\/]src[\\/]plot_api[\\/]template_api\.js$/ }, () => ({
      contents: "module.exports = {};",
    }));
    // Every browser with Wasm has promises.
    onLoad({ filter: /native-promise-only[\\/].*\.js$/ }, () => ({ contents: "" }));
    // The handles of shapes that a user may change.
    onLoad({ filter: /plotly\.js[\\/]src[\\/]components[\\/]shapes[\\/]display_outlines\.js$/ }, () => ({
      contents: "module.exports = () => {};",
    }));
    // Of the 4×4 matrices, the one function that is called.
    onResolve({ filter: /^gl-mat4$/ }, () => ({ path: "gl-mat4", namespace: "matrix" }));
    onLoad({ filter: /^gl-mat4$/, namespace: "matrix" }, () => ({
      contents: `module.exports = { invert: require("gl-mat4/invert") };`,
      resolveDir: process.cwd(),
    }));
    // Of the color spaces that culori knows, those in which studies and themes write colors.
    onResolve({ filter: /^culori$/ }, () => ({ path: "culori", namespace: "colors" }));
    onLoad({ filter: /^culori$/, namespace: "colors" }, () => ({
      contents: `
        import { modeHsl, modeLrgb, modeRgb, useMode } from "culori/fn";
        for (const mode of [modeRgb, modeHsl, modeLrgb]) useMode(mode);
        export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";`,
      resolveDir: process.cwd(),
    }));
  },
};

const { name, version, author, license } = JSON.parse(readFileSync("node_modules/plotly.js/package.json", "utf8"));

const { metafile } = await build({
  banner: { js: `/*! ${name} ${version}, copyright ${author}, ${license} license */` },
  stdin: {
    contents: `
      module.exports = require("plotly.js/lib/core");
      module.exports.register([${TRACES.map((trace) => `require("plotly.js/lib/${trace}")`)}]);`,
    resolveDir: process.cwd(),
  },
  plugins: [leaveOut],
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  globalName: "Plotly",
  define: { global: "window" },
  // That of maps, which are not drawn.
  loader: { ".css": "empty" },
  outfile: process.argv[2],
  metafile: true,
});

/** Of a package in another package's folder, the inner one. */
const [made] = Object.values(metafile.outputs);
const inside = Object.entries(made.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  .map(([path]) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean);
writeFileSync(join(dirname(process.argv[2]), "packages.json"), JSON.stringify([...new Set(inside)].sort(), null, 2));
