// The shortcuts of Undo and Redo reach Streamlit also from a field one types in, where these keys take back letters.
const LETTERS = ["text", "search", "number", "textarea"]; // also where no type is written

const hold = (event) => {
  if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
  const field = event.composedPath()[0];
  if (!LETTERS.includes(field.type)) return;
  // In a field to choose from there is nothing to take back until one searches in it: there the stack is meant.
  if (field.role === "combobox" && !field.value) return;
  event.stopPropagation();
};

export default function () {
  window.addEventListener("keydown", hold, true);
  return () => window.removeEventListener("keydown", hold, true);
}
