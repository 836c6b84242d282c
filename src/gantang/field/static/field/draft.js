// What is being written lies on the phone as well, sealed, until it is handed in: a camera that takes the page's
// memory, a reload, an empty battery take nothing of it. One draft a page; it goes with everything else by time.
import { kept, within } from "./box.js";
import { now } from "./clock.js";
import { day } from "./day.js";
import { openBytes, seal, sealBytes, unseal } from "./seal.js";

export const NAME = "draft:";
const PAUSE = 300;

/**
 * What was begun on a page by whoever is signed in.
 * @param {string} page
 * @returns {Promise<{body: any, files: import("./queue.js").Picked[], at: number}|null>}
 */
export async function begun(page) {
  const found = await kept(NAME + page);
  if (!found || found.owner !== day().me.account) return null;
  const files = found.files.map(async ({ id, kind, seconds, sealed }) => ({ id, kind, seconds, blob: new Blob([await openBytes(sealed)], { type: kind }) }));
  return { body: await unseal(found.sealed), files: await Promise.all(files), at: found.at };
}

/** @param {string} page */
export const drop = (page) => within("readwrite", ({ keep }) => { keep.delete(NAME + page); });

/** Those older than that go. @param {number} hours */
export async function outdate(hours) {
  const names = /** @type {string[]} */ (await within("readonly", ({ keep }) => keep.getAllKeys()));
  for (const name of names.filter((one) => one.startsWith(NAME))) {
    const found = await kept(name);
    if (found && now() - found.at > hours * 3600000) await drop(name.slice(NAME.length));
  }
}

/** Writes a page's draft down whenever something changes in its form. */
export class Draft {
  /** @param {string} page @param {HTMLElement} form @param {() => {body: any, files: import("./queue.js").Picked[]}} read */
  constructor(page, form, read) {
    Object.assign(this, { page, read });
    this.sealed = new Map();
    this.last = Promise.resolve();
    for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.last = this.save().catch(() => undefined); }, PAUSE); // no room: the form tells of it
  }

  async save() {
    const { body, files } = this.read();
    const rows = await Promise.all(files.map((file) => this.file(file)));
    const row = { owner: day().me.account, at: now(), sealed: await seal(body), files: rows };
    if (!this.over) await within("readwrite", ({ keep }) => { keep.put(row, NAME + this.page); });
  }

  /** A picture is sealed once, not at every letter. @param {import("./queue.js").Picked} file */
  async file({ id, kind, seconds, blob }) {
    if (!this.sealed.has(id)) this.sealed.set(id, await sealBytes(await blob.arrayBuffer()));
    return { id, kind, seconds: seconds || 0, sealed: this.sealed.get(id) };
  }

  /** Nothing more is written down: it is about to be handed in. */
  async rest() {
    this.over = true;
    clearTimeout(this.timer);
    await this.last;
  }

  /** It was not taken: go on. */
  wake() {
    this.over = false;
    this.soon();
  }

  /** It is not wanted. */
  async end() {
    await this.rest();
    await drop(this.page);
  }
}
