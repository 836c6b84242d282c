// The own grids, drawn from what the phone keeps. No tile, no library, no request.
import { say } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDE = 320;
const EDGE = 8;
/** @typedef {[number, number]} Point */
/** @typedef {{code: string, name: string, rings: Point[][], at: Point|null}} Grid */

/** @param {string} name @param {Record<string, string|number>} attributes */
function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Which grid holds a point, by the outlines on the phone. @param {Point} point @param {Grid[]} grids */
export const locate = (point, grids) => grids.find((grid) => grid.rings.some((ring) => holds(ring, point)));

/** @param {Point[]} ring @param {Point} point */
function holds(ring, [x, y]) {
  let inside = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n, n += 1) {
    const [ax, ay] = ring[n];
    const [bx, by] = ring[before];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * @param {HTMLElement} root @param {Grid[]} grids @param {{here?: string, point?: Point|null, things?: any[]}} marks
 * @param {((code: string) => void)} [chosen]
 */
export function draw(root, grids, { here = "", point = null, things = [] }, chosen) {
  root.textContent = "";
  const shown = grids.filter((grid) => grid.rings.length);
  root.hidden = !shown.length;
  if (!shown.length) return;
  const [place, high] = frame(shown.flatMap((grid) => grid.rings.flat()));
  const picture = drawn("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": say("map") });
  for (const grid of shown) {
    const path = grid.rings.map((ring) => `M${ring.map((one) => place(one).join(" ")).join("L")}Z`).join("");
    const shape = drawn("path", { d: path, class: grid.code === here ? "grid here" : "grid" });
    if (chosen) shape.addEventListener("click", () => chosen(grid.code));
    picture.append(shape);
  }
  for (const thing of things) if (thing.at) picture.append(dot(place(thing.at), 2.5, "thing"));
  if (point) picture.append(dot(place(point), 6, "pin"));
  root.append(picture);
}

/** @param {number[]} at @param {number} r @param {string} kind */
const dot = ([cx, cy], r, kind) => drawn("circle", { cx, cy, r, class: kind });

/** Degrees to the picture: shorter east-west by the latitude. @param {Point[]} points
 * @returns {[(one: Point) => number[], number]} */
function frame(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = (WIDE - 2 * EDGE) / Math.max((east - west) * narrow, (north - south) * 1.2, 1e-6);
  const high = Math.max(120, Math.round((north - south) * scale + 2 * EDGE));
  const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
  const left = (WIDE - (east - west) * narrow * scale) / 2;
  return [([x, y]) => [round(left + (x - west) * narrow * scale), round(EDGE + (north - y) * scale)], high];
}
