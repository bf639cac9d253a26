// What the stage does by wheel and key.
import { barMoved } from "./bar.js";
import { draw } from "./drawing.js";
import { pointIn } from "./gestures.js";
import { panKey, takesLetters, zoomKey } from "./keys.js";
import { roomOf } from "./room.js";
import { FIT, panned, scaled, stepped, zoomed } from "./zoom.js";

const WHEEL = 0.002; // share of the size, a pixel of a wheel's turn

export const look = (stage, view) => {
  stage.view = view;
  draw(stage);
};

export const hold = (stage, isHolding) => {
  stage.isHolding = isHolding && Boolean(stage.former);
  draw(stage);
};

export const moveBar = (stage, at) => {
  stage.range.value = at;
  draw(stage);
};

export const zoomBy = (stage, act, at) => {
  if (!stage.shown) return; // the first picture is still to come
  const room = roomOf(stage);
  if (act === "in" || act === "out") look(stage, stepped(stage.view, room, act === "in" ? 1 : -1));
  else look(stage, act === "fit" ? FIT : zoomed(stage.view, room, Number(act) / 100, at));
};

export const onWheel = (stage, event) => {
  if (!stage.shown || !(event.ctrlKey || stage.view.zoom !== null)) return; // the page's own
  event.preventDefault();
  look(stage, scaled(stage.view, roomOf(stage), Math.exp(-event.deltaY * WHEEL), pointIn(stage.place, event)));
};

// Keys that count wherever one is on the page.
export const onKey = (stage, event) => {
  if (!stage.shown || takesLetters(event.composedPath()[0])) return;
  const act = zoomKey(event);
  if (act === "before") hold(stage, event.type === "keydown");
  else if (act && event.type === "keydown") zoomBy(stage, act);
};

// Keys that count where the stage has the focus: on the picture they move it, on the bar they move that.
export const onPlaceKey = (stage, event) => {
  const bar = event.target === stage.range ? barMoved(stage.range.value, event.key) : null;
  const way = event.target === stage.place ? panKey(event) : null;
  if (bar === null && (way === null || stage.view.zoom === null)) return;
  event.preventDefault();
  const room = roomOf(stage);
  if (bar !== null) moveBar(stage, bar);
  else look(stage, panned(stage.view, room, way[0] * room.width, way[1] * room.height));
};
