// What a hand that moves a handle asks for, and an arrow key.
import { BOX_HANDLES, dragBox } from "./box.js";
import { heldOf } from "./held.js";
import { layHandles } from "./marks.js";
import { roomOf } from "./room.js";
import { valuesAt, valuesByKey } from "./spots.js";
import { wish } from "./wishes.js";
import { rectangle } from "./zoom.js";

const STEP_SHARE = 0.01; // an arrow key's step
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let pulls = 0; // drags, and stays of the focus on a handle: each is one step back

// Another drag, or another stay of the focus.
export const beginPull = () => {
  pulls += 1;
};

const ask = (stage, values) => {
  const digits = (name) => (name === stage.data.grips.clockwise ? 1 : 4); // as fine as one sees
  const rounded = Object.entries(values).map(([name, value]) => [name, +value.toFixed(digits(name))]);
  wish(stage, stage.data.grips.card, Object.fromEntries(rounded), `${pulls}`);
  layHandles(stage);
};

const least = ({ limits, box }) => [limits[box[2]][0], limits[box[3]][0]];
const boxValues = ({ box: params }, box) => Object.fromEntries(params.map((param, side) => [param, box[side]]));

export const dragHandle = (stage, name, from, began, now) => {
  const there = rectangle(stage.view, roomOf(stage));
  const [across, down] = [(now.x - began.x) / there.width, (now.y - began.y) / there.height];
  const { grips, values, size, ratio } = from;
  if (BOX_HANDLES.includes(name))
    return ask(stage, boxValues(grips, dragBox(name, from.box, across, down, ratio, least(grips))));
  const point = { x: from.points[name].x + across, y: from.points[name].y + down };
  if (name === grips.around)
    stage.leaning = Math.atan2(
      (point.y - from.points.center.y) * size.height,
      (point.x - from.points.center.x) * size.width,
    );
  return ask(stage, valuesAt(grips, values, size, name, point));
};

export const onHandleKey = (stage, name, event) => {
  const way = STEPS[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const held = heldOf(stage);
  const { grips, values, ratio } = held;
  if (!BOX_HANDLES.includes(name)) ask(stage, valuesByKey(grips, values, name, way, STEP_SHARE));
  else
    ask(
      stage,
      boxValues(grips, dragBox(name, held.box, way[0] * STEP_SHARE, way[1] * STEP_SHARE, ratio, least(grips))),
    );
};
