// A plain Enter in a line goes on to the next field; while the IME is composing it does nothing of ours.
const form = document.querySelector("#intake");
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (!event.target.matches("input, select")) return;
  event.preventDefault();
  const fields = [...form.elements].filter((field) => field.type !== "hidden");
  fields[fields.indexOf(event.target) + 1]?.focus();
});

// Places are found while one types: villages whose name was written in the words or in the line below them.
const field = (name) => form.elements[name];
const offered = document.querySelector("#places");
const MOST = 4;
const bare = (name) => name.replace(/(村民委员会|居民委员会|村委会|居委会|社区|村)$/, "");
const villages = [...field("ground").options].filter((one) => one.value).map((one) => {
  const [town, name] = one.text.trim().split(/\s+/);
  return { code: one.value, title: one.text.trim(), town: (town ?? "").replace(/[镇乡]$|街道.*$/, ""), name: bare(name ?? town ?? "") };
});
let chosen = false; // by hand: then it stands
field("ground").addEventListener("change", (event) => { chosen = event.isTrusted; });

function places() {
  const text = `${field("words").value} ${field("place").value}`;
  const named = villages.filter((one) => one.name.length > 1 && text.includes(one.name));
  const both = named.filter((one) => text.includes(one.town));
  return both.length ? both : named;
}

function find() {
  const found = places();
  offered.hidden = chosen || !found.length;
  offered.replaceChildren();
  if (offered.hidden) return;
  offered.append(form.dataset.found, " ");
  for (const one of found.slice(0, MOST)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = one.title;
    button.setAttribute("aria-pressed", String(field("ground").value === one.code));
    button.addEventListener("click", () => { field("ground").value = one.code; chosen = true; find(); ask(); });
    offered.append(button, " ");
  }
  if (found.length === 1) field("ground").value = found[0].code;
}

// What follows from it stands beside the form: what reads alike, the class, who answers, what to ask.
const beside = document.querySelector("#beside");
const WAIT = 500;
let waits = 0;
let asked = "";

async function ask() {
  if (!beside || field("words").value.trim().length < 4) return;
  const told = new URLSearchParams();
  for (const name of ["words", "ground", "class_code", "csrfmiddlewaretoken"]) told.set(name, field(name).value);
  if (told.toString() === asked) return;
  asked = told.toString();
  try {
    const answer = await fetch(form.dataset.beside, { method: "POST", body: told, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    beside.replaceChildren(...page.body.childNodes);
    beside.hidden = !beside.textContent.trim();
  } catch {
    // no connection: the form works without it
  }
}

beside?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-class]");
  if (!button) return;
  field("class_code").value = button.dataset.class;
  ask();
});
const later = () => {
  find();
  clearTimeout(waits);
  waits = setTimeout(ask, WAIT);
};
form.addEventListener("input", later);
form.addEventListener("change", later);
