// The size of a first visit, of the importer and the workers' programs, which are loaded after its figures
// or when they are needed, and of the lists of licenses, which the reader may ask for, against their
// budgets: `node web/build/size.mjs`; fails where one is exceeded.
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { FORMS, compressedFile } from "./compress.mjs";

/** Bytes of brotli, as the server sends them. */
const BUDGETS = { wasm: 550_000, plotly: 260_000, all: 900_000, importer: 250_000, workers: 1_700_000, licenses: 40_000 };

/** The importer and the programs of workers: Wasm and script of each. */
const IMPORTER = /^importer(_bg)?-/;
const WORKERS = /^(analyst|estimator|files|workbooks)(_bg)?-/;

const LICENSES = /^(licenses\.html|sbom\.json)$/;

/** What the page reads of Precomputed Data; see `CHECKED` in conjoint/src/sample_study/precompute.rs. */
const CHECKED = ["manifest.json", "baselinePrediction.csv", "simulate_new.csv"];

const files = (folder, wanted) =>
  readdirSync(folder)
    .filter((name) => wanted(name) && !FORMS.includes(extname(name)))
    .sort()
    .map((name) => join(folder, name));

const budget = (name) =>
  /^app_bg-.*\.wasm$/.test(name) ? BUDGETS.wasm : /^plotly-.*\.js$/.test(name) ? BUDGETS.plotly : undefined;

const measured = async (path) => {
  const content = readFileSync(path);
  const forms = await compressedFile(path, content);
  const length = (ending) => (forms[ending] ?? content).length;
  const name = path.split("/").at(-1);
  return { path, raw: content.length, gzip: length(".gz"), brotli: length(".br"), budget: budget(name) };
};

/** Rows of files, and one of their sum. */
const summed = async (paths, name) => {
  const rows = await Promise.all(paths.map(measured));
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  return [...rows, { path: name, raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli"), budget: BUDGETS[name] }];
};

const rows = [
  ...await summed(
    [
      ...files("dist", (name) => ![IMPORTER, WORKERS, LICENSES].some((other) => other.test(name))),
      ...files("Data", () => true),
      ...files("Precomputed Data", (name) => CHECKED.includes(name)),
    ],
    "all",
  ),
  ...await summed(files("dist", (name) => IMPORTER.test(name)), "importer"),
  ...await summed(files("dist", (name) => WORKERS.test(name)), "workers"),
  ...await summed(files("dist", (name) => LICENSES.test(name)), "licenses"),
];

const line = (path, ...cells) => console.log(path.padEnd(56) + cells.map((cell) => String(cell ?? "").padStart(9)).join(""));
line("bytes", "raw", "gzip", "brotli", "budget");
for (const { path, raw, gzip, brotli, budget } of rows) line(path, raw, gzip, brotli, budget);
for (const unmatched of Object.values(BUDGETS).filter((limit) => !rows.some(({ budget }) => budget === limit))) {
  throw new Error(`no file has the budget of ${unmatched}: its name has changed`);
}
const heavy = rows.filter(({ brotli, budget }) => brotli > budget);
for (const { path, brotli, budget } of heavy) {
  console.error(`${path} has ${brotli - budget} bytes of brotli more than its budget of ${budget}; make it lighter`);
}
process.exitCode = heavy.length > 0 ? 1 : 0;
