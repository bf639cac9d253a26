import { element } from "../element.js";
import { filled } from "../filled.js";
import { setPicture, watchPicture } from "./near_pictures.js";
import { setShape } from "./tile_shape.js";

// A tile: a button named by its title, and a heart on it.
const freshTile = ({ name, title, summary }, favourite) => {
  const [tile, button, heart] = [element("article"), element("button", "tile"), element("button", "heart", "♥")];
  const picture = element("img");
  tile.dataset.name = button.dataset.name = name;
  picture.alt = "";
  button.title = summary;
  button.setAttribute("aria-keyshortcuts", "F");
  button.append(picture, element("span", "name", title));
  heart.ariaLabel = filled(favourite, { title });
  heart.tabIndex = -1;
  tile.append(button, heart);
  watchPicture(picture);
  return tile;
};

const named = (tiles) => JSON.stringify(tiles.map(({ name, title }) => [name, title]));

// The tiles are laid once, and anew only where others come: else they get other pictures, so that the focus and the
// scroll stay where they are.
export const layTiles = (grid, { tiles, data: { aspect, words } }) => {
  setShape(grid, aspect);
  if (grid.named !== named(tiles)) grid.replaceChildren(...tiles.map((tile) => freshTile(tile, words.favourite)));
  grid.named = named(tiles);
  tiles.forEach(({ url }, place) => {
    if (url) setPicture(grid.children[place].querySelector("img"), url);
  });
};

// Show the wanted tiles, and fill the hearts of those that are liked; whether there are any to show.
export const markTiles = (grid, isWanted, liked) => {
  for (const tile of grid.children) {
    tile.hidden = !isWanted(tile.dataset.name);
    tile.querySelector(".heart").ariaPressed = String(liked.has(tile.dataset.name));
  }
  return [...grid.children].some((tile) => !tile.hidden);
};
