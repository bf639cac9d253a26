import { element } from "../element.js";
import { filled } from "../filled.js";
import { DRAWER, DRAWN, fetchNear, letGo, setPicture, watchPicture } from "./near_pictures.js";
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

// A tile with the address of its picture: the server's, or one that says of which picture it is drawn here.
export const addressed = (tile, place, { urls, sources }) => {
  const isDrawn = urls[place] === "drawn";
  return { ...tile, url: isDrawn ? DRAWN + sources[Number(tile.name.startsWith("look:"))] : urls[place] };
};

// A tile with the address of what it shows, "" while that is nothing of what it should.
export const shownTile = (grid, tile) => {
  if (!tile.url.startsWith(DRAWN)) return tile;
  const picture = grid.querySelector(`article[data-name="${tile.name}"] img`);
  return { ...tile, url: picture.drawn === tile.url ? picture.src : "" };
};

const named = (tiles) => JSON.stringify(tiles.map(({ name, title }) => [name, title]));

// Nothing is held of pictures that were drawn here.
const leaveTiles = (grid) => {
  for (const picture of grid.querySelectorAll("img")) letGo(picture);
};

// Tiles that are drawn here are asked for again as somebody comes who draws. Returns the end of it all.
export const beginTiles = (grid) => {
  const onDrawer = () => fetchNear(grid);
  window.addEventListener(DRAWER, onDrawer);
  return () => {
    window.removeEventListener(DRAWER, onDrawer);
    leaveTiles(grid);
  };
};

// The tiles are laid once, and anew only where others come: else they get other pictures, so that the focus and the
// scroll stay where they are.
export const layTiles = (grid, { tiles, data: { aspect, words } }) => {
  setShape(grid, aspect);
  if (grid.named !== named(tiles)) {
    leaveTiles(grid);
    grid.replaceChildren(...tiles.map((tile) => freshTile(tile, words.favourite)));
  }
  grid.named = named(tiles);
  const laid = new Map([...grid.children].map((tile) => [tile.dataset.name, tile]));
  tiles.forEach(({ name, url }, place) => {
    laid.get(name).place = place;
    if (url) setPicture(laid.get(name).querySelector("img"), url);
  });
};

// Show the tiles that have a rank, in its order, and fill the hearts of those that are liked.
export const markTiles = (grid, ranks, liked) => {
  for (const tile of grid.children) {
    tile.hidden = !ranks.has(tile.dataset.name);
    tile.querySelector(".heart").ariaPressed = String(liked.has(tile.dataset.name));
  }
  const before = [...grid.children];
  const rank = (tile) => ranks.get(tile.dataset.name) ?? before.length;
  const ordered = [...before].sort((one, other) => rank(one) - rank(other) || one.place - other.place);
  if (ordered.some((tile, place) => tile !== before[place])) grid.append(...ordered); // else the focus stays
};
