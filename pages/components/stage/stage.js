// The picture one works on: shown whole, compared with its former self, looked at closely.
import { handActs, hold, onKey, onPlaceKey, onWheel, zoomBy } from "./acts.js";
import { draw, say } from "./drawing.js";
import { hearHands } from "./gestures.js";
import { load } from "./pictures.js";
import { roomOf } from "./room.js";
import { showTiles } from "./tiles.js";
import { FIT, settled } from "./zoom.js";

const stages = new WeakMap();
let current = null; // the stage that keys are for

const begin = (root) => {
  const [place, sheet, bar, range] = [".place", ".sheet", ".bar", "input"].map((name) => root.querySelector(name));
  const words = [...root.querySelectorAll(".word")];
  const stage = { root, place, sheet, bar, range, words, view: FIT, frames: 0, isHolding: false };
  hearHands(place, handActs(stage));
  place.addEventListener("keydown", (event) => onPlaceKey(stage, event));
  place.addEventListener("wheel", (event) => onWheel(stage, event), { passive: false });
  range.addEventListener("input", () => draw(stage));
  for (const button of root.querySelectorAll(".zoom button"))
    button.addEventListener("click", () => zoomBy(stage, button.dataset.zoom));
  new ResizeObserver(() => {
    if (stage.shown) stage.view = settled(stage.view, roomOf(stage));
    draw(stage);
  }).observe(place);
  return stage;
};

// Put the next picture, and its former self, in place of those before: both at once, when both can be drawn.
const exchange = async (stage, data) => {
  const isWanted = () => stage.wanted === data;
  const coming = [load(data.picture, "after", isWanted), data.former && load(data.former, "before", isWanted)];
  const [shown, former] = await Promise.all(coming);
  if (!isWanted()) return;
  stage.former?.remove();
  Object.assign(stage, { shown, data, former: former || null });
  shown.alt = data.alt;
  stage.sheet.replaceChildren(shown);
  stage.view = settled(stage.view, roomOf(stage));
  stage.frames += 1;
  stage.root.dataset.frames = stage.frames;
  draw(stage);
  if (stage.news) showTiles(stage, stage.news);
};

const show = (stage, data) => {
  say(stage, data);
  stage.wanted = data;
  if (stage.data?.picture !== data.picture || stage.data?.former !== data.former) exchange(stage, data);
  else {
    stage.data = data;
    stage.shown.alt = data.alt;
    draw(stage);
  }
};

const hearKey = (event) => current && onKey(current, event);
const hearTiles = ({ detail }) => current && showTiles(current, detail);
const letGo = () => current && hold(current, false); // a key's end is told to whatever window there is then

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".stage");
  if (!stages.has(root)) stages.set(root, begin(root));
  current = stages.get(root);
  show(current, data);
  for (const name of ["keydown", "keyup"]) window.addEventListener(name, hearKey);
  window.addEventListener("emulsion-tiles", hearTiles);
  window.addEventListener("blur", letGo);
  return () => {
    if (current?.root === root) current = null;
  };
}
