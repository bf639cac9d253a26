// Photos that were handed over go up one after another through the hidden uploader, until one of them opens.
export const INPUT = ".st-key-intake input[type=file]";
const FAILED = ".st-key-intake [data-testid=stFileChip]:has([data-testid=stFileChipIconError])"; // what did not go up
const MEGABYTE = 2 ** 20;
const WAIT = 100; // ms between looks for an uploader that is not on the page yet
const TRIES = 100;

export let page = null; // the component that is on the page: its data, its trigger, and how it tells
let queue = [];
let current = null;
let handed = [];
let answers = 0;

// The names of those that are not open, in the order in which they were handed over.
export const leftOut = (files, open) => files.filter((file) => file !== open).map((file) => file.name);

// A sentence with what belongs in its gaps.
export const filled = (sentence, parts) => sentence.replace(/\{(\w+)\}/g, (_, part) => parts[part]);

// The files that may go up, and a sentence about the last of the others ("" where there is none).
export const sorted = (files, most, sentence) => {
  const large = files.filter(({ size }) => size > most);
  const last = large.at(-1);
  const told = last ? filled(sentence, { name: last.name, size: (last.size / MEGABYTE).toFixed(1) }) : "";
  return { small: files.filter(({ size }) => size <= most), told };
};

const send = (file, tries = TRIES) => {
  const input = document.querySelector(INPUT);
  if (file !== current) return; // another has taken its place
  if (!input) {
    if (tries) setTimeout(send, WAIT, file, tries - 1);
    return;
  }
  const hand = new DataTransfer();
  hand.items.add(file);
  input.files = hand.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

const next = () => {
  current = queue.shift() ?? null;
  if (!current) return;
  page.tell(filled(page.data.words.sending, current));
  send(current);
};

export const take = (files) => {
  if (!page || !files.length) return;
  handed = [...files];
  const { small, told } = sorted(handed, page.data.most, page.data.words.too_large);
  queue = small;
  next();
  if (told) page.tell(told, true);
};

// The server has opened or refused what went up.
export const follow = () => {
  if (page.data.answers === answers) return;
  answers = page.data.answers;
  if (!current) return;
  page.tell("");
  if (!page.data.is_open && queue.length) return next();
  const others = leftOut(handed, page.data.is_open ? current : null);
  current = null;
  if (handed.length > 1) page.trigger("left", others);
};

// What the uploader tells of where nobody sees it.
export const lookForFailure = () => {
  const failed = document.querySelector(FAILED);
  if (!failed) return;
  failed.querySelector("button")?.click(); // or it would stand there beside the next
  if (!current) return;
  const { name } = current;
  current = null;
  page?.tell(filled(page.data.words.not_sent, { name }), true);
};

// From now on photos come in through this component.
export const openFor = (component) => {
  page?.end();
  page = component;
  answers = component.data.answers; // those before are none to what is handed over from now on
};

// The page is left, and nothing waits any more.
export const closeFor = (root) => {
  if (page?.root !== root) return;
  page.end();
  page = null;
  queue = [];
  current = null;
};
