// Draws the tiles that the picker asks for, one after another; those that cannot be drawn here are the server's.
import { DRAWER, DRAWN, showDrawn, WANTED } from "./near_pictures.js";
import { forgetProof } from "./proven_tiles.js";
import { refuse, tellBy } from "./refused_tiles.js";
import { createBrush } from "./tile_brush.js";
import { tileFile, tileSource } from "./tile_files.js";
import { proveOnce } from "./tile_proving.js";

const PATIENCE = 1500; // ms that the server's tiles have the network and the machine for themselves
const [AGAIN, TRIES] = [500, 6]; // ms between two tries at a tile, and how many there are
const pause = (time) => new Promise((later) => setTimeout(later, time));

const wanted = new Map(); // pictures, with the number of tries
let [brush, isWorking] = [null, false];
let shown = null; // the component that is on the page: what it was told, and its way to tell

const brushThere = () => {
  if (!brush || brush.isLost()) brush = createBrush();
  return brush;
};

const nameOf = (picture) => picture.closest("article").dataset.name;

const drawTile = async (picture, url) => {
  const name = nameOf(picture);
  const [file, source] = await Promise.all([tileFile(shown.data.file), tileSource(url.slice(DRAWN.length))]);
  const own = brushThere();
  if (!own) {
    forgetProof();
    wanted.clear();
    refuse("all");
    return;
  }
  const isRight = await own.isRight(name, file);
  const blob = isRight ? await own.draw(file.programs.get(name), source) : null;
  if (own.isLost()) throw new Error("lost meanwhile"); // another brush may draw it
  if (!isRight) refuse(name);
  else if (picture.dataset.url === url) showDrawn(picture, blob);
};

const isWanted = (picture, url) => shown && picture.isConnected && picture.isNear && url.startsWith(DRAWN);

const work = async () => {
  isWorking = true;
  for (const [picture, tries] of wanted) {
    wanted.delete(picture);
    const { url } = picture.dataset;
    try {
      if (isWanted(picture, url)) await drawTile(picture, url);
    } catch {
      await pause(AGAIN); // an address that was replaced meanwhile, a network or a graphics card that is gone
      if (!isWanted(picture, url) || picture.dataset.url !== url) continue;
      if (tries < TRIES) wanted.set(picture, tries + 1);
      else refuse(nameOf(picture));
    }
  }
  isWorking = false;
};

const onWanted = ({ detail: picture }) => {
  wanted.set(picture, 1);
  if (!isWorking) work();
};

export default function (given) {
  shown = given;
  window.addEventListener(WANTED, onWanted);
  window.dispatchEvent(new CustomEvent(DRAWER));
  tellBy(given);
  const prove = () => shown?.data.file && proveOnce(shown.data.file, brushThere);
  setTimeout(() => prove()?.catch?.(() => {}), PATIENCE);
  return () => {
    if (shown?.setStateValue !== given.setStateValue) return; // another one has come already
    shown = null;
    tellBy(null);
  };
}
