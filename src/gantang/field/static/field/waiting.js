// The queue as one sees it: conflicts first, what has to be mended, what waits, what was put away, what has arrived.
import * as clock from "./clock.js";
import { card } from "./conflict.js";
import { day } from "./day.js";
import { copy, fill, hour, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import * as queue from "./queue.js";
import { progress, run, sendable, standing } from "./sync.js";

/** @param {HTMLElement} root */
export async function show(root) {
  const data = day();
  const items = data && data.me ? await queue.all(data.me.account) : [];
  const page = copy("queue");
  const of = (/** @type {string} */ state) => items.filter((item) => item.state === state);
  const [waiting, clashes, unfit, kept, sent] = ["waiting", "clash", "unfit", "kept", "sent"].map(of);
  shown(page, { clashes: clashes.length, unfit: unfit.length, waiting: waiting.length, kept: kept.length, sent: sent.length, empty: !items.length });
  const out = sendable(items);
  slot(page, "clashes").append(...clashes.map(card));
  slot(page, "unfit").append(...unfit.map((item) => line(item, reason(item.refused))));
  slot(page, "waiting").append(...waiting.map((item, n) => line(item, place(item, n, out), item === out[0])));
  slot(page, "kept").append(...kept.map(away));
  slot(page, "sent").append(...sent.reverse().map(arrived));
  page.querySelector("[data-now]").addEventListener("click", () => run());
  fill(root, page);
}

/** So many letters of a report tell it from the others. */
const SHOWN = 24;

/** @param {any} refused */
const reason = (refused) =>
  refused ? [refused.sentence, ...refused.reasons, ...refused.fields.map((/** @type {any} */ one) => one.sentence)].join(" ") : "";

/** @param {queue.Item} item @param {number} n @param {queue.Item[]} out */
function place(item, n, out) {
  const hours = day().kept_hours - (clock.now() - item.at) / 3600000;
  if (hours < day().kept_hours / 3) return say("item.old", { n: Math.max(1, Math.round(hours)) });
  if (!out.includes(item)) return say("item.after");
  if (item === out[0] && standing() === "live") return say("item.first");
  if (item.tried) return say("item.trying");
  return say("item.nth", { n: n + 1 });
}

/** @param {queue.Item} item @param {string} note @param {boolean} [leading] */
function line(item, note, leading = false) {
  const made = copy("item");
  put(made, { title: [item.title, (item.body.words || "").slice(0, SHOWN)].filter(Boolean).join(" · "), note });
  const edit = made.querySelector("[data-edit]");
  const drop = made.querySelector("[data-drop]");
  edit.hidden = drop.hidden = !queue.changeable(item);
  edit.href = mended(item);
  twice(drop, () => queue.drop(item));
  const bar = made.querySelector("progress");
  bar.hidden = !(leading && item.files.length && progress.of);
  if (!bar.hidden) {
    bar.value = Math.round((100 * progress.done) / progress.of);
    bar.setAttribute("aria-label", say("item.pictures", { n: item.files.length, percent: bar.value }));
    put(made, { note: say("item.pictures", { n: item.files.length, percent: bar.value }) });
  }
  return made;
}

/** Where it is mended. @param {queue.Item} item */
function mended({ body, key }) {
  if (body.kind === "patrol") return "#patrol";
  if (body.kind === "report") return `#report/${key}`;
  return body.kind === "exam" ? `#exam/${body.exam}/${key}` : `#matter/${body.matter}/${body.move}/${key}`;
}

/** Nothing is thrown away by one tap. @param {HTMLButtonElement} button @param {() => void} act */
function twice(button, act) {
  button.addEventListener("click", () => {
    if (button.dataset.sure) return act();
    button.dataset.sure = "yes";
    button.querySelector("span").textContent = say("item.drop");
    return undefined;
  });
}

/** @param {queue.Item} item */
function away(item) {
  const made = copy("kept");
  put(made, { title: item.title, note: say("at", { time: hour(Date.parse(item.made_at)) }), text: (item.said || forms.texts(item.body.answers || {})).join("\n") });
  twice(made.querySelector("[data-drop]"), () => queue.drop(item));
  return made;
}

/** @param {queue.Item} item */
function arrived(item) {
  const made = copy("sent");
  const { shown: number, said, due, warnings } = item.answer;
  put(made, { title: item.title, shown: number, note: [said, say("once"), due, ...(warnings || [])].filter(Boolean).join(" · ") });
  return made;
}
