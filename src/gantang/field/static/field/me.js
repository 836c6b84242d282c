// Who one is here, what the phone holds, and leaving: everything goes, and what was not sent is told of first.
import { wipe } from "./box.js";
import { call } from "./calls.js";
import { wrong } from "./clock.js";
import { day } from "./day.js";
import { copy, fill, put, say, shown } from "./dom.js";
import { complain } from "./hand.js";
import * as queue from "./queue.js";
import { words as room } from "./storage.js";
import { hours } from "./today.js";

/** @param {HTMLElement} root */
export async function show(root) {
  const page = copy("me");
  const me = (day() && day().me) || {};
  const n = queue.unsent(me.account ? await queue.all(me.account) : []).length;
  const others = me.account ? await queue.others(me.account) : 0;
  put(page, { unit: me.unit, title: me.title, hours: hours(me), room: await room(), clock: wrong(), unsent: [n && say("unsent", { n }), others && say("other", { n: others })].filter(Boolean).join(" ") });
  shown(page, { unsent: n + others, unsent2: n + others });
  page.querySelector("[data-leave]").addEventListener("click", () => leave(page, n + others));
  fill(root, page);
}

/** @param {HTMLElement} page @param {number} n */
async function leave(page, n) {
  if (n && !page.querySelector('[name="sure"]').checked) return complain(page, say("leave.sure"));
  try {
    const { status } = await call("/field/leave", { method: "POST" });
    if (status !== 204) return complain(page, say("leave.off"));
  } catch (_error) {
    return complain(page, say("leave.off"));
  }
  await forget().catch(() => undefined); // with its answer the browser clears this store too, and may be sooner
  location.assign("/accounts/login/?next=/field/");
  return undefined;
}

/** Nothing of the day, the queue or the key stays. @param {any[]} [lost] */
export async function forget(lost = []) {
  try {
    await wipe(lost);
  } finally {
    queue.wiped();
    localStorage.removeItem("field-kinds");
    sessionStorage.removeItem("zero");
  }
}
