// The badge that is always there: no signal, so many to send, sending, so many to look at.
import { say } from "./dom.js";
import { day, standing as signed } from "./day.js";
import * as queue from "./queue.js";
import * as sync from "./sync.js";

const badge = document.querySelector("#net");
const count = document.querySelector("#count");
const voice = document.querySelector("#voice");

/** @param {queue.Row[]} items */
function stateOf(items) {
  const unsent = queue.unsent(items);
  const asks = unsent.filter((item) => item.state !== "waiting").length;
  if (asks) return ["ask", say("net.ask", { n: asks })];
  if (sync.standing() === "live") return ["live", say("net.live")];
  if (!navigator.onLine || signed() === "old") return ["off", say("net.off")];
  return unsent.length ? ["wait", say("net.wait", { n: unsent.length })] : ["still", ""];
}

/** Show how things stand. */
export async function show() {
  const me = day() && day().me;
  const items = me ? await queue.all(me.account) : [];
  const [state, words] = stateOf(items);
  badge.dataset.state = state;
  badge.hidden = state === "still";
  badge.querySelector("b").textContent = words;
  const heard = words || (voice.textContent && say("net.done")); // an element that is always there, so that it is heard
  if (voice.textContent !== heard) voice.textContent = heard;
  for (const icon of badge.querySelectorAll("[data-net]")) icon.hidden = icon.dataset.net !== state;
  const n = queue.unsent(items).length;
  count.hidden = n === 0;
  count.textContent = String(n);
}
