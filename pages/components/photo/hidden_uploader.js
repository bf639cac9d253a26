// The page's uploader that nobody sees: a script puts files into it, and looks whether one did not go up.
export const INPUT = ".st-key-intake input[type=file]";
const FAILED = ".st-key-intake [data-testid=stFileChip]:has([data-testid=stFileChipIconError])"; // what did not go up
const WAIT = 100; // ms between looks for an uploader that is not on the page yet
const TRIES = 100;

// Have a file go up, as soon as there is an uploader, if it still `isWanted` then; where none comes, `giveUp`.
export const send = (file, isWanted, giveUp, where = INPUT, tries = TRIES) => {
  const input = document.querySelector(where);
  if (!isWanted()) return;
  if (!input) {
    if (tries) setTimeout(send, WAIT, file, isWanted, giveUp, where, tries - 1);
    else giveUp();
    return;
  }
  const hand = new DataTransfer();
  hand.items.add(file);
  input.files = hand.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

// Whether a file has just failed to go up; it is taken out, or it would stand there beside the next.
export const hasFailed = () => {
  const failed = document.querySelector(FAILED);
  failed?.querySelector("button")?.click();
  return Boolean(failed);
};
