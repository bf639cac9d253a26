// What keys mean on the picture; letters and figures count wherever one does not type them.
const LETTERS = "input, textarea, select, [contenteditable], [role=combobox]";
const NO_LETTERS = "[type=range], [type=checkbox], [type=radio], [type=button], [type=file], [type=color]";
const ZOOMS = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "100", 2: "200" };
const PAN = 0.1; // of the place, a press of an arrow key
const PANS = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

// Whether a field takes letters for itself.
export const takesLetters = (field) => Boolean(field.matches?.(LETTERS) && !field.matches(NO_LETTERS));

// What a key asks for: "before" as long as it is held, "in", "out", "fit", "100", "200"; "" for all others.
export const zoomKey = ({ key, code, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey) return "";
  if (key.toLowerCase() === "b" || (code === "KeyB" && !/^[a-z]$/i.test(key))) return "before";
  return ZOOMS[key] ?? "";
};

// How far an arrow key moves the picture, in shares of its place: across and down; null for all others.
export const panKey = ({ key, ctrlKey, metaKey, altKey }) =>
  ctrlKey || metaKey || altKey ? null : (PANS[key] ?? null);
