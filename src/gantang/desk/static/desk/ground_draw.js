// Borders drawn on the map of a ground, by pointer or by keys alone; what is drawn is written into the form as
// coordinates, which can be written there without any map.
import { Map, NavigationControl } from "../vendor/maplibre-gl.mjs";

const NEAR = 14;
const FEWEST = 3;
const section = document.querySelector("#drawing");
const box = document.querySelector("#map");
const told = document.querySelector("#drawn");
const written = document.querySelector("[name=corners]");
const codes = document.querySelector("[name=codes]");
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rings = (geometry) => geometry.coordinates.flat(geometry.type === "Polygon" ? 0 : 1);
const say = (words, n) => { told.textContent = words.replace("N", n); };
let map;
let ring = [];
let corners = [];

function bounds(features) {
  const all = features.flatMap((one) => rings(one.geometry).flat());
  const side = (place, pick) => all.reduce((held, one) => pick(held, one[place]), all[0][place]);
  return [[side(0, Math.min), side(1, Math.min)], [side(0, Math.max), side(1, Math.max)]];
}

// A corner of somebody's border that is near enough is meant: borders that meet stay one line.
function snapped(point, lngLat) {
  const near = corners
    .map((one) => ({ one, away: map.project(one).dist(point) }))
    .filter(({ away }) => away <= NEAR)
    .sort((a, b) => a.away - b.away)[0];
  return near ? near.one : [lngLat.lng, lngLat.lat];
}

function show() {
  const point = (at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } });
  const line = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } };
  const features = [...ring.map(point), ...(ring.length > 1 ? [line] : [])];
  map.getSource("ring").setData({ type: "FeatureCollection", features });
  say(told.dataset.some, ring.length);
}

function add(point) {
  ring.push(snapped(point, map.unproject(point)));
  show();
}

const here = () => add(map.project(map.getCenter()));
const less = () => { ring.pop(); show(); };

function finish() {
  if (ring.length < FEWEST) return say(told.dataset.few, "");
  const line = ring.map(([x, y]) => `${x.toFixed(6)},${y.toFixed(6)}`).join(" ");
  written.value = [written.value.trim(), line].filter(Boolean).join("\n");
  ring = [];
  show();
  say(told.dataset.done, written.value.split("\n").length);
}

const KEYS = { Enter: here, Backspace: less, f: finish, F: finish };

function style(data) {
  return {
    version: 8,
    sources: {
      ground: { type: "geojson", data },
      ring: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": ink("--sunken") } },
      { id: "land", type: "fill", source: "ground", paint: { "fill-color": ink("--surface"), "fill-opacity": 0.6 } },
      { id: "edge", type: "line", source: "ground", paint: { "line-color": ink("--leaf-mark"), "line-width": 1 } },
      { id: "drawnline", type: "line", source: "ring", paint: { "line-color": ink("--zhu-mark"), "line-width": 3 } },
      { id: "drawncorner", type: "circle", source: "ring", filter: ["==", ["geometry-type"], "Point"],
        paint: { "circle-color": ink("--zhu-mark"), "circle-radius": 5 } },
    ],
  };
}

function begun(data) {
  section.hidden = false;
  map = new Map({
    container: box,
    style: style(data),
    bounds: bounds(data.features),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { "Map.Title": box.dataset.title, "NavigationControl.ZoomIn": box.dataset.in, "NavigationControl.ZoomOut": box.dataset.out },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on("click", (event) => add(event.point));
  map.on("idle", () => { box.dataset.drawn = "yes"; });
  map.getCanvas().setAttribute("aria-describedby", "drawhow");
  box.addEventListener("keydown", (event) => {
    const act = event.target.closest("button") ? undefined : KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

async function ground(code) {
  const answer = await fetch(box.dataset.url.replace(box.dataset.home, code));
  if (!answer.ok) return;
  const data = await answer.json();
  corners = data.features.flatMap((one) => rings(one.geometry).flat());
  if (!map) return begun(data);
  map.getSource("ground").setData(data);
  map.fitBounds(bounds(data.features), { padding: 24, animate: false });
}

// The ground of what is to be changed, as soon as its code is written.
const asked = () => (codes.value.match(/\d{2,15}/)?.[0] ?? box.dataset.home).slice(0, 12);
codes.addEventListener("change", () => ground(asked()));
document.querySelector("#corner").addEventListener("click", here);
document.querySelector("#less").addEventListener("click", less);
document.querySelector("#ring").addEventListener("click", finish);
// Where no map can be drawn the coordinates are written as they are.
ground(asked()).catch(() => { section.hidden = true; });
