// Paste by a button, and a phone's own camera; the photo is handed over to the page's hidden uploader.
export const NO_PICTURE = "no picture";

const hand = (files) => window.dispatchEvent(new CustomEvent("emulsion-photos", { detail: files }));

// The first picture in a clipboard, as a file.
export const pictureIn = async (clipboard) => {
  for (const item of await clipboard.read()) {
    const type = item.types.find((one) => one.startsWith("image/"));
    if (type) return new File([await item.getType(type)], `pasted.${type.slice("image/".length)}`, { type });
  }
  throw new Error(NO_PICTURE);
};

export default function ({ parentElement, data: { words } }) {
  const paste = parentElement.querySelector("button");
  const input = parentElement.querySelector("input");
  const told = parentElement.querySelector("p");
  paste.textContent = words.paste;
  paste.hidden = !navigator.clipboard?.read; // by key it works everywhere
  parentElement.querySelector("span").textContent = words.take;

  paste.onclick = async () => {
    told.textContent = "";
    try {
      hand([await pictureIn(navigator.clipboard)]);
    } catch (error) {
      told.textContent = error.message === NO_PICTURE ? words.empty : words.refused;
    }
  };
  input.onchange = () => {
    hand([...input.files]);
    input.value = ""; // the same one again is a change, too
  };
}
