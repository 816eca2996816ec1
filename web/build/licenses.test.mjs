// Everything by others that is shipped is listed with its license: `node --test web/build/licenses.test.mjs`.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PROGRAMS, writeLicenses } from "./licenses.mjs";

const folder = mkdtempSync(join(tmpdir(), "licenses-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
writeLicenses(folder);
const page = readFileSync(join(folder, "licenses.html"), "utf8");
const bill = JSON.parse(readFileSync(join(folder, "sbom.json"), "utf8"));
const purls = new Set(bill.components.map(({ purl }) => purl));

/** From Cargo.lock itself: what these packages need, whatever its features and processors are. */
function neededByLock(names) {
  const entries = readFileSync("Cargo.lock", "utf8").split("[[package]]").slice(1).map((text) => ({
    name: text.match(/name = "(.+)"/)[1],
    version: text.match(/version = "(.+)"/)[1],
    isForeign: text.includes("\nsource = "),
    needs: [...(text.match(/dependencies = \[([^\]]*)\]/)?.[1] ?? "").matchAll(/"(\S+?)(?: (\S+?))?"/g)],
  }));
  const [seen, found] = [new Set(), new Set()];
  const visit = ({ name, version, needs, isForeign }) => {
    const id = `${name}@${version}`;
    if (seen.has(id)) return;
    seen.add(id);
    if (isForeign) found.add(id);
    for (const [, other, exactly] of needs) {
      entries.filter((entry) => entry.name === other && (!exactly || entry.version === exactly)).forEach(visit);
    }
  };
  entries.filter(({ name, isForeign }) => !isForeign && names.includes(name)).forEach(visit);
  return found;
}

test("every crate that is compiled into a program is in both lists", () => {
  const listed = bill.components.filter(({ purl }) => purl.startsWith("pkg:cargo/"));
  const inLock = neededByLock(PROGRAMS.flatMap(({ packages }) => packages).concat("conjoint"));
  for (const { name, version } of listed) assert.ok(inLock.has(`${name}@${version}`), `${name} is not in Cargo.lock`);
  for (const { packages, targets } of PROGRAMS) {
    for (const target of targets) {
      const text = execFileSync("cargo", [
        "tree", "--locked", "--offline", "--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none",
        "--format", "{p}", ...packages.flatMap((name) => ["--package", name]),
      ], { encoding: "utf8" });
      for (const line of text.split("\n").filter((line) => line && !line.includes("(/"))) {
        const [, name, version] = line.match(/^(\S+) v(\S+)/);
        assert.ok(purls.has(`pkg:cargo/${name}@${version}`), `${name} ${version} is not in sbom.json`);
        assert.ok(page.includes(`<td>${name}</td><td>${version}</td>`), `${name} ${version} is not in licenses.html`);
      }
    }
  }
  for (const known of ["yew", "nalgebra", "rust_xlsxwriter", "idb", "hyper", "brotli", "clap"]) {
    assert.ok(listed.some(({ name }) => name === known), `${known} is not listed`);
  }
});

test("the npm packages of the page are in both lists", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  for (const name of [...Object.keys(packages[""].dependencies), "@plotly/d3", "d3-format", "culori"]) {
    const { version } = packages[`node_modules/${name}`];
    assert.ok(purls.has(`pkg:npm/${name.replace("@", "%40")}@${version}`), `${name} is not in sbom.json`);
    assert.ok(page.includes(`<td>${name}</td><td>${version}</td>`), `${name} is not in licenses.html`);
  }
});

test("each part has a license, a digest and a text", () => {
  for (const { name, version, licenses, hashes, purl } of bill.components) {
    assert.ok(licenses[0].expression, name);
    assert.ok(purl.startsWith("pkg:generic/") || hashes[0].content.length >= 64, name);
    assert.match(page, new RegExp(`<h3>[^<]*${name} ${version.replaceAll("+", "\\+")}`), name);
  }
  assert.equal(purls.size, bill.components.length);
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const other of [ref, ...dependsOn]) assert.ok(purls.has(other), other);
  }
});

test("the same sources give the same bytes", () => {
  writeLicenses(folder);
  assert.equal(readFileSync(join(folder, "licenses.html"), "utf8"), page);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, "sbom.json"), "utf8")), bill);
});
