import { rove } from "../roving.js";
import { unpacked } from "../unpacked.js";
import { showChips } from "./chips.js";
import { favourites, toggleFavourite } from "./favourites.js";
import { addressed, beginTiles, layTiles, markTiles, shownTile } from "./picker_tiles.js";
import { foundTiles, toldOf } from "./tile_search.js";
import { followTrials } from "./trial_preview.js";

const CLOSE = ".st-key-close_picker button"; // what Escape presses
const STOP = ".tile[tabindex='0']";
const pickers = new WeakMap(); // by the element that holds one: the script runs at each change of the data

const nameAt = ({ target }) => target.closest("article")?.dataset.name;

const openPicker = (root) => {
  const [search, row, none, grid] = [".search", ".chips", ".none", ".tiles"].map((one) => root.querySelector(one));
  const picker = { chip: "all", endTiles: beginTiles(grid) };
  const known = (name) => picker.tiles.find((tile) => tile.name === name);
  const trials = followTrials(grid, (name) => shownTile(grid, known(name)), nameAt);

  const narrow = () => {
    const wish = { search: search.value.trim(), chip: picker.chip, favourites: favourites() };
    const found = foundTiles(picker.tiles, wish);
    markTiles(grid, found.ranks, wish.favourites);
    none.textContent = toldOf(found, wish.search, picker.data.words);
    rove(grid, ".tile");
  };
  const choose = (chip) => {
    picker.chip = chip;
    search.value = "";
    grid.scrollTop = 0;
    picker.show();
  };
  picker.show = () => {
    const { chips, words } = picker.data;
    if (!(picker.chip in chips)) picker.chip = "all"; // the last of that kind has gone
    Object.assign(search, { placeholder: words.search, ariaLabel: words.search, oninput: narrow });
    row.ariaLabel = words.kinds;
    grid.ariaLabel = words.tiles;
    layTiles(grid, picker);
    showChips(row, chips, picker.chip, choose);
    narrow();
  };
  const pick = (name) => {
    trials.leave();
    const click = new CustomEvent("emulsion-tile", { detail: ["picker", name], cancelable: true });
    if (window.dispatchEvent(click)) picker.setTriggerValue("picked", name); // unless somebody counts it
  };
  const like = (name) => {
    toggleFavourite(name);
    narrow();
    if (!root.querySelector(":focus")?.getClientRects().length) grid.querySelector(STOP)?.focus();
  };

  grid.onclick = (event) => {
    if (event.target.closest(".heart")) like(nameAt(event));
    else if (event.target.closest(".tile") && event.detail < 2) pick(nameAt(event)); // a double click is one
  };
  search.parentElement.onkeydown = (event) => {
    if (event.key === "Escape" && !search.value) document.querySelector(CLOSE)?.click();
    else if (["ArrowDown", "Enter"].includes(event.key) && event.target === search) {
      event.preventDefault(); // the tile is chosen by another Enter
      grid.querySelector(STOP)?.focus();
    } else if (event.key.toLowerCase() === "f" && nameAt(event) && !event.ctrlKey && !event.metaKey)
      like(nameAt(event));
  };
  if (matchMedia("(pointer: fine)").matches) search.focus({ preventScroll: true }); // else a keyboard covers the tiles
  picker.close = () => pickers.delete(root) && [trials.end, picker.endTiles].map((end) => end());
  return picker;
};

export default function ({ parentElement, ...given }) {
  const picker = pickers.get(parentElement) ?? openPicker(parentElement);
  pickers.set(parentElement, Object.assign(picker, given));
  unpacked(given.data.tiles).then((tiles) => {
    picker.tiles = [...picker.data.own, ...tiles].map((tile, place) => addressed(tile, place, picker.data));
    if (pickers.get(parentElement) === picker) picker.show();
  });
  return picker.close;
}
