// One step per screen. Without this script the form is one long page and still submits.
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
  bars.forEach((bar, i) => bar.classList.toggle("on", i < n));
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
  const answer = await fetch(`${places.dataset.url}?${new URLSearchParams(query)}`);
  if (!answer.ok) return;
  const focused = document.activeElement?.name;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  places.replaceChildren(...page.body.childNodes);
  quiet();
  places.querySelector(`[name="${focused}"]`)?.focus();
}

function quiet() {
  for (const button of places.querySelectorAll("[data-noscript]")) button.hidden = true;
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

function thumbs() {
  const list = document.querySelector("#thumbs");
  const pictures = [...form.elements.files.files].filter((file) => file.type.startsWith("image/"));
  list.replaceChildren(...pictures.map((file) => {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    item.append(image);
    return item;
  }));
  list.hidden = !pictures.length;
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

document.documentElement.classList.add("js");
restore();
form.addEventListener("input", keep);
form.querySelector(".prog").hidden = false;
const find = document.querySelector("#locate");
find.hidden = !("geolocation" in navigator);
find.addEventListener("click", locate);
quiet();
contactShown();
addEventListener("hashchange", () => show(true));
back.addEventListener("click", () => { location.hash = String(at() - 1); });
places.addEventListener("change", (event) => { if (event.target.value) fill({ at: event.target.value }); });
form.addEventListener("change", (event) => {
  if (event.target.name === "tell") contactShown();
  if (event.target.name === "files") thumbs();
});
form.addEventListener("submit", (event) => {
  const offline = document.querySelector("#offline");
  offline.hidden = navigator.onLine || at() < steps.length;
  if (at() === steps.length && navigator.onLine) { onward.setAttribute("aria-disabled", "true"); return; }
  event.preventDefault();
  if (!offline.hidden) return;
  if (at() === 1 && !form.elements.words.value.trim()) { form.elements.words.focus(); return; }
  location.hash = String(at() + 1);
});
form.addEventListener("keydown", (event) => { // IME: Enter picks a word, it never submits
  if (event.key === "Enter" && event.isComposing) event.preventDefault();
});
if (complaint()) location.hash = String(complaint());
show(false);
