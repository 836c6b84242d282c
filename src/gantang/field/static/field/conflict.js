// Somebody else was faster: both sides beside each other. Whatever is decided, what the worker wrote is not lost.
import { copy, hour, make, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import * as queue from "./queue.js";
import { run } from "./sync.js";

/** @param {queue.Item} item @returns {HTMLElement} */
export function card(item) {
  const made = copy("clash");
  const { now } = item;
  const move = now.moves.find((/** @type {any} */ one) => one.name === item.body.move);
  const last = now.since[now.since.length - 1];
  put(made, { title: now.title, shown: now.shown, made: say("at", { time: hour(Date.parse(item.made_at)) }), their: last ? [last.at, last.by].filter(Boolean).join(" ") : "" });
  shown(made, { both: Boolean(move), nomore: !move });
  slot(made, "mine").append(...lines([item.title.split(" · ")[0], ...(item.said || forms.texts(item.body.answers))]));
  slot(made, "theirs").append(...now.since.flatMap((/** @type {any} */ one) => lines([one.title, ...one.lines, ...one.texts])), ...lines([now.sign.word]));
  for (const radio of made.querySelectorAll("input")) radio.name = `v${item.key}`;
  made.querySelector(`input[value="${move ? "both" : "theirs"}"]`).checked = true;
  made.querySelector("[data-settle]").addEventListener("click", () => settle(item, made.querySelector("input:checked").value));
  return made;
}

/** @param {string[]} texts */
const lines = (texts) => texts.filter(Boolean).map((text) => make("p", {}, text));

/** Both: one's own comes after theirs, on the state that stands. Theirs: one's own is put away, not thrown away.
 * @param {queue.Item} item @param {string} choice */
async function settle(item, choice) {
  document.activeElement.blur(); // the page follows again
  if (choice === "theirs") return queue.mark(item, { state: "kept" }, { now: null });
  const body = { ...item.body, version: item.now.version };
  await queue.mark(item, { state: "waiting", tried: false }, { body, now: null });
  return run();
}
