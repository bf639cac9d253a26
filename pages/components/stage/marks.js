// What lies over the picture where something is taken hold of: the rectangle, circles, the band, the handles, what is written.
import { heldOf } from "./held.js";
import { around, put, putInside } from "./laid.js";
import { layShape } from "./mask_shapes.js";
import { layVeil } from "./mask_veil.js";
import { nearestInside } from "./reach.js";
import { roomOf } from "./room.js";
import { ARM, centreOf } from "./spots.js";
import { rectangle } from "./zoom.js";

// What one does on the picture is told to the style sheet.
const tellWork = ({ classList }, grips) => {
  classList.toggle("cropping", Boolean(grips && (grips.box.length || grips.turned || grips.turns.length)));
  classList.toggle("levelling", Boolean(grips?.turned));
  classList.toggle("writing", Boolean(grips?.words));
};

export const layHandles = (stage) => {
  const { shade, handles, data } = stage;
  const [box, ring, band, arm] = shade.children;
  for (const mark of [box, ring, band, arm]) mark.hidden = true;
  tellWork(stage.root, data?.grips);
  layVeil(stage);
  if (!data?.grips) return;
  const room = roomOf(stage);
  const there = rectangle(stage.view, room);
  const { grips, values, points, box: rectangular } = heldOf(stage);
  const [scale, centre] = [Math.min(there.width, there.height), centreOf(grips, values)];
  const inPicture = ({ x, y }) => ({ x: x * there.width, y: y * there.height });
  // A picture that is turned reaches beyond its own sides.
  const shaded = grips.turned ? { left: 0, top: 0, width: room.width, height: room.height } : there;
  put(shade, shaded);

  const sides = rectangular && {
    left: rectangular[0] * there.width + there.left - shaded.left,
    top: rectangular[1] * there.height + there.top - shaded.top,
    width: rectangular[2] * there.width,
    height: rectangular[3] * there.height,
  };
  if (sides) put(box, sides);
  if (grips.around) put(ring, around(inPicture(centre), ...Array(2).fill(2 * values[grips.around] * scale)));
  if (grips.across) {
    const length = 3 * Math.max(there.width, there.height);
    put(band, around(inPicture(centre), length, values[grips.across] * scale, values[grips.angle] || 0));
  }
  layShape({ ring, band }, grips, values, points, there);
  if (grips.angle) put(arm, around(inPicture(centre), ...Array(2).fill(2 * ARM * scale)));
  if (grips.words) {
    const [{ x, y }, { style }] = [inPicture(points.place), stage.write];
    Object.assign(style, { left: `${there.left + x}px`, top: `${there.top + y}px` });
    style.transform = `translate(${-100 * grips.anchor[0]}%, ${-100 * grips.anchor[1]}%)`;
  } else stage.write.hidden = true;
  const isRoomy = stage.root.classList.contains("cropping");
  for (const button of handles.children) {
    const point = inPicture(nearestInside(points[button.dataset.handle]));
    if (button.dataset.handle === "move")
      put(button, { ...sides, left: there.left + sides.left, top: there.top + sides.top });
    else putInside(button, { left: there.left + point.x, top: there.top + point.y }, isRoomy ? null : room);
  }
};
