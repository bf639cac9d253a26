// Undo and Redo, by key wherever one does not type and by click on the two buttons, and surprises; looks, effects and
// places in the history, as their tiles tell.
const LETTERS = ["text", "search", "number", "textarea"]; // also where no type is written
const TILES = { looks: "look", looks_live: "look", history: "jump", picker: "add" }; // what is pressed where a tile of these is clicked
const BUTTONS = { undo: ".st-key-undo button", redo: ".st-key-redo button", surprise: ".st-key-surprise button" };
const WAITING = "[class*=st-key-card-] :is(button, label)"; // what may be about a card that a press takes away
const MOST = 200; // presses that the server may have missed
const PATIENCE = 1500; // ms that a click waits for the presses before it
const REPLACED = 25_000; // ms after a press in which widgets may still show what it has replaced
const LOAD = Math.random().toString(36).slice(2); // this page load, whose count begins at nothing

let presses = { count: 0, last: [] }; // as the server gets them: how many there were, and the last of them in order
let tell = null; // the component that is on the page now
let waiting = []; // what was clicked after presses that the server has not followed yet
let seen = 0;
let timer = 0;

export const withPress = ({ count, last }, way) => ({ count: count + 1, last: [...last, way].slice(-MOST) });

const press = (event, way) => {
  if (!tell) return;
  event.preventDefault();
  event.stopPropagation();
  presses = withPress(presses, way);
  stays += 1; // what is moved from now on is another step
  pressedAt = performance.now();
  tell("pressed", { load: LOAD, ...presses });
};

const letGo = () => {
  clearTimeout(timer);
  const clicked = waiting;
  waiting = [];
  seen = presses.count;
  for (const element of clicked.filter(({ isConnected }) => isConnected)) element.click();
};

// The letter that is written on the key; on a keyboard without Latin letters, the one that stands there on others.
export const letter = ({ key, code }) => (/^[a-z]$/i.test(key) ? key : code.replace("Key", "")).toLowerCase();

// What the keys mean, "" where they mean nothing here.
export const wayOf = (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return "";
  return { z: event.shiftKey ? "redo" : "undo", y: "redo" }[letter(event)] ?? "";
};

export const isTyping = (field) => {
  if (!LETTERS.includes(field.type)) return Boolean(field.isContentEditable);
  // In a field to choose from there is nothing to take back until one searches in it: there the stack is meant.
  return !(field.role === "combobox" && !field.value);
};

const onKey = (event) => {
  if (!(event.ctrlKey || event.metaKey)) noteHand(event);
  const way = wayOf(event);
  if (!way) return;
  if (!isTyping(event.composedPath()[0])) press(event, way);
  else event.stopPropagation(); // the browser's own undo, and nobody else's
};

const onClick = (event) => {
  const target = event.composedPath()[0];
  const way = Object.keys(BUTTONS).find((name) => target.closest?.(BUTTONS[name]));
  if (way) press(event, way);
  else if (tell && event.isTrusted && seen < presses.count && event.target.closest?.(WAITING)) {
    event.preventDefault();
    event.stopPropagation();
    waiting.push(target);
    clearTimeout(timer);
    timer = setTimeout(letGo, PATIENCE);
  }
};

// What a click on a tile means, "" where nobody counts it; a look among effects is told by what its name begins with.
export const pressOf = ([gallery, name]) => {
  if (!Object.hasOwn(TILES, gallery)) return "";
  return name.startsWith("look:") ? name.replace(":", " ") : `${TILES[gallery]} ${name}`;
};

const onTile = (event) => {
  const way = pressOf(event.detail);
  if (way) press(event, way);
};

// What a hand has done to a card, as whatever heard it tells: in one line with all other presses.
const onHandled = (event) => {
  press(event, event.detail.way);
  if (tell) event.detail.count = presses.count;
};

// What the person has in hand. One stay of the focus on a slider is one step back, however often it is moved: it is told
// with the first move. Of another widget it is told where the page may just have replaced its value, so that the server
// can tell a wish from a value that the browser showed until then.
const HANDLED = /^c\d+-|^add_effect$/;
const CHOOSING = ["Enter", " ", "ArrowUp", "ArrowDown", "Backspace", "Delete"];
let stays = 0;
let focus = { key: "", isHandle: false };
let toldHand = "";
let pressedAt = -Infinity;

// How a widget is in hand: it slides, is chosen from, or is not to be told of ("").
export const hold = ({ type, key }, widget, focused, sincePress) => {
  if (!HANDLED.test(widget)) return "";
  if (focused.isHandle && widget === focused.key) return "slides";
  if (type !== "pointerup" && !CHOOSING.includes(key)) return "";
  return widget === "add_effect" || sincePress <= REPLACED ? "chosen" : "";
};

const keyOf = (element) => {
  const name = element.closest?.('[class*="st-key-"]');
  return name ? [...name.classList].find((one) => one.startsWith("st-key-")).slice("st-key-".length) : "";
};

const onFocus = ({ target }) => {
  stays += 1;
  const isText = target.type === "text" && target.role !== "combobox"; // as often as it counts, one stay is one step
  const isHandle = target.role === "slider" || ["range", "number"].includes(target.type) || isText;
  focus = { key: keyOf(target), isHandle };
};

const tellHand = (key, ending) => {
  const hand = `${key} ${LOAD}${stays}${ending}`;
  if (hand !== toldHand) tell("hand", hand);
  toldHand = hand;
};

const noteHand = (event) => {
  if (!tell || (event.type === "keydown" && event.key === "Tab")) return;
  const widget = (event.type === "pointerup" && keyOf(event.target)) || focus.key;
  const how = hold(event, widget, focus, performance.now() - pressedAt);
  if (how === "chosen") stays += 1;
  if (how) tellHand(widget, how === "slides" ? "s" : "");
};

const LISTENERS = {
  keydown: onKey,
  click: onClick,
  focusin: onFocus,
  pointerup: noteHand,
  "emulsion-tile": onTile,
  "emulsion-card": onHandled,
};

export default function ({ data, setStateValue }) {
  tell = setStateValue;
  if (data.load === LOAD) seen = data.seen;
  if (seen >= presses.count) letGo();
  // A strip of looks is drawn less often than this, and marks the one that is on the stack.
  window.dispatchEvent(new CustomEvent("emulsion-chosen", { detail: data.look }));
  for (const [name, listener] of Object.entries(LISTENERS)) window.addEventListener(name, listener, true);
  return () => {
    if (tell === setStateValue) tell = null;
  };
}
