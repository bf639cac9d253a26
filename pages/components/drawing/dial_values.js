// What widgets of the page hold while they are moved, and which variables of a program that sets.
//
// A dial is what its variables begin with, and the stops of a slider that tells which of them it is at. What is held is a
// number, or a colour as "#rrggbb".
const NEARLY = 1e-6; // of a number, that it may differ by and be the same: it has been through text

export const isSame = (one, other) =>
  one === other || (typeof one === "number" && Math.abs(one - other) <= NEARLY * Math.max(1, Math.abs(one)));

// The variables that a dial sets by what it holds.
export const variablesOf = ([variable], held) => {
  if (typeof held === "number") return { [variable]: held };
  const channels = [1, 3, 5].map((at) => Number.parseInt(held.slice(at, at + 2), 16) / 255);
  return Object.fromEntries(channels.map((value, channel) => [`${variable}.${channel}`, value]));
};

// The variables that dials set by what is held of them, by their keys.
export const variablesSet = (dials, held) =>
  Object.assign({}, ...Object.entries(held).map(([key, value]) => variablesOf(dials[key], value)));

// What a slider holds; null where its stops are others than those that are known.
export const sliderHolds = ([, stops], { value, max }) => {
  if (!stops.length) return Number(value);
  return Number(max) === stops.length - 1 ? stops[Number(value)] : null;
};

// What a number that is being typed means so far; null where it means none that may be.
export const fieldHolds = ({ value, min, max }) => {
  const number = Number.parseFloat(value);
  const isWithin = (min === "" || number >= Number(min)) && (max === "" || number <= Number(max));
  return Number.isFinite(number) && isWithin ? number : null;
};

// A colour as style sheets tell it, as the server does.
export const colourHeld = (style) => {
  const channels = style.match(/^rgb\((\d+), (\d+), (\d+)\)$/)?.slice(1);
  return channels ? `#${channels.map((each) => Number(each).toString(16).padStart(2, "0")).join("")}` : null;
};

const elementOf = (key) => document.querySelector(`.st-key-${key}`);

// What the widget with this key holds now; null where that cannot be told.
export const heldBy = (key, dial) => {
  const element = elementOf(key);
  const slider = element?.querySelector("input[type=range]");
  if (slider) return sliderHolds(dial, slider);
  const colour = element?.querySelector("[data-testid=stColorPickerBlock]");
  if (colour) return colourHeld(getComputedStyle(colour).backgroundColor);
  const field = element?.querySelector("input[type=number]");
  return field ? fieldHolds(field) : null;
};

// Whether a person is still at it: a colour is chosen as long as its panel is open, a number typed as one is in its field.
export const isOpen = (key) => {
  const element = elementOf(key);
  if (element?.querySelector("[aria-expanded=true]")) return true;
  const field = element?.querySelector("input[type=number]");
  return Boolean(field) && field === document.activeElement;
};

// The keys of widgets around an element, the nearest first.
export const keysAround = (element) => {
  const found = [];
  for (let at = element?.closest?.('[class*="st-key-"]'); at; at = at.parentElement?.closest('[class*="st-key-"]'))
    found.push(...[...at.classList].filter((one) => one.startsWith("st-key-")).map((one) => one.slice(7)));
  return found;
};
