// The settings on cards: a double click on a name sets one back, and whoever listens hears which ones differ.
import { isSecond } from "./card_order.js";

const FIELDS = ".st-key-cards :is(input, [aria-haspopup=dialog])";
const NAMES = "[data-testid=stWidgetLabel], [data-testid=stSliderThumbValue]";
const OWN = "button, [data-testid=stCheckbox]"; // what a click means something to; a switch is its own way back

let before = { key: "", at: -Infinity }; // the last click

const settingOf = (element) => /st-key-(c\d+-\w+)/.exec(element?.closest("[class*='st-key-c']")?.className)?.[1];

// Tell a press; its number, or nothing where nobody counts presses.
export const tell = (way) => {
  const detail = { way, count: 0 };
  window.dispatchEvent(new CustomEvent("emulsion-card", { detail, cancelable: true }));
  return detail.count;
};

// Have a setting set back by a click that is the second on its name.
export const resetSetting = (event) => {
  const target = event.composedPath()[0];
  const key = target.closest?.(OWN) ? "" : settingOf(target.closest?.(NAMES));
  const click = { key, at: performance.now() };
  const isDouble = Boolean(key) && isSecond(before, click);
  before = isDouble ? { key: "", at: -Infinity } : click;
  if (isDouble) tell(`reset ${key.replace("-", " ")}`);
};

export const describeFields = (differing, words) => {
  for (const field of document.querySelectorAll(FIELDS)) {
    const description = differing.includes(settingOf(field)) ? words : null;
    if (field.ariaDescription !== description) field.ariaDescription = description;
  }
};
