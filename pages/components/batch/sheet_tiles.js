// The tiles of a contact sheet: one element a photo, which stays while the photo does.
import { element } from "../element.js";

const freshTile = (number) => {
  const tile = element("label", "tile");
  const tick = element("input");
  tick.type = "checkbox";
  tile.dataset.number = number;
  const picture = element("img");
  picture.alt = "";
  tile.append(picture, tick, element("span", "name"), element("small", "word"));
  return tile;
};

const fillTile = (tile, { name, status, sentence, url, number }, { leftOut, data: { words } }) => {
  const [picture, tick, title, word] = tile.children;
  if (url && picture.getAttribute("src") !== url) picture.src = url;
  if (!url) picture.removeAttribute("src");
  tick.checked = !leftOut.has(number);
  title.textContent = name;
  tile.title = name;
  word.textContent = sentence || (status === "ready" ? words.ready : "");
  tile.dataset.status = status;
};

export const layTiles = (box, photos, sheet) => {
  const before = new Map([...box.children].map((tile) => [Number(tile.dataset.number), tile]));
  photos.forEach((photo, place) => {
    const tile = before.get(photo.number) ?? freshTile(photo.number);
    before.delete(photo.number);
    fillTile(tile, photo, sheet);
    // What stands where it belongs stays untouched: who is at it with the keyboard stays there.
    if (box.children[place] !== tile) box.insertBefore(tile, box.children[place] ?? null);
  });
  for (const tile of before.values()) tile.remove();
};
