// A new edition of the app waits until the queue is empty, or until the worker says so; and when to offer to install.
const bar = document.querySelector("#edition");
const install = document.querySelector("#install");
/** @type {ServiceWorkerRegistration|null} */
let worker = null;
let taking = false;

/** Watch for editions. @param {() => Promise<boolean>} isEmpty */
export async function offer(isEmpty) {
  installable();
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (taking) location.reload(); });
  worker = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const look = () => accept(isEmpty);
  worker.addEventListener("updatefound", () => {
    const coming = worker.installing;
    if (coming) coming.addEventListener("statechange", look);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) worker.update().catch(() => undefined); });
  bar.querySelector("button").addEventListener("click", letIn);
  look();
}

/** Let a waiting edition in where nothing waits to be sent and nobody writes; else offer it.
 * @param {() => Promise<boolean>} isEmpty */
export async function accept(isEmpty) {
  if (!worker || !worker.waiting || !navigator.serviceWorker.controller) return;
  const writing = document.querySelector("form.rep");
  if (!writing && (await isEmpty())) letIn();
  else bar.hidden = false;
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
