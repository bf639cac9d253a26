// Which numbers of a program a widget of the page moves while a hand has it, before the server hears of it.
const keyOf = (element) => /st-key-(c\d+-\w+)/.exec(element.closest("[class*='st-key-c']")?.className)?.[1];

// What a widget's own field holds now, as the program counts it; nothing where it holds no number.
export const numbersIn = ({ type, value }, stops) => {
  if (type === "color") return [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16) / 255);
  const number = stops.length ? stops[Math.round(Number(value))] : Number(value);
  return type === "range" && Number.isFinite(number) ? [number] : [];
};

// The values by their names in the program, or nothing where the element is none of these widgets.
export const movedValues = (element, settings) => {
  const setting = element instanceof HTMLInputElement && settings[keyOf(element)];
  if (!setting) return null;
  const numbers = numbersIn(element, setting.stops);
  if (numbers.length !== setting.names.length) return null;
  return Object.fromEntries(setting.names.map((name, place) => [name, numbers[place]]));
};
