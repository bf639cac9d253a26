// Handles over the picture, each a button: dragged, or moved by arrow keys.
import { distance, pointIn } from "./gestures.js";
import { heldOf } from "./held.js";
import { layHandles } from "./marks.js";
import { beginPull, dragHandle, onHandleKey } from "./pulls.js";
import { openWriting } from "./writing.js";

const STILL_HANDLE = 4; // CSS pixels that a hand may move which only touches a handle

// A handle's button, as it comes onto the picture.
const handleButton = (stage, name) => {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.handle = name;
  let [from, began, isTouched] = [null, null, true];
  button.onpointerdown = (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    beginPull();
    [from, began, isTouched] = [heldOf(stage), pointIn(stage.place, event), true];
  };
  button.onpointermove = (event) => {
    const now = pointIn(stage.place, event);
    isTouched &&= !from || distance(began, now) < STILL_HANDLE;
    if (from && !isTouched) dragHandle(stage, name, from, began, now);
  };
  button.onlostpointercapture = () => {
    from = null;
  };
  button.onfocus = beginPull;
  button.onkeydown = (event) => {
    isTouched = true;
    onHandleKey(stage, name, event);
  };
  button.onclick = () => name === "place" && isTouched && openWriting(stage);
  return button;
};

// Have those handles on the picture that the card in hand has; each stays as long as it does.
export const showHandles = (stage) => {
  const { grips } = stage.data;
  const names = grips ? Object.keys(heldOf(stage).points) : [];
  const there = Object.fromEntries([...stage.handles.children].map((button) => [button.dataset.handle, button]));
  for (const [name, button] of Object.entries(there)) if (!names.includes(name)) button.remove();
  for (const name of names) {
    if (!there[name]) stage.handles.append(handleButton(stage, name));
    stage.handles.querySelector(`[data-handle="${name}"]`).ariaLabel = grips.says[name];
  }
  layHandles(stage);
};
