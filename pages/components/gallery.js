// Tiles are built with textContent only: what they say is never taken for HTML.
const made = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

export default function ({ parentElement, data, setTriggerValue }) {
  const wall = parentElement.querySelector(".wall");
  const search = parentElement.querySelector(".search");
  const none = parentElement.querySelector(".none");
  // Kept by name, so that a changed picture is exchanged in place and the focus stays where it was.
  const tiles = new Map([...wall.querySelectorAll("button")].map((tile) => [tile.dataset.name, tile]));

  const tile = ({ name, title, summary, url }) => {
    let button = tiles.get(name);
    if (!button) {
      button = made("button");
      button.type = "button";
      button.dataset.name = name;
      button.append(made("img"), made("span", "name", title), made("span", "summary", summary));
      const picture = button.querySelector("img");
      picture.alt = "";
      picture.loading = "lazy";
    }
    const picture = button.querySelector("img");
    if (picture.getAttribute("src") !== url) picture.src = url;
    button.onclick = () => setTriggerValue("picked", name);
    return button;
  };

  wall.classList.toggle("strip", data.strip);
  wall.replaceChildren(
    ...data.sections.map(({ title, tiles: shown }) => {
      const section = made("section");
      const grid = made("div", "tiles");
      grid.append(...shown.map(tile));
      if (title) section.append(made("h3", "", title));
      section.append(grid);
      return section;
    }),
  );

  search.hidden = !data.search;
  search.placeholder = data.search;
  if (data.search) search.ariaLabel = data.search;
  const narrow = () => {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const section of wall.children) {
      const buttons = [...section.querySelectorAll("button")];
      for (const button of buttons) button.hidden = !(button.dataset.name + " " + button.textContent).toLowerCase().includes(wanted);
      const visible = buttons.filter((button) => !button.hidden).length;
      section.hidden = !visible;
      shown += visible;
    }
    none.textContent = shown ? "" : `Nothing here is called “${search.value.trim()}”.`;
  };
  search.oninput = narrow;
  narrow();
}
