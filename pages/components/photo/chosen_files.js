// The files that a person has chosen or dropped last: what the page has a photo of need not be sent back to be kept.
const INPUTS = ":is(.st-key-upload, .st-key-intake) input[type=file]";
const MAX_CHOSEN = 3; // files, of those that went into the uploader

let chosen = []; // the newest first

// Files that have just been chosen, before those of earlier.
export const newestFirst = (files, earlier) => [...files, ...earlier].slice(0, MAX_CHOSEN);

// The file that the page has a photo of, by what the server knows of it.
export const sourceOf = ({ name, size }, files) => files.find((file) => file.name === name && file.size === size);

export const chosenFile = (photo) => sourceOf(photo, chosen);

const onChange = ({ target }) => {
  if (target.matches?.(INPUTS)) chosen = newestFirst(target.files, chosen);
};
const onDrop = ({ dataTransfer }) => {
  if (dataTransfer) chosen = newestFirst(dataTransfer.files, chosen);
};

export const watchChosen = () => {
  window.addEventListener("change", onChange, true);
  window.addEventListener("drop", onDrop, true);
};
