// How something is laid over the picture: in CSS pixels, about a point, turned.
import { within } from "./zoom.js";

export const put = (element, { left, top, width, height, turn = 0 }) => {
  element.hidden = false;
  for (const [side, value] of Object.entries({ left, top, width, height })) element.style[side] = `${value}px`;
  element.style.transform = turn ? `rotate(${turn}deg)` : "";
};

// About a point, so wide and so high.
export const around = ({ x, y }, width, height, turn) => ({
  left: x - width / 2,
  top: y - height / 2,
  width,
  height,
  turn,
});

// A button on a point near the edge of what is seen: it lies whole inside, where a finger meets all of it, and its dot
// stays on the point. Beyond the edge it is out of sight, as its point is; where there is none (null) nothing is cut off.
export const putInside = (button, point, room) => {
  const half = (button.offsetWidth || 0) / 2;
  const ends = room && { left: room.width, top: room.height };
  const isSeen = room && Object.entries(ends).every(([side, end]) => point[side] > -1 && point[side] < end + 1);
  for (const side of ["left", "top"]) {
    const at = isSeen ? within(half, point[side], ends[side] - half) : point[side];
    button.style[side] = `${at}px`;
    button.style.setProperty(`--dot-${side}`, `${point[side] - at}px`);
  }
};
