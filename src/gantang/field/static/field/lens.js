// Reads a square code out of a picture: by the browser's own reader, or, where it has none, by one that is kept
// with the app. A big picture is read smaller first: a code that fills it is found there, and sooner.
const SIDES = [800, 1600];

/** @typedef {(picture: HTMLVideoElement|ImageBitmap) => Promise<string>} Reader the code's text, or "" */

/** @returns {Promise<Reader>} */
export async function reader() {
  return (await native()) || own();
}

/** The browser's own; some name it and cannot read a square code. @returns {Promise<Reader|null>} */
async function native() {
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => {
      const [seen] = await detector.detect(picture).catch(() => []);
      return seen ? seen.rawValue : "";
    };
  } catch (_error) {
    return null;
  }
}

/** @returns {Promise<Reader>} */
async function own() {
  const { decodeQR } = await import("../vendor/qr.mjs");
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d", { willReadFrequently: true });
  return async (picture) => {
    const width = picture.videoWidth || picture.width;
    const height = picture.videoHeight || picture.height;
    for (const side of SIDES) {
      const scale = Math.min(1, side / Math.max(width, height));
      paper.width = Math.round(width * scale);
      paper.height = Math.round(height * scale);
      if (!paper.width || !paper.height) return "";
      pen.drawImage(picture, 0, 0, paper.width, paper.height);
      try {
        return decodeQR(pen.getImageData(0, 0, paper.width, paper.height));
      } catch (_error) { // none in this one
        if (scale === 1) return "";
      }
    }
    return "";
  };
}
