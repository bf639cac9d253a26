// What keys mean: undo and redo, wherever one does not type.
const LETTERS = ["text", "search", "number", "textarea"]; // also where no type is written

// The letter that is written on the key; on a keyboard without Latin letters, the one that stands there on others.
export const letter = ({ key, code }) => (/^[a-z]$/i.test(key) ? key : code.replace("Key", "")).toLowerCase();

// What the keys mean, "" where they mean nothing here.
export const wayOf = (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return "";
  return { z: event.shiftKey ? "redo" : "undo", y: "redo" }[letter(event)] ?? "";
};

export const isTyping = (field) => {
  if (!LETTERS.includes(field.type)) return Boolean(field.isContentEditable);
  // In a field to choose from there is nothing to take back until one searches in it: there the stack is meant.
  return !(field.role === "combobox" && !field.value);
};
