// Shows the reason only for "没有解决" and the stars only for "解决了". Without this script both are simply there.
const why = document.querySelector("#why");
const stars = document.querySelector("#stars");

function show() {
  const chosen = document.querySelector('input[name="solved"]:checked')?.value;
  why.hidden = chosen !== "no";
  stars.hidden = chosen !== "yes";
}

const print = document.querySelector("#print");
print.hidden = false;
print.addEventListener("click", () => globalThis.print());

if (why) {
  for (const radio of document.querySelectorAll('input[name="solved"]')) radio.addEventListener("change", show);
  show();
}
