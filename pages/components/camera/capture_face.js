// What one sees of the camera: the buttons while it is off, asked for, opening, on, counting down or at its photo.
import { filled } from "../filled.js";

const TIMERS = [0, 3, 10]; // s
const SHOWN = {
  off: ["turn_on"],
  asking: ["cancel"],
  opening: ["cancel"], // it is there, and has no picture yet
  on: ["shoot", "other", "off"],
  counting: ["cancel", "off"],
  taking: ["off"],
};

export const isShown = (button, state, cameras) => SHOWN[state].includes(button) && (button !== "other" || cameras > 1);

export const write = (root, words) => {
  for (const name of ["turn_on", "shoot", "cancel", "other", "off", "timer", "mirror", "keep", "asking"])
    root.querySelector(`.${name}`).textContent = words[name];
  root.querySelector("video").ariaLabel = words.finder;
  const select = root.querySelector("select");
  const labels = TIMERS.map((seconds) => (seconds ? filled(words.seconds, { seconds }) : words.at_once));
  const before = select.selectedIndex;
  select.replaceChildren(...TIMERS.map((seconds, place) => new Option(labels[place], seconds)));
  select.selectedIndex = Math.max(before, 0);
};

export const show = (root, { state, count, cameras }) => {
  const inHand = root.getRootNode().activeElement;
  for (const button of root.querySelectorAll("button")) button.hidden = !isShown(button.classList[0], state, cameras);
  root.querySelector(".finder").hidden = ["off", "asking"].includes(state);
  root.querySelector(".settings").hidden = state !== "on";
  root.querySelector(".asking").hidden = state !== "asking";
  root.querySelector(".count").textContent = state === "counting" ? count : "";
  if (inHand?.hidden) root.querySelector("button:not([hidden])").focus(); // the keyboard stays where it was
};
