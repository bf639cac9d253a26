// A photo dropped anywhere on the page; while files are dragged over it, the page says so.
import { page, take } from "./photo_queue.js";

const FIELD = "[data-testid=stFileUploader]";
const PHOTO_FIELD = ".st-key-upload";

let isOwn = false; // what is dragged is a part of the page itself

// Whether the page takes what is dropped here, or the field does that it is dropped on.
export const isForPage = (target, count) => {
  if (target.closest?.(PHOTO_FIELD)) return count > 1; // of several it would take none
  return !target.closest?.(FIELD);
};

export const hasFiles = (types) => [...(types ?? [])].includes("Files");

const isMeant = (event) => Boolean(page) && !isOwn && hasFiles(event.dataTransfer?.types);

export const onDragOver = (event) => {
  if (!isMeant(event)) return;
  const isHere = isForPage(event.target, 1);
  page.cover(isHere);
  if (!isHere) return;
  event.preventDefault(); // a browser lets nothing be dropped otherwise
  event.dataTransfer.dropEffect = "copy";
};

export const onDragLeave = (event) => {
  if (!event.relatedTarget) page?.cover(false); // out of the window
};

export const onDrop = (event) => {
  page?.cover(false);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!page || isOwn || !files.length || !isForPage(event.target, files.length)) return;
  event.preventDefault();
  event.stopPropagation();
  // The field is told that the files have gone, or it would go on waiting for them.
  if (event.target.closest?.(PHOTO_FIELD))
    event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true, dataTransfer: new DataTransfer() }));
  take(files);
};

export const onDragStart = () => {
  isOwn = true;
};
export const onDragEnd = () => {
  isOwn = false;
};
