// The day's data: fetched when there is a signal, kept sealed, the last one shown when there is none.
import { keep, kept, within } from "./box.js";
import { call, useToken } from "./calls.js";
import { learn, now } from "./clock.js";
import { keepSealed, keptSealed } from "./seal.js";

/** @type {any} */
let held = null;
/** @type {"" | "old" | "signin" | "revoked" | "nopost"} */
let how = "";
let asked = false;
/** The page itself brought the data, and they are not asked for once more at once. */
let brought = false;

/** @returns {any} the day's data, or null before the first time */
export const day = () => held;
/** @returns {string} */
export const standing = () => how;

/** What is said where the day's data are not there: they are on their way, or never came. @returns {string} */
export const absent = () => (navigator.onLine && !asked ? "fetching" : "never");

/** What is on the phone, or came with the page: the first opening asks for nothing more before it is shown. */
export async function begin() {
  const given = document.querySelector("#day");
  if (given) return bring(given);
  held = await keptSealed("today");
  if (held) useToken(held.csrf);
  await outdate();
  return undefined;
}

/** @param {Element} given */
async function bring(given) {
  const { requestStart, responseStart } = performance.getEntriesByType("navigation")[0];
  const opened = Date.now() - performance.now(); // the phone's own clock, as everywhere
  const body = JSON.parse(given.textContent);
  given.remove();
  await learn(body.now, opened + requestStart, opened + responseStart);
  await took(body);
  brought = true;
}

/** @param {any} body */
async function took(body) {
  held = body;
  how = "";
  asked = true;
  useToken(held.csrf);
  await keepSealed("today", held);
  await keep("fetched", now());
}

/** By time: of a day that was fetched too long ago only who one is stays. @returns {Promise<boolean>} whether it went */
export async function outdate() {
  const since = await kept("fetched");
  if (!held || held.gone || !since || now() - since <= held.kept_hours * 3600000) return false;
  held = { me: held.me, kept_hours: held.kept_hours, csrf: held.csrf, gone: true };
  await keepSealed("today", held);
  await within("readwrite", (shelves) => { for (const name of ["school", "answers", "patrol"]) shelves.keep.delete(name); });
  return true;
}

/** Ask for today's. @returns {Promise<boolean>} whether it came */
export async function refresh() {
  if (brought) { // just now
    brought = false;
    return true;
  }
  let answer;
  try {
    answer = await call("/field/today.json");
  } catch (_error) {
    asked = true;
    how = how === "signin" ? how : "old";
    return false;
  }
  if (answer.status === 200 && answer.body) {
    await took(answer.body);
    return true;
  }
  asked = true;
  if (answer.status === 401) how = answer.body && answer.body.code === "field.revoked" ? "revoked" : "signin";
  else how = answer.status === 403 && answer.body ? "nopost" : "old";
  return false;
}

/** The server asked for a sign-in, or took this phone's away. @param {"signin" | "revoked" | "nopost"} why */
export const told = (why) => { how = why; };

/** @returns {Promise<number|undefined>} */
export const fetchedAt = () => kept("fetched");

/** @param {string} number */
export const taskOf = (number) => ((held && held.tasks) || []).find((one) => one.number === number);
