// Angles that lie in the picture, as an effect counts them.
import { within } from "./zoom.js";

// Where an angle of an effect lies, clockwise from the right, in radians; 0 where it has none.
export const angleOf = ({ angle, bearing }, values) =>
  angle ? ((bearing[0] + bearing[1] * values[angle]) * Math.PI) / 180 : 0;

// The same angle within its range, the nearest to another: a line is the same half a turn on, an arrow a whole turn.
export const angleWithin = (angle, [low, high], near = angle) => {
  const turn = high - low <= 180 ? 180 : 360;
  const first = angle + Math.ceil((low - angle) / turn) * turn;
  if (first > high) return within(low, angle, high);
  return first + within(0, Math.round((near - first) / turn), Math.floor((high - first) / turn)) * turn;
};
