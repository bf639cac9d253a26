// The dial by which a picture is levelled, below it.
import { heldOf } from "./held.js";

// A dial that tells its angle to `turn`; `begin` is called whenever a hand or the focus comes to it.
export const makeDial = (begin, turn) => {
  const dial = document.createElement("span");
  dial.className = "dial";
  const [input, word] = [document.createElement("input"), document.createElement("span")];
  Object.assign(input, { type: "range", step: "0.1", onfocus: begin, onpointerdown: begin });
  input.oninput = () => turn(Number(input.value));
  word.ariaHidden = "true";
  dial.append(input, word);
  return dial;
};

// Lay out the dial as the angle is; how the picture is turned, for a style.
export const showDial = (stage) => {
  const grips = stage.data?.grips;
  if (!grips?.turned) return "";
  const angle = heldOf(stage).values[grips.turned];
  const dial = stage.chips.querySelector(".dial");
  if (dial) {
    const [input, word] = dial.children;
    [input.min, input.max] = grips.limits[grips.turned];
    Object.assign(input, { value: angle, ariaLabel: grips.says[grips.turned], ariaValueText: `${angle}°` });
    word.textContent = `${angle.toFixed(1)}°`;
  }
  return `rotate(${angle}deg)`;
};
