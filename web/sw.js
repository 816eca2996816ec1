// Keeps the dashboard in this browser, so that it works without its server: the page as the
// build left it, and the study as the server has it. Both are kept whole, every file checked
// against its digest, so that files of two versions never meet; a newer version is kept beside
// the one in use until the reader asks for it.

// web/build/finish.mjs writes here: the build's name, and its files' SHA-256 by path.
const BUILD = "none";
const FILES = {};

/** The types of the messages between the page and this file; app/src/browser/offline.rs has the same,
 * and a test compares them. */
const TYPES = { check: "check", renew: "renew", begin: "begin", status: "status", reload: "reload" };

const SITES = "conjoint-site-";
const SITE = SITES + BUILD;
/** A copy of the study each, the oldest in use. */
const STUDIES = "conjoint-study-";
const FOLDERS = ["/Data/", "/Precomputed%20Data/"];

const caching = (prefix) => caches.keys().then((names) => names.filter((name) => name.startsWith(prefix)));
const drop = (names) => Promise.all(names.map((name) => caches.delete(name)));

const bytes = (text) => new TextEncoder().encode(text);

async function sha256(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The file with this digest, from where it is nearest: what the page has just loaded lies in the
 * browser's own cache and does not travel again. */
async function take(path, digest) {
  const sources = [() => caches.match(path), ...["force-cache", "reload"].map((cache) => () => fetch(path, { cache }))];
  for (const source of sources) {
    const answer = await source();
    if (answer?.ok && (await sha256(await answer.clone().arrayBuffer())).startsWith(digest)) return answer;
  }
  throw new Error(`${path} is another one on the server by now`);
}

/** Keeps all of these files or none. */
async function keep(name, files) {
  const answers = await Promise.all(Object.entries(files).map(async ([path, digest]) => [path, await take(path, digest)]));
  const cache = await caches.open(name);
  try {
    // In order: where the last is, all are, even if the browser ended meanwhile.
    for (const [path, answer] of answers) await cache.put(path, answer);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/** What the server lists in the study's folders, as texts; fails when it cannot be reached. */
const lists = (cache) => Promise.all(FOLDERS.map(async (folder) => {
  const answer = await fetch(folder, { cache });
  return answer.ok ? answer.text() : Promise.reject(answer.statusText);
}));

/** A path's file name to digest, for each file in a list. */
const listed = (folder, text) => Object.entries(JSON.parse(text).files)
  .map(([name, digest]) => [folder + encodeURIComponent(name), digest]);

/** Keeps the study of these lists, as far as the page reads it, beside the one in use. */
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

/** Asks the server what is new, and tells the pages. */
async function check(wanted) {
  let isOffline = false;
  const known = (await caching(STUDIES)).length > 0;
  // A new worker announces itself. The first time, the page has asked for everything just now.
  if (known) await registration.update().catch(() => {});
  const texts = await lists(known ? "no-cache" : "force-cache").catch(() => {
    isOffline = true;
  });
  // A server that is being replaced may refuse; the next check finds it settled.
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

/** A file of the study in use; one that is not kept yet comes from the server if it is that study's. */
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
    event.respondWith(caches.match(path, { cacheName: SITE }).then((kept) => kept ?? fetch(request)));
  } else if (FOLDERS.some((folder) => path.startsWith(folder))) {
    event.respondWith(studied(request, path));
  }
});
