// What goes over the wire. Every answer of the server teaches its clock and, with the day's data, its CSRF token.
import { learn } from "./clock.js";

const PATIENCE = 30000;
/** @type {string} */
let token = "";

/** @param {string} given */
export const useToken = (given) => { token = given; };

/**
 * A request with an end to its patience. @param {string} path @param {RequestInit} [given]
 * @returns {Promise<{status: number, body: any}>} body is null where the answer is not ours
 */
export async function call(path, given = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const sent = Date.now();
  try {
    const answer = await fetch(path, {
      ...given, signal: stop.signal, credentials: "same-origin", redirect: "manual", cache: "no-store",
      headers: { Accept: "application/json", "X-CSRFToken": token, ...given.headers },
    });
    const ours = (answer.headers.get("Content-Type") || "").includes("application/json");
    const body = ours ? await answer.json() : null;
    const moment = body && (body.now && typeof body.now === "string" ? body.now : body.at);
    if (answer.ok && typeof moment === "string") await learn(moment, sent, Date.now());
    return { status: answer.status, body };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} path @param {unknown} body */
export const post = (path, body) =>
  call(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
