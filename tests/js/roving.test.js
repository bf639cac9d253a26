// Where arrows, Home and End lead among many tiles.
import assert from "node:assert/strict";
import test from "node:test";
import { placeAfter, rove } from "../../pages/components/roving.js";

const box = (left, top, width = 10) => ({ left, top, width, height: 8 });
// Three rows of a grid, then, under another title, a row that lies elsewhere.
const GRID = [0, 1, 2, 3, 4, 5, 6].map((place) => box((place % 3) * 12, Math.floor(place / 3) * 10));
const BOXES = [...GRID, box(5, 50, 20), box(30, 50)];

test("left and right go from one to the next, over the ends of rows", () => {
  assert.equal(placeAfter("ArrowRight", 2, BOXES), 3);
  assert.equal(placeAfter("ArrowLeft", 3, BOXES), 2);
});

test("up and down go to the next row, to what lies closest there", () => {
  assert.equal(placeAfter("ArrowDown", 1, BOXES), 4);
  assert.equal(placeAfter("ArrowUp", 5, BOXES), 2);
  assert.equal(placeAfter("ArrowDown", 5, BOXES), 6); // the last row has one alone
  assert.equal(placeAfter("ArrowDown", 6, BOXES), 7); // over the title
  assert.equal(placeAfter("ArrowUp", 8, BOXES), 6);
});

test("Home and End go to the ends", () => {
  assert.equal(placeAfter("Home", 5, BOXES), 0);
  assert.equal(placeAfter("End", 5, BOXES), BOXES.length - 1);
});

test("where there is nothing, and for any other key, one stays", () => {
  const nowhere = [
    ["ArrowLeft", 0],
    ["ArrowUp", 1],
    ["ArrowRight", BOXES.length - 1],
    ["ArrowDown", BOXES.length - 2],
    ["Enter", 3],
    ["f", 3],
  ];
  for (const [key, at] of nowhere) assert.equal(placeAfter(key, at, BOXES), undefined, key);
});

test("in a list arrows lead to the neighbours, and nowhere beyond the ends", () => {
  const list = [0, 1, 2].map((place) => box(0, place * 10));
  assert.equal(placeAfter("ArrowDown", 0, list), 1);
  assert.equal(placeAfter("ArrowUp", 1, list), 0);
  assert.equal(placeAfter("ArrowDown", 2, list), undefined);
  assert.equal(placeAfter("ArrowUp", 0, list), undefined);
  assert.equal(placeAfter("End", 0, list), 2);
  for (const key of ["Enter", " ", "Tab", "a", "toString"]) assert.equal(placeAfter(key, 1, list), undefined, key);
});

// A box with so many things, of which all are to be seen.
const boxOf = (count) => {
  const items = Array.from({ length: count }, () => ({ isSeen: true }));
  for (const item of items) item.getClientRects = () => (item.isSeen ? [{}] : []);
  return Object.assign(new EventTarget(), { items, querySelectorAll: () => items });
};
const stopOf = ({ items }) => items.flatMap(({ tabIndex }, place) => (tabIndex === 0 ? [place] : []));

test("the first that is seen is the stop of Tab, and stays so while it is seen", () => {
  const tiles = boxOf(3);
  tiles.items[0].isSeen = false;
  rove(tiles, "button");
  assert.deepEqual(stopOf(tiles), [1]);
  tiles.items[0].isSeen = true;
  rove(tiles, "button");
  assert.deepEqual(stopOf(tiles), [1]);
  tiles.items[1].isSeen = false;
  rove(tiles, "button");
  assert.deepEqual(stopOf(tiles), [0]);
});

test("the one that is to be the stop is it, also in a list that nobody sees yet", () => {
  const list = boxOf(4);
  for (const item of list.items) item.isSeen = false;
  rove(list, "button", undefined, list.items[2]);
  assert.deepEqual(stopOf(list), [2]);
  rove(list, "button");
  assert.deepEqual(stopOf(list), [2]);
  for (const item of list.items) item.isSeen = true;
  rove(list, "button", undefined, list.items[3]);
  assert.deepEqual(stopOf(list), [3]);
});
