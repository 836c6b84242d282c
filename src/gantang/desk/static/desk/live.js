// A page that tells what changed since it was drawn. It asks only while somebody is at it, so that a session nobody uses
// still ends; nothing that is being typed is touched.
const EVERY = 10_000;
const AWAY = 5 * 60_000;
const SELDOM = 6;
let last = Date.now();
for (const sign of ["keydown", "pointerdown", "focus"]) addEventListener(sign, () => { last = Date.now(); }, { passive: true });

const over = document.querySelector("#over");
const acting = (page) => page.querySelector(".dbar .me")?.textContent.trim();

/** Signed in again elsewhere, by the same post: the forms at hand take the new sign-in's token and can be sent. */
async function renew() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  if (!answer.ok || !token || acting(page) !== acting(document)) return;
  for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = token;
  over.hidden = true;
}

/** Ask again and again, and tell when the session is over; seldom while a line says what there is to ask for. */
export function watch(url, heard, { every = EVERY, line } = {}) {
  let turn = 0;
  const ask = async () => {
    if (document.hidden || Date.now() - last > AWAY) return;
    turn += 1;
    if (line?.isOpen() && turn % SELDOM) return;
    await look();
  };
  const look = async () => {
    try {
      const answer = await fetch(url(), { redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect") over.hidden = false;
      else if (answer.ok && !over.hidden) await renew();
      else if (answer.ok) await heard(answer);
    } catch {
      // no connection: what is on the page stays, the next turn asks again
    }
  };
  look();
  line?.onNews(look);
  addEventListener("focus", look);
  setInterval(ask, every);
}

/** A line on which the site says that something changed. It rests while nobody is at the page, and is done without where it is refused. */
function lineTo(address) {
  let source, hear;
  const close = () => { source?.close(); source = undefined; };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(address, { withCredentials: true });
    source.addEventListener("open", () => hear()); // what came while the line was being laid
    source.addEventListener("changed", () => hear());
    source.addEventListener("gone", () => { close(); hear(); });
  };
  addEventListener("focus", open);
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  setInterval(() => { if (Date.now() - last > AWAY) close(); }, 60_000);
  return { isOpen: () => source?.readyState === EventSource.OPEN, onNews: (told) => { hear = told; open(); } };
}

const matter = document.querySelector("[data-fresh]");
const note = document.querySelector("#changed");

if (matter) {
  watch(
    () => `${matter.dataset.fresh}?seen=${matter.dataset.seen}`,
    async (answer) => {
      if (answer.status === 204) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (note.textContent.trim() === page.body.textContent.trim()) return;
      note.replaceChildren(...page.body.childNodes);
      note.hidden = false;
      // The form of a move stays where one was writing: the page is drawn anew where it is.
      for (const link of note.querySelectorAll("[data-renew]")) link.href = location.pathname + location.search;
    },
    { line: matter.dataset.line ? lineTo(matter.dataset.line) : undefined },
  );
}
