// Several files dropped on the uploader go up one after another, until one of them opens.
const FIELD = ".st-key-upload";
const INPUT = `${FIELD} input[type=file]`;

let queue = [];
let current = null;
let dropped = [];
let answers = 0;

// The names of those that are not open, in the order in which they were dropped.
export const leftOut = (files, open) => files.filter((file) => file !== open).map((file) => file.name);

const feed = () => {
  const input = document.querySelector(INPUT);
  current = queue.shift() || null;
  if (!input || !current) return;
  const hand = new DataTransfer();
  hand.items.add(current);
  input.files = hand.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

const onDrop = (event) => {
  const files = [...(event.dataTransfer?.files || [])];
  const field = event.target.closest?.(FIELD);
  if (!field || files.length < 2) return;
  event.preventDefault();
  event.stopPropagation();
  // The field is told that the files have gone, or it would go on waiting for them.
  event.target.dispatchEvent(new DragEvent("dragleave", { bubbles: true, dataTransfer: new DataTransfer() }));
  dropped = files;
  queue = [...files];
  feed();
};

// The button that asks for one's own photo opens the chooser at once.
const onClick = (event) => {
  if (event.target.closest?.(".st-key-try_it button")) document.querySelector(INPUT)?.click();
};

export default function ({ data, setTriggerValue }) {
  window.addEventListener("drop", onDrop, true);
  window.addEventListener("click", onClick, true);
  if (data.answers === answers) return;
  answers = data.answers;
  if (!current) return;
  if (!data.is_open && queue.length) {
    feed();
    return;
  }
  const others = leftOut(dropped, data.is_open ? current : null);
  current = null;
  setTriggerValue("left", others);
}
