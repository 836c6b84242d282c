// The app begins: what is on the phone is shown at once; then, with a signal, today's data comes and the queue goes.
import { kept, within } from "./box.js";
import * as clock from "./clock.js";
import * as day from "./day.js";
import * as draft from "./draft.js";
import { fill, hour, say } from "./dom.js";
import { accept, offer } from "./edition.js";
import { hold } from "./focus.js";
import * as matter from "./matter.js";
import * as me from "./me.js";
import * as net from "./net.js";
import * as patrol from "./patrol.js";
import * as queue from "./queue.js";
import * as report from "./report.js";
import * as scan from "./scan.js";
import * as school from "./school.js";
import * as storage from "./storage.js";
import * as sync from "./sync.js";
import * as today from "./today.js";
import * as waiting from "./waiting.js";

const PAGES = { today, report, matter, queue: waiting, scan, me, school, patrol, exam: { show: school.exam } };
const MINUTE = 60000;
const main = document.querySelector("#main");
/** @type {(() => void)|undefined} */
let leave;
let turn = 0;

/** The page that the address names. @param {boolean} [moved] by the worker, so that focus goes along */
async function show(moved = false) {
  turn += 1;
  const mine = turn;
  const [name, ...args] = (location.hash.slice(1) || "today").split("/");
  const page = PAGES[name] ? name : "today";
  document.querySelector("#back").hidden = page === "today";
  const room = document.createElement("div");
  const end = await PAGES[page].show(room, args.filter(Boolean));
  if (mine !== turn) { // one went on while it was made
    if (typeof end === "function") end();
    return;
  }
  if (leave) leave();
  leave = typeof end === "function" ? end : undefined;
  const back = moved ? null : hold(main);
  fill(main, room);
  if (back) back();
  const title = document.querySelector("#title");
  title.textContent = say(page);
  document.title = `${say(page)} · ${document.title.split(" · ").pop()}`;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === page) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  document.body.dataset.page = page + (args[1] && page === "matter" ? "-step" : "");
  document.body.dataset.at = [page, ...args].join("/");
  if (moved) { title.focus({ preventScroll: true }); scrollTo(0, 0); }
}

/** Lists follow what happens; forms that somebody fills in are left alone. */
async function follow() {
  await net.show();
  bars();
  const isList = ["today", "queue", "patrol", ""].includes(location.hash.slice(1));
  if ((isList || main.querySelector("[data-bare]")) && !isWriting()) await show(); // bare: waits for the day's data
  accept(queueIsEmpty);
}

const isWriting = () => main.contains(document.activeElement) && Boolean(document.activeElement.closest("form, .clash"));

async function queueIsEmpty() {
  const data = day.day();
  return !data || !data.me || !queue.unsent(await queue.all(data.me.account)).length;
}

async function bars() {
  const asked = day.standing() === "signin" || (day.standing() === "revoked" && !day.day());
  document.querySelector("#signin").hidden = !asked;
  document.querySelector("#nopost").hidden = day.standing() !== "nopost";
  if (day.standing() === "revoked") await revoked();
  await gone();
}

/** Taken back from elsewhere: wiped, and said so. What was lost is named by its time, never by its content. */
async function revoked() {
  const data = day.day();
  const items = data && data.me ? queue.unsent(await queue.all(data.me.account)) : [];
  if (!data && !items.length) return;
  await me.forget([{ why: "revoked", n: items.length, when: items.map((item) => item.made_at) }]);
  location.reload();
}

async function gone() {
  const lost = (await kept("lost")) || [];
  const bar = document.querySelector("#gone");
  bar.hidden = !lost.length;
  if (!lost.length) return;
  const words = lost.map((one) => say(`gone.${one.why}`, { n: one.n, hours: one.hours, when: one.when.map((at) => hour(Date.parse(at))).join(" · ") || "—" }));
  bar.querySelector("span").textContent = words.join(" ");
}

/** Signal, or somebody looks again: today's data, then the queue. */
async function wake() {
  const data = day.day();
  if (data && data.me) await queue.outdate(data.me.account, data.kept_hours);
  if (data && data.me) await draft.outdate(data.kept_hours);
  if ((await day.outdate()) && !isWriting()) await show();
  if (navigator.onLine) await Promise.all([day.refresh(), patrol.refresh()]);
  await follow();
  await sync.run();
  await storage.watch();
}

async function begin() {
  if (!globalThis.crypto || !crypto.subtle || !globalThis.indexedDB) return fill(main, say("insecure"));
  await clock.begin();
  await day.begin();
  queue.changed(follow);
  sync.changed(() => { net.show(); bars(); });
  sync.finished(async () => { await Promise.all([day.refresh(), patrol.refresh()]); await follow(); });
  addEventListener("hashchange", () => show(true));
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); }); // no page of the app
  for (const event of ["online", "offline"]) addEventListener(event, wake);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  document.querySelector("#gone button").addEventListener("click", async () => {
    await within("readwrite", (shelves) => { shelves.keep.delete("lost"); });
    await gone();
  });
  setInterval(wake, 5 * MINUTE);
  await net.show();
  await show();
  offer(queueIsEmpty);
  await storage.hold();
  return wake();
}

begin();
