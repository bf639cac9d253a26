// What lies over the picture where something is taken hold of: the rectangle, the circle, the band, and the handles.
import { heldOf } from "./held.js";
import { roomOf } from "./room.js";
import { rectangle } from "./zoom.js";

const put = (element, { left, top, width, height, turn = 0 }) => {
  element.hidden = false;
  for (const [side, value] of Object.entries({ left, top, width, height })) element.style[side] = `${value}px`;
  element.style.transform = turn ? `rotate(${turn}deg)` : "";
};

// About a point, so wide and so high.
const around = ({ x, y }, width, height, turn) => ({ left: x - width / 2, top: y - height / 2, width, height, turn });

export const layHandles = (stage) => {
  const { shade, handles, data } = stage;
  const [box, ring, band] = shade.children;
  for (const mark of [box, ring, band]) mark.hidden = true;
  stage.root.classList.toggle("cropping", Boolean(data?.grips?.box.length));
  if (!data?.grips) return;
  const there = rectangle(stage.view, roomOf(stage));
  const { grips, values, points, box: rectangular } = heldOf(stage);
  const [scale, centre] = [Math.min(there.width, there.height), points.center];
  const inPicture = ({ x, y }) => ({ x: x * there.width, y: y * there.height });
  put(shade, there);

  const sides = rectangular && {
    left: rectangular[0] * there.width,
    top: rectangular[1] * there.height,
    width: rectangular[2] * there.width,
    height: rectangular[3] * there.height,
  };
  if (sides) put(box, sides);
  if (grips.around) put(ring, around(inPicture(centre), ...Array(2).fill(2 * values[grips.around] * scale)));
  if (grips.across) {
    const length = 3 * Math.max(there.width, there.height);
    put(band, around(inPicture(centre), length, values[grips.across] * scale, values[grips.clockwise] || 0));
  }
  for (const button of handles.children) {
    const point = inPicture(points[button.dataset.handle]);
    if (button.dataset.handle === "move")
      put(button, { ...sides, left: there.left + sides.left, top: there.top + sides.top });
    else Object.assign(button.style, { left: `${there.left + point.x}px`, top: `${there.top + point.y}px` });
  }
};
