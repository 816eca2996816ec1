// Stores the dashboard in this browser, so that it works without its server: the page as it was built,
// and the study as the server has it. Both are stored whole, and every file is checked against its
// digest, so that files of two versions never mix. A newer version is stored next to the one in use
// until the user asks for it.

// Written by web/build/finish.mjs: the build's name, and its files' SHA-256 by path.
const BUILD = "none";
const FILES = {};

/** The types of the messages between the page and this file; app/src/browser/offline.rs has the same,
 * and a test compares them. */
const TYPES = { check: "check", renew: "renew", begin: "begin", status: "status", reload: "reload" };

const SITES = "conjoint-site-";
const SITE = SITES + BUILD;
/** One copy of the study for each; the oldest is in use. */
const STUDIES = "conjoint-study-";
const FOLDERS = ["/Data/", "/Precomputed%20Data/"];

/** Milliseconds after which a file that does not come is given up: WebKit forgets requests of a page that
 * was left, and an installation that waits for them would never end. */
const PATIENCE = 60_000;

const caching = (prefix) => caches.keys().then((names) => names.filter((name) => name.startsWith(prefix)));
const drop = (names) => Promise.all(names.map((name) => caches.delete(name)));

const bytes = (text) => new TextEncoder().encode(text);

async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file with this digest, from the nearest source: what the page has just loaded is in the browser's
 * own cache and is not loaded again. */
async function take(path, digest) {
  const fetched = (cache) => () => fetch(path, { cache, signal: AbortSignal.timeout(PATIENCE) });
  const sources = [() => caches.match(path), ...["force-cache", "reload"].map(fetched)];
  for (const source of sources) {
    const answer = await source();
    if (answer?.ok && (await sha256(await answer.clone().arrayBuffer())).startsWith(digest)) return answer;
  }
  throw new Error(`${path} has changed on the server`);
}

/** Stores all of these files or none. */
async function keep(name, files) {
  const answers = await Promise.all(Object.entries(files).map(async ([path, digest]) => [path, await take(path, digest)]));
  const cache = await caches.open(name);
  try {
    // In order: if the last file is there, all are, even if the browser was closed in between.
    for (const [path, answer] of answers) await cache.put(path, answer);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/** Stores the page unless all of it is there. Of a copy that was interrupted, the last file is missing. */
async function complete() {
  const last = Object.keys(FILES).at(-1);
  if (!last || await caches.match(last, { cacheName: SITE })) return;
  // Several pages may ask at once.
  completing ??= keep(SITE, FILES).finally(() => {
    completing = undefined;
  });
  await completing;
}
let completing;

/** The server's lists of the study's folders, as texts; fails when it cannot be reached. */
const lists = (cache) => Promise.all(FOLDERS.map(async (folder) => {
  const answer = await fetch(folder, { cache });
  return answer.ok ? answer.text() : Promise.reject(answer.statusText);
}));

/** Path and digest of each file in a list. */
const listed = (folder, text) => Object.entries(JSON.parse(text).files)
  .map(([name, digest]) => [folder + encodeURIComponent(name), digest]);

/** Stores the files of these lists that the page reads, next to the study in use. */
async function follow(texts, wanted) {
  const names = await caching(STUDIES);
  const newest = STUDIES + (await sha256(bytes(texts.join("")))).slice(0, 16);
  await drop(names.slice(1).filter((name) => name !== newest));
  if (names.includes(newest)) {
    if (await caches.match(FOLDERS.at(-1), { cacheName: newest })) return;
    await caches.delete(newest);
  }
  const files = FOLDERS.flatMap((folder, place) => listed(folder, texts[place]).filter(([path]) => wanted.includes(path)));
  const folders = FOLDERS.map(async (folder, place) => [folder, await sha256(bytes(texts[place]))]);
  await keep(newest, Object.fromEntries([...files, ...await Promise.all(folders)]));
}

const send = async (...messages) => {
  for (const page of await clients.matchAll({ type: "window", includeUncontrolled: true })) {
    for (const message of messages) page.postMessage(message);
  }
};

/** The pages to be reloaded are those of the build before; some builds knew only texts. */
const sendReload = () => send({ type: TYPES.reload }, "reload");

/** Asks the server what is new, and sends the pages the answer. */
async function check(wanted) {
  let isOffline = false;
  // Fails without the server, or if the server has a newer page; the next check succeeds.
  await complete().catch(() => {});
  const known = (await caching(STUDIES)).length > 0;
  // A new version announces itself. On the first visit, the page has just loaded everything.
  if (known) await registration.update().catch(() => {});
  const texts = await lists(known ? "no-cache" : "force-cache").catch(() => {
    isOffline = true;
  });
  // A server that is being replaced may refuse; the next check succeeds.
  if (texts) await follow(texts, wanted).catch(() => {});
  await send({
    type: TYPES.status,
    isOffline,
    hasNewVersion: Boolean(registration.waiting),
    hasNewStudy: (await caching(STUDIES)).length > 1,
  });
}

/** The user wants what is new. Whichever version of this file gets the message hands it on to the one
 * that waits. */
async function renew() {
  await drop((await caching(STUDIES)).slice(0, -1));
  if (registration.waiting) registration.waiting.postMessage({ type: TYPES.begin });
  else await sendReload();
}

/** Takes over every page at once. */
async function begin() {
  isWanted = true;
  await skipWaiting();
}
let isWanted = false;

/** A message as an object: pages of older builds send texts, and the list of files to check. */
const typed = (data) => {
  if (Array.isArray(data)) return { type: TYPES.check, study: data };
  return typeof data === "string" ? { type: data === "now" ? TYPES.begin : data } : data;
};

/** A file of the study in use; one that is not stored yet comes from the server if it is that study's. */
async function studied(request, path) {
  const [name] = await caching(STUDIES);
  const cache = name && await caches.open(name);
  const kept = await cache?.match(path);
  if (kept || !cache) return kept ?? fetch(request);
  const folder = FOLDERS.find((folder) => path.startsWith(folder));
  const list = await cache.match(folder);
  const digest = list && Object.fromEntries(listed(folder, await list.text()))[path];
  const answer = digest ? await take(path, digest) : await fetch(request);
  if (digest) await cache.put(path, answer.clone());
  return answer;
}

addEventListener("install", (event) => {
  event.waitUntil(keep(SITE, FILES).then(() => registration.active && send({
    type: TYPES.status,
    isOffline: false,
    hasNewVersion: true,
    hasNewStudy: false,
  })));
});

addEventListener("activate", (event) => {
  const settle = async () => {
    await drop((await caching(SITES)).filter((name) => name !== SITE));
    await clients.claim();
    if (isWanted) await sendReload();
  };
  event.waitUntil(settle());
});

addEventListener("message", (event) => {
  const { type, study } = typed(event.data);
  if (type === TYPES.check) event.waitUntil(check(study));
  if (type === TYPES.renew) event.waitUntil(renew());
  if (type === TYPES.begin) event.waitUntil(begin());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const path = pathname === "/index.html" ? "/" : pathname;
  if (path in FILES) {
    const kept = caches.match(path, { cacheName: SITE }).catch(() => undefined);
    event.respondWith(kept.then((kept) => kept ?? fetch(request)));
  } else if (FOLDERS.some((folder) => path.startsWith(folder))) {
    event.respondWith(studied(request, path));
  }
});
