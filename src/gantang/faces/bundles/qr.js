// Reads a square code out of a picture, where the browser has no reader of its own.
export { decodeQR } from "qr/decode.js";
