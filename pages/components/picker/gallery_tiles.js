import { element } from "../element.js";
import { filled } from "../filled.js";

// A card: the tile that is clicked, and under it what there is to read for whoever wants to know more.
export const freshCard = ({ name, title, summary, about, words, chips, badge }, says) => {
  const [card, button] = [element("article"), element("button")];
  const picture = element("img");
  card.dataset.name = button.dataset.name = name;
  card.found = { name, words, chips };
  button.type = "button";
  picture.alt = "";
  picture.loading = "lazy";
  button.append(picture, element("span", "name", title), element("span", "summary", summary));
  if (badge) button.append(element("span", "badge", badge));
  card.append(button);
  if (about) {
    const more = element("details");
    const word = element("summary", "", says.more);
    word.ariaLabel = filled(says.more_of, { title });
    more.append(word, element("p", "", about));
    card.append(more);
  }
  return card;
};

// The tile that is marked, by its name; whoever does not see the mark hears that it is the current one.
export const markTile = (wall, chosen) => {
  for (const button of wall.querySelectorAll("button[data-name]")) {
    if (button.dataset.name === chosen) button.ariaCurrent = "true";
    else button.removeAttribute("aria-current");
  }
};

// The order of all tiles in words, and what they are called: while it stays the same, so do they.
export const arrangement = (sections) =>
  JSON.stringify(sections.map((section) => [section.title, section.tiles.map(({ name, title }) => [name, title])]));
