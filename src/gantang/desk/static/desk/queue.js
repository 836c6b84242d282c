// The queue by keyboard: J and K move, Enter opens, A does what the panel proposes, C and U change class and unit.
import { watch } from "./live.js";

const body = document.querySelector("#rows");
const panel = document.querySelector("#panel");
const current = () => body?.querySelector("[aria-selected]");

function choose(row, opens = true) {
  if (!row || row === current()) return; // the panel of the chosen row stays, and what was typed in it
  for (const each of body.rows) each.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  if (opens) row.dispatchEvent(new CustomEvent("choose"));
}

/** After the panel was swapped: where to go when this matter is done, and back to this very list. */
function aim() {
  const form = panel.querySelector("#decide");
  const row = current();
  if (!form || !row) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  form.elements.after.value = next?.dataset.number ?? "";
  form.elements.back.value = location.pathname + location.search;
}

const focusOn = (name) => panel.querySelector(`[name="${name}"]`)?.focus();
const acts = {
  j: () => choose(current()?.nextElementSibling ?? (current() ? null : body.rows[0])),
  k: () => choose(current()?.previousElementSibling),
  a: () => panel.querySelector('[data-key="a"]')?.click(),
  c: () => (panel.querySelector(".finder") ?? panel.querySelector('[name="class"]'))?.focus(),
  u: () => focusOn("unit"),
  x: () => current()?.querySelector(".several")?.click(),
  enter: () => current()?.querySelector("a").click(),
};

addEventListener("keydown", (event) => {
  if (!body || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not(.several), textarea, select, button, a")) return;
  const act = acts[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});

body?.addEventListener("click", (event) => {
  if (event.target.closest("a, .several")) return;
  const row = event.target.closest("tr");
  if (panel.offsetParent) choose(row); // where there is no room for the panel the matter has its own page
  else row.querySelector("a").click();
});
// Several at once: the button says how many, and is there when there are any.
const several = document.querySelector("#together");
function picked() {
  const many = body?.querySelectorAll(".several:checked").length ?? 0;
  several.hidden = many === 0;
  several.querySelector("[data-chosen]").textContent = many || "";
}
body?.addEventListener("change", picked);
picked();
document.addEventListener("htmx:after:swap", aim);
aim();
// On a phone the views are one line: bring the current one into it (scrollIntoView would move where Tab begins).
const views = document.querySelector(".views ul");
views.scrollLeft = (views.querySelector("[aria-current]")?.offsetLeft ?? 0) - views.offsetLeft - 16;
if (new URLSearchParams(location.search).has("at")) panel.querySelector("#pt")?.focus();

// How full each view is; when the one at hand changes, it says so and lets the list stand.
const counts = document.querySelector("[data-counts]");
let stood = null;
watch(
  () => counts.dataset.counts,
  async (answer) => {
    const told = await answer.json();
    for (const place of counts.querySelectorAll("[data-count]")) place.textContent = told[place.dataset.count] ?? "";
    const now = counts.querySelector("[aria-current] [data-count]")?.textContent ?? "";
    if (stood !== null && now !== stood) document.querySelector("#more-came").hidden = false;
    stood ??= now;
  },
  { every: 30_000 },
);
