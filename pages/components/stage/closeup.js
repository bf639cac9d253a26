// Between the stage, which tells what one sees of it closely, and the server, which has the pixels of that.
const PATIENCE = 120; // ms that the picture stands still before pixels beside those there are asked for
const ONCE_MORE = 800; // ms after which pixels are asked for anew that something else kept from being made
const MARGIN = 0.15; // of what is in sight, on each side of it: a short pan finds its pixels there

let host = null; // where the component is on the page now
let tell = null;
let shown = null; // what the server has last said
let seen = null; // what is in sight: left, top, right, bottom in shares of the picture
let told = "null";
let coming = null; // tiles that were asked for and not answered yet
let tries = 0;
let timer = 0;

// The tiles of a grid (the size of one in shares) that show what is in sight: from column and row to column and row.
export const tilesOf = ([left, top, right, bottom], [wide, high]) => {
  const [across, down] = [(right - left) * MARGIN, (bottom - top) * MARGIN];
  const first = (at, size) => Math.floor(Math.max(at, 0) / size);
  const last = (at, size) => Math.ceil(Math.min(at, 1) / size);
  return [first(left - across, wide), first(top - down, high), last(right + across, wide), last(bottom + down, high)];
};

const isWithin = ([left, top, right, bottom], [from, above, to, below]) =>
  from <= left && above <= top && right <= to && bottom <= below;

// What is on its way is not called off for a part of it: whoever turns a wheel sees less and less of what came first.
const ask = () => {
  const wish = seen && shown?.grid ? [...tilesOf(seen, shown.grid), tries] : null;
  const word = JSON.stringify(wish);
  if (!host || word === told || (wish && coming && isWithin(wish, coming))) return;
  [told, coming] = [word, wish];
  tell("sight", wish);
};

// The first pixels are asked for at once; in what one pans and zooms on to, when the hand rests.
const onSight = ({ detail }) => {
  const isFirst = told === "null";
  seen = detail;
  clearTimeout(timer);
  if (isFirst) ask();
  else timer = setTimeout(ask, PATIENCE);
};

export default function ({ parentElement, data, setStateValue }) {
  if (host !== parentElement) told = "null"; // another component, of which nothing has been asked
  [host, tell, shown, coming] = [parentElement, setStateValue, data, null];
  clearTimeout(timer);
  window.addEventListener("emulsion-sight", onSight);
  window.dispatchEvent(new CustomEvent("emulsion-tiles", { detail: data }));
  ask();
  if (seen && data.waited_for) {
    tries += 1;
    timer = setTimeout(ask, ONCE_MORE);
  }
  return () => {
    if (host === parentElement) host = null;
  };
}
