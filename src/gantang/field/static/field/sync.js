// The queue goes out: in order for each matter, one thing at a time, again and again with growing pauses, until the
// server has said what became of it. One tab does it; the others wait.
import { call, post } from "./calls.js";
import { day, refresh, told } from "./day.js";
import * as queue from "./queue.js";

const PIECE = 192 * 1024;
const FIRST = 1000;
const LONGEST = 120000;
/** @type {"still" | "off" | "live"} */
let state = "still";
let failed = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
let going = false;
let out = 0;
let again = false;
/** @type {{done: number, of: number}} */
export const progress = { done: 0, of: 0 };
/** @type {Set<() => void>} */
const hearers = new Set();
/** @type {Set<() => void>} */
const enders = new Set();

/** @param {() => void} hearer */
export const changed = (hearer) => hearers.add(hearer);
/** Something has gone out, and nothing more does for now. @param {() => void} ender */
export const finished = (ender) => enders.add(ender);
export const standing = () => state;

/** @param {"still" | "off" | "live"} next */
function be(next) {
  state = next;
  for (const each of hearers) each();
}

/** Pauses grow and are never quite alike, so that a village's phones do not come all at once. */
function pause() {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(failed, 10));
  return whole / 2 + Math.random() * (whole / 2);
}

/** Send what can be sent; ask again while it runs and it looks once more. */
export async function run() {
  again = true;
  if (going) return;
  going = true;
  clearTimeout(timer);
  try {
    while (again) {
      again = false;
      await alone(round);
    }
  } finally {
    going = false;
  }
  if (out) {
    out = 0;
    for (const each of enders) each();
  }
}

/** @param {() => Promise<void>} work */
const alone = (work) => (navigator.locks ? navigator.locks.request("field-sync", work) : work());

async function round() {
  const me = day() && day().me;
  if (!me) return;
  const todo = sendable(await queue.all(me.account));
  if (!todo.length) return be("still");
  if (!navigator.onLine) return be("off");
  be("live");
  for (const item of todo) {
    const fate = await send(item);
    if (fate === "later") {
      failed += 1;
      timer = setTimeout(run, pause());
      return be("off");
    }
    failed = 0;
    if (fate === "stop") return be("off");
    if (fate === "next") again = true;
  }
  be("still");
}

/**
 * The first waiting thing of each matter and of each shift; reports wait for nobody. What comes after a conflict waits.
 * @param {queue.Item[]} items
 */
export function sendable(items) {
  const closed = new Set();
  const found = [];
  for (const item of queue.unsent(items)) {
    const matter = item.body.matter || item.body.shift || item.key;
    if (!closed.has(matter) && item.state === "waiting") found.push(item);
    closed.add(matter);
  }
  return found;
}

/** @param {queue.Item} item @returns {Promise<"next"|"later"|"stop">} */
async function send(item) {
  try {
    const files = await pieces(item);
    if (typeof files === "string") return files;
    const leaving = await queue.attempt(item);
    if (!leaving) return "next";
    const { key, post: seat, made_at, offset, body } = leaving;
    return await fate(leaving, await post("/field/items", { key, post: seat, made_at, offset, body, files }));
  } catch (error) {
    if (error.name === "QuotaExceededError") return "stop";
    return "later";
  }
}

/** What an answer means. @param {queue.Item} item @param {{status: number, body: any}} answer */
async function fate(item, { status, body }) {
  if (status === 200 && body) {
    await queue.sent(item, body);
    out += 1;
    return "next";
  }
  if (status === 401) return stopped(body);
  if (status === 409 && body && body.code === "field.pieces_missing") {
    for (const id of item.files) await queue.arrived(id, []);
    return "later";
  }
  if (status === 409 && body && body.now) {
    await queue.mark(item, { state: "clash" }, { now: body.now });
    return "next";
  }
  if (status === 403 && body && body.code === "field.no_post") return stopped(body);
  if (status === 403 && !body) return (await refresh()) ? "later" : "stop"; // the token of an earlier sign-in
  if (body && body.code && status >= 400 && status < 500 && status !== 429 && status !== 408) {
    await queue.mark(item, { state: "unfit" }, { refused: body });
    return "next";
  }
  return "later";
}

/** @param {any} body @returns {"stop"} */
function stopped(body) {
  const whys = { "field.revoked": "revoked", "field.no_post": "nopost" };
  told((body && whys[body.code]) || "signin");
  return "stop";
}

/**
 * Every piece that has not arrived; receipts are kept as they come, so that a cut costs one piece.
 * @param {queue.Item} item @returns {Promise<{upload: string, pieces: string[]}[]|"later"|"stop">}
 */
async function pieces(item) {
  const found = [];
  const rows = (await Promise.all(item.files.map(queue.file))).filter(Boolean);
  progress.of = rows.reduce((sum, row) => sum + Math.ceil(row.size / PIECE), 0);
  progress.done = 0;
  for (const row of rows) {
    const blob = await queue.blobOf(row);
    const had = row.pieces.slice();
    progress.done += had.length;
    while (had.length * PIECE < blob.size) {
      const start = had.length * PIECE;
      const answer = await call(`/field/pieces/${row.id}/${had.length}`, {
        method: "PUT", body: blob.slice(start, start + PIECE), headers: { "Content-Type": "application/octet-stream" },
      });
      if (answer.status === 401) return stopped(answer.body);
      if (answer.status === 403 && answer.body) return stopped(answer.body);
      if (answer.status === 403) return (await refresh()) ? "later" : "stop";
      if (answer.status !== 200 || !answer.body) return "later";
      had.push(answer.body.piece);
      await queue.arrived(row.id, had);
      progress.done += 1;
      be("live");
    }
    found.push({ upload: row.id, pieces: had });
  }
  return found;
}
