// Where what is written stands: aside of its place in the picture.
import { within } from "./zoom.js";

export const sideOf = ({ width, height }) => Math.min(width, height);

// Where what is written is held by its place in the picture, inside a margin.
export const anchorPoint = ({ anchor, margin }, size) => {
  const along = (share, side) => (margin * sideOf(size)) / side + share * (1 - (2 * margin * sideOf(size)) / side);
  return { x: along(anchor[0], size.width), y: along(anchor[1], size.height) };
};

// A parameter's value inside its limits.
export const allowed = (limits, param, value) => within(limits[param][0], value, limits[param][1]);

// How far aside of its place what is written is asked to stand.
export const asideAt = ({ aside, limits }, point, from) =>
  Object.fromEntries(
    aside.map((param, axis) => [param, allowed(limits, param, axis ? point.y - from.y : point.x - from.x)]),
  );
