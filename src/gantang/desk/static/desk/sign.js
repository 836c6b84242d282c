// A signature drawn with a pointer, kept as lines of points; whoever cannot draw chooses another way above.
const form = document.querySelector("#signing");
const pad = form.querySelector("#pad");
const kept = form.elements.strokes;
const pen = pad.getContext("2d");
let strokes = [];

function draw() {
  pen.clearRect(0, 0, pad.width, pad.height);
  pen.lineWidth = 4;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = getComputedStyle(pad).color;
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }
}

/** The lines go with the form, and are kept as what is typed is. */
function keep() {
  kept.value = JSON.stringify(strokes);
  kept.dispatchEvent(new Event("input", { bubbles: true }));
}

function wipe() {
  strokes = [];
  draw();
  keep();
}

/** Where the pointer is, in the points of the sheet, inside it. */
function at({ clientX, clientY }) {
  const box = pad.getBoundingClientRect();
  const inside = (part, whole) => Math.round(Math.min(Math.max(part, 0), 1) * whole);
  return [inside((clientX - box.left) / box.width, pad.width), inside((clientY - box.top) / box.height, pad.height)];
}

pad.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  strokes.push([at(event)]);
  draw();
});
pad.addEventListener("pointermove", (event) => {
  if (!pad.hasPointerCapture(event.pointerId)) return;
  strokes.at(-1).push(at(event));
  draw();
});
pad.addEventListener("lostpointercapture", keep);
form.querySelector("#wipe").addEventListener("click", wipe);
form.querySelector("[data-wipes]").addEventListener("click", wipe);

function choose() {
  const way = form.elements.way.value;
  for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== way;
}
form.addEventListener("change", choose);
choose();
try {
  strokes = JSON.parse(kept.value || "[]");
} catch {
  strokes = [];
}
draw();
