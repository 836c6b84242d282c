// The wall renews itself every minute and, where asked to, turns from picture to picture. Links change what it shows
// without a new page, so that a wall that runs for months never goes white.
import { drawn, draw, forget } from "./chart.js";

const frame = document.querySelector("#wall");
const stale = document.querySelector("#stale");
const second = 1000;
const every = Number(frame.dataset.refresh) * second;
const turn = Number(frame.dataset.turn) * second;
// A wall that was touched turns on by itself after so long.
const REST = 5 * 60 * second;
let since = clock();
let turning = new URLSearchParams(location.search).has("turn");
let touched = 0;
let running = null;

function clock() {
  return new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date());
}

// What is focused is focused again: by what its link leads to.
function held() {
  const at = document.activeElement;
  return frame.contains(at) ? (at.dataset.turning === undefined ? at.getAttribute("href") : "turning") : null;
}

function refocus(mark) {
  if (!mark) return;
  const found = mark === "turning"
    ? frame.querySelector("[data-turning]")
    : [...frame.querySelectorAll("a[href]")].find((one) => one.getAttribute("href") === mark);
  found?.focus({ preventScroll: true });
}

async function show(query) {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(frame.dataset.fresh + query, { signal: running.signal, credentials: "same-origin" });
    if (answer.redirected) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const mark = held();
    forget(frame);
    frame.replaceChildren(...page.body.childNodes);
    refocus(mark);
    since = clock();
    stale.hidden = true;
    dress();
  } catch (error) {
    if (error.name === "AbortError") return;
    stale.querySelector("span").textContent = `${stale.dataset.words} ${since}`;
    stale.hidden = false;
  }
}

function dress() {
  const button = frame.querySelector("[data-turning]");
  button.setAttribute("aria-pressed", String(turning));
  draw(frame);
  const map = frame.querySelector("#map");
  if (map) import("./map.js").then((module) => module.draw(map)).catch(() => {
    map.hidden = true;
    frame.querySelector(".nomap").hidden = false;
  });
}

function go(query) {
  history.replaceState(null, "", query);
  show(query);
}

// The next picture: every measure on the honeycomb, then the lines and the units.
function next() {
  const steps = [
    ...[...frame.querySelectorAll(".measures > a")].map((one) => [one.getAttribute("href"), "cells"]),
    [location.search, "trend"],
    [location.search, "units"],
  ].map(([href, look]) => {
    const query = new URLSearchParams(href.replace(/^\?/, ""));
    query.set("look", look);
    query.set("turn", "1");
    return query;
  });
  const here = new URLSearchParams(location.search);
  const [look, measure] = [here.get("look") ?? "cells", here.get("measure") ?? "open"];
  const at = steps.findIndex((one) => one.get("look") === look && (look !== "cells" || one.get("measure") === measure));
  go(`?${steps[(at + 1) % steps.length]}`);
}

frame.addEventListener("click", (event) => {
  if (event.target.closest("[data-turning]")) {
    turning = !turning;
    touched = 0;
    return dress();
  }
  const link = event.target.closest("a[href^='?']");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  show(location.search);
});
for (const kind of ["pointerdown", "keydown"]) {
  addEventListener(kind, (event) => {
    if (!event.target.closest?.("[data-turning]")) touched = Date.now();
  });
}
addEventListener("popstate", () => show(location.search));
addEventListener("resize", () => drawn().forEach((one) => one.resize()));

setInterval(() => show(location.search), every);
setInterval(() => {
  if (turning && Date.now() - touched > REST) next();
}, turn);
dress();
frame.dataset.ready = "yes";
