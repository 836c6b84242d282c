// One matter: what may be done, and a step with its form. What was written waits in the queue like a report.
import { call } from "./calls.js";
import { day, taskOf } from "./day.js";
import { Draft, begun } from "./draft.js";
import { copy, fill, make, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import { complain, enqueue, filesOf } from "./hand.js";
import { draw } from "./map.js";
import { Tray } from "./photos.js";
import * as queue from "./queue.js";
import { listen } from "./voice.js";

/** Found by number beside the day's own; for this visit. @type {Map<string, any>} */
const found = new Map();

/** @param {string} number @returns {any} */
export function known(number) {
  const bare = number.replace(/[\s-]/g, "").toUpperCase();
  return taskOf(bare) || found.get(bare);
}

/** Ask the server for one in sight. @param {string} number @returns {Promise<any>} null where there is none */
export async function find(number) {
  const { status, body } = await call(`/field/matters/${encodeURIComponent(number)}`);
  if (status !== 200) return null;
  found.set(body.number, body);
  return body;
}

/** @param {HTMLElement} root @param {string[]} args number, move, key of one to be mended */
export async function show(root, [number, move, key]) {
  const task = known(number);
  if (!task) return unknown(root, number);
  return move ? step(root, task, move, key) : overview(root, task);
}

/** Not among the day's own: asked for, and the page begins anew when it comes. @param {HTMLElement} root @param {string} number */
function unknown(root, number) {
  const words = make("p", { class: "day soft", role: "status" }, say(navigator.onLine ? "find.ask" : "find.off"));
  fill(root, words);
  if (!navigator.onLine) return;
  const told = (/** @type {string} */ code) => { words.textContent = say(code); };
  const came = () => (known(number) ? dispatchEvent(new HashChangeEvent("hashchange")) : told("find.no"));
  find(number).then(() => root.isConnected && came(), () => told("offline"));
}

/** @param {HTMLElement} root @param {any} task */
async function overview(root, task) {
  const page = copy("matter");
  const waiting = queue.unsent(await queue.all(day().me.account)).some((item) => item.body.matter === task.number && leaves(task, item));
  put(page, { title: task.title, kind: task.procedure, shown: task.shown, place: task.place, due: task.due ? `${task.due.words} · ${task.due.left}` : "" });
  if (task.due) page.querySelector(".chip").classList.add(`t-${task.due.tone}`);
  const moves = task.moves.filter((one) => !waiting || !one.edge);
  shown(page, { queued: waiting, moves: moves.length, none: !task.moves.length });
  slot(page, "moves").append(...moves.map((one, n) => button(task, one, n)));
  draw(slot(page, "map"), day().grids || [], { here: task.ground, point: task.at });
  fill(root, page);
}

/** Whether a waiting step leads to another state, so that what comes next is not known here. */
const leaves = (/** @type {any} */ task, /** @type {queue.Item} */ item) =>
  task.moves.some((/** @type {any} */ one) => one.name === item.body.move && one.edge);

/** @param {any} task @param {any} one @param {number} n */
function button(task, one, n) {
  const made = copy("move");
  made.href = `#matter/${task.number}/${one.name}`;
  made.textContent = one.title;
  if (n === 0) made.classList.add("btn-primary", "btn-lg");
  return made;
}

/** @param {HTMLElement} root @param {any} task @param {string} name @param {string} [key] */
async function step(root, task, name, key) {
  const old = key ? await queue.one(key) : null;
  const move = task.moves.find((/** @type {any} */ one) => one.name === name);
  if (!move) return overview(root, task); // no longer to be made: what is
  const seat = `${task.number}/${name}`;
  const draft = old ? null : await begun(seat);
  const page = copy("step");
  put(page, { matter: `${task.shown} · ${task.title}`, because: move.because, move: move.title, voice: "" });
  forms.into(slot(page, "fields"), move.fields, (old ? old.body : draft ? draft.body : { answers: {} }).answers, day());
  const tray = new Tray(page, (words) => complain(page, words));
  const voice = listen(page, tray);
  const kept = old ? null : new Draft(seat, page, () => ({ body: { answers: forms.read(slot(page, "fields"), move.fields).answers }, files: tray.files }));
  page.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault(); });
  page.addEventListener("submit", (event) => { event.preventDefault(); voice.hush(); send(page, task, move, tray, old, kept); });
  fill(root, page);
  for (const file of old ? await filesOf(old.key) : draft ? draft.files : []) tray.add(file);
  if (old && old.refused) complain(page, [old.refused.sentence, ...old.refused.reasons, ...old.refused.fields.map((/** @type {any} */ one) => one.sentence), old.refused.remedy].join(" "));
  return voice.end;
}

/** @param {HTMLElement} page @param {any} task @param {any} move @param {Tray} tray @param {queue.Item|null} old @param {Draft|null} kept */
async function send(page, task, move, tray, old, kept) {
  const { answers, missing } = forms.read(slot(page, "fields"), move.fields);
  if (missing.length) return complain(page, say("say.missing", { what: missing.join(" · ") }));
  const version = old && !old.refused ? old.body.version : task.version;
  const body = { kind: "move", matter: task.number, move: move.name, version, answers };
  await enqueue({ title: `${move.title} · ${task.title}`, body, files: tray.files, said: forms.said(move.fields, answers, day()), key: old ? old.key : undefined, draft: kept }, page);
  return undefined;
}
