// A matter's or a facility's square code: read by the camera where the browser can, else typed.
import { day } from "./day.js";
import { copy, fill, say, shown } from "./dom.js";
import { complain } from "./hand.js";
import { find, known } from "./matter.js";

/** @param {HTMLElement} root @returns {Promise<() => void>} what ends the camera */
export async function show(root) {
  const page = copy("scan");
  const form = page.querySelector("form");
  form.addEventListener("submit", (event) => { event.preventDefault(); open(form.elements.code.value, page); });
  fill(root, page);
  const video = page.querySelector("video");
  const able = "BarcodeDetector" in globalThis && navigator.mediaDevices;
  shown(page, { nocam: !able });
  return able ? watch(video, page) : () => undefined;
}

/** @param {HTMLVideoElement} video @param {HTMLElement} page */
async function watch(video, page) {
  let stream;
  let over = false;
  const stop = () => {
    over = true;
    if (stream) for (const track of stream.getTracks()) track.stop();
  };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    const look = async () => {
      if (over) return;
      const [seen] = await reader.detect(video).catch(() => []);
      if (seen && (await open(seen.rawValue, page))) return stop();
      setTimeout(look, 300);
    };
    look();
  } catch (_error) {
    shown(page, { nocam: true });
  }
  return stop;
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
