// Many things of a kind are one stop of the Tab key; arrows, Home and End go from one to the other.
const stops = new WeakMap(); // which of a box's things it is

// The place that a key leads to among boxes (left, top, width, height) in reading order; where it leads nowhere, none.
export const placeAfter = (key, at, boxes) => {
  const step = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: boxes.length - 1 }[key];
  if (step !== undefined) return step >= 0 && step < boxes.length ? step : undefined;
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!down) return undefined;
  // The nearest row on that side, and in it what lies closest below or above.
  const here = boxes[at];
  const away = ({ top }) => (top - here.top) * down;
  const aside = ({ left, width }) => Math.abs(left + width / 2 - here.left - here.width / 2);
  const row = Math.min(...boxes.map(away).filter((rows) => rows > 1));
  const inRow = boxes.filter((box) => Math.abs(away(box) - row) <= 1).sort((one, other) => aside(one) - aside(other));
  return inRow.length ? boxes.indexOf(inRow[0]) : undefined;
};

// Call it whenever the things in a box have changed: the one that was the stop stays so while it is to be seen.
// `along` gives what else of a thing is reached by Tab while it is the stop; `stop` is the one that is to be it now.
export const rove = (box, selector, along = () => [], stop = stops.get(box)) => {
  const all = () => [...box.querySelectorAll(selector)];
  const visible = () => all().filter((item) => item.getClientRects().length);
  const stopAt = (chosen) => {
    stops.set(box, chosen);
    for (const item of all()) for (const part of [item, ...along(item)]) part.tabIndex = item === chosen ? 0 : -1;
  };
  const onKey = (event) => {
    const items = visible();
    const at = items.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const boxes = items.map((item) => item.getBoundingClientRect());
    const to = placeAfter(event.key, at, boxes);
    if (to === undefined) return;
    event.preventDefault();
    items[to].focus();
  };
  if (!stops.has(box)) {
    box.addEventListener("keydown", onKey);
    box.addEventListener("focusin", ({ target }) => target.matches(selector) && stopAt(target));
  }
  const items = visible();
  stopAt(items.find((item) => item === stop) ?? items[0] ?? stop); // in what is folded none is to be seen
};
