// From a page into the queue: kept first, sent then. The page only goes on when the thing is on the disk.
import { seconds } from "./clock.js";
import { day } from "./day.js";
import { say } from "./dom.js";
import * as queue from "./queue.js";
import { isFull } from "./storage.js";
import { run } from "./sync.js";

/**
 * @param {{title: string, body: queue.Body, files: queue.Picked[], said?: string[], key?: string, draft?: import("./draft.js").Draft|null}} given
 * @param {ParentNode} page where a fault is told
 * @returns {Promise<boolean>}
 */
export async function enqueue({ title, body, files, said, key, draft }, page) {
  const { account, post } = day().me;
  try {
    if (draft) await draft.rest();
    if (key) await queue.change(key, { title, body, files, said });
    else await queue.add({ owner: account, post, title, body, files, said, offset: seconds(), draft: draft ? draft.page : undefined });
  } catch (error) {
    if (draft) draft.wake();
    complain(page, isFull(error) ? say("room.full") : error.message === "busy" ? say("item.trying") : String(error.message));
    return false;
  }
  location.hash = "#queue";
  run();
  return true;
}

/** @param {ParentNode} page @param {string} words */
export function complain(page, words) {
  const place = page.querySelector(".form-error");
  if (!place) return;
  place.textContent = words;
  place.hidden = !words;
  if (words) place.scrollIntoView({ block: "center" });
}

/** The files of a thing that is opened again. @param {string} key @returns {Promise<queue.Picked[]>} */
export async function filesOf(key) {
  const item = await queue.one(key);
  const rows = (await Promise.all((item ? item.files : []).map(queue.file))).filter(Boolean);
  return Promise.all(rows.map(async (row) => ({ id: row.id, blob: await queue.blobOf(row), kind: row.kind, seconds: row.seconds })));
}
