// A picture that is turned until something in it is level: by how much, and what of it is left. Arithmetic alone.
import { within } from "./zoom.js";

const LEAST_LINE = 24; // CSS pixels; a shorter line has no direction to speak of

// The angle in degrees, clockwise, at which what a line was drawn along is level, or upright if it was nearer to that;
// null for a line too short. The line is drawn on the picture as it is turned now.
export const levelAngle = (angle, from, to, [low, high]) => {
  const [across, down] = [to.x - from.x, to.y - from.y];
  if (Math.hypot(across, down) < LEAST_LINE) return null;
  const leaning = (Math.atan2(down, across) * 180) / Math.PI;
  return within(low, angle - (leaning - 90 * Math.round(leaning / 90)), high);
};

// Width and height of the largest upright rectangle in the middle of a picture turned by so many degrees.
export const insideSize = ({ width, height }, angle) => {
  const turn = (Math.abs(angle) * Math.PI) / 180;
  const [sine, cosine, short] = [Math.sin(turn), Math.cos(turn), Math.min(width, height)];
  if (short <= 2 * sine * cosine * Math.max(width, height) || Math.abs(sine - cosine) < 1e-9) {
    const [one, other] = [short / 2 / sine, short / 2 / cosine]; // two corners touch the longer sides' middles
    return width >= height ? { width: one, height: other } : { width: other, height: one };
  }
  const double = cosine ** 2 - sine ** 2;
  return { width: (width * cosine - height * sine) / double, height: (height * cosine - width * sine) / double };
};

// What is left of a turned picture, as [left, top, width, height] in shares of it: all, unless its corners are cut.
export const levelBox = (angle, size, cuts) => {
  const inside = cuts ? insideSize(size, angle) : size;
  const [across, down] = [inside.width / size.width, inside.height / size.height];
  return [(1 - across) / 2, (1 - down) / 2, across, down];
};
