// The last step of the page's build, run by Trunk on its staging folder:
//   1. the styles become one file; scripts and styles are minified; the licenses of all parts are listed;
//   2. every file takes a name from its own final content, and references follow it,
//      so that a server may call such a file immutable;
//   3. sw.js, which keeps the page in the browser, gets the list of these files;
//   4. every compressible file gets a .br and a .gz sibling, made once, here.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { buildSync, transformSync } from "esbuild";
import { compressed } from "./compress.mjs";
import { writeLicenses } from "./licenses.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("TRUNK_STAGING_DIR is not set: this script is a hook of `trunk build`");

/** Names that must stay: browsers and people ask for them as they are. */
const KEPT = new Set(["index.html", "sw.js", "manifest.webmanifest", "licenses.html", "sbom.json"]);

/** Not kept in the browser: few readers ask for them, and the page works without them. */
const ONLINE_ONLY = new Set(["sw.js", "licenses.html", "sbom.json"]);

const files = () =>
  readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();

const digestOf = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** Trunk copies app.css as it is: its imports, one file per concern, are bundled into it here. */
function bundleStyles() {
  buildSync({
    entryPoints: ["web/app.css"],
    outfile: join(folder, "app.css"),
    bundle: true,
    allowOverwrite: true,
    logLevel: "error",
  });
}

const minified = (text, loader) => transformSync(text, { loader, minify: true }).code;

/** What comes from npm is so already, and sw.js is not yet complete. */
function minify() {
  for (const name of files().filter((name) => /\.(js|css)$/.test(name) && !/^(pico|plotly|sw)\b/.test(name))) {
    const path = join(folder, name);
    writeFileSync(path, minified(readFileSync(path, "utf8"), extname(name).slice(1)));
  }
}

/** Trunk adds a link that preloads the Wasm, which boot.js fetches as early. */
function removePreload() {
  const path = join(folder, "index.html");
  const text = readFileSync(path, "utf8");
  const link = /<link rel="preload"[^>]* as="fetch"[^>]*>/;
  if (!link.test(text)) throw new Error("index.html preloads no Wasm: removePreload is not needed");
  writeFileSync(path, text.replace(link, ""));
}

/** A reference is the file's name in quotes, or at the end of a quoted address. */
const reference = (name) => new RegExp(`(?<=["'/])${RegExp.escape?.(name) ?? name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=["'])`, "g");
const isText = (name) => [".html", ".js", ".css", ".webmanifest"].includes(extname(name));

/** Renames in the order of references: a file's digest covers the names that it refers to. */
function nameByContent() {
  const contents = new Map(files().map((name) => [name, readFileSync(join(folder, name))]));
  const renamed = new Map();
  const visiting = new Set();

  const finish = (name) => {
    if (renamed.has(name)) return;
    if (visiting.has(name)) throw new Error(`${name} refers to itself through other files`);
    visiting.add(name);
    let content = contents.get(name);
    if (isText(name)) {
      let text = content.toString("utf8");
      for (const other of contents.keys()) {
        if (other === name || KEPT.has(other) || !reference(other).test(text)) continue;
        finish(other);
        text = text.replace(reference(other), renamed.get(other));
      }
      content = Buffer.from(text);
      writeFileSync(join(folder, name), content);
    }
    const digest = digestOf(content);
    const extension = extname(name);
    const target = KEPT.has(name) ? name : `${name.slice(0, -extension.length)}-${digest}${extension}`;
    renameSync(join(folder, name), join(folder, target));
    renamed.set(name, target);
  };
  for (const name of contents.keys()) finish(name);
}

/** The page itself is asked for by its folder's address. */
const path = (name) => (name === "index.html" ? "/" : `/${name}`);

/** The copy in the browser is named after all that it is made of and by. */
function listForOffline() {
  const kept = files().filter((name) => !ONLINE_ONLY.has(name));
  const digests = kept.map((name) => [path(name), digestOf(readFileSync(join(folder, name)))]);
  const list = JSON.stringify(Object.fromEntries(digests), null, 2);
  let text = readFileSync(join(folder, "sw.js"), "utf8");
  const build = digestOf(text + list);
  for (const [name, from, to] of [["BUILD", '"none"', `"${build}"`], ["FILES", "{}", list]]) {
    const line = `const ${name} = ${from};`;
    if (!text.includes(line)) throw new Error(`sw.js has no line \`${line}\``);
    text = text.replace(line, `const ${name} = ${to};`);
  }
  writeFileSync(join(folder, "sw.js"), minified(text, "js"));
}

/** All at once, because Node.js compresses in threads. */
async function compress() {
  const one = async (name) => {
    const forms = await compressed(name, readFileSync(join(folder, name)));
    for (const [ending, bytes] of Object.entries(forms)) writeFileSync(join(folder, name + ending), bytes);
  };
  await Promise.all(files().map(one));
}

bundleStyles();
minify();
removePreload();
writeLicenses(folder);
nameByContent();
listForOffline();
await compress();
