// The phone's clock may be wrong. The server's is what counts; how far apart they are is learnt at each answer.
import { keep, kept } from "./box.js";
import { say, span } from "./dom.js";

/** Told from two minutes on. */
const MUCH = 120000;
/** @type {number|null} server minus phone, ms */
let offset = null;

/** What was learnt before. */
export async function begin() {
  const found = await kept("offset");
  offset = found === undefined ? null : found;
}

/** An answer that left the server at a moment. @param {string} server @param {number} sent @param {number} got */
export async function learn(server, sent, got) {
  offset = Math.round(Date.parse(server) - (sent + got) / 2);
  await keep("offset", offset);
}

/** The moment as the server has it, as far as it is known. @returns {number} */
export const now = () => Date.now() + (offset || 0);

/** In seconds, as an item tells it. @returns {number|null} */
export const seconds = () => (offset === null ? null : Math.round(offset / 1000));

/** @returns {string} empty where the clock is right or nothing is known */
export function wrong() {
  if (offset === null || Math.abs(offset) < MUCH) return "";
  return say(offset < 0 ? "clock.fast" : "clock.slow", { span: span(offset) });
}
