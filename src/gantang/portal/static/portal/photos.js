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

function shownAs(file) {
  if (!file.type.startsWith("image/")) return file.name;
  const image = document.createElement("img");
  image.src = URL.createObjectURL(file);
  image.alt = file.name;
  return image;
}

function draw(list, files, taken) {
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren(...files.map((file, index) => {
    const item = document.createElement("li");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `${list.dataset.remove} ${file.name}`);
    remove.addEventListener("click", () => taken(index));
    item.append(shownAs(file), remove);
    return item;
  }));
  list.hidden = !files.length;
}

/**
 * Show what an input holds in a list; more may be added, any taken back. Where `asTaken` is ticked the pictures go as
 * the camera made them: made smaller they would have lost when and where.
 */
export function shown(input, list, asTaken) {
  let held = [];

  function hold(files) {
    held = files;
    put(input, held.map((one) => (asTaken.checked ? one.whole : one.small)));
    draw(list, held.map((one) => one.small), (index) => {
      hold(held.filter((_, other) => other !== index));
      input.focus();
    });
  }

  input.addEventListener("change", async () => {
    const added = await Promise.all([...input.files].map(async (whole) => ({ whole, small: await smaller(whole) })));
    hold([...held, ...added]);
  });
  asTaken.addEventListener("change", () => hold(held));
}
