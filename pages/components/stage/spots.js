// What of an effect lies in the picture: where its handles are, and what a hand that moves one asks for.
//
// `grips` says which parameters lie there: `spots` are pairs of positions, `around` the radius of a circle about the first
// of them, `across` the width of a band through it, `angle` an angle about it, or about the picture's centre. `bearing` is
// where that is 0, in degrees from the right, and which way it grows: 1 is clockwise. What is written stands `aside` of its
// place. Lengths are shares of the shorter side, points are shares of width and height; `size` is the picture's, in pixels.
import { angleOf, angleWithin } from "./angles.js";
import { allowed, anchorPoint, asideAt, sideOf } from "./aside.js";
import { ellipsePoints, halfAxis } from "./mask_shapes.js";
import { away, onCircle, onLine } from "./reach.js";
import { within } from "./zoom.js";

export const ARM = 0.3; // of the shorter side, how far from the point an angle is taken hold of

const spotName = (number) => (number ? `center${number + 1}` : "center");

const offset = (from, to, size) => ({
  across: ((to.x - from.x) * size.width) / sideOf(size),
  down: ((to.y - from.y) * size.height) / sideOf(size),
});

// What all that lies around a point lies around.
export const centreOf = ({ spots: [first] }, values) =>
  first ? { x: values[first[0]], y: values[first[1]] } : { x: 0.5, y: 0.5 };

// Where each handle is, by its name; `leaning` is the direction in which a radius was last taken hold of.
export const handlePoints = (grips, values, size, leaning = 0) => {
  const points = {};
  grips.spots.forEach(([x, y], number) => {
    points[spotName(number)] = { x: values[x], y: values[y] };
  });
  const { around, across, angle, words, aside } = grips;
  const [centre, direction] = [centreOf(grips, values), angleOf(grips, values)];
  if (around) points[around] = onCircle(centre, values[around], leaning, size);
  if (across) points[across] = onLine(centre, values[across] / 2, direction + Math.PI / 2, size);
  if (grips.ellipse?.length) Object.assign(points, ellipsePoints(grips, values, size));
  if (angle) points[angle] = away(centre, ARM, direction, size);
  if (words) {
    const { x, y } = anchorPoint(grips, size);
    points.place = { x: x + values[aside[0]], y: y + values[aside[1]] };
  }
  return points;
};

// What is asked for by a handle that is dragged to a point: values by the names of parameters.
export const valuesAt = (grips, values, size, name, point) => {
  const spot = grips.spots.find((_, number) => spotName(number) === name);
  if (spot)
    return Object.fromEntries(
      spot.map((param, axis) => [param, allowed(grips.limits, param, axis ? point.y : point.x)]),
    );
  if (name === "place") return asideAt(grips, point, anchorPoint(grips, size));
  const { across, down } = offset(centreOf(grips, values), point, size);
  if (grips.ellipse?.includes(name)) return halfAxis(grips, values, name, { across, down });
  const [low, high] = grips.limits[name];
  const angle = angleOf(grips, values);
  if (name === grips.around) return { [name]: within(low, Math.hypot(across, down), high) };
  if (name === grips.across)
    return { [name]: within(low, 2 * Math.abs(down * Math.cos(angle) - across * Math.sin(angle)), high) };
  const [zero, way] = grips.bearing;
  return { [name]: angleWithin(((Math.atan2(down, across) * 180) / Math.PI - zero) * way, [low, high], values[name]) };
};

// What an arrow key asks for at a handle: a step of 1 % (`by`), or of one degree.
export const valuesByKey = (grips, values, name, [right, below], by) => {
  const pair = name === "place" ? grips.aside : grips.spots.find((_, number) => spotName(number) === name);
  if (pair)
    return Object.fromEntries(
      pair.map((param, axis) => [param, allowed(grips.limits, param, values[param] + (axis ? below : right) * by)]),
    );
  const step = name === grips.angle ? 100 * by : by;
  const way = name === grips.angle ? right + below : right - below;
  return { [name]: within(grips.limits[name][0], values[name] + way * step, grips.limits[name][1]) };
};
