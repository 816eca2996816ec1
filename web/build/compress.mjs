// Which files are compressed ahead of being served, and how.
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSIBLE = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".csv"]);
/** Below this many bytes a compressed copy saves no packet. */
const SMALLEST = 512;

/** The compressed forms of a file by the ending that they add; none where there is nothing to gain. */
export function compressed(name, content) {
  if (!COMPRESSIBLE.has(extname(name)) || content.length < SMALLEST) return {};
  const br = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  const gz = gzipSync(content, { level: 9 });
  const smaller = Object.entries({ ".gz": gz, ".br": br }).filter(([, bytes]) => bytes.length < content.length);
  return Object.fromEntries(smaller);
}
