// The shapes of a mask in the picture: an ellipse by its half axes and its angle, a gradient between two lines.
//
// Half axes are shares of the shorter side; `angle` is where the axis of the first lies, clockwise from the right.
import { around, put } from "./laid.js";
import { onLine } from "./reach.js";
import { within } from "./zoom.js";

const turnOf = ({ angle }, values) => ((values[angle] || 0) * Math.PI) / 180;

// Where the half axes are taken hold of.
export const ellipsePoints = (grips, values, size) => {
  const [x, y] = grips.spots[0].map((param) => values[param]);
  return Object.fromEntries(
    grips.ellipse.map((param, place) => {
      const turn = turnOf(grips, values) + (place * Math.PI) / 2;
      return [param, onLine({ x, y }, values[param], turn, size)];
    }),
  );
};

// The half axis that is asked for by a handle so far across and down from the middle, in shares of the shorter side.
export const halfAxis = (grips, values, name, { across, down }) => {
  const turn = turnOf(grips, values) + (grips.ellipse.indexOf(name) * Math.PI) / 2;
  const [low, high] = grips.limits[name];
  return { [name]: within(low, Math.abs(across * Math.cos(turn) + down * Math.sin(turn)), high) };
};

// Lay the ellipse, or both lines of the gradient, over the picture of so many CSS pixels.
export const layShape = ({ ring, band }, grips, values, points, there) => {
  const inPicture = ({ x, y }) => ({ x: x * there.width, y: y * there.height });
  if (grips.ellipse?.length) {
    const [across, down] = grips.ellipse.map((param) => 2 * values[param] * Math.min(there.width, there.height));
    put(ring, around(inPicture(points.center), across, down, values[grips.angle]));
  }
  if (!grips.between) return;
  const [from, to] = [points.center, points.center2].map(inPicture);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const [right, below] = [to.x - from.x, to.y - from.y];
  const length = 3 * Math.max(there.width, there.height);
  const turn = (Math.atan2(below, right) * 180) / Math.PI - 90;
  put(band, around(middle, length, Math.hypot(right, below), turn));
};
