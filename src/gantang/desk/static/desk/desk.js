// What every desk page does: keys that sleep while one types, Ctrl+Enter that sends, a toast that leaves.
const typing = (event) => event.isComposing || event.target.matches("input, textarea, select");

addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
  if (sends && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
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
  if (event.key.toLowerCase() === "n") document.querySelector('.dbar a.btn').click();
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

for (const toast of document.querySelectorAll(".toast")) setTimeout(() => toast.remove(), 10000);
