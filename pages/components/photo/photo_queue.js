// Photos that were handed over go up one after another through the hidden uploader, until one of them opens.
import { filled } from "../filled.js";
import { leftOut, smallEnough } from "./handed_files.js";
import { hasFailed, send } from "./hidden_uploader.js";

export let page = null; // the component that is on the page: its data, its trigger, and how it tells
let queue = [];
let current = null;
let handed = [];
let answers = 0;

// Nothing more goes up of what was handed over.
const giveUp = () => {
  const { name } = current;
  queue = [];
  current = null;
  page.tell(filled(page.data.words.not_sent, { name }), true);
  if (handed.length > 1) page.trigger("left", leftOut(handed, null));
};

const next = () => {
  current = queue.shift() ?? null;
  if (!current) return;
  page.tell(filled(page.data.words.sending, current));
  const file = current;
  send(file, () => file === current, giveUp); // or another has taken its place
};

export const take = (files) => {
  if (!page || !files.length) return;
  handed = [...files];
  const { small, told } = smallEnough(handed, page.data.most, page.data.words.too_large);
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
  if (!hasFailed() || !current) return;
  if (!queue.length) return giveUp();
  current = null;
  setTimeout(() => current || next()); // when the one that failed is out of the uploader
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
