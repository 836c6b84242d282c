// Today: what is due first, the zero report in two taps, what is on the way, notices, own hours.
import { wrong } from "./clock.js";
import { absent, day, fetchedAt, standing } from "./day.js";
import { copy, fill, hour, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import { enqueue } from "./hand.js";
import { next } from "./patrol.js";
import * as queue from "./queue.js";

/** @param {HTMLElement} root */
export async function show(root) {
  const data = day();
  const page = copy("today");
  const at = await fetchedAt();
  if (!data || data.gone) {
    shown(page, { clock: wrong(), patrol: false, first: false, zeros: false, rest: false, notices: false, empty: false });
    put(page, { day: say(absent()), sum: "", clock: wrong(), hours: "", stamp: "", patrol: "" });
    return fill(root, page);
  }
  const waiting = new Set(queue.unsent(await queue.all(data.me.account)).map((item) => item.body.matter));
  const todo = data.tasks.filter((one) => one.moves.length && !waiting.has(one.number));
  const zeros = todo.filter((one) => one.moves.some((move) => move.zero));
  const [first, ...rest] = data.tasks.filter((one) => !zeros.includes(one));
  const stamp = at ? say(standing() === "old" ? "stale" : "stamp", { time: hour(at) }) : "";
  put(page, { day: data.day, sum: `${data.me.title} · ${say("sum", { n: data.tasks.length })}${data.more ? "+" : ""}`, clock: wrong(), hours: hours(data.me), stamp });
  shown(page, { clock: wrong(), first, zeros: zeros.length, rest: rest.length, notices: data.notices.length, empty: !data.tasks.length });
  const shift = await next();
  put(page, { patrol: shift });
  shown(page, { patrol: shift });
  if (first) slot(page, "first").append(leading(first));
  slot(page, "zeros").append(...zeros.map((one) => zero(one, data)));
  slot(page, "rest").append(...rest.map((one) => line(one, waiting)));
  slot(page, "notices").append(...data.notices.map(notice));
  return fill(root, page);
}

/** @param {any} me */
export const hours = (me) => (me.hours ? say("hours", me.hours) : "");

/** @param {any} one */
function leading(one) {
  const card = copy("first");
  card.href = `#matter/${one.number}`;
  put(card, { title: one.title, kind: one.procedure, note: one.moves.map((move) => move.title).join(" · "), due: one.due ? `${one.due.words} · ${one.due.left}` : "", place: one.place });
  if (one.due) card.querySelector(".chip").classList.add(`t-${one.due.tone}`);
  return card;
}

/** @param {any} one @param {Set<string>} waiting */
function line(one, waiting) {
  const item = copy("task");
  item.querySelector("a").href = `#matter/${one.number}`;
  const note = waiting.has(one.number) ? say("saved") : one.due ? one.due.words : one.place;
  put(item, { title: one.title, note: `${one.procedure} · ${note}`, left: one.due ? one.due.left : "" });
  return item;
}

/** @param {any} one */
function notice(one) {
  const item = copy("notice");
  put(item, { title: one.title, note: say("until", { day: one.until }) });
  return item;
}

/** Two taps: "nothing", then send. How one found out is filled in as the last time. @param {any} one @param {any} data */
function zero(one, data) {
  const card = copy("zero");
  const move = one.moves.find((each) => each.zero);
  const form = card.querySelector("[data-form]");
  const ask = card.querySelector("[data-ask]");
  const questions = move.fields.filter((field) => field.required);
  put(card, { title: one.title, note: [one.place, one.due && one.due.words].filter(Boolean).join(" · "), move: move.title });
  card.querySelector("[data-more]").href = `#matter/${one.number}`;
  forms.into(slot(card, "fields"), questions, usual(questions), data);
  ask.addEventListener("click", () => { form.hidden = false; ask.hidden = true; form.querySelector("button").focus(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { answers, missing } = forms.read(slot(card, "fields"), questions);
    if (missing.length) return;
    remember(answers);
    await enqueue({ title: `${move.title} · ${one.title}`, body: { kind: "move", matter: one.number, move: move.name, version: one.version, answers }, files: [], said: forms.said(questions, answers, data) }, card);
  });
  return card;
}

/** What was chosen the last time, else the first choice. @param {any[]} questions */
function usual(questions) {
  const last = JSON.parse(sessionStorage.getItem("zero") || "{}");
  const found = {};
  for (const one of questions) {
    if (one.options) found[one.name] = last[one.name] || (one.kind === "choices" ? [one.options[0][0]] : one.options[0][0]);
  }
  return found;
}

/** @param {any} answers */
const remember = (answers) => sessionStorage.setItem("zero", JSON.stringify(answers));

