// The colour of a mask, picked from the picture that its step sees.
import { ask, beginPull } from "./pulls.js";
import { roomOf } from "./room.js";
import { rectangle, within } from "./zoom.js";

// A colour as a field of colours has it.
export const hexOf = (channels) => `#${channels.map((level) => level.toString(16).padStart(2, "0")).join("")}`;

// The colour of a picture at a point, in shares of it: of the pixel there.
const colourAt = (picture, x, y) => {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d");
  const [across, down] = [
    within(0, Math.floor(x * picture.naturalWidth), picture.naturalWidth - 1),
    within(0, Math.floor(y * picture.naturalHeight), picture.naturalHeight - 1),
  ];
  context.drawImage(picture, across, down, 1, 1, 0, 0, 1, 1);
  return hexOf([...context.getImageData(0, 0, 1, 1).data].slice(0, 3));
};

// Ask for the colour that is where a hand has touched the picture.
export const pickColour = async (stage, at) => {
  const { seen, card } = stage.data.grips;
  const { left, top, width, height } = rectangle(stage.view, roomOf(stage));
  const [x, y] = [(at.x - left) / width, (at.y - top) / height];
  if (x < 0 || x > 1 || y < 0 || y > 1) return;
  const picture = new Image();
  picture.src = seen;
  await picture.decode().catch(() => null);
  if (!picture.naturalWidth || stage.data.grips?.card !== card) return;
  beginPull();
  ask(stage, { color: colourAt(picture, x, y) });
};
