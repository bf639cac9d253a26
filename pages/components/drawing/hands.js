// Which widgets a person moves just now, and what they hold that the picture on the stage does not show yet.
import { heldBy, isOpen, isSame, keysAround } from "./dial_values.js";

const FRESH = 500; // ms after a press or a move in which another may follow
const ANSWER_PATIENCE = 10_000; // ms after its last move in which an answer to a widget is waited for

// What is in hand: widgets by their keys, and which one a hand is on.
export const beginHands = () => ({ followed: new Map(), pressed: "" });

// Look at a widget from now on, until the picture on the stage shows what it holds.
const follow = ({ followed }, key) => {
  followed.set(key, { held: followed.get(key)?.held ?? null, movedAt: performance.now() });
};

// The dial that a person has come to, by hand or key; "" where it is none.
const dialAt = (event, dials) => keysAround(event.composedPath()[0]).find((key) => key in dials) ?? "";

// What may bring a hand or a key to a widget, and what takes it away.
export const TOUCHES = ["pointerdown", "keydown", "input", "click"];
export const ENDS = ["pointerup", "pointercancel"];

// A hand or key has come to something of the page; whether that is a dial, which is followed then.
export const touch = (hands, event, dials) => {
  const key = dialAt(event, dials);
  if (event.type === "pointerdown") hands.pressed = key;
  if (key) follow(hands, key);
  return Boolean(key);
};

// The hand lets go of what it was on.
export const letGoOf = (hands) => {
  if (hands.pressed) follow(hands, hands.pressed);
  hands.pressed = "";
};

// Whether nothing is in hand, and nothing waits for its answer.
export const areStill = ({ followed, pressed }) => !pressed && followed.size === 0;

const lookAt = (hands, key, dial, shown) => {
  const known = hands.followed.get(key);
  const held = heldBy(key, dial) ?? known.held ?? shown;
  const movedAt = isSame(held, known.held) ? known.movedAt : performance.now();
  const isInHand = hands.pressed === key || isOpen(key);
  const isWaiting = performance.now() - movedAt < (isSame(held, shown) ? FRESH : ANSWER_PATIENCE);
  if (isInHand || isWaiting) hands.followed.set(key, { held, movedAt });
  else hands.followed.delete(key);
};

// What followed widgets hold now, by their keys, where `settings` is what the picture on the stage shows.
export const heldNow = (hands, dials, settings) => {
  for (const key of [...hands.followed.keys()])
    if (key in dials && key in settings) lookAt(hands, key, dials[key], settings[key]);
    else hands.followed.delete(key);
  return Object.fromEntries([...hands.followed].map(([key, { held }]) => [key, held]));
};
