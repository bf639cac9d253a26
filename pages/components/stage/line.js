// A line drawn on the picture along what shall be level.
import { distance } from "./gestures.js";
import { heldOf } from "./held.js";
import { levelAngle } from "./level.js";
import { ask, beginPull } from "./pulls.js";

// Take a line up at a point; a hand held still shows nothing then.
export const beginLine = (stage, at) => {
  stage.line.from = stage.line.to = at;
  return false;
};

export const drawLine = ({ line }, at) => {
  line.to = at;
  const { from, style } = line;
  const turn = Math.atan2(at.y - from.y, at.x - from.x);
  Object.assign(style, { left: `${from.x}px`, top: `${from.y}px`, width: `${distance(from, at)}px` });
  style.transform = `rotate(${turn}rad)`;
  line.hidden = false;
};

// The hand has left the picture: what lies along the line is level, if that was meant.
export const endLine = (stage, isMeant) => {
  const { from, to } = stage.line;
  stage.line.hidden = true;
  stage.line.from = null;
  const grips = stage.data?.grips;
  if (!from || !isMeant || !grips?.turned) return;
  const { values } = heldOf(stage);
  const angle = levelAngle(values[grips.turned], from, to, grips.limits[grips.turned]);
  if (angle === null) return;
  beginPull();
  ask(stage, { [grips.turned]: angle });
};
