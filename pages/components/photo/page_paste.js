// A photo pasted by key, wherever one does not type.
import { page, take } from "./photo_queue.js";

const NOT_TYPED = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];

// Whether letters would go in here; a text that was copied may bring its picture along.
export const isTyped = (field) => {
  if (field?.localName === "input") return !NOT_TYPED.includes(field.type);
  return field?.localName === "textarea" || Boolean(field?.isContentEditable);
};

export const onPaste = (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!page || !files.length || isTyped(event.composedPath()[0])) return;
  event.preventDefault();
  take(files);
};
