// The map of a ground: its borders by level, names where there is room. The table beside it says the same.
import { Map, Marker, NavigationControl } from "../vendor/maplibre-gl.mjs";

const MOST_NAMES = 60;
const SHORT = 6;
const box = document.querySelector("#map");
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const digits = (feature) => feature.properties.code.length;
const wider = (length) => ["==", ["length", ["get", "code"]], length];

// "…村民委员会" and the like say on a map what the map shows already.
const shorten = (name) => name.replace(/(村民|居民)委员会$|(村|居)委会$/, "").slice(0, SHORT);

const corners = (geometry) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);

function bounds(features) {
  const all = features.flatMap((one) => corners(one.geometry));
  const side = (place, pick) => all.reduce((held, one) => pick(held, one[place]), all[0][place]);
  return [[side(0, Math.min), side(1, Math.min)], [side(0, Math.max), side(1, Math.max)]];
}

// Levels from wide to narrow: the ground itself, then those below it.
function style(data, levels) {
  const [own, ...below] = levels;
  const narrow = below.at(-1) ?? own;
  const line = (length, color, width, dash) => ({
    id: `line-${length}`,
    type: "line",
    source: "ground",
    filter: wider(length),
    paint: { "line-color": color, "line-width": width, ...(dash && { "line-dasharray": dash }) },
  });
  const thin = narrow === 15 ? line(narrow, ink("--leaf-mark"), 1, [3, 2]) : line(narrow, ink("--line-2"), 1);
  const urban = ["case", ["==", ["get", "urban"], true], ink("--leaf-bg"), ink("--surface")];
  return {
    version: 8,
    sources: { ground: { type: "geojson", data, promoteId: "code" } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": ink("--sunken") } },
      { id: "land", type: "fill", source: "ground", filter: wider(narrow), paint: { "fill-color": urban } },
      { id: "here", type: "fill", source: "ground", filter: ["==", ["get", "code"], ""],
        paint: { "fill-color": ink("--leaf-mark"), "fill-opacity": 0.35 } },
      thin,
      ...(below.length > 1 ? [line(below[0], ink("--ink-3"), 1.5)] : []),
      line(own, ink("--leaf"), 2.5),
    ],
  };
}

// Names one level below, the largest number that fits without covering each other.
function named(map, features) {
  const markers = features.slice(0, MOST_NAMES).map((one) => {
    const element = document.createElement("span");
    element.className = "mapname";
    element.setAttribute("aria-hidden", "true");
    element.textContent = shorten(one.properties.name);
    const said = document.querySelector(`.places tr[data-code="${one.properties.code}"]`)?.dataset.shown;
    if (said) {
      const figure = document.createElement("b");
      figure.textContent = said;
      element.append(figure);
    }
    return new Marker({ element }).setLngLat(one.properties.at).addTo(map);
  });
  const settle = () => {
    const kept = [];
    for (const { _element: element } of markers) {
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

// A row and its place on the map are shown together, by pointer and by keyboard; a click goes deeper.
function joined(map, below) {
  const rows = new globalThis.Map(
    [...document.querySelectorAll(".places tr[data-code]")].map((row) => [row.dataset.code, row]),
  );
  const show = (code) => {
    map.setFilter("here", ["==", ["slice", ["get", "code"], 0, below], code ?? ""]);
    for (const [each, row] of rows) row.classList.toggle("here", each === code);
  };
  for (const [code, row] of rows) {
    for (const begins of ["pointerenter", "focusin"]) row.addEventListener(begins, () => show(code));
    for (const ends of ["pointerleave", "focusout"]) row.addEventListener(ends, () => show(null));
  }
  const under = (event) => event.features[0].properties.code.slice(0, below);
  map.on("mousemove", "land", (event) => show(under(event)));
  map.on("mouseleave", "land", () => show(null));
  map.on("click", "land", (event) => rows.get(under(event))?.querySelector("a")?.click());
}

// Places that a row of the table says to lack something.
function lacking(map, below) {
  const codes = [...document.querySelectorAll(".places tr[data-lacking]")].map((row) => row.dataset.code);
  if (!codes.length) return;
  map.addLayer({
    id: "lacking",
    type: "fill",
    source: "ground",
    filter: ["in", ["slice", ["get", "code"], 0, below], ["literal", codes]],
    paint: { "fill-color": ink("--zhu-mark"), "fill-opacity": 0.4 },
  }, "here");
}

// A share that a row of the table says, in six steps; the words of the place say it too.
function shared(map, below) {
  const rows = [...document.querySelectorAll(".places tr[data-share]")];
  if (!rows.length) return;
  const step = (row) => {
    const share = Number(row.dataset.share);
    return share ? `--seq-${1 + Math.min(5, Math.floor(share / 20))}` : "--surface";
  };
  map.addLayer({
    id: "shared",
    type: "fill",
    source: "ground",
    filter: ["==", ["length", ["get", "code"]], below],
    paint: {
      "fill-color": [
        "match", ["get", "code"], ...rows.flatMap((row) => [row.dataset.code, ink(step(row))]), ink("--sunken"),
      ],
      "fill-opacity": 0.75,
    },
  }, "here");
}

async function draw() {
  const answer = await fetch(box.dataset.url);
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  const data = await answer.json();
  const levels = [...new Set(data.features.map(digits))].sort((one, other) => one - other);
  box.hidden = false;
  const map = new Map({
    container: box,
    style: style(data, levels),
    bounds: bounds(data.features),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: {
      "Map.Title": box.dataset.title,
      "NavigationControl.ZoomIn": box.dataset.in,
      "NavigationControl.ZoomOut": box.dataset.out,
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  const below = levels[1] ?? levels[0];
  named(map, data.features.filter((one) => digits(one) === below));
  map.on("load", () => {
    joined(map, below);
    lacking(map, below);
    shared(map, below);
  });
  map.on("idle", () => {
    box.dataset.drawn = levels.join(" ");
  });
}

// No map where the browser cannot draw one: the table says all of it.
draw().catch(() => {
  box.hidden = true;
  document.querySelector("#nomap").hidden = false;
});
