// Chosen pictures: made smaller on the phone, shown, and taken back one by one. What cannot be read stays as it is.
const LARGE = 700_000; // bytes from which a picture is made smaller
const EDGE = 1600; // px of its longer side then

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < LARGE) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.82); });
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function put(input, files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  input.files = held.files;
}

function draw(input, list) {
  const files = [...input.files];
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren(...files.map((file, index) => {
    const item = document.createElement("li");
    if (file.type.startsWith("image/")) {
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      item.append(image);
    } else item.append(file.name);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `${list.dataset.remove} ${file.name}`);
    remove.addEventListener("click", () => {
      put(input, files.filter((_, other) => other !== index));
      draw(input, list);
      input.focus();
    });
    item.append(remove);
    return item;
  }));
  list.hidden = !files.length;
}

/** Show what an input holds in a list; more may be added, any taken back. */
export function shown(input, list) {
  let held = [];
  input.addEventListener("change", async () => {
    const added = await Promise.all([...input.files].map(smaller));
    put(input, [...held, ...added]);
    held = [...input.files];
    draw(input, list);
  });
  list.addEventListener("click", () => { held = [...input.files]; });
}
