// What the phone keeps is sealed by AES-GCM under a key that no script can read out. It lives until sign-out.
import { keep, kept, within } from "./box.js";

const CIPHER = "AES-GCM";
/** @typedef {{iv: Uint8Array, data: ArrayBuffer}} Sealed */

/** @returns {Promise<CryptoKey>} */
async function key() {
  const found = await kept("key");
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
  // two tabs may come at once: the first one's key stays
  await within("readwrite", ({ keep: shelf }) => {
    const there = shelf.get("key");
    there.onsuccess = () => { if (!there.result) shelf.put(made, "key"); };
  });
  return kept("key");
}

/** @param {ArrayBuffer} plain @returns {Promise<Sealed>} */
export async function sealBytes(plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: CIPHER, iv }, await key(), plain) };
}

/** @param {Sealed} sealed @returns {Promise<ArrayBuffer>} */
export const openBytes = async ({ iv, data }) => crypto.subtle.decrypt({ name: CIPHER, iv }, await key(), data);

/** @param {unknown} value @returns {Promise<Sealed>} */
export const seal = (value) => sealBytes(new TextEncoder().encode(JSON.stringify(value)));

/** @param {Sealed} sealed @returns {Promise<any>} */
export const unseal = async (sealed) => JSON.parse(new TextDecoder().decode(await openBytes(sealed)));

/** @param {string} name @param {unknown} value */
export const keepSealed = async (name, value) => keep(name, await seal(value));

/** @param {string} name @returns {Promise<any>} */
export async function keptSealed(name) {
  const found = await kept(name);
  return found ? unseal(found) : null;
}
