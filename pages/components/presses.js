// What is pressed (undo, redo, surprises, and looks, effects and places in the history, as their tiles tell): counted,
// and told in its order.
import { LOAD, noteFocus, noteHand, notePress } from "./hand.js";
import { isTyping, wayOf } from "./press_keys.js";
import { withoutFollowed, withPress } from "./press_list.js";
import { clickWaiting, mayWait, wait } from "./waiting_clicks.js";

// What is pressed where a tile of these is clicked.
const TILES = { looks: "look", looks_live: "look", history: "jump", picker: "add" };
const BUTTONS = { undo: ".st-key-undo button", redo: ".st-key-redo button", surprise: ".st-key-surprise button" };

let presses = { count: 0, last: [] }; // as the server gets them: how many there were, and the last of them in order
let tell = null; // the component that is on the page now
let followed = 0; // up to which the server has followed them
let seen = 0; // the same, or up to which clicks wait for it no more

const press = (event, way) => {
  if (!tell) return;
  event.preventDefault();
  event.stopPropagation();
  presses = withPress(withoutFollowed(presses, followed), way);
  notePress();
  tell("pressed", { load: LOAD, ...presses });
};

const letGo = () => {
  seen = presses.count;
  clickWaiting();
};

const onKey = (event) => {
  if (!(event.ctrlKey || event.metaKey)) noteHand(event, tell);
  const way = wayOf(event);
  if (!way) return;
  if (!isTyping(event.composedPath()[0])) press(event, way);
  else event.stopPropagation(); // the browser's own undo, and nobody else's
};

const onClick = (event) => {
  const way = Object.keys(BUTTONS).find((name) => event.composedPath()[0].closest?.(BUTTONS[name]));
  if (way) press(event, way);
  else if (tell && seen < presses.count && mayWait(event)) wait(event, letGo);
};

// What a click on a tile means, "" where nobody counts it; a look among effects is told by what its name begins with.
export const pressOf = ([gallery, name]) => {
  if (!Object.hasOwn(TILES, gallery)) return "";
  const word = String(name); // a place in the history is a number
  return word.startsWith("look:") ? word.replace(":", " ") : `${TILES[gallery]} ${word}`;
};

const onTile = (event) => pressOf(event.detail) && press(event, pressOf(event.detail));

// What a hand has done to a card, as whatever heard it tells: in one line with all other presses.
const onHandled = (event) => {
  press(event, event.detail.way);
  if (tell) Object.assign(event.detail, { count: presses.count, load: LOAD });
};

const LISTENERS = {
  keydown: onKey,
  click: onClick,
  focusin: noteFocus,
  pointerup: (event) => noteHand(event, tell),
  "emulsion-tile": onTile,
  "emulsion-card": onHandled,
};

export default function ({ data, setStateValue }) {
  tell = setStateValue;
  if (data.load === LOAD) seen = followed = data.seen;
  if (seen >= presses.count) letGo();
  // A strip of looks is drawn less often than this, and marks the one that is on the stack.
  window.dispatchEvent(new CustomEvent("emulsion-chosen", { detail: data.look }));
  for (const [name, listener] of Object.entries(LISTENERS)) window.addEventListener(name, listener, true);
  return () => {
    if (tell === setStateValue) tell = null;
  };
}
