// An opened field is masked again after its time; the form of a move takes the focus when it was asked for.
for (const opened of document.querySelectorAll("[data-shut]")) {
  setTimeout(() => { opened.textContent = "····"; }, Number(opened.dataset.shut) * 1000);
}
document.querySelector("#do")?.focus({ preventScroll: false });
