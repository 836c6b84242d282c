// An opened field is masked again after its time; the form of a move takes the focus when it was asked for.
for (const opened of document.querySelectorAll("[data-shut]")) {
  setTimeout(() => { opened.textContent = "····"; }, Number(opened.dataset.shut) * 1000);
}
document.querySelector("#do")?.focus({ preventScroll: false });

// Enter in the box that finds further matters looks for them: it does not send the form around it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.id !== "find") return;
  event.preventDefault();
  event.target.parentElement.querySelector("button").click();
});
