// A spoken note: plain WAV, 8,000 samples a second, so that every machine can play it and the server can check it.
import { chance, put, say } from "./dom.js";

const RATE = 8000;
const LONGEST = 60;

/**
 * @param {HTMLElement} root @param {import("./photos.js").Tray} tray
 * @returns {{hush: () => void, end: () => void}} `hush` ends a recording, which is in the tray then; `end` is for good
 */
export function listen(root, tray) {
  const button = root.querySelector("[data-voice]");
  /** @type {null | (() => void)} */
  let stop = null;
  let over = false;
  const hush = () => { if (stop) stop(); };
  button.hidden = !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  button.addEventListener("click", async () => {
    if (stop) return stop();
    try {
      stop = await record((blob, seconds) => {
        stop = null;
        button.setAttribute("aria-pressed", "false");
        put(root, { voice: "" });
        if (seconds > 0) tray.add({ id: chance(), blob, kind: "audio/wav", seconds });
      });
      if (over) return hush(); // the page was left while the phone asked whether it may
      button.setAttribute("aria-pressed", "true");
      put(root, { voice: say("voice.on", { s: LONGEST }) });
    } catch (_error) {
      put(root, { voice: say("voice.no") });
    }
    return undefined;
  });
  return { hush, end: () => { over = true; hush(); } };
}

/** @param {(blob: Blob, seconds: number) => void} done @returns {Promise<() => void>} what stops it */
async function record(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const source = context.createMediaStreamSource(stream);
  const tap = context.createScriptProcessor(4096, 1, 1);
  /** @type {Float32Array[]} */
  const heard = [];
  let over = false;
  const stop = () => {
    if (over) return;
    over = true;
    for (const track of stream.getTracks()) track.stop();
    const { sampleRate } = context;
    context.close();
    const samples = thinned(heard, sampleRate);
    done(wav(samples), Math.round(samples.length / RATE));
  };
  tap.onaudioprocess = (event) => {
    heard.push(event.inputBuffer.getChannelData(0).slice());
    if (heard.length * 4096 > LONGEST * context.sampleRate) stop();
  };
  source.connect(tap);
  tap.connect(context.destination);
  return stop;
}

/** Fewer samples, each the mean of those it stands for. @param {Float32Array[]} heard @param {number} rate */
function thinned(heard, rate) {
  const whole = new Float32Array(heard.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of heard) { whole.set(part, at); at += part.length; }
  const step = rate / RATE;
  const found = new Float32Array(Math.floor(whole.length / step));
  for (let n = 0; n < found.length; n += 1) {
    const part = whole.subarray(Math.floor(n * step), Math.max(Math.floor(n * step) + 1, Math.floor((n + 1) * step)));
    found[n] = part.reduce((sum, one) => sum + one, 0) / part.length;
  }
  return found;
}

/** @param {Float32Array} samples @returns {Blob} */
function wav(samples) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (/** @type {number} */ at, /** @type {string} */ letters) =>
    [...letters].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, "WAVEfmt ");
  [[16, 16], [24, RATE], [28, RATE * 2], [40, samples.length * 2]].forEach(([at, value]) => view.setUint32(at, value, true));
  [[20, 1], [22, 1], [32, 2], [34, 16]].forEach(([at, value]) => view.setUint16(at, value, true));
  text(36, "data");
  samples.forEach((one, n) => view.setInt16(44 + n * 2, Math.max(-1, Math.min(1, one)) * 32767, true));
  return new Blob([view.buffer], { type: "audio/wav" });
}
