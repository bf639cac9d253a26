// Tiles are built with textContent only: what they say is never taken for HTML.
const made = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

// The order of all tiles in words: while it stays the same, so do they.
export const arrangement = (sections) =>
  sections.map(({ title, tiles }) => title + tiles.map(({ name }) => ` ${name}`).join("")).join();

// A tile's width for pictures of this shape (width by height), in widths of one of 3 by 2: so that its area is the same.
export const width = (aspect) => Math.sqrt(aspect / 1.5);

// Whether a tile is among those that one searches for: each word of the search, or the beginning of one, is among its own.
export const isWanted = (search, words) =>
  search
    .toLowerCase()
    .split(/[\s_]+/)
    .every((word) => ` ${words}`.includes(word && ` ${word}`));

// The tile that is marked, by its name; whoever does not see the mark hears that it is the current one.
const mark = (wall, chosen) => {
  for (const button of wall.querySelectorAll("button[data-name]")) {
    if (button.dataset.name === chosen) button.ariaCurrent = "true";
    else button.removeAttribute("aria-current");
  }
};

// Where a key leads from the tile that has the focus; the same tile for a key that leads nowhere.
export const next = (key, at, count, columns) => {
  const ways = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const to = ways[key] ?? at;
  return to >= 0 && to < count ? to : at;
};

// All tiles of a strip or of rows of so many are one stop of the Tab key; arrows go from tile to tile.
const roam = (wall, columns) => {
  const buttons = [...wall.querySelectorAll("article > button")];
  const stop = buttons.find((button) => button.tabIndex === 0 && button.roams) ?? buttons[0];
  for (const button of buttons) Object.assign(button, { tabIndex: button === stop ? 0 : -1, roams: true });
  wall.onkeydown = (event) => {
    const at = buttons.indexOf(event.target);
    const to = buttons[next(event.key, at, buttons.length, columns)];
    if (at < 0 || to === event.target) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
};

export default function ({ parentElement, data, setTriggerValue }) {
  const wall = parentElement.querySelector(".wall");
  const search = parentElement.querySelector(".search");
  const none = parentElement.querySelector(".none");
  // Kept by name, so that a changed picture is exchanged in place and the focus stays where it was.
  const tiles = new Map([...wall.querySelectorAll("article")].map((tile) => [tile.dataset.name, tile]));

  const fresh = ({ name, title, summary, about, words }) => {
    const card = made("article");
    const button = made("button");
    card.dataset.name = button.dataset.name = name;
    card.words = words;
    button.type = "button";
    button.append(made("img"), made("span", "name", title), made("span", "summary", summary));
    const picture = button.querySelector("img");
    picture.alt = "";
    picture.loading = "lazy";
    card.append(button);
    if (about) {
      const more = made("details");
      const word = made("summary", "", "How it works");
      word.ariaLabel = `How it works: ${title}`;
      more.append(word, made("p", "", about));
      card.append(more);
    }
    return card;
  };
  const tile = (wanted) => {
    const card = tiles.get(wanted.name) || fresh(wanted);
    const picture = card.querySelector("img");
    if (wanted.url && picture.getAttribute("src") !== wanted.url) picture.src = wanted.url;
    card.querySelector("button").onclick = () => {
      const click = new CustomEvent("emulsion-tile", { detail: [data.key, wanted.name], cancelable: true });
      if (window.dispatchEvent(click)) setTriggerValue("picked", wanted.name); // unless somebody counts it
    };
    return card;
  };

  wall.style.setProperty("--aspect", data.aspect);
  wall.style.setProperty("--wide", width(data.aspect));
  wall.classList.toggle("strip", data.strip);
  wall.classList.toggle("fixed", data.columns > 0);
  wall.style.setProperty("--columns", data.columns);

  // While pictures come one after another the tiles stay as they are: moved ones would lose focus and scroll.
  const named = arrangement(data.sections);
  if (wall.named === named) for (const wanted of data.sections.flatMap(({ tiles: shown }) => shown)) tile(wanted);
  else
    wall.replaceChildren(
      ...data.sections.map(({ title, tiles: shown }) => {
        const section = made("section");
        const grid = made("div", "tiles");
        grid.append(...shown.map(tile));
        if (title) section.append(made("h2", "", title));
        section.append(grid);
        return section;
      }),
    );

  wall.named = named;
  if (data.strip || data.columns) roam(wall, data.columns || 1);

  mark(wall, data.chosen);
  wall.forget?.();
  const onChosen = ({ detail }) => {
    if (data.chosen) mark(wall, detail);
  };
  window.addEventListener("emulsion-chosen", onChosen);
  wall.forget = () => window.removeEventListener("emulsion-chosen", onChosen);

  search.hidden = !data.search;
  search.placeholder = data.search;
  if (data.search) search.ariaLabel = data.search;
  const narrow = () => {
    let shown = 0;
    for (const section of wall.children) {
      const cards = [...section.querySelectorAll("article")];
      for (const card of cards) card.hidden = !isWanted(search.value, card.words);
      const visible = cards.filter((card) => !card.hidden).length;
      section.hidden = !visible;
      shown += visible;
    }
    none.textContent = shown ? "" : `Nothing here is called “${search.value.trim()}”.`;
  };
  search.oninput = narrow;
  narrow();
  return () => wall.forget();
}
