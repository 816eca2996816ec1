// Lays out what the image holds: `node web/build/pack.mjs SERVER FOLDER` makes FOLDER with the
// server's program and, below app/, the page and the study.
//
// The image is to be small: of a file that is sent compressed it holds only the Brotli form, from
// which the server makes the others at start.
import { copyFileSync, chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FORMS, compressedFile } from "./compress.mjs";

const [server, target] = process.argv.slice(2);
if (!server || !target) throw new Error("usage: node web/build/pack.mjs SERVER FOLDER");

const isMade = (name, names) => FORMS.some((ending) => name.endsWith(ending) && names.includes(name.slice(0, -ending.length)));

let total = 0;
const write = (path, bytes) => {
  writeFileSync(path, bytes);
  total += bytes.length;
};

rmSync(target, { recursive: true, force: true });
for (const folder of ["dist", "Data", "Precomputed Data"]) {
  mkdirSync(join(target, "app", folder), { recursive: true });
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort();
  for (const name of names.filter((name) => !isMade(name, names))) {
    const content = readFileSync(join(folder, name));
    const brotli = (await compressedFile(join(folder, name), content))[".br"];
    const path = join(target, "app", folder, name);
    write(brotli ? path + ".br" : path, brotli ?? content);
  }
}
copyFileSync(server, join(target, "conjoint-server"));
chmodSync(join(target, "conjoint-server"), 0o755);
total += readFileSync(server).length;
console.log(`${target}: ${total} bytes`);
