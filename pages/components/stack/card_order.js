// The order of the cards while a hand moves them: where one would land, and how the page is told to show it.

export const movedOrder = (order, card, by) => {
  const rest = order.filter((other) => other !== card);
  const place = Math.min(Math.max(order.indexOf(card) + by, 0), rest.length);
  return [...rest.slice(0, place), card, ...rest.slice(place)];
};

// The place of the card at `from`, dragged so far: it goes before whom its upper edge has passed half of, and after
// whom its lower edge has, so that a tall one has no farther to go.
export const landing = (boxes, from, by) => {
  const { top, bottom } = boxes[from];
  const isBefore = (box, place) => (box.top + box.bottom) / 2 < (place < from ? top : bottom) + by;
  return boxes.filter((box, place) => place !== from && isBefore(box, place)).length;
};

// How far each card steps aside for the one at `from`, which would land at `to`; `room` is what that one takes.
export const aside = (place, from, to, room) => {
  if (place > from && place <= to) return -room;
  return place < from && place >= to ? room : 0;
};

// Rules that show the cards in this order, however they stand in the page, and others after them.
export const orderRules = (order) =>
  [".st-key-cards > * { order: 999; }", ...order.map((card, place) => rule(card, place))].join("\n");

const rule = (card, place) => `.st-key-cards > :has(> .st-key-card-${card}) { order: ${place}; }`;

// Rules that have a dot beside the names of the settings with these keys.
export const dotRules = (keys) => keys.map((key) => `.st-key-${key} { --differs: "•"; }`).join("\n");

const DOUBLE = 400; // ms between two clicks that are one double click, by mouse or finger

// Whether a click, `{ key, at }`, is the second of a double click.
export const isSecond = (before, click) => click.key === before.key && click.at - before.at < DOUBLE;
