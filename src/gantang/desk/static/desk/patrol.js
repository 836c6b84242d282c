// Zones at the level of the water and the points of the patrol. The tables on the page say the same.
import { Map, Marker, NavigationControl } from "../vendor/maplibre-gl.mjs";

const box = document.querySelector("#map");
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const corners = ({ type, coordinates }) => (type === "Point" ? [coordinates] : coordinates.flat(1));

function bounds(features) {
  const all = features.flatMap((one) => corners(one.geometry));
  const side = (place, pick) => all.reduce((held, one) => pick(held, one[place]), all[0][place]);
  return [[side(0, Math.min), side(1, Math.min)], [side(0, Math.max), side(1, Math.max)]];
}

const style = (data) => ({
  version: 8,
  sources: { patrol: { type: "geojson", data } },
  layers: [
    { id: "paper", type: "background", paint: { "background-color": ink("--sunken") } },
    { id: "zones", type: "fill", source: "patrol", filter: ["==", ["get", "kind"], "zone"],
      paint: { "fill-color": ink("--leaf-mark"), "fill-opacity": 0.3 } },
    { id: "edges", type: "line", source: "patrol", filter: ["==", ["get", "kind"], "zone"],
      paint: { "line-color": ink("--leaf"), "line-width": 2 } },
    { id: "points", type: "circle", source: "patrol", filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": ["case", ["==", ["get", "kind"], "vessel"], 9, 6],
        "circle-color": ["match", ["get", "kind"], "lost", ink("--surface"), "vessel", ink("--dai"), ink("--leaf")],
        "circle-stroke-color": ink("--leaf"),
        "circle-stroke-width": 2,
      } },
  ],
});

function named(map, features) {
  for (const one of features) {
    const element = document.createElement("span");
    element.className = "mapname";
    element.setAttribute("aria-hidden", "true");
    element.textContent = one.properties.name;
    const [first] = corners(one.geometry);
    const below = one.properties.kind === "vessel";
    new Marker({ element, offset: [0, below ? 20 : -16] }).setLngLat(first).addTo(map);
  }
}

async function draw() {
  const answer = await fetch(box.dataset.url);
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  const data = await answer.json();
  if (!data.features.length) throw new Error("map: nothing to draw");
  box.hidden = false;
  const map = new Map({
    container: box,
    style: style(data),
    bounds: bounds(data.features),
    fitBoundsOptions: { padding: { top: 64, bottom: 32, left: 80, right: 80 }, maxZoom: 13 },
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
  named(map, data.features);
  map.on("idle", () => {
    box.dataset.drawn = String(data.features.length);
  });
}

// No map where there is nothing to draw, or the browser cannot: the tables say all of it.
draw().catch(() => {
  box.hidden = true;
  document.querySelector("#nomap").hidden = false;
});
