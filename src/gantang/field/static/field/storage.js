// Room on the phone: asked for, watched, and told of before it is short.
import { say } from "./dom.js";

const SHORT = 30 * 1024 * 1024;
const MEGA = 1024 * 1024;

/** Bytes that may still be written; null where the browser does not say. @returns {Promise<number|null>} */
export async function left() {
  if (!navigator.storage || !navigator.storage.estimate) return null;
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

/** Ask the browser not to throw away what is kept. */
export async function hold() {
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
}

/** The bar that says so, before it bites. */
export async function watch() {
  const bar = document.querySelector("#room");
  const rest = await left();
  bar.hidden = rest === null || rest > SHORT;
  if (!bar.hidden) bar.querySelector("span").textContent = say("room.low", { mb: Math.floor(rest / MEGA) });
}

/** @returns {Promise<string>} */
export async function words() {
  const rest = await left();
  return rest === null ? "" : say("room.left", { mb: Math.floor(rest / MEGA) });
}

/** @param {any} error */
export const isFull = (error) => Boolean(error) && error.name === "QuotaExceededError";
