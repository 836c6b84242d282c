// What every form of a resident's takes care of: Enter that picks a word in a composition sends nothing; what was
// typed survives a lost connection, a page that expired and a reload, in this tab; no puzzle, but a number found
// while one is writing. Without this script the forms work all the same.
import { WAIT, find } from "./human.js";

const CARE = "care:";
const LIVE = "textarea, input:is([type=text], [type=tel], [type=email], :not([type]))";

/** Keep Enter from a form while a word is being picked; old browsers tell it by the key's number alone. */
export function composed(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
}

/** Whether the site can be reached: a real answer, for a network may be there and lead nowhere. */
export async function reached(address) {
  try {
    return navigator.onLine && (await fetch(address, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** The fields that somebody types into, with the token that lets them count once. */
const typed = (form) => [...form.querySelectorAll(LIVE), ...form.querySelectorAll("[name=token]")];

function keep(form) {
  const words = Object.fromEntries(typed(form).map((field) => [field.name, field.value]));
  if ([...form.querySelectorAll(LIVE)].some((field) => field.value.trim())) {
    sessionStorage.setItem(CARE + form.dataset.care, JSON.stringify(words));
  } else sessionStorage.removeItem(CARE + form.dataset.care);
}

function restore(form) {
  const words = JSON.parse(sessionStorage.getItem(CARE + form.dataset.care) ?? "null");
  if (!words || [...form.querySelectorAll(LIVE)].some((field) => field.value)) return;
  for (const field of typed(form)) field.value = words[field.name] ?? field.value;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Forget what was typed: all of it, or what arrived. */
function forget(name = "") {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(CARE + name)) sessionStorage.removeItem(key);
}

/** Look for the number once somebody writes: whoever only looks at the page spends nothing. */
export function counted(form) {
  const begun = performance.now();
  const { found, token } = form.elements;
  let looks = false;
  const look = async () => {
    if (looks || !found) return;
    looks = true;
    found.value = await find(token.value, Number(form.dataset.bits));
  };
  form.addEventListener("input", look);
  return async () => {
    look();
    while (found && !found.value && performance.now() - begun < WAIT) {
      await new Promise((done) => { setTimeout(done, 100); });
    }
  };
}

/** Send a form by one of its buttons, also where the browser cannot by itself (Safari before 16). */
export function go(form, submitter) {
  if (form.requestSubmit) { form.requestSubmit(submitter); return; }
  if (submitter?.name) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  }
  form.submit();
}

function care(form) {
  const ready = counted(form);
  const [note, button] = [form.querySelector("[data-offline]"), form.querySelector("button[type=submit], button:not([type])")];
  let sent = false;
  let sending = false;
  const free = () => { sent = sending = false; button.removeAttribute("aria-disabled"); };
  composed(form);
  form.addEventListener("input", () => keep(form));
  restore(form);
  addEventListener("pageshow", (event) => { if (event.persisted) free(); });
  form.addEventListener("submit", async (event) => {
    if (sent) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    note.hidden = true;
    await ready();
    if (!await reached(form.dataset.reach)) {
      note.hidden = false;
      free();
      return;
    }
    sent = true;
    go(form, event.submitter);
  });
}

if (location.hash === "#done") { // what was sent has arrived
  forget();
  history.replaceState(null, "", location.pathname + location.search);
}
for (const arrived of document.querySelectorAll("[data-arrived]")) forget(arrived.dataset.arrived);
for (const form of document.querySelectorAll("form[data-care]")) care(form);
for (const form of document.querySelectorAll("form[data-forget]")) form.addEventListener("submit", () => forget());
