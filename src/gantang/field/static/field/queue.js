// The queue: what the worker made, sealed, in order, until the server has it. It outlives tabs, crashes, updates.
//
// States: waiting → (tried) → sent | clash | unfit; put away ("kept") by the worker. `tried` is on the disk before
// an item leaves: from then on it may have arrived, and only an answer says whether it may still be changed.
import { kept, within } from "./box.js";
import { now } from "./clock.js";
import { NAME as DRAFT } from "./draft.js";
import { chance } from "./dom.js";
import { openBytes, seal, sealBytes, unseal } from "./seal.js";

/**
 * @typedef {{key: string, owner: number, seq: number, made: number, at: number, state: string, tried: boolean,
 *   rev: number, sealed: import("./seal.js").Sealed}} Row
 * @typedef {{kind: string, [name: string]: any}} Body
 * @typedef {{title: string, post: number, made_at: string, offset: number|null, body: Body, files: string[],
 *   said?: string[], answer?: any, refused?: any, now?: any}} Inside
 * @typedef {Row & Inside} Item
 * @typedef {{id: string, blob: Blob, kind: string, seconds?: number}} Picked
 */

/** Sent things are shown for a day. */
const SHOWN = 24 * 3600000;
/** @type {Set<() => void>} */
const hearers = new Set();
const line = "BroadcastChannel" in globalThis ? new BroadcastChannel("field-queue") : null;
if (line) line.onmessage = ({ data }) => (data === "wiped" ? location.reload() : hear());

function hear() {
  for (const each of hearers) each();
}

/** @param {() => void} hearer */
export const changed = (hearer) => hearers.add(hearer);

/** Other tabs begin anew: what they knew is gone. */
export const wiped = () => { if (line) line.postMessage("wiped"); };

function tell() {
  hear();
  if (line) line.postMessage("changed");
}

/** @param {Row} row @returns {Promise<Item>} */
const opened = async (row) => ({ ...row, ...(await unseal(row.sealed)) });

/** Every item of an account, in the order they were made. @param {number} owner @returns {Promise<Item[]>} */
export async function all(owner) {
  const rows = /** @type {Row[]} */ (await within("readonly", ({ items }) => items.getAll()));
  const mine = rows.filter((row) => row.owner === owner).sort((a, b) => a.seq - b.seq);
  return Promise.all(mine.map(opened));
}

/** @param {string} key @returns {Promise<Item|null>} */
export async function one(key) {
  const row = await within("readonly", ({ items }) => items.get(key));
  return row ? opened(row) : null;
}

/** How many of other accounts wait on this phone. @param {number} owner @returns {Promise<number>} */
export async function others(owner) {
  const rows = /** @type {Row[]} */ (await within("readonly", ({ items }) => items.getAll()));
  return rows.filter((row) => row.owner !== owner && row.state !== "sent").length;
}

/**
 * Put something into the queue with its files: all of it or nothing. Errors: QuotaExceededError.
 * @param {{owner: number, post: number, title: string, body: Body, offset: number|null, files: Picked[], said?: string[], draft?: string}} given
 * `draft` is what it was written as: it goes in the same moment.
 * @returns {Promise<string>} its key
 */
export async function add({ owner, post, title, body, offset, files, said, draft }) {
  const key = chance();
  const inside = { title, post, made_at: new Date().toISOString(), offset, body, files: files.map((each) => each.id), said };
  const sealed = await seal(inside);
  const rows = await Promise.all(files.map((each) => packed(each, key)));
  await within("readwrite", (shelves) => {
    const last = shelves.keep.get("seq");
    last.onsuccess = () => {
      const seq = (last.result || 0) + 1;
      shelves.keep.put(seq, "seq");
      shelves.items.put({ key, owner, seq, made: Date.now(), at: now(), state: "waiting", tried: false, rev: 0, sealed });
      if (draft) shelves.keep.delete(DRAFT + draft);
      for (const row of rows) shelves.files.put(row);
    };
  });
  tell();
  return key;
}

/** @param {Picked} file @param {string} item */
async function packed({ id, blob, kind, seconds }, item) {
  return { id, item, kind, seconds: seconds || 0, size: blob.size, pieces: [], sealed: await sealBytes(await blob.arrayBuffer()) };
}

/**
 * Change one that may be changed: never tried, or told by the server that it was not taken. Errors: "busy",
 * QuotaExceededError.
 * @param {string} key @param {{title: string, body: Body, files: Picked[], said?: string[]}} given
 */
export async function change(key, { title, body, files, said }) {
  const item = await one(key);
  if (!item || !changeable(item)) throw new Error("busy");
  const { post, made_at, offset } = item;
  const sealed = await seal({ title, post, made_at, offset, body, files: files.map((each) => each.id), said });
  const there = new Set(item.files);
  const rows = await Promise.all(files.filter((each) => !there.has(each.id)).map((each) => packed(each, key)));
  const wanted = new Set(files.map((each) => each.id));
  let done = false;
  await within("readwrite", (shelves) => {
    const row = shelves.items.get(key);
    row.onsuccess = () => {
      if (!row.result || !changeable(row.result)) return;
      done = true;
      shelves.items.put({ ...row.result, state: "waiting", tried: false, rev: row.result.rev + 1, sealed });
      for (const id of item.files) if (!wanted.has(id)) shelves.files.delete(id);
      for (const each of rows) shelves.files.put(each);
    };
  });
  if (!done) throw new Error("busy");
  tell();
}

/** @param {Row} row @returns {boolean} */
export const changeable = (row) => (row.state === "waiting" && !row.tried) || row.state === "unfit";

/** What of the list still has to leave. @param {Row[]} items */
export const unsent = (items) => items.filter((item) => ["waiting", "clash", "unfit"].includes(item.state));

/**
 * Write what became of an item. @param {Item} item @param {Partial<Row>} row @param {Partial<Inside>} [inside]
 */
export async function mark(item, row, inside = {}) {
  const { title, post, made_at, offset, body, files, said, answer, refused, now: stands } = { ...item, ...inside };
  const told = { title, post, made_at, offset, body, files, said, answer, refused, now: stands };
  const sealed = await seal(told);
  await within("readwrite", ({ items }) => {
    const there = items.get(item.key); // wiped in the meantime: it stays away
    there.onsuccess = () => { if (there.result) items.put({ ...there.result, ...row, rev: there.result.rev + 1, sealed }); };
  });
  tell();
}

/**
 * It is about to leave: written down before it does, with the very body that leaves. @param {Item} item
 * @returns {Promise<Item|null>} null where it was changed or taken away in the meantime
 */
export async function attempt(item) {
  if (item.tried) return item;
  const body = await current(item);
  const { title, post, made_at, offset, files, said } = item;
  const sealed = await seal({ title, post, made_at, offset, body, files, said });
  let done = false;
  await within("readwrite", ({ items }) => {
    const there = items.get(item.key);
    there.onsuccess = () => {
      const row = there.result;
      done = Boolean(row) && row.state === "waiting" && row.rev === item.rev;
      if (done) items.put({ ...row, tried: true, sealed });
    };
  });
  return done ? { ...item, body, tried: true } : null;
}

/**
 * A step that was decided on the version before one's own earlier step goes on from that step's result.
 * @param {Item} item @returns {Promise<Body>}
 */
async function current(item) {
  if (item.body.kind !== "move") return item.body;
  const before = (await all(item.owner)).filter(
    (other) => other.state === "sent" && other.seq < item.seq && other.body.matter === item.body.matter,
  );
  let { version } = item.body;
  for (const other of before) if (other.body.version === version) version = other.answer.version;
  return { ...item.body, version };
}

/**
 * The server has it: of the item only title, number and moment stay, for a day. One transaction.
 * @param {Item} item @param {any} answer
 */
export async function sent(item, answer) {
  const { title, post, made_at, offset } = item;
  const { kind, matter, version, act, shift, order } = item.body;
  const sealed = await seal({ title, post, made_at, offset, body: { kind, matter, version, act, shift, order }, files: [], answer });
  await within("readwrite", ({ items, files }) => {
    const own = items.get(item.key);
    own.onsuccess = () => { if (own.result) items.put({ ...own.result, state: "sent", at: now(), sealed }); };
    for (const id of item.files) files.delete(id);
  });
  tell();
}

/** @param {Item} item */
export async function drop(item) {
  await within("readwrite", ({ items, files }) => {
    items.delete(item.key);
    for (const id of item.files || []) files.delete(id);
  });
  tell();
}

/** A file as it is kept. @param {string} id */
export const file = (id) => within("readonly", ({ files }) => files.get(id));

/** @param {any} row @returns {Promise<Blob>} */
export const blobOf = async (row) => new Blob([await openBytes(row.sealed)], { type: row.kind });

/** A piece has arrived. @param {string} id @param {string[]} pieces */
export async function arrived(id, pieces) {
  await within("readwrite", ({ files }) => {
    const there = files.get(id);
    there.onsuccess = () => { if (there.result) files.put({ ...there.result, pieces }); };
  });
}

/**
 * By time: what was sent is forgotten after a day; what was not sent by the end of its time goes as well, and its
 * going is written down for the worker to read. @param {number} owner @param {number} hours
 */
export async function outdate(owner, hours) {
  const end = hours * 3600000;
  const items = await all(owner);
  const old = items.filter((item) => now() - item.at > (item.state === "sent" ? SHOWN : end));
  const lost = old.filter((item) => item.state !== "sent");
  if (lost.length) {
    const told = { why: "time", n: lost.length, hours, when: lost.map((item) => item.made_at) };
    const before = (await kept("lost")) || [];
    await within("readwrite", ({ keep, items: shelf, files }) => {
      keep.put([...before, told], "lost");
      for (const item of lost) {
        shelf.delete(item.key);
        for (const id of item.files) files.delete(id);
      }
    });
  }
  for (const item of old) if (item.state === "sent") await drop(item);
  if (lost.length) tell();
}
