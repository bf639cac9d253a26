// Space takes a photo, wherever the one who presses it is on the page, unless what has the focus takes Space itself.
const TAKES_SPACE =
  "button, input, select, textarea, summary, audio, video, dialog, [contenteditable], [role=button], [role=checkbox], " +
  "[role=combobox], [role=dialog], [role=menuitem], [role=option], [role=radio], [role=slider], [role=switch], [role=tab]";

// What a key means here: "shoot", "hold" for one that is held down, "" for one that is left to the browser.
export const meaning = ({ key, repeat, ctrlKey, metaKey, altKey, shiftKey, isComposing }, target) => {
  if (key !== " " || ctrlKey || metaKey || altKey || shiftKey || isComposing || target?.closest?.(TAKES_SPACE))
    return "";
  return repeat ? "hold" : "shoot";
};

// Press the real button, if it can be pressed; a key that is held down presses it once, and scrolls nothing then.
export const onSpace = (event, page) => {
  const what = meaning(event, event.composedPath()[0]);
  const shutter = what && page.querySelector(".st-key-take_photo button:not(:disabled)");
  if (shutter || what === "hold") event.preventDefault();
  if (shutter && what === "shoot") shutter.click();
};
