// What every desk page does: keys that sleep while one types, Ctrl+Enter that sends, a toast that leaves.
const typing = (event) => event.isComposing || event.target.matches("input:not([type=checkbox]), textarea, select");

addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
  if (sends) {
    // from a field its form; from the head of a move that was just opened, the move's
    const form = event.target.form ?? (event.target.closest("form") || document.querySelector("dialog[open]") ? null : document.querySelector(".doing form"));
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (typing(event)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector("#seek").focus();
  }
  if (/^[1-3]$/.test(event.key)) document.querySelectorAll("[data-class]")[event.key - 1]?.click();
  if (event.key.toLowerCase() === "m") document.querySelector("#alike > summary")?.click();
  if (event.key.toLowerCase() === "n") document.querySelector('.dbar a.btn').click();
});

// A suggested class goes into the form at hand; without script its link opens the form with it.
addEventListener("click", (event) => {
  const chosen = event.target.closest?.("[data-class]");
  const field = chosen?.closest("form")?.elements.class;
  if (!field) return;
  event.preventDefault();
  field.value = chosen.dataset.class;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// Another class, another unit: the reason under the field follows the choice.
addEventListener("change", async ({ target }) => {
  const remit = document.querySelector("#remit");
  if (!remit || target.name !== "class") return;
  const answer = await fetch(`${remit.dataset.url}?${new URLSearchParams({ class: target.value })}`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  remit.replaceChildren(...page.body.childNodes);
});

// What was typed or drawn survives a lost connection and a visit that is over, in this tab and for this post only,
// until the next page says that it went through, or until one signs out.
const acting = document.querySelector(".dbar .me")?.textContent.trim().replace(/\s+/g, " ");
const place = (form) => `typed ${acting} ${new URL(form.action).pathname}`;
const texts = (form) => [...form.querySelectorAll("textarea, [data-kept]")];
const writing = [...document.querySelectorAll('form[method="post"]')].filter((form) => texts(form).length);
const told = document.querySelectorAll('[role="status"] .toast');
if (told.length) sessionStorage.removeItem(sessionStorage.getItem("sent"));
for (const form of writing) {
  const typed = JSON.parse(sessionStorage.getItem(place(form)) ?? "{}");
  for (const text of texts(form)) text.value ||= typed[text.name] ?? "";
  form.addEventListener("input", () => {
    const now = Object.fromEntries(texts(form).map((text) => [text.name, text.value]));
    sessionStorage.setItem(place(form), JSON.stringify(now));
  });
  form.addEventListener("submit", () => sessionStorage.setItem("sent", place(form)));
}
addEventListener("submit", (event) => {
  const offline = document.querySelector("#offline");
  offline.hidden = navigator.onLine;
  if (!navigator.onLine) return event.preventDefault();
  if (event.target.matches("[data-leaves]")) sessionStorage.clear();
});

for (const toast of told) setTimeout(() => toast.remove(), 10000);
