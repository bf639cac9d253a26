// The mask over the picture, in red: as the server made it, and over that what has been painted since.
import { put } from "./laid.js";
import { layersOf } from "./mask_strokes.js";
import { roomOf } from "./room.js";
import { rectangle } from "./zoom.js";

const RED = "rgb(235 30 45)";
const MOST_PIXELS = 1200; // pixels of the veil's longer side

const drawBrush = (context, { size, points }, soft) => {
  const { width, height } = context.canvas;
  for (const layer of layersOf(size * Math.min(width, height), soft)) {
    context.globalAlpha = layer.alpha;
    context.lineWidth = Math.max(layer.width, 0.5);
    context.beginPath();
    context.moveTo(points[0].x * width, points[0].y * height);
    for (const { x, y } of points) context.lineTo(x * width, y * height);
    context.stroke();
  }
};

const drawStrokes = (stage, context) => {
  Object.assign(context, { strokeStyle: RED, lineCap: "round", lineJoin: "round" });
  for (const stroke of [...stage.strokes, ...(stage.stroke ? [stage.stroke] : [])]) {
    context.globalCompositeOperation = stroke.takes ? "destination-out" : "source-over";
    for (const line of stroke.lines) drawBrush(context, line, stroke.soft);
  }
};

// Lay the veil over the picture as it lies now, and draw it anew.
export const layVeil = (stage) => {
  const { veil, data, view } = stage;
  const picture = data?.grips?.veil && stage.veilPicture;
  veil.hidden = !picture;
  if (!picture) return;
  const there = rectangle(view, roomOf(stage));
  put(veil, there);
  const scale = Math.min(1, MOST_PIXELS / Math.max(there.width, there.height));
  [veil.width, veil.height] = [there.width, there.height].map((side) => Math.max(1, Math.round(side * scale)));
  const context = veil.getContext("2d");
  context.drawImage(picture, 0, 0, veil.width, veil.height);
  drawStrokes(stage, context);
};

const pictureAt = async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
};

// Take up the veil that the server has made, once it can be drawn; until then the one before stays.
export const showVeil = async (stage, settle) => {
  const { grips } = stage.data;
  stage.tip.hidden ||= !grips?.brush;
  stage.root.classList.toggle("painting", Boolean(grips?.brush));
  stage.root.classList.toggle("picking", Boolean(grips?.seen));
  stage.veilAddress = grips?.veil;
  if (!grips?.veil) stage.veilPicture = null;
  else if (grips.veil !== stage.veilPicture?.getAttribute("src")) {
    const picture = await pictureAt(grips.veil).catch(() => null); // another is on its way
    if (stage.veilAddress !== grips.veil || !picture) return;
    stage.veilPicture = picture;
  }
  settle(stage, grips);
  layVeil(stage);
};
