// The list on paper: the button is there where the browser can print.
const print = document.querySelector("#print");
print.hidden = false;
print.addEventListener("click", () => globalThis.print());
