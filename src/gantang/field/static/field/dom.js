// Templates of the page, filled in. No word stands in a script: they come with the page, in its language.

/** @type {Record<string, string>} */
const words = JSON.parse(document.querySelector("#words").textContent);

/** @param {string} code @param {Record<string, unknown>} [given] @returns {string} */
export function say(code, given = {}) {
  return (words[code] || code).replace(/\{(\w+)\}/g, (_all, name) => String(given[name]));
}

/** A copy of a template. @param {string} name @returns {HTMLElement} */
export function copy(name) {
  return document.querySelector(`#t-${name}`).content.firstElementChild.cloneNode(true);
}

/** Texts by name; what has none is hidden. @param {ParentNode} root @param {Record<string, unknown>} texts */
export function put(root, texts) {
  for (const [name, text] of Object.entries(texts)) {
    for (const place of root.querySelectorAll(`[data-put="${name}"]`)) {
      place.textContent = text === undefined || text === null ? "" : String(text);
      place.hidden = place.textContent === "";
    }
  }
}

/** Parts that are shown or not. @param {ParentNode} root @param {Record<string, unknown>} parts */
export function shown(root, parts) {
  for (const [name, wanted] of Object.entries(parts)) {
    for (const part of root.querySelectorAll(`[data-if="${name}"]`)) part.hidden = !wanted;
  }
}

/** @param {ParentNode} root @param {string} name @returns {HTMLElement} */
export const slot = (root, name) => root.querySelector(`[data-slot="${name}"]`);

/** @param {Element} root @param {...(Node|string)} parts */
export function fill(root, ...parts) {
  root.textContent = "";
  root.append(...parts);
}

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node|string)} parts */
export function make(tag, attributes = {}, ...parts) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...parts);
  return made;
}

/** 128 random bits in hex: keys of items, names of uploads. @returns {string} */
export function chance() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/** A span in the largest unit that fits. @param {number} ms @returns {string} */
export function span(ms) {
  const minutes = Math.round(Math.abs(ms) / 60000);
  if (minutes >= 2880) return say("days", { n: Math.round(minutes / 1440) });
  if (minutes >= 60) return say("hours.n", { n: Math.round(minutes / 60) });
  return say("minutes", { n: minutes });
}

/** @param {number} ms @returns {string} */
export const hour = (ms) =>
  new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), {
    month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
  }).format(new Date(ms));
