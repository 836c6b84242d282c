// One step per screen. Without this script the form is one long page and still submits.
import { composed, counted, go, reached } from "./care.js";
import { shown } from "./photos.js";

const form = document.querySelector("#report");
const steps = [...form.querySelectorAll("[data-step]")];
const bars = [...form.querySelectorAll(".prog li")];
const back = document.querySelector("#back");
const onward = document.querySelector("#onward");
const places = document.querySelector("#places");
const unlocated = document.querySelector("#unlocated");
const at = () => Math.min(Math.max(Number(location.hash.slice(1)) || 1, 1), steps.length);

/** The first step that holds a complaint of the server, or 0. */
function complaint() {
  return steps.findIndex((step) => step.querySelector(".form-error")) + 1;
}

function summary() {
  const show = (name, text) => { form.querySelector(`[data-show="${name}"]`).textContent = text; };
  const files = form.elements.files.files.length;
  const box = form.querySelector('[data-show="files"]').dataset;
  const contact = form.querySelector('[data-show="contact"]').dataset;
  const ways = ["name", "phone", "email"].map((name) => form.elements[name].value.trim()).filter(Boolean);
  const where = [...places.querySelectorAll("select")].map((select) => select.value && select.selectedOptions[0].text);
  show("words", form.elements.words.value.trim());
  show("class_code", form.elements.class_code.selectedOptions[0].text);
  show("where", [...where, form.elements.place.value.trim()].filter(Boolean).join(" "));
  show("files", files ? `${files}${box.some}` : box.none);
  show("contact", form.elements.tell.value === "contact" && ways.length ? ways.join(" ") : contact.code);
}

function show(moveFocus) {
  const n = at();
  steps.forEach((step, i) => { step.hidden = i + 1 !== n; });
  bars.forEach((bar, i) => { bar.classList.toggle("on", i < n); bar.ariaCurrent = i + 1 === n ? "step" : null; });
  back.hidden = n === 1;
  onward.textContent = n === steps.length ? form.dataset.send : form.dataset.next;
  if (n === steps.length) summary();
  if (moveFocus) {
    steps[n - 1].querySelector("h1").focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function contactShown() {
  document.querySelector("#contact").hidden = form.elements.tell.value !== "contact";
}

async function fill(query) {
  const answer = await fetch(`${places.dataset.url}?${new URLSearchParams(query)}`).catch(() => null);
  unlocated.hidden = Boolean(answer);
  if (!answer) unlocated.textContent = unlocated.dataset.offline;
  if (!answer?.ok) return;
  const focused = document.activeElement?.name;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  places.replaceChildren(...page.body.childNodes);
  quiet();
  places.querySelector(`[name="${focused}"]`)?.focus();
  alike();
}

function quiet() {
  for (const button of places.querySelectorAll("[data-noscript]")) button.hidden = true;
  for (const line of places.querySelectorAll("[data-script]")) line.hidden = false;
}

const turns = new Map();
/** So long one stops writing before a class is proposed. */
const PAUSE = 700;
let paused;

/** A region of the form asked for with what was typed; it stays as it is when nothing comes. */
async function region(box, names) {
  const turn = (turns.get(box) || 0) + 1;
  turns.set(box, turn);
  const body = new FormData();
  for (const name of names) body.set(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(box.dataset.url, { method: "POST", body });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== turns.get(box) || page.body.textContent === box.textContent) return; // said before, or asked anew since
    box.replaceChildren(...page.body.childNodes);
  } catch {
    // no connection: what is proposed is no part of the report
  }
}

const RUNGS = ["at4", "at6", "at9", "at12", "at15"];
const alike = () => region(document.querySelector("#near"), ["csrfmiddlewaretoken", "words", ...RUNGS]);
const propose = () => region(document.querySelector("#kind"), ["csrfmiddlewaretoken", "words"]);

function taken(event) {
  const button = event.target.closest("button[name=take]");
  if (!button) return;
  event.preventDefault();
  const list = form.elements.class_code;
  if (![...list.options].some((option) => option.value === button.value)) {
    list.add(new Option(button.dataset.title, button.value));
  }
  list.value = button.value;
  list.focus();
  keep();
}

/** A touch on the map: a place below, or inside a village the very point. */
function touched(event) {
  const area = event.target.closest?.("#map path");
  if (!area) return;
  const map = area.ownerSVGElement;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
  const { west, north, across, down } = map.dataset;
  const lon = Number(west) + at.x / Number(across);
  const lat = Number(north) - at.y / Number(down);
  if (area.dataset.code.length < 15) fill({ at: area.dataset.code });
  else fill({ lon: lon.toFixed(6), lat: lat.toFixed(6) });
}

function locate() {
  unlocated.hidden = true;
  const failed = (error) => {
    unlocated.textContent = error.code === 1 ? unlocated.dataset.refused : unlocated.dataset.failed;
    unlocated.hidden = false;
  };
  const found = ({ coords }) => fill({ lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6) });
  navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 10000 });
}

// What was typed survives a lost connection and a reload, in this tab only; the same token counts it once.
const KEPT = ["token", "words", "class_code", "place"];

function keep() {
  const typed = Object.fromEntries(KEPT.map((name) => [name, form.elements[name].value]));
  if (typed.words) sessionStorage.setItem("report", JSON.stringify(typed));
}

function restore() {
  const typed = JSON.parse(sessionStorage.getItem("report") ?? "null");
  if (!typed || form.elements.words.value) return;
  for (const name of KEPT) form.elements[name].value = typed[name];
}

async function send(button) {
  const [offline, waiting] = ["#offline", "#waiting"].map((id) => document.querySelector(id));
  onward.setAttribute("aria-disabled", "true");
  offline.hidden = true;
  waiting.hidden = false;
  await ready();
  const isThere = await reached(places.dataset.url);
  waiting.hidden = true;
  offline.hidden = isThere;
  if (!isThere) { onward.removeAttribute("aria-disabled"); return; }
  sent = true;
  go(form, button);
}

let sent = false;
const ready = counted(form);
document.documentElement.classList.add("js", "ready");
restore();
if (complaint()) keep();
form.addEventListener("input", keep);
form.querySelector(".prog").hidden = false;
const locator = document.querySelector("#locate");
locator.hidden = !("geolocation" in navigator);
locator.addEventListener("click", locate);
quiet();
contactShown();
shown(form.elements.files, document.querySelector("#thumbs"), form.elements.shows_place);
addEventListener("hashchange", () => show(true));
addEventListener("pageshow", (event) => { if (event.persisted) { sent = false; onward.removeAttribute("aria-disabled"); } });
back.addEventListener("click", () => { location.hash = String(at() - 1); });
places.addEventListener("change", (event) => { if (event.target.value) fill({ at: event.target.value }); });
places.addEventListener("click", touched);
form.addEventListener("click", taken);
form.addEventListener("input", (event) => {
  clearTimeout(paused);
  if (event.target.name === "words" && !event.isComposing) paused = setTimeout(propose, PAUSE);
});
form.addEventListener("change", (event) => {
  if (event.target.name === "tell") contactShown();
  if (event.target.name === "words") { propose(); alike(); }
});
form.addEventListener("submit", (event) => {
  if (sent) return;
  event.preventDefault();
  const follows = event.submitter?.name === "follow";
  if (onward.getAttribute("aria-disabled")) return;
  if (follows || at() === steps.length) { send(event.submitter); return; }
  if (at() === 1 && !form.elements.words.value.trim()) { form.elements.words.focus(); return; }
  location.hash = String(at() + 1);
});
composed(form);
if (complaint()) location.hash = String(complaint());
else if (form.querySelector(":scope > .note:not([hidden])")) location.hash = String(steps.length);
show(false);
