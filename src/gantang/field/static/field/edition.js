// A new edition of the app waits until the queue is empty, or until the worker says so; and when to offer to install.
const bar = document.querySelector("#edition");
const install = document.querySelector("#install");
/** @type {ServiceWorkerRegistration|null} */
let worker = null;
let taking = false;
let due = false;
let leaving = false;

const isWriting = () => Boolean(document.querySelector("form.rep"));

/** The new edition is in: its page comes when nobody is in the middle of a form. */
function come() {
  due = taking;
  if (due && !isWriting()) leave();
}

/** Once: asked again while the new page is on its way, a slow phone would begin loading it again and again. */
function leave() {
  if (!leaving) location.reload();
  leaving = true;
}

/** Watch for editions. @param {() => Promise<boolean>} isEmpty */
export async function offer(isEmpty) {
  installable();
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("controllerchange", come);
  worker = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const look = () => accept(isEmpty);
  const watch = () => { if (worker.installing) worker.installing.addEventListener("statechange", look); };
  worker.addEventListener("updatefound", watch);
  watch(); // the browser may have found it before this page asked
  document.addEventListener("visibilitychange", () => { if (!document.hidden) worker.update().catch(() => undefined); });
  bar.querySelector("button").addEventListener("click", letIn);
  look();
}

/** Let a waiting edition in where nothing waits to be sent and nobody writes; else offer it.
 * @param {() => Promise<boolean>} isEmpty */
export async function accept(isEmpty) {
  if (due && !isWriting()) return leave();
  if (!worker || !worker.waiting || !navigator.serviceWorker.controller) return undefined;
  if (!isWriting() && (await isEmpty())) letIn();
  else bar.hidden = false;
  return undefined;
}

function letIn() {
  taking = true;
  if (worker && worker.waiting) worker.waiting.postMessage("let in");
}

/** Offered from the second visit on. */
function installable() {
  const visits = Number(localStorage.getItem("field-visits") || "0") + 1;
  localStorage.setItem("field-visits", String(visits));
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    install.hidden = visits < 2;
    install.querySelector("button").addEventListener("click", () => { event.prompt(); install.hidden = true; });
  });
}
