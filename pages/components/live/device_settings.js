// Which numbers of a program a hand moves on the page: read from the widget it is at, before the server hears of it.
const keyOf = (element) => /st-key-(c\d+-\w+)/.exec(element?.closest?.("[class*='st-key-c']")?.className)?.[1];

const channelsOf = (color) =>
  color
    .match(/\d+/g)
    .slice(0, 3)
    .map((channel) => Number(channel) / 255);

// What a slider holds, as the program counts it; some tell which of their stops they are at.
export const numberIn = ({ value, max }, stops) => {
  if (!stops.length) return Number(value);
  return Number(max) === stops.length - 1 ? stops[Number(value)] : undefined; // or the stops have changed meanwhile
};

// What the widget of this key holds now, by the names of the program's numbers; nothing where that cannot be told.
const heldBy = (key, { names, stops }) => {
  const widget = document.querySelector(`.st-key-${key}`);
  const slider = widget?.querySelector("input[type=range]");
  const color = widget?.querySelector("[data-testid=stColorPickerBlock]");
  const numbers = color ? channelsOf(getComputedStyle(color).backgroundColor) : slider && [numberIn(slider, stops)];
  if (numbers?.length !== names.length || !numbers.every(Number.isFinite)) return {};
  return Object.fromEntries(names.map((name, place) => [name, numbers[place]]));
};

// The panel that a colour is chosen in stands elsewhere on the page: the one that is open is meant.
const keyAt = (target) =>
  keyOf(target) ??
  keyOf(document.querySelector(".stColorPicker :is([aria-expanded=true], :has([aria-expanded=true]))"));

// From the moment when a hand comes down until it lets go: `move` is called with what has changed; returns what ends it.
export const followHand = (settings, move) => {
  let isDown = false;
  const watch = (key, before) => {
    const setting = settings()[key];
    const held = setting ? heldBy(key, setting) : {};
    const told = JSON.stringify(held);
    if (told !== before) move(held);
    if (isDown) requestAnimationFrame(() => watch(key, told));
  };
  const onDown = ({ target }) => {
    const key = keyAt(target);
    const setting = settings()[key];
    isDown = Boolean(setting);
    if (setting) watch(key, JSON.stringify(heldBy(key, setting)));
  };
  const onUp = () => requestAnimationFrame(() => requestAnimationFrame(() => (isDown = false))); // when all is drawn
  const heard = { pointerdown: onDown, pointerup: onUp, pointercancel: onUp };
  for (const [name, listener] of Object.entries(heard)) window.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name, listener, true);
  };
};
