// The rectangle of a crop: [left, top, width, height] in shares of the picture, free or of a fixed shape.
import { within } from "./zoom.js";

// A shape's width by its height in shares of the picture; 0 where it is free. `ratio` is that in pixels, -1 the picture's.
export const shareRatio = (ratio, size) => (ratio < 0 ? 1 : (ratio * size.height) / size.width);

// The largest rectangle of a shape in the middle of another.
export const shapedBox = ([left, top, width, height], ratio) => {
  if (!ratio) return [left, top, width, height];
  const [across, down] = [Math.min(width, height * ratio), Math.min(height, width / ratio)];
  return [left + (width - across) / 2, top + (height - down) / 2, across, down];
};

// What is left of a rectangle inside the picture.
export const clippedBox = ([left, top, width, height]) => [
  left,
  top,
  Math.min(width, 1 - left),
  Math.min(height, 1 - top),
];

// An edge pulled: from where it is, by how much, towards which side; the other edge stays.
const pulled = (start, size, by, way, least) => {
  const other = way < 0 ? start + size : start;
  const edge = way < 0 ? within(0, start + by, other - least) : within(other + least, start + size + by, 1);
  return [Math.min(edge, other), Math.abs(edge - other)];
};

// The room for one side of a rectangle that is pulled this way, and where the side begins when it is so long.
const room = (start, size, way) => {
  if (way) return way < 0 ? start + size : 1 - start;
  return 2 * Math.min(start + size / 2, 1 - start - size / 2);
};
const begins = (start, size, way, now) => {
  if (way) return way < 0 ? start + size - now : start;
  return start + (size - now) / 2;
};

// A rectangle of a shape as near to a freely pulled one as the picture has room for: what was not pulled stays.
const reshaped = ([, , width, height], ways, ratio, from) => {
  const wanted = ways[0] && ways[1] ? Math.max(width, height * ratio) : ways[0] ? width : height * ratio;
  const across = Math.min(wanted, room(from[0], from[2], ways[0]), room(from[1], from[3], ways[1]) * ratio);
  const down = across / ratio;
  return [begins(from[0], from[2], ways[0], across), begins(from[1], from[3], ways[1], down), across, down];
};

const SIDES = { w: [-1, 0], e: [1, 0], n: [0, -1], s: [0, 1] };
export const BOX_HANDLES = ["move", "nw", "n", "ne", "e", "se", "s", "sw", "w"];

// Which way a handle pulls: across and down.
const waysOf = (name) => [...name].map((letter) => SIDES[letter]).reduce(([x, y], [a, b]) => [x + a, y + b], [0, 0]);

// Where a handle is on a rectangle.
export const boxPoint = (name, [left, top, width, height]) => {
  const [across, down] = name === "move" ? [0, 0] : waysOf(name);
  return { x: left + (width * (across + 1)) / 2, y: top + (height * (down + 1)) / 2 };
};

// The rectangle after a handle went so far from where it was taken hold of; `least` is the smallest width and height.
export const dragBox = (name, from, across, down, ratio, least) => {
  const [left, top, width, height] = from;
  if (name === "move") return [within(0, left + across, 1 - width), within(0, top + down, 1 - height), width, height];
  const ways = waysOf(name);
  const [x, wide] = ways[0] ? pulled(left, width, across, ways[0], least[0]) : [left, width];
  const [y, high] = ways[1] ? pulled(top, height, down, ways[1], least[1]) : [top, height];
  return ratio ? reshaped([x, y, wide, high], ways, ratio, from) : [x, y, wide, high];
};
