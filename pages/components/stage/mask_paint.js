// A brush on the picture: what a hand paints is seen at once, and told when the hand is lifted.
import { pointIn } from "./gestures.js";
import { around, put } from "./laid.js";
import { linesOf, lineText } from "./mask_strokes.js";
import { layVeil } from "./mask_veil.js";
import { roomOf } from "./room.js";
import { rectangle } from "./zoom.js";

// Where a hand is in the picture, in shares of it, and how hard it presses.
const placeOf = (stage, { x, y, pressure = 1 }) => {
  const { left, top, width, height } = rectangle(stage.view, roomOf(stage));
  return { x: (x - left) / width, y: (y - top) / height, pressure };
};

const paintTo = (stage, at) => {
  const { stroke } = stage;
  stroke.points.push(placeOf(stage, at));
  stroke.lines = linesOf(stroke.points, stroke.size);
  layVeil(stage);
};

// Begin a stroke at a point.
export const beginStroke = (stage, at) => {
  const { brush, card } = stage.data.grips;
  stage.stroke = { ...brush, card, points: [], lines: [] };
  paintTo(stage, at);
  return false; // a hand held still shows nothing then
};

export const drawStroke = (stage, points) => {
  for (const at of points) paintTo(stage, at);
};

// The hand has left the picture: what it painted is told, if it was meant, and stays in sight until the server has it.
export const endStroke = (stage, isMeant) => {
  const { stroke } = stage;
  if (!stroke) return;
  stage.stroke = null;
  if (isMeant) {
    const { card, soft, erase, lines } = stroke;
    const words = ["paint", ...card.split("/"), Math.round(soft * 100), Number(erase), ...lines.map(lineText)];
    const detail = { way: words.join(" "), count: 0, load: "" }; // a press, in one line with all others
    window.dispatchEvent(new CustomEvent("emulsion-card", { detail, cancelable: true }));
    stage.strokes.push({ ...stroke, told: detail });
  }
  layVeil(stage);
};

// Forget the strokes that are in the mask which the server has shown, and those of another mask.
export const settleStrokes = (stage, grips) => {
  const [load, count] = grips?.followed ?? ["", 0];
  const isSeen = ({ told }) => !told.count || (load === told.load && told.count <= count);
  stage.strokes = stage.strokes.filter((stroke) => stroke.card === grips?.card && !isSeen(stroke));
};

// Show how large the brush is where the pointer is.
export const hearBrush = (stage) => {
  const { place, tip } = stage;
  const hide = () => {
    tip.hidden = true;
  };
  place.addEventListener("pointermove", (event) => {
    const brush = stage.data?.grips?.brush;
    if (!brush || (event.pointerType === "touch" && !stage.stroke)) return hide();
    const { width, height } = rectangle(stage.view, roomOf(stage));
    const across = brush.size * Math.min(width, height);
    put(tip, around(pointIn(place, event), across, across));
  });
  for (const name of ["pointerleave", "pointercancel"]) place.addEventListener(name, hide);
};
