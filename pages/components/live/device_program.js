// The stack as a program, told to whoever draws it; and what a hand moves on the cards meanwhile.
import { variablesSet } from "../drawing/dial_values.js";
import { areStill, beginHands, ENDS, heldNow, letGoOf, TOUCHES, touch } from "../drawing/hands.js";

const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`emulsion-${name}`, { detail }));

let told = null; // the stack as the server told it last
let owner = null; // the component that is on the page
let end = () => {};

const onWish = () => told && tell("program", told);

const begin = () => {
  const hands = beginHands();
  let frame = 0;
  // What is held that the server has not told, as long as anything is followed.
  const look = () => {
    tell("values", variablesSet(told.dials, heldNow(hands, told.dials, told.settings)));
    if (!areStill(hands)) frame = requestAnimationFrame(look);
  };
  const onTouch = (event) => {
    if (!touch(hands, event, told.dials)) return;
    cancelAnimationFrame(frame);
    look();
  };
  const onEnd = () => letGoOf(hands);
  window.addEventListener("emulsion-program-wanted", onWish);
  for (const name of TOUCHES) window.addEventListener(name, onTouch, true);
  for (const name of ENDS) window.addEventListener(name, onEnd, true);
  return () => {
    cancelAnimationFrame(frame);
    window.removeEventListener("emulsion-program-wanted", onWish);
    for (const name of TOUCHES) window.removeEventListener(name, onTouch, true);
    for (const name of ENDS) window.removeEventListener(name, onEnd, true);
  };
};

export default function ({ parentElement, data }) {
  told = data;
  if (owner !== parentElement) {
    end();
    [owner, end] = [parentElement, begin()];
  }
  onWish();
  return () => {
    if (owner !== parentElement) return;
    end();
    [told, owner, end] = [null, null, () => {}];
  };
}
