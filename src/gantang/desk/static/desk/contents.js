// What a document must contain, checked while one types: the button is there when nothing is missing.
const list = document.querySelector("#contents");
const form = document.querySelector(".doing form");
const button = form.querySelector("#whole");
const why = form.querySelector("#not-yet");
const amountOf = (text) => Math.round(Number(text || 0) * 100);

/** The cells of each line that has any: a line that was begun is to be whole. */
function lines(name) {
  const found = new Map();
  for (const cell of form.querySelectorAll(`[name^="${name}-"]`)) {
    const [, place] = cell.name.slice(name.length).split("-");
    if (place === "lines") continue;
    found.set(place, [...(found.get(place) ?? []), cell]);
  }
  return [...found.values()].filter((cells) => cells.some((cell) => cell.value.trim()));
}

function isThere(name) {
  if (form.elements[`${name}-lines`]) {
    const begun = lines(name);
    return begun.length > 0 && begun.every((cells) => cells.every((cell) => cell.value.trim()));
  }
  const asked = [...form.querySelectorAll(`[name="${name}"]`)];
  return asked.some((each) => (/radio|checkbox/.test(each.type) ? each.checked : each.value.trim()));
}

/** Cents by which the lines miss the amount of the whole. */
function difference({ lines: name, cell, whole }) {
  const cells = lines(name).flat().filter((each) => each.name.endsWith(`-${cell}`));
  return cells.reduce((sum, each) => sum + amountOf(each.value), 0) - amountOf(form.elements[whole].value);
}

function check() {
  const missing = [];
  for (const item of list.querySelectorAll("[data-name]")) {
    const there = isThere(item.dataset.name);
    item.classList.toggle("there", there);
    if (!there) missing.push(item.querySelector("a").textContent);
  }
  const sum = list.querySelector("[data-sum]");
  if (sum) {
    const off = difference(list.dataset);
    const there = off === 0 && isThere(list.dataset.lines);
    sum.classList.toggle("there", there);
    sum.querySelector("[data-difference]").textContent = off ? `${off > 0 ? "+" : "−"}${Math.abs(off) / 100}` : "";
    if (!there) missing.push(sum.querySelector("span").firstChild.textContent.trim());
  }
  const left = list.querySelector("[data-left]");
  left.hidden = missing.length === 0;
  left.querySelector("b").textContent = missing.length;
  list.querySelector("[data-none]").hidden = missing.length > 0;
  button.hidden = missing.length > 0;
  why.hidden = !button.hidden;
  why.querySelector("[data-missing]").textContent = missing.join(document.documentElement.lang === "en" ? ", " : "、");
}

form.addEventListener("input", check);
form.addEventListener("change", check);
check();
