// Which files are compressed ahead of being served, and how.
import { existsSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".csv"]);
/** Below this many bytes a compressed copy saves no packet. */
const SMALLEST = 512;

/** The endings of compressed forms. */
export const FORMS = [".gz", ".br"];

/** The compressed forms of a file by the ending that they add; none where there is nothing to gain. */
export async function compressed(name, content) {
  if (!COMPRESSIBLE.has(extname(name)) || content.length < SMALLEST) return {};
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [gz, br] = await Promise.all([
    promisify(gzip)(content, { level: 9 }),
    promisify(brotliCompress)(content, { params }),
  ]);
  const smaller = Object.entries({ ".gz": gz, ".br": br }).filter(([, bytes]) => bytes.length < content.length);
  return Object.fromEntries(smaller);
}

/** The same of a file in a folder, which the page's build may have compressed: brotli takes its time. */
export async function compressedFile(path, content) {
  const made = FORMS.filter((ending) => existsSync(path + ending));
  return made.length > 0
    ? Object.fromEntries(made.map((ending) => [ending, readFileSync(path + ending)]))
    : compressed(path, content);
}
