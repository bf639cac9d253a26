// What a hand can take hold of on the picture, as it is now.
import { BOX_HANDLES, boxPoint, clippedBox, shapedBox, shareRatio } from "./box.js";
import { levelBox } from "./level.js";
import { handlePoints } from "./spots.js";

// What there is to take hold of now: of which card, its values as last asked for, and where all of it lies.
export const heldOf = (stage) => {
  const { grips, width, height } = stage.data;
  const asked = stage.wishes.card === grips.card ? stage.wishes.values : {};
  const [values, size] = [
    { ...grips.values, ...asked },
    { width, height },
  ];
  const shape = grips.shapes.find(({ value }) => value === values[grips.shape]);
  const ratio = shape?.ratio ? shareRatio(shape.ratio, size) : 0;
  const box = grips.box.length ? shapedBox(clippedBox(grips.box.map((param) => values[param])), ratio) : null;
  const spots = handlePoints(grips, values, size, stage.leaning);
  const corners = box ? BOX_HANDLES.map((name) => [name, boxPoint(name, box)]) : [];
  const kept = box ?? (grips.turned ? levelBox(values[grips.turned], size, grips.cuts) : null);
  return { grips, values, size, ratio, box: kept, points: { ...spots, ...Object.fromEntries(corners) } };
};
