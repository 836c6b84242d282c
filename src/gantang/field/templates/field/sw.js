// The shell is kept under its edition, each file only as that edition has it. A new edition waits until the page lets
// it in; the queue is not touched.
const EDITION = {{ edition|safe }};
const FILES = {{ files|safe }};
const PAGE = {{ page|safe }};
const HOME = {{ home|safe }};
const NAME = `field-${EDITION}`;

const fresh = ([address, integrity]) => new Request(address, { cache: "reload", credentials: "same-origin", integrity });

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(Object.entries(FILES).map(fresh))));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("field-") && name !== NAME);
  const clear = async () => {
    for (const name of old(await caches.keys())) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(clear());
});

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
