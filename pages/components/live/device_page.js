// What the page tells whoever draws the video: the program of the stack, values that a hand moves, and that one leaves.
import { hear, listeners } from "../camera/camera_answers.js";

// Why there can be no camera, as far as a browser knows before it is asked for one; "" where there may be.
export const whyNoCamera = ({ isSecureContext, navigator }, answers) => {
  if (!isSecureContext) return answers.insecure;
  return navigator.mediaDevices ? "" : answers.missing;
};

// Returns what ends the listening.
export const hearPage = ({ onProgram, onValues, onAnswer, onLeave }, answers) => {
  const heard = {
    "emulsion-program": ({ detail }) => onProgram(detail),
    "emulsion-values": ({ detail }) => onValues(detail),
    pagehide: () => onLeave(),
  };
  hear(navigator.mediaDevices, answers);
  listeners.add(onAnswer);
  for (const [name, listener] of Object.entries(heard)) window.addEventListener(name, listener);
  window.dispatchEvent(new CustomEvent("emulsion-program-wanted"));
  return () => {
    listeners.delete(onAnswer);
    for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name, listener);
  };
};
