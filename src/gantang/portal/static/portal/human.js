// A number that took some thousand tries: what a form shows instead of a puzzle. Found while one is writing.
const SOME = 256; // tries between two breaths, so that typing never waits

export const WAIT = 5500; // ms after which a form needs none

/** A number n for which SHA-256 of `token.n` begins with so many zero bits; "" where the browser cannot count. */
export async function find(token, bits) {
  if (!globalThis.crypto?.subtle) return "";
  const encoder = new TextEncoder();
  for (let from = 0; ; from += SOME) {
    const tries = Array.from({ length: SOME }, (_, i) => from + i);
    const sums = await Promise.all(tries.map((n) => crypto.subtle.digest("SHA-256", encoder.encode(`${token}.${n}`))));
    const at = sums.findIndex((sum) => new DataView(sum).getUint32(0) >>> (32 - bits) === 0);
    if (at >= 0) return String(from + at);
    await new Promise((done) => { setTimeout(done); });
  }
}
