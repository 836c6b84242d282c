// The phone's own store: three shelves. What is on them is sealed (seal.js); the key cannot be taken out.

const NAME = "field";
/** @type {Promise<IDBDatabase>|null} */
let opened = null;
let shut = false;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened = opened || new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keep");
      asked.result.createObjectStore("items", { keyPath: "key" });
      asked.result.createObjectStore("files", { keyPath: "id" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = null; };
      asked.result.onclose = () => { opened = null; };
      done(asked.result);
    };
    asked.onerror = () => { opened = null; failed(asked.error); };
  });
  return opened;
}

/**
 * One transaction: all of it or nothing, and on the disk before it is told as done.
 * @template T
 * @param {"readonly"|"readwrite"} mode
 * @param {(shelves: Record<string, IDBObjectStore>) => IDBRequest|void} work
 * @returns {Promise<any>}
 */
export async function within(mode, work) {
  if (shut) return new Promise(() => undefined);
  const box = await open();
  if (shut) return new Promise(() => undefined);
  return new Promise((done, failed) => {
    const names = ["keep", "items", "files"];
    const act = box.transaction(names, mode, { durability: "strict" });
    const shelves = Object.fromEntries(names.map((name) => [name, act.objectStore(name)]));
    const asked = work(shelves);
    act.oncomplete = () => done(asked ? asked.result : undefined);
    act.onabort = () => failed(act.error || new DOMException("no room", "QuotaExceededError"));
  });
}

/** @param {string} name @returns {Promise<any>} */
export const kept = (name) => within("readonly", ({ keep }) => keep.get(name));

/** @param {string} name @param {any} value */
export const keep = (name, value) => within("readwrite", (shelves) => { shelves.keep.put(value, name); });

/**
 * Everything goes, the key first of all; only what has to be told of it stays. This page keeps nothing any more: it
 * is about to be left, and what is still under way in it must not begin anew. @param {any[]} [lost]
 */
export async function wipe(lost = []) {
  const done = within("readwrite", ({ keep: shelf, items, files }) => {
    shelf.clear();
    items.clear();
    files.clear();
    if (lost.length) shelf.put(lost, "lost");
  });
  try {
    await done;
  } finally {
    shut = true;
  }
}
