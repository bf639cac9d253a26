// The wall of a gallery: its tiles under their sections, laid anew only where there are others.
import { element } from "../element.js";
import { arrangement, freshCard, markTile } from "./gallery_tiles.js";
import { foundTiles } from "./tile_search.js";
import { setShape } from "./tile_shape.js";

const tileOn = (wall, wanted, words) => {
  // Kept by name, so that a changed picture is exchanged in place and the focus stays where it was.
  const known = wall.querySelector(`article[data-name="${wanted.name}"]`);
  const card = known?.querySelector(".name").textContent === wanted.title ? known : freshCard(wanted, words);
  const picture = card.querySelector("img");
  if (wanted.url && picture.getAttribute("src") !== wanted.url) picture.src = wanted.url;
  return card;
};

const sectionOn = (wall, { title, tiles }, words) => {
  const [section, grid] = [element("section"), element("div", "tiles")];
  grid.append(...tiles.map((wanted) => tileOn(wall, wanted, words)));
  if (title) section.append(element("h2", "", title));
  section.append(grid);
  return section;
};

export const layWall = (wall, { aspect, strip, columns, sections, chosen, words }) => {
  setShape(wall, aspect);
  wall.classList.toggle("strip", strip);
  wall.classList.toggle("fixed", columns > 0);
  wall.style.setProperty("--columns", columns);
  // While pictures come one after another the tiles stay as they are: moved ones would lose focus and scroll.
  const named = arrangement(sections);
  if (wall.named === named) for (const wanted of sections.flatMap(({ tiles }) => tiles)) tileOn(wall, wanted, words);
  else wall.replaceChildren(...sections.map((section) => sectionOn(wall, section, words)));
  wall.named = named;
  markTile(wall, chosen);
};

// Show the tiles that are wished for, and the sections that have one; what was found.
export const narrowWall = (wall, wish) => {
  const cards = [...wall.querySelectorAll("article")];
  const found = foundTiles(
    cards.map((card) => card.found),
    wish,
  );
  for (const card of cards) card.hidden = !found.ranks.has(card.found.name);
  for (const section of wall.children) section.hidden = !section.querySelector("article:not([hidden])");
  return found;
};
