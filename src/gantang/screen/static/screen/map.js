// The ground on a map, coloured by the same steps as the honeycomb; a place leads deeper. The list beside it says all.
import { Map, Marker } from "../vendor/maplibre-gl.mjs";

const MOST_NAMES = 40;
const RAMP = ["--paper", "--seq-1", "--seq-2", "--seq-3", "--seq-4", "--seq-5", "--seq-6"];
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const corners = (geometry) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);

function bounds(features) {
  const all = features.flatMap((one) => corners(one.geometry));
  const side = (place, pick) => all.reduce((held, one) => pick(held, one[place]), all[0][place]);
  return [[side(0, Math.min), side(1, Math.min)], [side(0, Math.max), side(1, Math.max)]];
}

function style(data, below, cells) {
  const code = ["slice", ["get", "code"], 0, below];
  const colours = [...cells.values()].flatMap((one) => [one.dataset.code, ink(RAMP[Number(one.dataset.step)])]);
  const narrow = Math.max(...data.features.map((one) => one.properties.code.length));
  const wide = (length) => ["==", ["length", ["get", "code"]], length];
  return {
    version: 8,
    sources: { ground: { type: "geojson", data } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": ink("--sunken") } },
      { id: "land", type: "fill", source: "ground", filter: wide(narrow),
        paint: { "fill-color": colours.length ? ["match", code, ...colours, ink("--paper")] : ink("--paper") } },
      { id: "edge", type: "line", source: "ground", filter: wide(below),
        paint: { "line-color": ink("--edge"), "line-width": 2 } },
    ],
  };
}

// Names with figures, the largest number of them that fits without covering each other.
function named(map, features, cells) {
  const markers = features.filter((one) => cells.has(one.properties.code)).slice(0, MOST_NAMES).map((one) => {
    const cell = cells.get(one.properties.code);
    const element = document.createElement("span");
    element.className = "mapname";
    element.setAttribute("aria-hidden", "true");
    element.textContent = cell.dataset.name;
    const figure = document.createElement("b");
    figure.textContent = cell.dataset.shown;
    element.append(figure);
    return new Marker({ element }).setLngLat(one.properties.at).addTo(map);
  });
  const settle = () => {
    const kept = [];
    for (const marker of markers) {
      const element = marker.getElement();
      element.classList.remove("away");
      const own = element.getBoundingClientRect();
      const meets = (other) =>
        own.left < other.right && other.left < own.right && own.top < other.bottom && other.top < own.bottom;
      if (kept.some(meets)) element.classList.add("away");
      else kept.push(own);
    }
  };
  for (const moved of ["load", "moveend", "resize"]) map.on(moved, settle);
}

export async function draw(box) {
  const answer = await fetch(box.dataset.url);
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  const data = await answer.json();
  const below = Number(box.dataset.below);
  const list = box.parentElement.querySelectorAll(".cells [data-code]");
  const cells = new globalThis.Map([...list].map((one) => [one.dataset.code, one]));
  const map = new Map({
    container: box,
    style: style(data, below, cells),
    bounds: bounds(data.features),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { "Map.Title": box.dataset.title },
  });
  named(map, data.features.filter((one) => one.properties.code.length === below), cells);
  map.on("click", "land", (event) => {
    const code = event.features[0].properties.code.slice(0, below);
    cells.get(code)?.querySelector("a[data-inward]")?.click();
  });
  map.on("idle", () => {
    box.dataset.drawn = "yes";
  });
}
