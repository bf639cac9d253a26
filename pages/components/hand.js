// What the person has in hand. One stay of the focus on a slider is one step back, however often it is moved: it is told
// with the first move. Of another widget it is told where the page may just have replaced its value, so that the server
// can tell a wish from a value that the browser showed until then.
const HANDLED = /^c\d+-|^add_effect$/;
const CHOOSING = ["Enter", " ", "ArrowUp", "ArrowDown", "Backspace", "Delete"];
const REPLACED = 25_000; // ms after a press in which widgets may still show what it has replaced
export const LOAD = Math.random().toString(36).slice(2); // this page load, whose counts begin at nothing

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

// Something was pressed: what is moved from now on is another step.
export const notePress = () => {
  stays += 1;
  pressedAt = performance.now();
};

export const noteFocus = ({ target }) => {
  stays += 1;
  const isText = target.type === "text" && target.role !== "combobox"; // as often as it counts, one stay is one step
  const isHandle = target.role === "slider" || ["range", "number"].includes(target.type) || isText;
  focus = { key: keyOf(target), isHandle };
};

export const noteHand = (event, tell) => {
  if (!tell || (event.type === "keydown" && event.key === "Tab")) return;
  const widget = (event.type === "pointerup" && keyOf(event.target)) || focus.key;
  const how = hold(event, widget, focus, performance.now() - pressedAt);
  if (how === "chosen") stays += 1;
  if (!how) return;
  const inHand = `${widget} ${LOAD}${stays}${how === "slides" ? "s" : ""}`;
  if (inHand !== toldHand) tell("hand", inHand);
  toldHand = inHand;
};
