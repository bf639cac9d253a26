// Handles over the picture, each a button: dragged, or moved by arrow keys.
import { pointIn } from "./gestures.js";
import { heldOf } from "./held.js";
import { layHandles } from "./marks.js";
import { beginPull, dragHandle, onHandleKey } from "./pulls.js";

// A handle's button, as it comes onto the picture.
const handleButton = (stage, name) => {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.handle = name;
  let [from, began] = [null, null];
  button.onpointerdown = (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    beginPull();
    [from, began] = [heldOf(stage), pointIn(stage.place, event)];
  };
  button.onpointermove = (event) => from && dragHandle(stage, name, from, began, pointIn(stage.place, event));
  button.onlostpointercapture = () => {
    from = null;
  };
  button.onfocus = beginPull;
  button.onkeydown = (event) => onHandleKey(stage, name, event);
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
