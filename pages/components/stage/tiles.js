// Pixels of the file over the preview, where one looks closely; never those of another picture than the one shown.

import { load } from "./pictures.js";
import { roomOf } from "./room.js";
import { sight } from "./zoom.js";

const CLOSE = 0.5; // the zoom from which on a preview is too coarse

// What one sees closely, in shares of the picture; null where the preview will do.
const sightOf = (stage) =>
  stage.shown && (stage.view.zoom ?? 0) >= CLOSE
    ? sight(stage.view, roomOf(stage)).map((share) => +share.toFixed(4))
    : null;

export const tellSight = (stage) => {
  const seen = sightOf(stage);
  const word = JSON.stringify(seen);
  if (word !== (stage.toldSight ?? "null")) window.dispatchEvent(new CustomEvent("emulsion-sight", { detail: seen }));
  stage.toldSight = word;
};

// Take up what the server has: tiles that are shown already stay, others come when they can be drawn.
export const showTiles = (stage, news) => {
  stage.news = news;
  const isOfShown = () => stage.news === news && stage.data?.number === news.of && stage.shown?.isConnected;
  const wanted = isOfShown() ? news.tiles : [];
  const there = new Map([...stage.sheet.querySelectorAll(".tile")].map((tile) => [tile.getAttribute("src"), tile]));
  for (const [url, tile] of there) if (!wanted.some((each) => each.url === url)) tile.remove();
  for (const { url, box } of wanted.filter((each) => !there.has(each.url)))
    load(url, "tile", isOfShown).then((tile) => {
      if (!isOfShown() || !tile.naturalWidth) return;
      for (const [side, share] of ["left", "top", "width", "height"].map((name, place) => [name, box[place]]))
        tile.style[side] = `${share * 100}%`;
      stage.sheet.append(tile);
    });
};
