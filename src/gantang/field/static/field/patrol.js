// The patrol: own shifts and their orders, kept on the phone. What the crew says goes into the queue, in its order.
import { call } from "./calls.js";
import { day } from "./day.js";
import { copy, fill, put, say, shown, slot } from "./dom.js";
import { hold } from "./focus.js";
import { complain } from "./hand.js";
import { seconds } from "./clock.js";
import * as queue from "./queue.js";
import { keepSealed, keptSealed } from "./seal.js";
import { isFull } from "./storage.js";
import { run } from "./sync.js";

const SHELF = "patrol";

/** The newest, kept; null with no signal. @returns {Promise<any>} */
export async function refresh() {
  try {
    const { status, body } = await call("/field/patrol.json");
    if (status !== 200) return null;
    await keepSealed(SHELF, body);
    return body;
  } catch (_error) {
    return null;
  }
}

/** The shift that comes first, for the day's page; "" for none. @returns {Promise<string>} */
export async function next() {
  const held = await keptSealed(SHELF);
  const [first] = (held && held.shifts) || [];
  return first ? `${first.title} · ${first.note}` : "";
}

/** What is here at once, and what is newer when it comes. @param {HTMLElement} root */
export async function show(root) {
  const held = await keptSealed(SHELF);
  await drawn(root, held, !held && navigator.onLine);
  refresh().then((newer) => {
    const differs = newer ? !held || JSON.stringify(newer.shifts) !== JSON.stringify(held.shifts) : !held;
    if (differs && root.isConnected) drawn(root, newer);
  });
}

/** @param {HTMLElement} root @param {any} held @param {boolean} [coming] for the first time, from the server */
async function drawn(root, held, coming = false) {
  const page = copy("patrol");
  const { shifts } = held || { shifts: [] };
  const me = day() && day().me;
  const items = me ? (await queue.all(me.account)).filter((item) => item.body.kind === "patrol" && isNews(item, held)) : [];
  shown(page, { empty: held && !shifts.length, never: !held && !coming, coming });
  slot(page, "shifts").append(...shifts.map((/** @type {any} */ one) => card(one, items.map((item) => item.body))));
  const back = hold(root);
  fill(root, page);
  back();
}

/** Whether the data on the phone do not know of it yet. @param {queue.Item} item @param {any} held */
const isNews = (item, held) => item.state === "waiting" || (item.state === "sent" && item.at > Date.parse(held.now));

/** @param {any} one @param {any[]} said what the data do not know of yet */
function card(one, said) {
  const made = copy("shift");
  const of = said.filter((body) => body.shift === one.id);
  const has = (/** @type {string} */ act) => of.some((body) => body.act === act);
  const out = one.state === "open" || has("out");
  const open = one.orders.some((/** @type {any} */ each) => stands(each, of) !== "done");
  const told = of.filter((body) => ["out", "back"].includes(body.act)).map((body) => say(`patrol.${body.act}`)).join(" · ");
  put(made, {
    title: one.title, note: one.note, word: one.word, told: told && say("patrol.said", { what: told }),
    hold: reason(one, out, open),
  });
  const acts = [!out && one.vessel && !one.waits && "out", out && !open && !has("back") && "back"].filter(Boolean);
  slot(made, "acts").append(...acts.map((act) => button(made, act, one, one.title, null)));
  slot(made, "orders").append(...one.orders.map((/** @type {any} */ each) => order(made, each, one, of)));
  shown(made, { orders: one.orders.length });
  return made;
}

/** Why one does not go out, or not back. @param {any} one @param {boolean} out @param {boolean} open orders */
function reason(one, out, open) {
  if (one.waits) return say(out ? "patrol.changed" : "patrol.waits");
  if (out) return open ? say("patrol.open") : "";
  return one.vessel ? "" : say("patrol.boatless");
}

/** How far an order is, with what waits. @param {any} one @param {any[]} said */
function stands(one, said) {
  const acts = said.filter((body) => body.order === one.id).map((body) => body.act);
  return acts.includes("done") ? "done" : acts.includes("hear") ? "heard" : one.state;
}

/** @param {HTMLElement} page @param {any} one @param {any} shift @param {any[]} said */
function order(page, one, shift, said) {
  const made = copy("order");
  const acts = said.filter((body) => body.order === one.id).map((body) => body.act);
  const state = stands(one, said);
  const word = acts.length ? say("patrol.said", { what: say(`patrol.${acts[acts.length - 1]}`) }) : one.word;
  put(made, { title: one.title, note: one.note, word });
  const act = { given: "hear", heard: "done" }[state];
  const title = [one.title, one.note].filter(Boolean).join(" · "); // two of one kind are told apart
  if (act) slot(made, "acts").append(button(page, act, shift, title, one.id));
  return made;
}

/** @param {HTMLElement} page @param {string} act @param {any} shift @param {string} title @param {string|null} id of an order */
function button(page, act, shift, title, id) {
  const made = copy("say");
  const name = say(`patrol.${act}`);
  made.textContent = name;
  made.dataset.act = act;
  made.setAttribute("aria-label", `${name} · ${title}`);
  made.addEventListener("click", () => enter(page, { kind: "patrol", act, shift: shift.id, order: id }, `${name} · ${title}`, made));
  return made;
}

/** Kept first, sent then; the page stays where it is and is drawn anew by what the queue tells. @param {HTMLElement} page @param {queue.Body} body @param {string} title @param {HTMLButtonElement} from */
async function enter(page, body, title, from) {
  const { account, post } = day().me;
  if (from.dataset.going) return undefined; // still here, so that the focus stays: once all the same
  from.dataset.going = "yes";
  try {
    await queue.add({ owner: account, post, title, body, files: [], offset: seconds() });
  } catch (error) {
    delete from.dataset.going;
    return complain(page, isFull(error) ? say("room.full") : String(error.message));
  }
  return run();
}
