// A matter's or a facility's square code: read by the camera, out of a picture of it, or typed.
import { day } from "./day.js";
import { copy, fill, say, shown } from "./dom.js";
import { complain } from "./hand.js";
import { reader } from "./lens.js";
import { find, known } from "./matter.js";

const PAUSE = 300;

/** @param {HTMLElement} root @returns {Promise<() => void>} what ends the camera */
export async function show(root) {
  const page = copy("scan");
  const form = page.querySelector("form");
  form.addEventListener("submit", (event) => { event.preventDefault(); open(form.elements.code.value, page); });
  form.elements.picture.addEventListener("change", () => picture(form.elements.picture, page));
  fill(root, page);
  shown(page, { nocam: !navigator.mediaDevices });
  return navigator.mediaDevices ? watch(page.querySelector("video"), page) : () => undefined;
}

/** @param {HTMLVideoElement} video @param {HTMLElement} page */
function watch(video, page) {
  let stream;
  let over = false;
  const stop = () => {
    over = true;
    if (stream) for (const track of stream.getTracks()) track.stop();
  };
  const look = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (over) return stop(); // the page was left while the phone asked whether it may
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const read = await reader();
    let told = ""; // what leads nowhere is told of once, not at every look
    while (!over) {
      const text = await read(video);
      if (text && text !== told && (await open(text, page))) return stop();
      told = text || told;
      await new Promise((on) => setTimeout(on, PAUSE));
    }
    return undefined;
  };
  look().catch(() => { stop(); video.hidden = true; shown(page, { nocam: true }); });
  return stop;
}

/** A picture of the code, where the camera may not be looked through. @param {HTMLInputElement} input @param {HTMLElement} page */
async function picture(input, page) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  const text = await createImageBitmap(file).then(async (one) => (await reader())(one)).catch(() => "");
  if (text) await open(text, page);
  else complain(page, say("scan.none"));
}

/** The last part of an address, or the text itself. @param {string} text */
const codeIn = (text) => text.trim().replace(/\/+$/, "").split("/").pop().toUpperCase();

/** @param {string} text @param {HTMLElement} page @returns {Promise<boolean>} */
async function open(text, page) {
  const code = codeIn(text);
  const bare = code.replace(/[\s-]/g, "");
  const thing = ((day() && day().things) || []).find((one) => one.code.toUpperCase().replace(/[\s-]/g, "") === bare);
  if (thing) return go(`#report/thing/${thing.id}`);
  if (known(bare)) return go(`#matter/${bare}`);
  try {
    const task = bare ? await find(bare) : null;
    if (task) return go(`#matter/${task.number}`);
    complain(page, say("find.no"));
  } catch (_error) {
    complain(page, say("find.off"));
  }
  return false;
}

/** @param {string} hash */
function go(hash) {
  location.hash = hash;
  return true;
}
