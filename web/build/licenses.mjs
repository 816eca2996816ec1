// What others wrote of what is shipped, and its licenses: `licenses.html` for people and `sbom.json`
// (CycloneDX) for programs. finish.mjs puts both next to the page.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const WASM = "wasm32-unknown-unknown";
const NATIVE = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];

/** Our programs, by where they run, and the processors that they are compiled for. */
export const PROGRAMS = [
  { place: "page", packages: ["app", "worker"], targets: [WASM] },
  { place: "server", packages: ["conjoint-server"], targets: NATIVE },
  { place: "command line", packages: ["conjoint-cli"], targets: NATIVE },
];

const run = (program, ...options) => execFileSync(program, options, { encoding: "utf8", maxBuffer: 1 << 28 });
const lines = (text) => text.split("\n").filter(Boolean);

/** `name version` of each crate that is linked into these packages; procedural macros only run at build time. */
const linked = ({ packages, targets }) => targets.flatMap((target) => lines(run(
  "cargo", "tree", "--locked", "--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none",
  "--format", "{p}", ...packages.flatMap((name) => ["--package", name]),
))).map((line) => line.replace(/^(\S+) v(\S+).*$/, "$1 $2"));

const TEXT_FILE = /^(licen[sc]e|copying|copyright|notice|unlicense)/i;

/** The texts that a package brings along. */
const textsIn = (folder) => readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && TEXT_FILE.test(entry.name) && !/\.spdx$/.test(entry.name)).map(({ name }) => name).sort()
  .map((name) => readFileSync(join(folder, name), "utf8").replace(/\r\n/g, "\n").trim());

const APACHE = readFileSync("LICENSE-APACHE", "utf8").trim();
const MIT_TERMS = readFileSync("LICENSE-MIT", "utf8").replace(/\r\n/g, "\n").replace(/^[\s\S]*?(?=Permission is hereby granted)/, "").trim();
/** https://spdx.org/licenses/BSD-3-Clause.html */
const BSD_TERMS = `Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
disclaimer in the documentation and/or other materials provided with the distribution.

3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote
products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

/** For a package without a text: that of a license it may be used under. */
function standardText(expression, holder) {
  const alternatives = expression.split(" OR ");
  const copyright = `Copyright (c) ${holder.replace(/ <[^>]*>/g, "")}`;
  if (alternatives.includes("MIT")) return `MIT License\n\n${copyright}\n\n${MIT_TERMS}`;
  if (alternatives.includes("BSD-3-Clause")) return `${copyright}\n\n${BSD_TERMS}`;
  if (alternatives.includes("Apache-2.0")) return APACHE;
  throw new Error(`no text is known for the license ${expression} of ${holder}`);
}

const part = (ecosystem, name, version, license, texts, holder, rest) => {
  const expression = license.replace(/ ?\/ ?/g, " OR ");
  const purl = `pkg:${ecosystem}/${name.replace("@", "%40")}@${version}`;
  return { name, version, expression, texts: texts.length > 0 ? texts : [standardText(expression, holder)], purl, ...rest };
};

/** Crates, each with the places where it runs. */
function crates() {
  const platforms = [WASM, ...NATIVE].flatMap((target) => ["--filter-platform", target]);
  const { packages, resolve } = JSON.parse(run("cargo", "metadata", "--locked", "--format-version", "1", ...platforms));
  const places = new Map();
  for (const program of PROGRAMS) {
    for (const id of linked(program)) places.set(id, new Set([...places.get(id) ?? [], program.place]));
  }
  const checksums = new Map([...readFileSync("Cargo.lock", "utf8")
    .matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"/g)].map(([, name, version, sum]) => [`${name} ${version}`, sum]));
  const foreign = packages.filter(({ name, version, source }) => source && places.has(`${name} ${version}`));
  const purls = new Map(foreign.map(({ id, name, version }) => [id, `pkg:cargo/${name}@${version}`]));
  const needs = new Map(resolve.nodes.map(({ id, dependencies }) => [id, dependencies.map((other) => purls.get(other)).filter(Boolean)]));
  return foreign.map(({ id, name, version, license, manifest_path, authors }) => {
    const holder = authors.join(", ") || `the authors of ${name}`;
    return part("cargo", name, version, license, textsIn(dirname(manifest_path)), holder, {
      places: [...places.get(`${name} ${version}`)],
      needs: needs.get(id).sort(),
      hash: { alg: "SHA-256", content: checksums.get(`${name} ${version}`) },
    });
  });
}

/** npm packages: the styles, and what plotly.mjs has bundled. */
function npmPackages() {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const bundled = JSON.parse(readFileSync("node_modules/.plotly/packages.json", "utf8"));
  return ["node_modules/@picocss/pico", ...bundled].map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const holder = author?.name ?? author ?? `the authors of ${name}`;
    const [, digest] = lock[folder].integrity.match(/^sha512-(.*)$/);
    return part("npm", name, version, license, textsIn(folder), holder, {
      places: ["page"],
      needs: [],
      hash: { alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") },
    });
  });
}

/** What the compiler adds to every program, and to those of Linux. */
function libraries() {
  const version = run("rustc", "--version").split(" ")[1];
  const everywhere = PROGRAMS.map(({ place }) => place);
  return [
    part("generic", "rust-std", version, "MIT OR Apache-2.0", [], "The Rust Project contributors", { places: everywhere, needs: [] }),
    part("generic", "musl", "1.2.5", "MIT", [], "2005-2020 Rich Felker, et al.", { places: everywhere.slice(1), needs: [] }),
  ];
}

/** Everything by others that is shipped, in the order of its names. */
export const collect = () => [...crates(), ...npmPackages(), ...libraries()]
  .sort((one, other) => (one.purl < other.purl ? -1 : 1));

/** The same bytes from the same sources: no time and no random number. */
function billOfMaterials(parts, version) {
  const component = ({ name, version, expression, purl, hash, places }) => ({
    type: "library",
    "bom-ref": purl,
    name,
    version,
    ...(hash?.content && { hashes: [hash] }),
    licenses: [{ expression }],
    purl,
    properties: places.map((value) => ({ name: "conjoint:place", value })),
  });
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": "conjoint_dashboard", name: "conjoint_dashboard", version } },
    components: parts.map(component),
    dependencies: parts.map(({ purl, needs }) => ({ ref: purl, dependsOn: needs })),
  };
}

const escape = (text) => text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]);

/** Each text once, below all that it covers. */
function licensesPage(parts) {
  const covered = new Map();
  for (const { texts, ...each } of parts) {
    for (const text of texts) covered.set(text, [...covered.get(text) ?? [], each]);
  }
  const row = ({ name, version, expression, places }) =>
    `<tr><td>${escape(name)}</td><td>${version}</td><td>${expression}</td><td>${places.join(", ")}</td></tr>`;
  const block = ([text, several]) =>
    `<h3>${several.map(({ name, version }) => `${escape(name)} ${version}`).join(", ")}</h3>\n<pre>${escape(text)}</pre>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>Licenses of the conjoint dashboard</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<link rel="icon" href="/favicon.svg" />
<link rel="stylesheet" href="/pico.fluid.classless.min.css" />
</head>
<body>
<main>
<h1>Licenses</h1>
<p>The conjoint dashboard may be used under the MIT license or the Apache License 2.0, at your option. It contains
the work of others, listed here with their licenses; <a href="/sbom.json">sbom.json</a> is the same list for
programs, in the format of CycloneDX.</p>
<table>
<caption>Parts by others</caption>
<thead><tr><th scope="col">name</th><th scope="col">version</th><th scope="col">license</th><th scope="col">part of</th></tr></thead>
<tbody>
${parts.map(row).join("\n")}
</tbody>
</table>
<h2>Texts</h2>
${[...covered].map(block).join("\n")}
</main>
</body>
</html>
`;
}

/** Writes both files into a folder. */
export function writeLicenses(folder) {
  const parts = collect();
  const version = readFileSync("Cargo.toml", "utf8").match(/^version = "(.*)"/m)[1];
  writeFileSync(join(folder, "licenses.html"), licensesPage(parts));
  writeFileSync(join(folder, "sbom.json"), `${JSON.stringify(billOfMaterials(parts, version), null, 1)}\n`);
}
