// The contact sheet of a batch: photos come in, each is a tile with a tick, and results show on them as they come.
import { rove } from "../roving.js";
import { droppedPhotos, photosIn } from "./dropped_photos.js";
import { expectPhotos, forgetGone, layOut, settled } from "./photo_trays.js";
import { sendAll } from "./sending.js";
import { layTiles } from "./sheet_tiles.js";
import { sheetWords } from "./sheet_words.js";

const sheets = new WeakMap(); // by the element that holds one: the script runs at each change of the data

const openSheet = (root, { data }) => {
  const [choose, folder] = root.querySelectorAll("input[type=file]");
  const [ticks, tiles, sheet] = [root.querySelector(".ticks"), root.querySelector(".tiles"), layOut(data)];

  const tell = () => sheet.setTriggerValue("told", { left_out: [...sheet.leftOut], sending: sheet.sending });
  const isTicked = () => settled(sheet).some(({ number }) => !sheet.leftOut.has(number));
  const show = () => {
    layTiles(tiles, settled(sheet), sheet);
    rove(tiles, "input");
    sheetWords(root, sheet, isTicked());
  };
  const take = async (files) => {
    if (!files.length) return;
    const coming = expectPhotos(sheet, files);
    sheet.sending += coming.length;
    show();
    if (coming.length) tell();
    await sendAll(coming, sheet.data, () => {
      sheet.sending -= 1;
      sheet.show(); // on whatever page there is by then
      if (!sheet.sending) sheet.tell();
    });
  };

  choose.onchange = () => {
    take([...choose.files]);
    choose.value = ""; // the same ones again are a change, too
  };
  folder.onchange = () => {
    take(photosIn([...folder.files], sheet.data.endings));
    folder.value = "";
  };
  tiles.onchange = ({ target }) => {
    const number = Number(target.closest("[data-number]").dataset.number);
    sheet.leftOut[target.checked ? "delete" : "add"](number);
    show();
    tell();
  };
  ticks.onclick = () => {
    const numbers = settled(sheet).map(({ number }) => number);
    sheet.leftOut = new Set(isTicked() ? numbers : []);
    show();
    tell();
  };
  const onDragOver = (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault();
  const onDrop = async (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    take(await droppedPhotos(event.dataTransfer, sheet.data.endings));
  };
  window.addEventListener("dragover", onDragOver);
  window.addEventListener("drop", onDrop);
  const end = () => {
    window.removeEventListener("dragover", onDragOver);
    window.removeEventListener("drop", onDrop);
    sheets.delete(root);
    if (sheet.end === end) Object.assign(sheet, { show: () => {}, tell: () => {} });
  };
  return Object.assign(sheet, { show, tell, end });
};

export default function ({ parentElement, ...given }) {
  const isNew = !sheets.has(parentElement);
  const sheet = sheets.get(parentElement) ?? openSheet(parentElement, given);
  sheets.set(parentElement, Object.assign(sheet, given));
  forgetGone(sheet);
  sheet.show();
  if (isNew && given.data.sending !== sheet.sending) sheet.tell(); // some have come while one was elsewhere
  return sheet.end;
}
