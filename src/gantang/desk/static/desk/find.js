// A long list of classes is found by typing a part of a title or of a code: what does not fit is left out, the first that
// fits is chosen. Without script the list is as it was.
const LONG = 20;
/** How long one stops typing before what was found is chosen. */
const PAUSE = 250;
const words = document.querySelector("#main").dataset;

const titled = (option) => `${option.textContent} ${option.value}`.toLowerCase();

/** Leave out what does not fit. @returns {HTMLOptionElement[]} what fits */
function narrowed(list, typed) {
  const fits = (option) => option.value !== "" && titled(option).includes(typed);
  for (const option of list.options) option.hidden = typed !== "" && !fits(option);
  for (const group of list.querySelectorAll("optgroup")) group.hidden = [...group.children].every((option) => option.hidden);
  return typed === "" ? [] : [...list.options].filter(fits);
}

function chosen(list, option) {
  if (list.value === option.value) return;
  list.value = option.value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function dress(list) {
  const box = document.createElement("input");
  const told = document.createElement("p");
  Object.assign(box, { type: "search", className: "form-control finder", autocomplete: "off", placeholder: words.find });
  box.setAttribute("aria-label", words.find);
  told.className = "why found";
  told.setAttribute("aria-live", "polite");
  let paused = 0;
  const look = () => {
    const typed = box.value.trim().toLowerCase();
    const found = narrowed(list, typed);
    told.textContent = typed === "" ? "" : words.found.replace("N", String(found.length));
    if (found.length) chosen(list, found[0]);
  };
  const soon = () => { clearTimeout(paused); paused = setTimeout(look, PAUSE); };
  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    clearTimeout(paused); // Ctrl+Enter sends what was found, too
    look();
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    list.focus();
  });
  list.before(box);
  list.after(told);
}

function all() {
  const lists = document.querySelectorAll('form[method="post"] select:is([name="class"], [name="class_code"])');
  for (const list of lists) if (list.options.length > LONG && !list.previousElementSibling?.matches(".finder")) dress(list);
}

document.addEventListener("htmx:after:swap", all);
all();
