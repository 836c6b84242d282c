// A plain Enter in a line goes on to the next field; while the IME is composing it does nothing of ours.
const form = document.querySelector("#intake");
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (!event.target.matches("input, select")) return;
  event.preventDefault();
  const fields = [...form.elements].filter((field) => field.type !== "hidden");
  fields[fields.indexOf(event.target) + 1]?.focus();
});
