// What a hand that moves a handle asks for, and an arrow key.
import { BOX_HANDLES, dragBox } from "./box.js";
import { draw } from "./drawing.js";
import { heldOf } from "./held.js";
import { roomOf } from "./room.js";
import { centreOf, valuesAt, valuesByKey } from "./spots.js";
import { wish } from "./wishes.js";
import { rectangle } from "./zoom.js";

const STEP_SHARE = 0.01; // an arrow key's step
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let pulls = 0; // drags, and stays of the focus on a handle: each is one step back

// Another drag, or another stay of the focus.
export const beginPull = () => {
  pulls += 1;
};

// Ask for values by hand, words or numbers.
export const ask = (stage, values) => {
  const { angle, turned, card } = stage.data.grips;
  const fine = (name, value) => +value.toFixed([angle, turned].includes(name) ? 1 : 4); // as fine as one sees
  const asked = Object.entries(values).map(([name, value]) => [name, value.toFixed ? fine(name, value) : value]);
  wish(stage, card, Object.fromEntries(asked), `${pulls}`);
  draw(stage);
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
  const centre = centreOf(grips, values);
  if (name === grips.around)
    stage.leaning = Math.atan2((point.y - centre.y) * size.height, (point.x - centre.x) * size.width);
  const latest = name === grips.angle ? heldOf(stage).values : values; // it may have gone round more than once
  return ask(stage, valuesAt(grips, latest, size, name, point));
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
