// What of an effect lies in the picture: where its handles are, and what a hand that moves one asks for.
//
// `grips` says which parameters lie there: `spots` are pairs of positions, `around` the radius of a circle about the first
// of them, `across` the width of a band through it, `clockwise` an angle from the right. Lengths are shares of the shorter
// side, points are shares of width and height; `size` is the picture's, in pixels.
import { within } from "./zoom.js";

const ARM = 0.3; // of the shorter side, how far from the point an angle is taken hold of

const sideOf = ({ width, height }) => Math.min(width, height);
const angleOf = (grips, values) => (grips.clockwise ? (values[grips.clockwise] * Math.PI) / 180 : 0);
export const spotName = (number) => (number ? `center${number + 1}` : "center");

// The point at a distance from another, in a direction (radians, clockwise from the right).
const away = (from, distance, direction, size) => ({
  x: from.x + (distance * sideOf(size) * Math.cos(direction)) / size.width,
  y: from.y + (distance * sideOf(size) * Math.sin(direction)) / size.height,
});

const offset = (from, to, size) => ({
  across: ((to.x - from.x) * size.width) / sideOf(size),
  down: ((to.y - from.y) * size.height) / sideOf(size),
});

// Where each handle is, by its name; `leaning` is the direction in which a radius was last taken hold of.
export const handlePoints = (grips, values, size, leaning = 0) => {
  const points = {};
  grips.spots.forEach(([x, y], number) => {
    points[spotName(number)] = { x: values[x], y: values[y] };
  });
  const { around, across, clockwise } = grips;
  const angle = angleOf(grips, values);
  if (around) points[around] = away(points.center, values[around], leaning, size);
  if (across) points[across] = away(points.center, values[across] / 2, angle + Math.PI / 2, size);
  if (clockwise) points[clockwise] = away(points.center, ARM, angle, size);
  return points;
};

// The same angle within its range: a line is the same half a turn on, an arrow a whole turn.
export const angleWithin = (angle, [low, high]) => {
  const turn = high - low <= 180 ? 180 : 360;
  const same = [-2, -1, 0, 1, 2].map((turns) => angle + turns * turn);
  return same.find((each) => each >= low && each <= high) ?? within(low, angle, high);
};

// What is asked for by a handle that is dragged to a point: values by the names of parameters.
export const valuesAt = (grips, values, size, name, point) => {
  const spot = grips.spots.find((_, number) => spotName(number) === name);
  if (spot) return Object.fromEntries(spot.map((param, place) => [param, within(0, place ? point.y : point.x, 1)]));
  const { across, down } = offset({ x: values[grips.spots[0][0]], y: values[grips.spots[0][1]] }, point, size);
  const [low, high] = grips.limits[name];
  const angle = angleOf(grips, values);
  if (name === grips.around) return { [name]: within(low, Math.hypot(across, down), high) };
  if (name === grips.across)
    return { [name]: within(low, 2 * Math.abs(down * Math.cos(angle) - across * Math.sin(angle)), high) };
  return { [name]: angleWithin((Math.atan2(down, across) * 180) / Math.PI, [low, high]) };
};

// What an arrow key asks for at a handle: a step of 1 % (`by`), or of one degree.
export const valuesByKey = (grips, values, name, [right, below], by) => {
  const spot = grips.spots.find((_, number) => spotName(number) === name);
  if (spot)
    return Object.fromEntries(
      spot.map((param, place) => [param, within(0, values[param] + (place ? below : right) * by, 1)]),
    );
  const step = name === grips.clockwise ? 100 * by : by;
  const way = name === grips.clockwise ? right + below : right - below;
  return { [name]: within(grips.limits[name][0], values[name] + way * step, grips.limits[name][1]) };
};
