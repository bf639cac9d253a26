// The picture one works on: shown whole, compared with its former self, looked at closely.
import { hold, onKey } from "./acts.js";
import { begin, leave } from "./begin.js";
import { showChips } from "./chips.js";
import { draw, say } from "./drawing.js";
import { showHandles } from "./handles.js";
import { beginHearing, INSTANT_EVENTS } from "./instant_heard.js";
import { settleStrokes } from "./mask_paint.js";
import { showVeil } from "./mask_veil.js";
import { load } from "./pictures.js";
import { roomOf } from "./room.js";
import { showTiles } from "./tiles.js";
import { showTrial } from "./trial.js";
import { sendWishes, withoutFollowed, withSeen } from "./wishes.js";
import { FIT, settled } from "./zoom.js";

const stages = new WeakMap();
const OTHERS = { "emulsion-tiles": showTiles, "emulsion-preview": showTrial }; // what other components have to show
let current = null; // the stage that keys are for

const takeUp = (stage, data) => {
  if (stage.data?.photo !== data.photo) stage.view = FIT;
  stage.data = data;
  stage.shown.alt = data.alt;
  stage.wishes = withoutFollowed(stage.wishes);
  showHandles(stage);
  showVeil(stage, settleStrokes);
  showChips(stage);
  stage.view = settled(stage.view, roomOf(stage)); // the place is another where one crops
  draw(stage);
  stage.lookOn();
};

// Put the next picture, and its former self, in place of those before: both at once, when both can be drawn.
const exchange = async (stage, data) => {
  const isWanted = () => stage.wanted === data;
  const coming = [load(data.picture, "after", isWanted), data.former && load(data.former, "before", isWanted)];
  const [shown, former] = await Promise.all(coming);
  if (!isWanted()) return;
  stage.former?.remove();
  Object.assign(stage, { shown, former: former || null });
  stage.sheet.replaceChildren(shown, ...stage.sheet.querySelectorAll(".instant"));
  stage.frames += 1;
  stage.root.dataset.frames = stage.frames;
  takeUp(stage, data);
  if (stage.news) showTiles(stage, stage.news);
};

const show = (stage, data) => {
  say(stage, data);
  stage.wanted = data;
  stage.wishes = withSeen(stage.wishes, data.seen);
  sendWishes(stage);
  if (stage.data?.picture !== data.picture || stage.data?.former !== data.former) exchange(stage, data);
  else takeUp(stage, data);
};

const hearKey = (event) => current && onKey(current, event);
const hearOther = ({ type, detail }) => current && OTHERS[type](current, detail);
const hearInstant = (event) => current && INSTANT_EVENTS[event.type](current, event);
const letGo = () => current && hold(current, false); // a key's end is told to whatever window there is then

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".stage");
  const isNew = !stages.has(root);
  if (isNew) stages.set(root, begin(root));
  current = stages.get(root);
  current.tell = setTriggerValue;
  for (const name of Object.keys(INSTANT_EVENTS)) window.addEventListener(name, hearInstant, true);
  if (isNew) beginHearing(current);
  show(current, data);
  for (const name of ["keydown", "keyup"]) window.addEventListener(name, hearKey);
  for (const name of Object.keys(OTHERS)) window.addEventListener(name, hearOther);
  window.addEventListener("blur", letGo);
  return () => {
    leave(stages.get(root));
    if (current?.root === root) current = null;
  };
}
