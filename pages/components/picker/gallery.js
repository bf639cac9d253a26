import { element } from "../element.js";
import { rememberPlace } from "../remembered_place.js";
import { rove } from "../roving.js";
import { showChips } from "./chips.js";
import { arrangement, freshCard, markTile } from "./gallery_tiles.js";
import { isShown } from "./tile_search.js";
import { setShape } from "./tile_shape.js";

const galleries = new WeakMap(); // by the element that holds one: the script runs at each change of the data

const openGallery = (root) => {
  const [search, row, none, wall] = [".search", ".chips", ".none", ".wall"].map((one) => root.querySelector(one));
  const gallery = { chip: "all" };

  const tile = (wanted) => {
    // Kept by name, so that a changed picture is exchanged in place and the focus stays where it was.
    const card = wall.querySelector(`article[data-name="${wanted.name}"]`) ?? freshCard(wanted);
    const picture = card.querySelector("img");
    if (wanted.url && picture.getAttribute("src") !== wanted.url) picture.src = wanted.url;
    return card;
  };
  const lay = ({ title, tiles }) => {
    const [section, grid] = [element("section"), element("div", "tiles")];
    grid.append(...tiles.map(tile));
    if (title) section.append(element("h2", "", title));
    section.append(grid);
    return section;
  };
  const narrow = () => {
    for (const card of wall.querySelectorAll("article"))
      card.hidden = !isShown(card.found, { search: search.value, chip: gallery.chip });
    for (const section of wall.children) section.hidden = !section.querySelector("article:not([hidden])");
    const isAny = wall.querySelector("section:not([hidden])");
    none.textContent = isAny ? "" : `Nothing here is called “${search.value.trim()}”.`;
    rove(wall, "button[data-name]", (button) => button.parentElement.querySelectorAll("summary"));
  };
  const choose = (chip, typed = "") => {
    Object.assign(gallery, { chip });
    search.value = typed;
    showChips(row, gallery.data.chips, chip, choose);
    narrow();
    gallery.place?.keep();
  };
  const begin = ({ key, search: words }) => {
    if (!words) return;
    gallery.place = rememberPlace(key, () => ({ chip: gallery.chip, search: search.value }));
    const { chip = "all", search: typed = "" } = gallery.place.kept;
    gallery.show();
    choose(chip, typed);
    gallery.place.begin();
  };
  gallery.show = () => {
    const { data } = gallery;
    setShape(wall, data.aspect);
    wall.classList.toggle("strip", data.strip);
    wall.classList.toggle("fixed", data.columns > 0);
    wall.style.setProperty("--columns", data.columns);
    // While pictures come one after another the tiles stay as they are: moved ones would lose focus and scroll.
    const named = arrangement(data.sections);
    if (wall.named === named) for (const wanted of data.sections.flatMap(({ tiles }) => tiles)) tile(wanted);
    else wall.replaceChildren(...data.sections.map(lay));
    wall.named = named;
    markTile(wall, data.chosen);
    Object.assign(search, { hidden: !data.search, placeholder: data.search, ariaLabel: data.search || null });
    search.oninput = narrow;
    showChips(row, data.chips, gallery.chip, choose);
    narrow();
  };
  const onChosen = ({ detail }) => gallery.data.chosen && markTile(wall, detail);
  wall.onclick = ({ target }) => {
    const name = target.closest("button")?.dataset.name;
    const click = new CustomEvent("emulsion-tile", { detail: [gallery.data.key, name], cancelable: true });
    if (name && window.dispatchEvent(click)) gallery.setTriggerValue("picked", name); // unless somebody counts it
  };
  window.addEventListener("emulsion-chosen", onChosen);
  gallery.end = () => {
    window.removeEventListener("emulsion-chosen", onChosen);
    gallery.place?.end();
    galleries.delete(root);
  };
  return Object.assign(gallery, { begin });
};

export default function ({ parentElement, ...given }) {
  const known = galleries.get(parentElement);
  const gallery = Object.assign(known ?? openGallery(parentElement), given);
  galleries.set(parentElement, gallery);
  if (!known) gallery.begin(given.data);
  gallery.show();
  return gallery.end;
}
