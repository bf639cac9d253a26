// The bar between before and after: where it stands, and how much of the photo before is left of it.
import { within } from "./zoom.js";

const STEP = 2; // %, how far an arrow key moves the bar
const WAYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP };
const GRIP = 24; // px on either side of the bar in which a hand takes hold of it

// Where a key moves the bar from here (as a field tells it: in letters); null for a key that does not.
export const barMoved = (at, key) => (key in WAYS ? Number(at) + WAYS[key] : null);

// The part of the picture that is in sight, from left to right, in CSS pixels of its place.
const shownPart = ({ left, width }, room) => [Math.max(left, 0), Math.min(left + width, room.width)];

// The bar's place in CSS pixels where it stands at so many % of what is in sight; and the way back.
export const barLine = (at, rectangle, room) => {
  const [left, right] = shownPart(rectangle, room);
  return left + ((right - left) * at) / 100;
};

export const barAt = (x, rectangle, room) => {
  const [left, right] = shownPart(rectangle, room);
  return within(0, ((x - left) / (right - left)) * 100, 100);
};

// A whole picture is compared wherever it is touched; one that is zoomed in is moved, but for the bar itself.
export const takesBar = (x, line, isWhole) => isWhole || Math.abs(x - line) <= GRIP;
