// The shell is kept under its edition, each file only as that edition has it. A new edition waits until the page lets
// it in; the queue is not touched.
const EDITION = {{ edition|safe }};
const FILES = {{ files|safe }};
const PAGE = {{ page|safe }};
const HOME = {{ home|safe }};
const NAME = `field-${EDITION}`;

const fresh = ([address, integrity]) => new Request(address, { cache: "reload", credentials: "same-origin", integrity });

// Where an edition notes which others stood here before it came. Only those go when it is let in: a later one may
// already be on its way, and would be let in without its files.
const FORMER = "/field/former";

async function take() {
  const former = (await caches.keys()).filter((name) => name.startsWith("field-") && name !== NAME);
  const kept = await caches.open(NAME);
  await kept.addAll(Object.entries(FILES).map(fresh));
  await kept.put(FORMER, new Response(JSON.stringify(former)));
}

async function begin() {
  const told = await (await caches.open(NAME)).match(FORMER);
  for (const name of told ? await told.json() : []) await caches.delete(name);
  await clients.claim();
}

addEventListener("install", (event) => event.waitUntil(take()));
addEventListener("activate", (event) => event.waitUntil(begin()));

addEventListener("message", (event) => {
  if (event.data === "let in") skipWaiting();
});

async function answer(address, request) {
  const kept = await caches.open(NAME);
  return (await kept.match(address, { ignoreVary: true })) || fetch(request);
}

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === HOME) event.respondWith(answer(PAGE, event.request));
  else if (pathname in FILES) event.respondWith(answer(pathname, event.request));
});
