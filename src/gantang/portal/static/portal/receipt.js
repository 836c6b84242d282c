// Save, copy, print: each appears only where the browser can do it.
sessionStorage.removeItem("report"); // it has arrived
const code = document.querySelector("#code");
const [save, copy, print] = ["#save", "#copy", "#print"].map((name) => document.querySelector(name));

async function toCopy() {
  await navigator.clipboard.writeText(code.textContent.trim());
  copy.querySelector("span").textContent = copy.dataset.done;
}

/** The slip as a picture: the square code above, the letters below, for those who keep things as photos. */
async function toPicture() {
  const drawing = new XMLSerializer().serializeToString(document.querySelector(".qr svg"));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 760 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 60, 30, 520, 520);
  pen.fillStyle = "#1e2721";
  pen.textAlign = "center";
  pen.font = "700 44px monospace";
  pen.fillText(code.textContent.trim(), 320, 620);
  pen.font = "26px sans-serif";
  pen.fillText(document.querySelector(".slip b.code").textContent.trim(), 320, 670);
  pen.fillText(location.host, 320, 715);
  const link = Object.assign(document.createElement("a"), { href: canvas.toDataURL("image/png"), download: "gantang.png" });
  link.click();
}

document.documentElement.classList.add("js");
if (code) {
  print.hidden = false;
  save.hidden = false;
  copy.hidden = !navigator.clipboard;
  print.addEventListener("click", () => globalThis.print());
  copy.addEventListener("click", toCopy);
  save.addEventListener("click", toPicture);
}
