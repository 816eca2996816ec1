// plotly.js with nothing but what app/src/charts draws. Of the published bundles, those that have
// heatmaps have nine more traces; they and the rest that is left out here would be a seventh of all
// that the page loads.
//   node web/build/plotly.mjs <file to write>
import { readFileSync } from "node:fs";
import { build } from "esbuild";

/** A trace that is missing here is silently drawn as a scatter, which is always there. */
const TRACES = ["bar", "heatmap"];

/** Parts that every bundle has and no chart here uses: plotly.js asks for each by name, if it is there. */
const UNUSED = ["annotations3d", "grid", "images", "rangeselector", "rangeslider", "sliders", "updatemenus"];

const leaveOut = {
  name: "leave out",
  setup({ onLoad, onResolve }) {
    const unused = new RegExp(`plotly\\.js[\\\\/]src[\\\\/]components[\\\\/](${UNUSED.join("|")})[\\\\/]index\\.js$`);
    onLoad({ filter: unused }, ({ path }) => {
      const [, name] = path.match(unused);
      return { contents: `module.exports = { moduleType: "component", name: "${name}" };` };
    });
    // Of the colour spaces that culori knows, those of CSS.
    onResolve({ filter: /^culori$/ }, () => ({ path: "culori", namespace: "css" }));
    onLoad({ filter: /^culori$/, namespace: "css" }, () => ({
      contents: `
        import "culori/css";
        export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from "culori/fn";`,
      resolveDir: process.cwd(),
    }));
  },
};

const { name, version, author, license } = JSON.parse(readFileSync("node_modules/plotly.js/package.json", "utf8"));

await build({
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
  format: "iife",
  globalName: "Plotly",
  define: { global: "window" },
  // That of maps, which are not drawn.
  loader: { ".css": "empty" },
  outfile: process.argv[2],
});
