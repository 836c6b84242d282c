// Runs before the first paint: where there is script, the form shows one step from the start and nothing jumps.
// Should its module not come, all of the form is shown again, as without script.
const root = document.documentElement;
root.classList.add("js");
addEventListener("load", () => {
  if (!root.classList.contains("ready")) root.classList.remove("js");
});
