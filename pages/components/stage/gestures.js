// What hands do on the picture: hold it still, drag it, pinch it, touch it twice.
import { movementsIn, pressureOf } from "./pen.js";

const PATIENCE = 150; // ms that a hand is still before it is taken for holding
const STILL = 6; // CSS pixels that a still hand may move
const TWICE = 350; // ms between two touches that belong together
const NEAR = 24; // CSS pixels between them

export const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

export const isTwice = (last, now) => now.when - last.when < TWICE && distance(last, now) < NEAR;

// How two fingers have moved: their middle, how far it went, and how much farther they are apart.
export const pinchOf = (before, after) => {
  const between = ([one, other]) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
  const [from, at] = [between(before), between(after)];
  return { at, across: at.x - from.x, down: at.y - from.y, factor: distance(...after) / (distance(...before) || 1) };
};

// Where an event is, in CSS pixels of a place.
export const pointIn = (place, { clientX, clientY }) => {
  const { left, top } = place.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

// Call `acts` by what is done on `place`; `hold` is told of the beginning (true) and of the end.
export const hearHands = (place, acts) => {
  const hands = new Map();
  let [timer, isStill, isHolding, last] = [0, false, false, { when: -Infinity, x: 0, y: 0 }];

  const point = (event) => ({ ...pointIn(place, event), pressure: pressureOf(event) });
  const letGo = () => {
    clearTimeout(timer);
    if (isHolding) acts.hold(false);
    isHolding = false;
  };

  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("button, textarea")) return;
    place.setPointerCapture(event.pointerId);
    hands.set(event.pointerId, point(event));
    letGo();
    isStill = hands.size === 1;
    if (isStill && acts.press(point(event)))
      timer = setTimeout(() => {
        isHolding = true;
        acts.hold(true);
      }, PATIENCE);
  });
  place.addEventListener("pointermove", (event) => {
    const before = hands.get(event.pointerId);
    if (!before) return;
    const now = point(event);
    if (isStill && distance(before, now) < STILL) return;
    if (!isHolding) clearTimeout(timer);
    isStill = false;
    const both = [...hands.values()];
    hands.set(event.pointerId, now);
    if (hands.size === 2) acts.pinch(pinchOf(both, [...hands.values()]));
    else if (hands.size === 1 && !isHolding)
      acts.drag({ at: now, across: now.x - before.x, down: now.y - before.y, via: movementsIn(event).map(point) });
  });
  const up = (event) => {
    if (!hands.delete(event.pointerId)) return;
    const now = { when: event.timeStamp, ...point(event) };
    if (isStill && !isHolding && event.type === "pointerup") {
      if (isTwice(last, now)) acts.twice(now);
      last = isTwice(last, now) ? { when: -Infinity, x: 0, y: 0 } : now;
    }
    letGo();
    acts.lift(event.type === "pointerup");
    isStill = false;
  };
  for (const name of ["pointerup", "pointercancel"]) place.addEventListener(name, up);
  place.addEventListener("contextmenu", (event) => isHolding && event.preventDefault());
};
