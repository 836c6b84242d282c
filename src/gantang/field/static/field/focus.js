// A list is drawn anew while somebody stands in it: whoever works by keys, or hears the page, goes on from there.

const PRESSED = "a[href], button, input, select, textarea, summary";

/** @param {Element} one @returns {string} what it is called */
const nameOf = (one) => (one.getAttribute("aria-label") || one.textContent || one.getAttribute("name") || "").trim();

/** @param {Element|null} part @returns {string} what stands above it */
const titleOf = (part) => {
  const title = part && part.querySelector("h2, h3, b");
  return title ? title.textContent : "";
};

/**
 * Remember where one stands in a part of the page. The same thing again is the same name under the same title; where it
 * is gone, its title: never another button, which the next touch of Enter would press.
 * @param {Element} room @returns {() => void} go back there; nothing, where one stood elsewhere
 */
export function hold(room) {
  const here = document.activeElement;
  if (!here || here === room || !room.contains(here)) return () => {};
  const [name, title] = [nameOf(here), titleOf(here.closest("section, li"))];
  return () => {
    const parts = [...room.querySelectorAll("section, li")].filter((part) => titleOf(part) === title);
    const among = parts.length ? parts : [room];
    const same = among.flatMap((part) => [...part.querySelectorAll(PRESSED)]).find((one) => nameOf(one) === name);
    const next = same || (parts[0] && parts[0].querySelector("h2, h3, b")) || document.querySelector("#title");
    if (next !== same && next.tabIndex < 0) next.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: next === same });
  };
}
