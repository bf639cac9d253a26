// One picture of the stage's canvas: of what is held just now, whole, or smaller while it moves and that takes long.
import { variablesSet } from "../drawing/dial_values.js";

const FLUENT = 33; // ms: where a whole picture takes longer, half its sides are drawn while a hand moves
const REST = 100; // ms after a move in which another may follow

// Begin a picture of what is held, unless the last one was of the same; whether it can be drawn.
export const beginPicture = ({ instant }, easel, held) => {
  const values = { ...instant.ready.values, ...variablesSet(instant.dials, held) };
  const moved = JSON.stringify([instant.ready.program, instant.ready.source, values]);
  const now = performance.now();
  if (moved !== instant.moved) Object.assign(instant, { moved, movedAt: now });
  const isHalf = instant.wholeTook > FLUENT && now - instant.movedAt < REST && easel.drawer.canBeHalf();
  const word = `${moved} ${isHalf}`;
  const isOther = word !== instant.word;
  Object.assign(instant, { word, isHalf });
  try {
    if (isOther) easel.begin(values, { isHalf });
    return true;
  } catch {
    instant.word = ""; // too large, or a shader that only these conditions need, and that is none here
    return false;
  }
};
