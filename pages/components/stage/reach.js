// Where a handle lies so that a hand comes to it: in the picture, wherever what it holds has a place there.
import { sideOf } from "./aside.js";
import { within } from "./zoom.js";

const TURN = Math.PI / 36; // rad, how finely one looks along a circle
const EASY = 0.04; // of a side, how far from the edge all of a handle is seen
const NOTHING = 1e-9; // what a sine is short of an edge

const isWithin =
  (margin) =>
  ({ x, y }) =>
    Math.max(-x, x - 1, -y, y - 1) < NOTHING - margin;

// The first of some places that lies well in the picture, or at its edge; the very first where none does.
export const inSight = (places) => places.find(isWithin(EASY)) ?? places.find(isWithin(0)) ?? places[0];

// The point at a distance from another, in a direction (radians, clockwise from the right).
export const away = (from, distance, direction, size) => ({
  x: from.x + (distance * sideOf(size) * Math.cos(direction)) / size.width,
  y: from.y + (distance * sideOf(size) * Math.sin(direction)) / size.height,
});

// The point of a circle in the picture that is the nearest to a direction.
export const onCircle = (centre, radius, direction, size) => {
  const turns = Array.from({ length: 73 }, (_, place) => Math.ceil(place / 2) * (place % 2 ? TURN : -TURN));
  return inSight(turns.map((turn) => away(centre, radius, direction + turn, size)));
};

// The point on either side of another, on a line in a direction.
export const onLine = (centre, distance, direction, size) =>
  inSight([direction, direction + Math.PI].map((way) => away(centre, distance, way, size)));

// The point of the picture that is nearest to one that may lie outside.
export const nearestInside = ({ x, y }) => ({ x: within(0, x, 1), y: within(0, y, 1) });
