// Questions of a pack, drawn as the snapshot describes them. A new pack needs no new line here.
import { fill, make, say } from "./dom.js";

/**
 * @typedef {{name: string, kind: string, title: string, help: string, required: boolean, options?: [string, string][],
 *   from?: string, columns?: Question[]}} Question
 */
let many = 0;
const NUMERIC = ["unit", "units", "post", "rating", "number"];
const MOST_RADIOS = 5;

/** @param {Question[]} questions @param {Record<string, any>} values @param {any} lists @returns {HTMLElement[]} */
export const draw = (questions, values, lists) => questions.map((one) => field(one, values[one.name], lists));

/** @param {Question} one @param {any} value @param {any} lists */
function field(one, value, lists) {
  const choices = one.options || chosen(lists, one.from);
  const id = `q${(many += 1)}`;
  const label = one.title + (one.required ? "" : say("optional"));
  const help = one.help ? [make("p", { class: "soft", id: `${id}h` }, one.help)] : [];
  if (one.kind === "rows") return rows(one, value || [{}], lists, label);
  if (one.kind === "yes_no") return group(one, id, label, [["yes", say("yes")], ["no", say("no")]], [value === undefined ? "" : value ? "yes" : "no"], "radio", help);
  if (one.kind === "choices" || one.kind === "units") return group(one, id, label, choices, (value || []).map(String), "checkbox", help);
  if (one.kind === "rating" || (one.kind === "choice" && choices.length <= MOST_RADIOS)) {
    return group(one, id, label, choices, [value === undefined ? "" : String(value)], "radio", help);
  }
  const input = choices ? select(choices, value) : entry(one, value);
  input.id = id;
  input.name = one.name;
  if (one.help) input.setAttribute("aria-describedby", `${id}h`);
  return make("div", { class: "field", "data-question": one.name }, make("label", { class: "form-label", for: id }, label), ...help, input);
}

/** @param {any} lists @param {string|undefined} from */
function chosen(lists, from) {
  if (!from) return undefined;
  return (lists[from] || []).map((/** @type {any[]} */ each) => [String(each[0]), String(each[1])]);
}

/** @param {[string, string][]} choices @param {any} value */
function select(choices, value) {
  const made = make("select", { class: "form-select" }, make("option", { value: "" }, say("choose")));
  for (const [code, words] of choices) made.append(make("option", { value: code }, words));
  made.value = value === undefined ? "" : String(value);
  return made;
}

/** @param {Question} one @param {any} value */
function entry(one, value) {
  if (one.kind === "text") {
    const box = make("textarea", { class: "form-control", rows: "3", maxlength: "4000" });
    box.value = value || "";
    return box;
  }
  const kinds = { date: "date", moment: "datetime-local", number: "number", amount: "number", phone: "tel" };
  const box = make("input", { class: "form-control", type: kinds[one.kind] || "text", autocomplete: "off", maxlength: "200" });
  if (one.kind === "amount") box.setAttribute("step", "0.01");
  box.value = value === undefined ? "" : one.kind === "amount" ? String(value / 100) : one.kind === "moment" ? String(value).slice(0, 16) : String(value);
  return box;
}

/** @param {Question} one @param {string} id @param {string} label @param {[string, string][]} choices
 * @param {string[]} values @param {string} type @param {HTMLElement[]} help */
function group(one, id, label, choices, values, type, help) {
  const made = make("fieldset", { class: "picks", "data-question": one.name }, make("legend", { class: "form-label" }, label), ...help);
  for (const [code, words] of choices || []) {
    const input = make("input", { type, name: `${id}-${one.name}`, value: code });
    input.checked = values.includes(code);
    made.append(make("label", { class: "pick" }, input, make("span", { class: "face" }, words)));
  }
  return made;
}

/** @param {Question} one @param {any[]} values @param {any} lists @param {string} label */
function rows(one, values, lists, label) {
  const made = make("fieldset", { class: "lines", "data-question": one.name }, make("legend", { class: "form-label" }, label));
  const list = make("div", { class: "stack" });
  const add = (/** @type {any} */ value) => {
    const head = make("p", { class: "soft" }, say("row", { n: list.children.length + 1 }));
    list.append(make("div", { class: "stack line", "data-row": "" }, head, ...draw(one.columns || [], value, lists)));
  };
  values.forEach(add);
  const more = make("button", { class: "btn", type: "button" }, say("addrow"));
  more.addEventListener("click", () => add({}));
  made.append(list, more);
  return made;
}

/**
 * What was answered, as the services take it; titles of what is missing.
 * @param {ParentNode} root @param {Question[]} questions @returns {{answers: Record<string, any>, missing: string[]}}
 */
export function read(root, questions) {
  const answers = {};
  const missing = [];
  for (const one of questions) {
    const place = [...root.children].find((each) => each.getAttribute("data-question") === one.name);
    const value = place ? valueOf(place, one) : undefined;
    if (value === undefined) {
      if (one.required) missing.push(one.title);
    } else {
      answers[one.name] = value;
    }
  }
  return { answers, missing };
}

/** @param {Element} place @param {Question} one @returns {any} undefined where nothing was answered */
function valueOf(place, one) {
  if (one.kind === "rows") return lines(place, one);
  if (place.tagName === "FIELDSET") return picked(place, one);
  const typed = place.querySelector("[name]").value.trim();
  if (typed === "") return undefined;
  if (one.kind === "amount") return Math.round(Number(typed) * 100);
  if (one.kind === "moment") return `${typed.slice(0, 16)}:00+08:00`;
  return NUMERIC.includes(one.kind) ? Number(typed) : typed;
}

/** @param {Element} place @param {Question} one */
function picked(place, one) {
  const values = [...place.querySelectorAll("input:checked")].map((input) => input.value);
  if (!values.length) return undefined;
  if (one.kind === "yes_no") return values[0] === "yes";
  const plain = NUMERIC.includes(one.kind) ? values.map(Number) : values;
  return one.kind === "choices" || one.kind === "units" ? plain : plain[0];
}

/** @param {Element} place @param {Question} one */
function lines(place, one) {
  const found = [...place.querySelectorAll("[data-row]")].map((row) => read(row, one.columns || []).answers);
  const given = found.filter((row) => Object.keys(row).length);
  return given.length ? given : undefined;
}

/**
 * What was answered, in words, a line each, as it is kept with the item: the forms may be other ones by then.
 * @param {Question[]} questions @param {Record<string, any>} answers @param {any} lists @returns {string[]}
 */
export function said(questions, answers, lists) {
  const asked = questions.filter((one) => answers[one.name] !== undefined);
  return asked.flatMap((one) => {
    const value = answers[one.name];
    if (one.kind === "text") return [value];
    if (one.kind !== "rows") return [say("answer", { what: one.title, value: told(one, value, lists) })];
    return value.map((/** @type {any} */ row) => said(one.columns || [], row, lists).join(say("answer.next")));
  });
}

/** @param {Question} one @param {any} value @param {any} lists */
function told(one, value, lists) {
  if (one.kind === "yes_no") return say(value ? "yes" : "no");
  if (one.kind === "amount") return say("yuan", { n: (value / 100).toLocaleString("en", { minimumFractionDigits: 2 }) });
  if (one.kind === "moment") return String(value).slice(0, 16).replace("T", " ");
  const words = new Map((one.options || chosen(lists, one.from) || []).map(([code, title]) => [String(code), title]));
  return [value].flat().map((each) => words.get(String(each)) || String(each)).join(say("answer.and"));
}

/** The texts among answers of which no words were kept. @param {Record<string, any>} answers */
export function texts(answers) {
  return Object.values(answers).filter((one) => typeof one === "string" && /[^\x20-\x7e]|\s/.test(one));
}

/** @param {Element} root @param {Question[]} questions @param {Record<string, any>} values @param {any} lists */
export const into = (root, questions, values, lists) => fill(root, ...draw(questions, values, lists));
