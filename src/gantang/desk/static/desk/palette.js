// Ctrl+K: any page, any view, what this page lets one do, or a search; ? lists the keys. Both work by keys alone.
const palette = document.querySelector("#palette");
const keys = document.querySelector("#keys");
const field = palette.querySelector("#goto");
const list = palette.querySelector("#goto-list");
const every = [...list.children];

/** What can be done on the page at hand comes first. */
for (const act of [...document.querySelectorAll(".acts a[href], main .pagehead :not(.adminnav) > a.btn[href]")].reverse()) {
  const entry = every[0].cloneNode(true);
  entry.dataset.href = act.href;
  entry.firstElementChild.textContent = act.textContent.trim();
  entry.lastElementChild.textContent = document.querySelector("main h1")?.textContent.trim().slice(0, 24) ?? "";
  every.unshift(entry);
}
const search = every[0].cloneNode(true);
search.lastElementChild.textContent = list.dataset.words;

function shown() {
  const words = field.value.trim().toLowerCase();
  const found = every.filter((one) => one.textContent.toLowerCase().includes(words));
  if (words) {
    search.dataset.href = `${list.dataset.search}?q=${encodeURIComponent(field.value.trim())}`;
    search.firstElementChild.textContent = `“${field.value.trim()}”`;
    found.push(search);
  }
  list.replaceChildren(...found);
  found.forEach((one, at) => { one.id = `goto-${at}`; });
  mark(found[0]);
}

function mark(entry) {
  for (const one of list.children) one.setAttribute("aria-selected", String(one === entry));
  if (!entry) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", entry.id);
  entry.scrollIntoView({ block: "nearest" });
}

const marked = () => list.querySelector('[aria-selected="true"]');
const go = (entry) => { if (entry) location.href = entry.dataset.href; };

function open(dialog) {
  if (document.querySelector("dialog[open]")) return;
  dialog.showModal();
  if (dialog !== palette) return;
  field.value = "";
  shown();
}

field.addEventListener("input", shown);
palette.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown") mark(marked()?.nextElementSibling ?? list.firstElementChild);
  else if (event.key === "ArrowUp") mark(marked()?.previousElementSibling ?? list.lastElementChild);
  else if (event.key === "Enter") go(marked());
  else return;
  event.preventDefault();
});
list.addEventListener("click", (event) => go(event.target.closest("[data-href]")));
for (const dialog of [palette, keys]) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  // Keys of the page behind sleep while a window is open over it.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
}
addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const asked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const help = event.key === "?" && !event.target.matches("input, textarea, select");
  if (!asked && !help) return;
  event.preventDefault();
  open(asked ? palette : keys);
});
for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => open(document.getElementById(button.dataset.opens)));
}
