// What an effect writes on the picture, typed where it stands there.
import { heldOf } from "./held.js";
import { ask, beginPull } from "./pulls.js";

// Open the field over what is written, its words chosen so that others replace them.
export const openWriting = (stage) => {
  const { write, data } = stage;
  if (!data.grips?.words) return;
  beginPull();
  Object.assign(write, { hidden: false, value: heldOf(stage).values[data.grips.words], maxLength: data.grips.longest });
  write.ariaLabel = data.grips.says.write;
  write.focus({ preventScroll: true });
  write.select();
};

const closeWriting = ({ write, handles }) => {
  const hasFocus = write.matches(":focus");
  write.hidden = true;
  if (hasFocus) handles.querySelector('[data-handle="place"]')?.focus({ preventScroll: true });
};

// Each letter counts; Enter and Escape end it, with Shift Enter begins a line.
export const hearWriting = (stage) => {
  const { write } = stage;
  write.oninput = () => stage.data.grips?.words && ask(stage, { [stage.data.grips.words]: write.value });
  write.onblur = () => closeWriting(stage);
  write.onkeydown = (event) => {
    event.stopPropagation();
    if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
    event.preventDefault();
    closeWriting(stage);
  };
};
