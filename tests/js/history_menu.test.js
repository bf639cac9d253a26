// The list of states: where keys lead to in it.
import assert from "node:assert/strict";
import test from "node:test";
import { placeAfter } from "../../pages/components/stack/history_menu.js";

test("arrows lead to the neighbours, and nowhere beyond the ends", () => {
  assert.equal(placeAfter("ArrowDown", 0, 3), 1);
  assert.equal(placeAfter("ArrowUp", 1, 3), 0);
  assert.equal(placeAfter("ArrowDown", 2, 3), 2);
  assert.equal(placeAfter("ArrowUp", 0, 3), 0);
});

test("Home and End lead to the ends", () => {
  assert.equal(placeAfter("Home", 57, 101), 0);
  assert.equal(placeAfter("End", 57, 101), 100);
});

test("other keys lead nowhere", () => {
  for (const key of ["Enter", " ", "Tab", "ArrowLeft", "a", "toString"]) assert.equal(placeAfter(key, 1, 3), -1, key);
});
