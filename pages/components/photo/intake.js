// Where photos come in: what is heard on the window, and what is shown of it.
import { INPUT } from "./hidden_uploader.js";
import { onDragEnd, onDragLeave, onDragOver, onDragStart, onDrop } from "./page_drop.js";
import { onPaste } from "./page_paste.js";
import { closeFor, follow, lookForFailure, openFor, page, take } from "./photo_queue.js";

const CHOOSERS = `.st-key-upload input[type=file], ${INPUT}`;
const LISTENERS = {
  dragover: onDragOver,
  dragleave: onDragLeave,
  drop: onDrop,
  dragstart: onDragStart,
  dragend: onDragEnd,
  paste: onPaste,
  "emulsion-photos": ({ detail }) => take(detail),
  // The button that asks for one's own photo opens the chooser at once.
  click: ({ target }) => target.closest?.(".st-key-try_it button") && document.querySelector(INPUT)?.click(),
};

const offerPictures = (accept) => {
  for (const input of document.querySelectorAll(CHOOSERS)) if (input.accept !== accept) input.accept = accept;
};

const watch = (root, data) => {
  const [cover, word] = [".drop", ".word"].map((one) => root.querySelector(one));
  const [sentence, close] = word.children;
  close.onclick = () => {
    word.hidden = true;
  };
  const observer = new MutationObserver(() => {
    offerPictures(data.accept);
    lookForFailure();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return {
    root,
    data,
    cover: (isShown) => {
      cover.hidden = !isShown;
    },
    tell: (words, stays = false) => {
      sentence.textContent = words;
      word.hidden = !words;
      close.hidden = !stays;
    },
    end: () => observer.disconnect(),
  };
};

export default function ({ parentElement, data, setTriggerValue }) {
  if (page?.root !== parentElement) openFor(watch(parentElement, data));
  Object.assign(page, { data, trigger: setTriggerValue });
  parentElement.querySelector(".drop p").textContent = data.words.drop;
  parentElement.querySelector(".word button").textContent = data.words.close;
  offerPictures(data.accept);
  for (const [name, listener] of Object.entries(LISTENERS)) window.addEventListener(name, listener, true);
  follow();
  return () => closeFor(parentElement);
}
