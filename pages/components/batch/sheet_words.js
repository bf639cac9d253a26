// What a contact sheet says beside its tiles.
import { filled } from "../filled.js";

export const sheetWords = (root, { data, sending, beyond, local }, isTicked) => {
  const { words, most, accept, photos } = data;
  const [choose, folder] = root.querySelectorAll("label.way > span");
  const isEmpty = !photos.length && !local.size;
  choose.textContent = words.choose;
  folder.textContent = words.folder;
  root.querySelector("input[type=file]").accept = accept;
  root.querySelector(".hint").textContent = words.or_drop;
  root.querySelector(".ways").classList.toggle("empty", isEmpty);
  const ticks = root.querySelector(".ticks");
  ticks.hidden = isEmpty;
  ticks.textContent = isTicked ? words.none : words.all;
  const told = [
    sending && filled(words.sending, { count: sending }),
    beyond && filled(words.beyond, { most: most.photos, count: beyond }),
  ];
  root.querySelector("[role=status]").textContent = told.filter(Boolean).join(" ");
};
