// Photos are made small before they are kept: at most 300 KB, redrawn, so that nothing of the camera stays in them.
import { chance, copy, put, say, slot } from "./dom.js";

export const MOST = 6;
const GOAL = 300 * 1024;
const SIDES = [1600, 1280, 960, 720];
const QUALITIES = [0.82, 0.7, 0.55, 0.4];

/** @param {Blob} file @returns {Promise<Blob>} JPEG. Errors: Error for what is no picture. */
export async function small(file) {
  const picture = await loaded(file);
  let last = null;
  for (const side of SIDES) {
    const canvas = drawn(picture, side);
    for (const quality of QUALITIES) {
      last = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (last && last.size <= GOAL) return last;
    }
  }
  if (!last) throw new Error("no picture");
  return last;
}

/** @param {Blob} file @returns {Promise<HTMLImageElement>} turned as it was taken */
function loaded(file) {
  return new Promise((done, failed) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.onload = () => { URL.revokeObjectURL(address); done(image); };
    image.onerror = () => { URL.revokeObjectURL(address); failed(new Error("no picture")); };
    image.src = address;
  });
}

/** @param {HTMLImageElement} picture @param {number} side */
function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The list of what was picked, on a form. */
export class Tray {
  /** @param {HTMLElement} root @param {(words: string) => void} tell */
  constructor(root, tell) {
    /** @type {import("./queue.js").Picked[]} */
    this.files = [];
    this.list = slot(root, "photos");
    this.tell = tell;
    for (const input of root.querySelectorAll('input[type="file"]')) {
      input.addEventListener("change", () => { this.take([...input.files]); input.value = ""; });
    }
  }

  /** @param {File[]} chosen */
  async take(chosen) {
    for (const file of chosen) {
      if (this.files.length >= MOST) return this.tell(say("photo.many", { most: MOST }));
      try {
        this.add({ id: chance(), blob: await small(file), kind: "image/jpeg" });
      } catch (_error) {
        this.tell(say("photo.bad"));
      }
    }
    return undefined;
  }

  /** @param {import("./queue.js").Picked} file */
  add(file) {
    this.files.push(file);
    this.show();
  }

  show() {
    this.list.textContent = "";
    this.files.forEach((file, n) => this.list.append(this.item(file, n)));
    this.list.dispatchEvent(new Event("input", { bubbles: true })); // the draft follows
  }

  /** @param {import("./queue.js").Picked} file @param {number} n */
  item(file, n) {
    const sound = file.kind.startsWith("audio/");
    const item = copy(sound ? "voicenote" : "photo");
    const kb = Math.max(1, Math.round(file.blob.size / 1024));
    put(item, { size: sound ? say("voice.size", { s: file.seconds }) : say("photo.size", { n: n + 1, most: MOST, kb }) });
    if (!sound) item.querySelector("img").src = URL.createObjectURL(file.blob);
    item.querySelector("[data-drop]").addEventListener("click", () => {
      this.files = this.files.filter((one) => one !== file);
      this.show();
    });
    return item;
  }
}
