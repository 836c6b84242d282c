// 读给我听: the browser's own voice reads what stands on the page. Where it has none, the button does not appear.
const button = document.querySelector("#read");
const voice = globalThis.speechSynthesis;
const SAID = "h1, h2, h3, p, li, label, legend, dt, dd, summary, blockquote, a, button";

function visible(each) {
  return each.getClientRects().length && !each.closest(".vh, [aria-hidden=true], [hidden]") && !each.querySelector(SAID);
}

function words() {
  const told = [...document.querySelectorAll("main :is(" + SAID + ")")].filter(visible);
  return told.map((each) => each.textContent.trim()).filter(Boolean);
}

function stopped() {
  button.querySelector("span").textContent = button.dataset.go;
  button.setAttribute("aria-pressed", "false");
}

function toggle() {
  if (voice.speaking) { voice.cancel(); stopped(); return; }
  button.querySelector("span").textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
  const said = words().map((text) => {
    const one = new SpeechSynthesisUtterance(text);
    one.lang = document.documentElement.lang;
    one.rate = 0.9;
    return one;
  });
  said.at(-1)?.addEventListener("end", stopped);
  for (const one of said) voice.speak(one);
}

if (voice) {
  button.hidden = false;
  button.addEventListener("click", toggle);
  addEventListener("pagehide", () => voice.cancel());
}
