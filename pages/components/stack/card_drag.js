// A card taken by its handle: it follows the pointer and the others step aside; keys move it place by place.
import { aside, landing } from "./card_order.js";

const LIFT = 4; // px that a hand may tremble before it drags
const EDGE = 72; // px from the window's edge within which the page scrolls
const CARDS = ".st-key-cards > * > [class*='st-key-card-']";
const CHANGED = { transform: "", transition: "", zIndex: "", position: "" }; // of a card's frame, while one is dragged
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -999, End: 999 };

let grip = null; // what is being dragged
export const cardOf = (element) => /st-key-card-(\w+)/.exec(element.className)[1];
const topOf = (card) => card.getBoundingClientRect().top;
export const cardElements = () => [...document.querySelectorAll(CARDS)];

export const handleOf = (element) => element.closest?.(`${CARDS} [class*='-move'] button`);

const scrollerOf = (element) => {
  const scrolls = (box) => box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY);
  let box = element.parentElement;
  while (box.parentElement && !scrolls(box)) box = box.parentElement;
  return box;
};

const lay = () => {
  const { boxes, from, frames, room, scroller, at, start, scrolled } = grip;
  const by = at - start + scroller.scrollTop - scrolled;
  grip.isLifted ||= Math.abs(by) > LIFT;
  if (grip.isLifted) {
    if (at < EDGE || at > window.innerHeight - EDGE) scroller.scrollBy(0, at < EDGE ? -8 : 8);
    grip.to = landing(boxes, from, by);
    for (const [place, frame] of frames.entries()) {
      const shift = place === from ? by : aside(place, from, grip.to, room);
      frame.style.transform = `translateY(${shift}px)`;
      frame.style.transition = place === from ? "none" : "transform 120ms";
    }
    Object.assign(frames[from].style, { zIndex: 3, position: "relative" });
  }
  grip.frame = requestAnimationFrame(lay);
};

export const letGo = () => {
  if (!grip) return;
  cancelAnimationFrame(grip.frame);
  for (const frame of grip.frames) Object.assign(frame.style, CHANGED);
  grip = null;
};

const take = (event) => {
  const handle = event.button === 0 && handleOf(event.composedPath()[0]);
  if (!handle || grip) return;
  handle.setPointerCapture(event.pointerId);
  const cards = cardElements().sort((one, other) => topOf(one) - topOf(other)); // as they are seen
  const from = cards.indexOf(handle.closest(CARDS));
  const boxes = cards.map((card) => card.getBoundingClientRect());
  const frames = cards.map((card) => card.parentElement);
  const scroller = scrollerOf(frames[from]);
  const room = boxes[from].height + Number.parseFloat(getComputedStyle(frames[from].parentElement).rowGap);
  grip = { card: cardOf(cards[from]), boxes, from, to: from, frames, room, scroller, scrolled: scroller.scrollTop };
  Object.assign(grip, { at: event.clientY, start: event.clientY });
  lay();
};

// What windows hear of it; `move` is told which card went by how many places.
export const dragListeners = (move) => ({
  pointerdown: take,
  pointermove: ({ clientY }) => Object.assign(grip ?? {}, { at: clientY }),
  pointerup: () => {
    const { card, from, to } = grip || {};
    letGo();
    if (card && to !== from) move(card, to - from);
  },
  pointercancel: letGo,
  keydown: (event) => {
    if (event.key === "Escape") letGo();
    const isPlain = event.key in STEPS && !event.ctrlKey && !event.metaKey && !event.altKey;
    const handle = isPlain && handleOf(event.composedPath()[0]);
    if (handle) event.preventDefault();
    if (handle) move(cardOf(handle.closest(CARDS)), STEPS[event.key]);
  },
});
