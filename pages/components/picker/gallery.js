// A gallery: tiles that one searches and narrows down by chips, and of which a click chooses one.
import { rememberPlace } from "../remembered_place.js";
import { rove } from "../roving.js";
import { showChips } from "./chips.js";
import { markTile } from "./gallery_tiles.js";
import { layWall, narrowWall } from "./gallery_wall.js";
import { toldOf } from "./tile_search.js";

const galleries = new WeakMap(); // by the element that holds one: the script runs at each change of the data

const openGallery = (root) => {
  const [search, row, none, wall] = [".search", ".chips", ".none", ".wall"].map((one) => root.querySelector(one));
  const gallery = { chip: "all" };

  const narrow = () => {
    const typed = search.value.trim();
    const found = narrowWall(wall, { search: typed, chip: gallery.chip });
    none.textContent = toldOf(found, typed, gallery.data.words);
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
    layWall(wall, data);
    row.ariaLabel = data.words.kinds;
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

const comeInSight = (key) =>
  document.querySelector(`.st-key-${key}`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });

export default function ({ parentElement, ...given }) {
  const known = galleries.get(parentElement);
  const gallery = Object.assign(known ?? openGallery(parentElement), given);
  galleries.set(parentElement, gallery);
  if (!known) gallery.begin(given.data);
  gallery.show();
  if (!known && given.data.comes) comeInSight(given.data.key);
  return gallery.end;
}
