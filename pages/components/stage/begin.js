// A stage as it comes onto the page: its parts, and who hears hands, wheel and keys on them; and as it leaves.
import { onPlaceKey, onWheel, zoomBy } from "./acts.js";
import { draw } from "./drawing.js";
import { hearHands } from "./gestures.js";
import { handActs } from "./hand_acts.js";
import { beginInstant } from "./instant_cover.js";
import { endInstant } from "./instant_stage.js";
import { hearBrush } from "./mask_paint.js";
import { roomOf } from "./room.js";
import { beginWishes } from "./wishes.js";
import { hearWriting } from "./writing.js";
import { FIT, settled } from "./zoom.js";

export const begin = (root) => {
  const names = [
    "place",
    "sheet",
    "veil",
    "tip",
    "bar",
    "range",
    "shade",
    "handles",
    "faces",
    "chips",
    "line",
    "write",
  ];
  const parts = Object.fromEntries(names.map((name) => [name, root.querySelector(`.${name}`)]));
  const words = [...root.querySelectorAll(".word")];
  const stage = { root, ...parts, words, view: FIT, frames: 0, isHolding: false, leaning: 0, wishes: beginWishes() };
  Object.assign(stage, { stroke: null, strokes: [] }); // of a brush: in hand, and not seen by the server yet
  stage.instant = beginInstant();
  const { place, range } = stage;
  hearHands(place, handActs(stage));
  hearWriting(stage);
  hearBrush(stage);
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

// Nothing is asked for or drawn any more for a stage that is gone.
export const leave = (stage) => {
  for (const timer of [stage.wishTimer, stage.afterTimer]) clearTimeout(timer);
  endInstant(stage);
};
